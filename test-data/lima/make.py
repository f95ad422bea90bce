#!/usr/bin/python3
"""Writes small files as Lima and BLISS save them, and expected.json with what must be read from them.

lima_0000.h5     one acquisition, HDF5GZ (one deflated chunk a frame), layout of Lima 1.10 (CtSaving_Hdf5.cpp)
old_0000.h5      Lima before 1.9.1: the frames are in .../data/array
aborted_0000.h5  20 frames announced, 9 written before the abort: the others own no chunk and read as 0
bliss.h5         a BLISS master file: a virtual dataset over lima_0000.h5, a link to it, the scanned motor
"""

import json
from pathlib import Path

import h5py
import numpy

HERE = Path(__file__).parent
FRAMES, HEIGHT, WIDTH = 12, 24, 32
FIXED = {"track_times": False}


def rocking_curve():
    """Counts of a sinc-shaped Bragg peak off the centre, uint16 (frames, rows, columns)."""
    z, y, x = numpy.ogrid[:FRAMES, :HEIGHT, :WIDTH]
    rate = 4000 * (numpy.sinc((z - 5) / 3) * numpy.sinc((y - 10) / 4) * numpy.sinc((x - 17) / 5)) ** 2
    return numpy.random.default_rng(54).poisson(rate).astype("u2")


def lima(name, counts, detector="mpx1x4", frames=None, inner="data"):
    """One Lima file; `frames` is how many were announced, where fewer were written."""
    announced = len(counts) if frames is None else frames
    with h5py.File(HERE / name, "w") as file:
        file.attrs["default"] = "entry_0000"
        entry = file.create_group("entry_0000")
        entry.attrs["NX_class"] = "NXentry"
        instrument = entry.create_group("instrument")
        instrument.attrs["NX_class"] = "NXinstrument"
        group = instrument.create_group(detector)
        group.attrs["NX_class"] = "NXdetector"
        shape = (announced, *counts.shape[1:])
        data = group.create_dataset(
            inner, shape, counts.dtype, chunks=(1, *shape[1:]), compression="gzip", compression_opts=4, **FIXED
        )
        data.attrs["interpretation"] = "image"
        for number, frame in enumerate(counts):
            data[number] = frame
        acquisition = group.create_group("acquisition")
        acquisition.create_dataset("exposure_time", data=0.25, **FIXED)
        acquisition.create_dataset("nb_frames", data=announced, **FIXED)
        link = f"/entry_0000/instrument/{detector}/{inner}"
        entry.create_group("measurement")["data"] = h5py.SoftLink(link)


def bliss(name, counts, detector="mpx1x4"):
    """A BLISS master file over lima_0000.h5."""
    layout = h5py.VirtualLayout(counts.shape, counts.dtype)
    source = f"entry_0000/instrument/{detector}/data"
    layout[:] = h5py.VirtualSource("lima_0000.h5", source, counts.shape, counts.dtype)
    with h5py.File(HERE / name, "w", libver="v110") as file:
        group = file.create_group(f"1.1/instrument/{detector}")
        group.create_virtual_dataset("data", layout)
        file.create_group("1.1/measurement")[detector] = h5py.SoftLink(f"/1.1/instrument/{detector}/data")
        positioners = file.create_group("1.1/instrument/positioners")
        positioners.create_dataset("eta", data=numpy.linspace(16.0, 16.55, len(counts)), **FIXED)
        positioners.create_dataset("phi", data=0.5, **FIXED)


def main():
    counts = rocking_curve()
    lima("lima_0000.h5", counts)
    lima("old_0000.h5", counts, inner="data/array")
    lima("aborted_0000.h5", counts[:9], frames=20)
    bliss("bliss.h5", counts)
    peak = numpy.unravel_index(counts.argmax(), counts.shape)
    expected = {
        "shape": counts.shape,
        "sum": int(counts.sum()),
        "maximum": int(counts.max()),
        "peak": [int(i) for i in peak],
        "framesWrittenBeforeTheAbort": 9,
        "sumBeforeTheAbort": int(counts[:9].sum()),
        "eta": [16.0, 16.55],
    }
    (HERE / "expected.json").write_text(json.dumps(expected, indent=2) + "\n")


if __name__ == "__main__":
    main()
