"""Held-out crystals phased by the server's own program: files in, CXI files out, scored like all others.

The program cuts the volume about the peak (`phasing_region` of its result), so the truth is cut likewise.
"""

import json
import re
import subprocess
import tempfile
from collections import namedtuple
from pathlib import Path

import h5py
import numpy as np

Served = namedtuple("Served", "volume part seconds confidence iterations")
BCDI = Path(__file__).parents[2] / "deploy" / "bin" / "bcdi"


def phase(counts, recipe, model="auto", seed=1):
    """`bcdi process` on volumes in one batch: objects, the parts of the volumes that they are (slices), seconds of phasing,
    confidences and iterations of all starts."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = [Path(folder) / f"{number:05d}.npy" for number in range(len(counts))]
        for path, volume in zip(inputs, counts):
            np.save(path, volume.astype(np.float32))
        results = Path(folder) / "results"
        results.mkdir()
        done = subprocess.run(
            [BCDI, "process", *inputs, "-o", results, "--inpaint", "none", "--phase", recipe, "--phasing-model", model,
             "--seed", str(seed), "--provider", "cpu", "--json"], check=True, stdout=subprocess.PIPE, text=True)
        told = json.loads(done.stdout)
        return [_read(report) for report in told.get("results", [told])]


def _read(report):
    with h5py.File(report["output"]) as file:
        stored = file["entry_1/image_1/data"][()]
        region = file["entry_1/process_1/phasing_region"][()]
    part = tuple(slice(int(start), int(start + extent)) for start, extent in zip(region[:3], region[3:]))
    told = report["phase"]
    return Served(stored, part, report["seconds"]["phase"], told["confidence"], iterations(told["recipe"]))


def iterations(recipe):
    """Of all starts of a recipe such as starts=2:NET/2x(HIO20/ER5)/ML30: 160."""
    starts = re.match(r"starts=(\d+)", recipe)
    steps = re.sub(r"\[.*?\]|^starts=[^:]*:", "", recipe)
    while group := re.search(r"(\d+)x\(([^()]*)\)", steps):
        steps = steps.replace(group[0], "/".join([group[2]] * int(group[1])))
    return (int(starts[1]) if starts else 1) * sum(int(count) for count in re.findall(r"[A-Z](\d+)", steps))
