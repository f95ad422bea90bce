"""Writes, with h5py, scans as detectors and beamlines save them. Argument: the folder. Value of a voxel: 100 z + 10 y + x."""

import os
import sys

import h5py
import numpy as np

folder = sys.argv[1]


def counts(frames, height=3, width=4, dtype="u2"):
    z, y, x = np.indices((frames, height, width))
    return (100 * z + 10 * y + x).astype(dtype)


def new(name):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    return h5py.File(path, "w")


def lima(name, data, written=None, entry="entry_0000", link=True, **options):
    with new(name) as f:
        detector = f.create_group(entry + "/instrument/mpx1x4")
        dataset = detector.create_dataset(
            "data", data.shape, data.dtype, chunks=(1,) + data.shape[1:], maxshape=(None,) + data.shape[1:], **options
        )
        for frame in range(len(data)) if written is None else written:
            dataset[frame] = data[frame]
        detector["acquisition/nb_frames"] = len(data)
        if link:
            f[entry + "/measurement/data"] = h5py.SoftLink(dataset.name)


lima("lima.h5", counts(5), compression="gzip")
lima("aborted.h5", counts(20), written=range(9))
lima("hole.h5", counts(6), written=[0, 1, 3])
lima("unwritten.h5", counts(6), written=[])
lima("nolink.h5", counts(5), link=False)
lima("second_entry.h5", counts(5), entry="entry_0002")
lima("lzf.h5", counts(5), compression="lzf")

with new("old.h5") as f:
    f["entry_0000/instrument/mpx1x4/data/array"] = counts(5)

lima("region.h5", counts(5, 10, 12))
with h5py.File(os.path.join(folder, "region.h5"), "a") as f:
    roi = f.create_group("entry_0000/instrument/mpx1x4/image_operation/region_of_interest")
    for key, value in dict(xstart=250, ystart=100, xsize=12, ysize=10).items():
        roi[key] = np.int32(value)

lima("binned.h5", counts(5, 10, 12))
with h5py.File(os.path.join(folder, "binned.h5"), "a") as f:
    f["entry_0000/instrument/mpx1x4/image_operation/binning/x"] = np.int32(2)

lima("turned.h5", counts(5, 10, 12))
with h5py.File(os.path.join(folder, "turned.h5"), "a") as f:
    operation = f.create_group("entry_0000/instrument/mpx1x4/image_operation")
    operation["rotation"] = "Rotation_90"
    for key, value in dict(xstart=250, ystart=100, xsize=12, ysize=10).items():
        operation["region_of_interest/" + key] = np.int32(value)

for name, where, value in (
    ("half.h5", "image_operation/rotation", "180"),
    ("mirrored.h5", "image_operation/flipping/y", np.int32(1)),
    ("summed.h5", "acquisition/mode", "Accumulation"),
):
    lima(name, counts(5))
    with h5py.File(os.path.join(folder, name), "a") as f:
        f["entry_0000/instrument/mpx1x4/" + where] = value

with h5py.File(os.path.join(folder, "lima.h5"), "a") as f:
    f["entry_0000/plot/data"] = h5py.SoftLink("/entry_0000/measurement/data")
with new("outer.h5") as f:
    f["scan"] = h5py.ExternalLink("lima.h5", "/entry_0000")

lima("round/here.h5", counts(5))
for own, other in (("here", "there"), ("there", "here")):
    with h5py.File(os.path.join(folder, f"round/{own}.h5"), "a") as f:
        for number in range(4):
            f[f"group/links/again{number}"] = h5py.ExternalLink(f"../round/{other}.h5", "/group")
with h5py.File(os.path.join(folder, "round/here.h5"), "a") as f:
    f["group/data"] = h5py.SoftLink("/entry_0000/measurement/data")

with new("huge.h5") as f:
    f["cxi_version"] = 150
    data = f.create_dataset("entry_1/instrument_1/detector_1/data", (500, 2167, 2070), "u2", chunks=(1, 2167, 2070))
    for frame in range(2):
        data[frame] = counts(2, 2167, 2070)[frame] % 1000
    f["entry_1/instrument_1/detector_1/mask"] = np.arange(2070) == np.full((2167, 1), 51)
    f["entry_1/instrument_1/positioners/eta"] = [5.0, 5.5]

whole = counts(10)
lima("bliss/scan0001/mpx_0000.h5", whole[:6])
lima("bliss/scan0001/mpx_0001.h5", whole[6:])


def bliss(name, second="scan0001/mpx_0001.h5", frames=10):
    layout = h5py.VirtualLayout((frames, 3, 4), "u2")
    source = "entry_0000/instrument/mpx1x4/data"
    layout[:6] = h5py.VirtualSource("scan0001/mpx_0000.h5", source, (6, 3, 4), "u2")
    layout[6:] = h5py.VirtualSource(second, source, (frames - 6, 3, 4), "u2")
    with new(name) as f:
        f["1.1/title"] = "ascan phi 0 0.9 10 0.1"
        f["1.1/instrument/positioners/eta"] = np.linspace(5, 6, 10)
        f["1.1/instrument/positioners/phi"] = np.linspace(0, 0.9, 10)
        f["1.1/instrument/positioners/delta"] = 33.0
        f.create_virtual_dataset("1.1/instrument/mpx/data", layout)
        f["1.1/measurement/mpx"] = h5py.SoftLink("/1.1/instrument/mpx/data")
        f["1.1/measurement/spectrum"] = np.zeros((10, 5))


