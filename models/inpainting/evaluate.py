"""Score the network and the baselines: python3 -m inpainting.evaluate CHECKPOINT [--scan FILE] [--write scores.md]

Straight gaps perpendicular to y or x are put on simulated crystals of the held-out family, where the truth is the noise-free
rate, and at seeded places on a gap-free measured scan, where the truth is the counts that were hidden.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from . import baselines
from .cases import MARGIN, MEASURED_PLACES, WIDE, crystals, measured_cases, simulated_cases, trial_cases, wide_cases
from .fill import fill
from .fringes import fringe_period
from .gaps import cross, plane
from .network import GapNetwork, restore
from .pictures import draw
from .scan import load_counts
from .scores import DISTANCE_BINS, RATE_BINS, distances, fringe_correlations, scores, squares_by
from .tables import as_markdown, bin_table, binned_means, means
from .windows import windows

METHODS = {"zeros": baselines.zeros, "nearest": baselines.nearest, "linear": baselines.linear,
           "biharmonic": baselines.biharmonic, "sampled ridge": baselines.sampled, "ridge": baselines.ridge}
DEPTH_BINS = 0, 0.5, 1, 1.5, 2, 3, np.inf
INTRODUCTION = """# Scores

skill = 1 - SSE / SSE of linear; PCC = Pearson correlation; all on log1p in the gap, means over gaps; deviance of the
hidden counts. Gaps go through the peak and 14 voxels beside it. The method `hidden counts` takes what the gap hid for
the rate: the noise which a fill of counts could not beat. `counts drawn anew` takes counts whose rate is what the gap hid:
about as noisy against noisy counts as the true rate would be.
"""


def load_network(checkpoint):
    """The averaged network of a checkpoint, calibrated as it was at export."""
    return restore(GapNetwork().eval(), torch.load(checkpoint, map_location="cpu")["average"])


def evaluate(network, cases, methods=METHODS):
    """Every method on every `Case`: a list of rows with the case's width and name, the method, its scores, its squared errors by
    rate and by distance from the peak, and where the scan tells how long they are its fringes by depth."""
    rows = []
    for case in cases:
        mask = plane(case.rate.shape, case.axis, case.start, case.width)
        hidden, truth = np.where(mask > 0, 0, case.counts), np.log1p(case.rate)
        fills = {method: (function(hidden, mask), None) for method, function in methods.items()}
        fills["network"] = fill(network, hidden, mask)
        fills["hidden counts"] = np.log1p(case.counts), None
        fills["counts drawn anew"] = np.log1p(np.random.default_rng(1).poisson(case.counts)), None
        far, period = distances(case.rate), fringe_period(np.log1p(hidden), mask, case.axis)
        for method, (estimate, deviation) in fills.items():
            row = scores(estimate, fills["linear"][0], truth, case.rate, case.counts, mask, case.axis, deviation)
            row = {"width": case.width, "case": case.name, "method": method, **{key: float(value) for key, value in row.items()},
                   "rate": squares_by(case.rate, RATE_BINS, estimate, truth, mask),
                   "distance": squares_by(far, DISTANCE_BINS, estimate, truth, mask)}
            if not np.isnan(period):
                row["fringes"] = fringe_correlations(estimate, truth, case.rate, case.start, case.width, case.axis, period)
            rows.append(row)
    return rows


def overlaps(network, counts, rate, width=6, choices=((32, 12), (32, 8), (32, 4), (64, 4), (128, 4))):
    """[longest side, margin, windows, their voxels in cubes of 32^3, seconds, root mean squared error] of a cross near the peak of one
    volume."""
    peak = np.unravel_index(rate.argmax(), rate.shape)
    mask = cross(rate.shape, [int(np.clip(p + 6, MARGIN, n - MARGIN - width)) for p, n in zip(peak[1:], rate.shape[1:])], width)
    table = []
    for longest, margin in choices:
        started = time.monotonic()
        estimate, _ = fill(network, np.where(mask > 0, 0, counts), mask, longest, margin)
        seconds, error = time.monotonic() - started, (estimate - np.log1p(rate))[mask > 0]
        chosen = windows(mask, longest, margin)
        table.append([longest, margin, len(chosen), round(sum(np.prod(window.sides) for window in chosen) / 32 ** 3, 1), round(seconds, 1),
                      round(float(np.sqrt(np.square(error).mean())), 4)])
    return table


def simulated(network, arguments):
    """Markdown and means of the held-out crystals: narrow gaps, strides, wide gaps."""
    rows = evaluate(network, simulated_cases(arguments.volumes, arguments.size))
    text = as_markdown(rows, f"{arguments.volumes} held-out simulated crystals, {arguments.size}^3, against the rate")
    crystal = next(crystals(1, arguments.size))
    text += ("\n## Overlap of the windows\n\nCross of 6 voxels on the first crystal; margin: half of what neighbours share.\n\n"
             "| longest side | margin | windows | cubes of 32^3 | s | RMS error |\n|---|---|---|---|---|---|\n")
    text += "".join("| {} | {} | {} | {} | {} | {} |\n".format(*row) for row in overlaps(network, crystal.counts, crystal.rate))
    wide = evaluate(network, wide_cases(arguments.volumes, arguments.size))
    text += "\n" + as_markdown(wide, f"Gaps of {WIDE} voxels, {arguments.volumes} crystals of oversampling 4 and more")
    text += ("\nCorrelation of what is finer than a fringe, by depth (to the nearest measured layer) in fringe periods:\n\n"
             + "\n".join(bin_table(binned_means(wide, "fringes", DEPTH_BINS), DEPTH_BINS))
             + "\n\nThe same in the narrow gaps:\n\n" + "\n".join(bin_table(binned_means(rows, "fringes", DEPTH_BINS), DEPTH_BINS)) + "\n")
    return text, {"simulated": means(rows), "wide": means(wide)}


def measured(network, scan, places):
    """The same of a measured scan."""
    rows = evaluate(network, measured_cases(load_counts(scan), places=places))
    text = "\n" + as_markdown(rows, f"Measured scan {scan.name}, {places} places, against its noisy counts")
    trials = evaluate(network, trial_cases(load_counts(scan)))
    text += "\n" + as_markdown(trials, "The same, 14 voxels from the peak across y and across x, the places of the first trials")
    text += ("\nThe hidden counts carry Poisson noise, which neither a fill nor the standard deviation of the rate can hold: skill and\n"
             "PCC stay below 1 and fewer than 68 % lie within 1 sd even for a perfect fill.\n")
    return text, {"measured": means(rows), "trials": means(trials)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path, help="checkpoint.pt of a training, or the .pt beside an exported model")
    parser.add_argument("--scan", type=Path, help="a gap-free measured scan (Lima or plain HDF5)")
    parser.add_argument("--volumes", type=int, default=8)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--places", type=int, default=MEASURED_PLACES, help="gaps on the measured scan")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", type=Path, help="write the tables here as Markdown, and as JSON beside")
    parser.add_argument("--pictures", type=Path, help="write pictures of some fills into this folder (needs matplotlib)")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    network = load_network(arguments.checkpoint)
    text, result = simulated(network, arguments)
    if arguments.scan:
        more, scores_of_scan = measured(network, arguments.scan, arguments.places)
        text, result = text + more, {**result, **scores_of_scan}
    scan = f" --scan {arguments.scan.name} --places {arguments.places}" if arguments.scan else ""
    text = (f"{INTRODUCTION}Command: `python3 -m inpainting.evaluate {arguments.checkpoint.name} --volumes {arguments.volumes} "
            f"--size {arguments.size}{scan} --write scores.md`\n\n") + text
    print(text)
    if arguments.write:
        arguments.write.write_text(text)
        arguments.write.with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
    if arguments.pictures:
        draw(network, METHODS, arguments.size, arguments.pictures, arguments.scan and load_counts(arguments.scan))


if __name__ == "__main__":
    main()