bliss("bliss/sample.h5")
bliss("bliss/lost.h5", second="scan0001/mpx_0009.h5")
lima("bliss/scan0001/mpx_0002.h5", counts(10)[6:], written=[0, 1])
bliss("bliss/aborted.h5", second="scan0001/mpx_0002.h5")
with new("bliss/collection.h5") as f:
    f["sample_1.1"] = h5py.ExternalLink("sample.h5", "/1.1")
with new("bliss/two.h5") as f:
    f["1.1"] = h5py.ExternalLink("sample.h5", "/1.1")
    f["2.1/measurement/mpx"] = counts(4)
    f["3.1/measurement/mpx"] = h5py.ExternalLink("gone.h5", "/data")

layout = h5py.VirtualLayout((5, 10, 12), "u2")
layout[:] = h5py.VirtualSource("region.h5", "entry_0000/measurement/data", (5, 10, 12), "u2")
with new("region_master.h5") as f:
    f.create_virtual_dataset("1.1/measurement/mpx", layout)

for first in (0, 1):
    lima(f"turns/writer{first}.h5", counts(10)[first::2])
layout = h5py.VirtualLayout((10, 3, 4), "u2")
for first in (0, 1):
    layout[first::2] = h5py.VirtualSource(f"writer{first}.h5", "entry_0000/measurement/data", (5, 3, 4), "u2")
with new("turns/master.h5") as f:
    f.create_virtual_dataset("1.1/measurement/mpx", layout)

lima("picked/source.h5", counts(20), written=[0, 1, 2, 3, 5, 8])
layout = h5py.VirtualLayout((6, 3, 4), "u2")
layout[:] = h5py.VirtualSource("source.h5", "entry_0000/measurement/data", (20, 3, 4), "u2")[[0, 1, 2, 4, 5, 8]]
with new("picked/master.h5") as f:
    f.create_virtual_dataset("1.1/measurement/mpx", layout)

lima("halves/left.h5", counts(10)[..., :2])
lima("halves/right.h5", counts(10)[..., 2:], written=[0, 1, 2, 3, 4, 5, 6, 8])
layout = h5py.VirtualLayout((10, 3, 4), "u2")
layout[..., :2] = h5py.VirtualSource("left.h5", "entry_0000/measurement/data", (10, 3, 2), "u2")
layout[..., 2:] = h5py.VirtualSource("right.h5", "entry_0000/measurement/data", (10, 3, 2), "u2")
with new("halves/master.h5") as f:
    f.create_virtual_dataset("1.1/measurement/mpx", layout)

with new("linked/scan.h5") as f:
    f["frames"] = counts(10)
    layout = h5py.VirtualLayout((10, 3, 4), "u2")
    layout[:] = h5py.VirtualSource(".", "frames", (10, 3, 4), "u2")
    f.create_virtual_dataset("1.1/measurement/mpx", layout)
with new("linked/master.h5") as f:
    f["1.1"] = h5py.ExternalLink("scan.h5", "/1.1")

lima("endless/source.h5", counts(10))
layout = h5py.VirtualLayout((1, 3, 4), "u2", maxshape=(None, 3, 4))
source = h5py.VirtualSource("source.h5", "entry_0000/measurement/data", (1, 3, 4), "u2", maxshape=(None, 3, 4))
layout[: h5py.h5s.UNLIMITED] = source[: h5py.h5s.UNLIMITED]
with new("endless/master.h5") as f:
    f.create_virtual_dataset("1.1/measurement/mpx", layout)

with new("broken.h5") as f:
    f["1.1"] = h5py.ExternalLink("gone.h5", "/1.1")

with new("foreign.cxi") as f:
    f["cxi_version"] = 150
    f["entry_1/instrument_1/detector_1/data"] = counts(5)
    f["entry_1/instrument_1/detector_1/mask"] = np.arange(12).reshape(3, 4) == 6

np.save(os.path.join(folder, "array.npy"), counts(5))

with new("chunked.h5") as f:
    f.create_dataset("data", data=counts(20), chunks=(7, 2, 3), compression="gzip", shuffle=True, fletcher32=True)

with new("plain.h5") as f:
    data = counts(4, dtype=">f8")
    data[1, 1, 1] = np.nan
    f["scan/counts"] = data
    f["scan/image"] = np.zeros((3, 4))
with new("several.h5") as f:
    f["one"] = counts(4)
    f["two"] = counts(5)
with new("odd.h5") as f:
    f["flat"] = np.zeros((3, 4))
    f["deep"] = np.zeros((1, 2, 3, 4))
    f["empty"] = np.zeros((0, 3, 4))
    f["words"] = np.array([[[b"a"]]])
    f["complex"] = np.zeros((2, 2, 2), "c8")
with new("truncated.h5") as f:
    f["data"] = counts(50, 30, 30)
with open(os.path.join(folder, "truncated.h5"), "r+b") as f:
    f.truncate(20000)
with new("types.h5") as f:
    for dtype in ("u1", ">u2", "<u4", ">u4", "<u8", "<i1", ">i2", "<i4", ">i8", "<f4", ">f8", "<f2"):
        f[dtype.strip("<>") + ("_big" if ">" in dtype else "")] = counts(2, dtype=dtype)
    f["maximum"] = np.array([[[1, 2**16 - 1, 2**16 - 2, 2**16 - 3]]], "u2")
    f["minus"] = np.array([[[1, -1, 0, 7]]], "i4")


def dectris(name, lengths, numbers=None, lost=(), width=4):
    """A master file with links to files of some frames each, of which some may be lost."""
    data = counts(sum(lengths), width=width)
    begin = 0
    with new(name) as f:
        for number, length in zip(numbers or range(1, 1 + len(lengths)), lengths):
            part = f"{os.path.splitext(name)[0]}_data_{number:06d}.h5"
            if number not in lost:
                with new(part) as g:
                    g["entry/data/data"] = data[begin:begin + length]
            f[f"entry/data/data_{number:06d}"] = h5py.ExternalLink(part, "/entry/data/data")
            begin += length


dectris("master.h5", [4, 4, 2])
dectris("master_aborted.h5", [4, 4, 2], lost=[3])
dectris("master_lost.h5", [4, 4, 2], lost=[2])
dectris("master_skipped.h5", [4, 4], numbers=[1, 3])
dectris("master_one.h5", [4, 4], lost=[2])
dectris("master_late.h5", [4, 4, 2, 2], lost=[1, 2])
dectris("master_last.h5", [4, 4], lost=[1])
dectris("master_mixed.h5", [4, 4])
with h5py.File(os.path.join(folder, "master_mixed_data_000002.h5"), "r+") as f:
    del f["entry/data/data"]
    f["entry/data/data"] = counts(4, width=5)


def blocks(name, written, frames=12):
    """Frames that share chunks by four."""
    with new(name) as f:
        dataset = f.create_dataset("entry/data", (frames, 3, 4), "u2", chunks=(4, 3, 4), fillvalue=7)
        for frame in written:
            dataset[frame] = counts(frames)[frame]


blocks("blocks_cut.h5", range(9))
blocks("blocks_late.h5", range(10), frames=40)
blocks("blocks_whole.h5", range(12))

pid = os.fork()
if pid == 0:
    # A writer that dies: the file says to this day that it is being written
    f = h5py.File(os.path.join(folder, "swmr.h5"), "w", libver="latest")
    dataset = f.create_dataset("entry/data", (0, 3, 4), "u2", chunks=(1, 3, 4), maxshape=(None, 3, 4))
    f.swmr_mode = True
    dataset.resize(6, 0)
    dataset[:] = counts(6)
    dataset.flush()
    os._exit(0)
os.waitpid(pid, 0)

layout = h5py.VirtualLayout((5, 10, 12), "u2")
layout[:] = h5py.VirtualSource("region_master.h5", "1.1/measurement/mpx", (5, 10, 12), "u2")
with new("region_nested.h5") as f:
    f.create_virtual_dataset("1.1/measurement/mpx", layout)
with new("region_linked.h5") as f:
    f["1.1/measurement/mpx"] = h5py.ExternalLink("region.h5", "/entry_0000/measurement/data")
with new("region_collected.h5") as f:
    f["sample_1.1"] = h5py.ExternalLink("region_master.h5", "/1.1")


def pattern(name, file, dataset):
    """Blocks of five frames, each from the file, or dataset, of its number."""
    with new(name) as f:
        space = h5py.h5s.create_simple((5, 3, 4), (h5py.h5s.UNLIMITED, 3, 4))
        space.select_hyperslab((0, 0, 0), (h5py.h5s.UNLIMITED, 1, 1), (5, 1, 1), (5, 3, 4))
        creation = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        creation.set_virtual(space, file.encode(), dataset.encode(), h5py.h5s.create_simple((5, 3, 4)))
        f.create_group("1.1/measurement")
        h5py.h5d.create(f.id, b"1.1/measurement/mpx", h5py.h5t.STD_U16LE, space, creation)


lima("pattern/mpx_0.h5", counts(10)[:5])
lima("pattern/mpx_1.h5", counts(10)[5:], written=range(3))
pattern("pattern/master.h5", "mpx_%b.h5", "entry_0000/measurement/data")
with new("pattern/100%.h5") as f:
    for part in (0, 1):
        f[f"part{part}"] = counts(10)[5 * part:5 * part + 5]
pattern("pattern/groups.h5", "100%%.h5", "part%b")
