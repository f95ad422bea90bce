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
from .fill import corners, fill
from .gaps import cross, plane
from .network import GapNetwork
from .scan import load_counts
from .scores import RATE_BINS, by_rate, scores
from .simulate import simulate

WIDTHS = 2, 3, 4, 6, 9, 12
MEASURED_WIDTHS = 3, 6, 9, 12
EVALUATION_SEED = 9_000_000
DISTANCES = 0, 14
MEASURED_PLACES = 30
MARGIN = 8
METHODS = {"zeros": baselines.zeros, "nearest": baselines.nearest, "linear": baselines.linear,
           "biharmonic": baselines.biharmonic, "ridge": baselines.ridge}


def load_network(checkpoint):
    """The averaged network of a checkpoint, with the deviation scale given to it at export if there is one."""
    network = GapNetwork().eval()
    network.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    return network


def crystals(count, size):
    """`count` volumes of the held-out family, size^3: counts and noise-free rate."""
    for number in range(count):
        diffraction = simulate((size,) * 3, np.random.default_rng([EVALUATION_SEED, number]), "heldout")
        yield diffraction.counts, diffraction.rate


def simulated_cases(count, size, widths=WIDTHS):
    """(counts, rate, axis, start, width, name) of gaps through the peak and 14 voxels off it."""
    for number, (counts, rate) in enumerate(crystals(count, size)):
        peak = np.unravel_index(rate.argmax(), rate.shape)
        for place, distance in enumerate(DISTANCES):
            axis = 1 + (number + place) % 2
            for width in widths:
                start = int(np.clip(peak[axis] + distance - width // 2, MARGIN, size - MARGIN - width))
                yield counts, rate, axis, start, width, f"crystal {number}, {distance} from the peak"


def measured_cases(counts, widths=MEASURED_WIDTHS, places=MEASURED_PLACES):
    """The same of a measured scan, its own truth, cut to 128^3 around the peak: gaps within 30 voxels of the peak."""
    peak = np.unravel_index(counts.argmax(), counts.shape)
    corner = [int(np.clip(p - 64, 0, max(n - 128, 0))) for p, n in zip(peak, counts.shape)]
    counts = counts[tuple(slice(c, c + 128) for c in corner)]
    rng = np.random.default_rng(EVALUATION_SEED)
    for number in range(places):
        axis, distance = int(rng.integers(1, 3)), int(rng.integers(-30, 31))
        for width in widths:
            start = int(np.clip(peak[axis] - corner[axis] + distance - width // 2, MARGIN, counts.shape[axis] - MARGIN - width))
            yield counts, counts, axis, start, width, f"place {number}, {distance} from the peak across axis {axis}"


def evaluate(network, cases, methods=METHODS):
    """Every method on every case: a list of rows with the case's width and name, the method, its scores and its squared
    errors by rate. The method `hidden counts` takes what the gap hid for the rate."""
    rows = []
    for counts, rate, axis, start, width, name in cases:
        mask = plane(rate.shape, axis, start, width)
        hidden, truth = np.where(mask > 0, 0, counts), np.log1p(rate)
        fills = {method: (function(hidden, mask), None) for method, function in methods.items()}
        fills["network"] = fill(network, hidden, mask)
        fills["hidden counts"] = np.log1p(counts), None
        for method, (estimate, deviation) in fills.items():
            row = scores(estimate, fills["linear"][0], truth, rate, counts, mask, axis, deviation)
            squares, voxels = by_rate(estimate, truth, rate, mask)
            rows.append({"width": width, "case": name, "method": method, **{k: float(v) for k, v in row.items()},
                         "squares": squares.tolist(), "voxels": voxels.tolist()})
    return rows


def means(rows):
    """{method: {width: {score: mean over cases}}}"""
    table = {}
    for row in rows:
        table.setdefault(row["method"], {}).setdefault(str(row["width"]), []).append(row)
    return {method: {width: {key: round(float(np.nanmean([row[key] for row in found])), 4)
                             for key, value in found[0].items() if isinstance(value, float)}
                     for width, found in widths.items()} for method, widths in table.items()}


def root_mean_squares(rows):
    """{method: root mean squared error in each bin of the rate}, over all widths."""
    table = {}
    for row in rows:
        squares, voxels = table.get(row["method"], (0, 0))
        table[row["method"]] = squares + np.array(row["squares"]), voxels + np.array(row["voxels"])
    return {method: [round(float(v), 3) for v in np.sqrt(s / np.maximum(n, 1))] for method, (s, n) in table.items()}


def lost(rows, rival):
    """Cases where the network's squared error is larger than the rival's: (number, of how many, the worst ratio)."""
    sums = {(row["case"], row["width"], row["method"]): sum(row["squares"]) for row in rows}
    ratios = [sums[case, width, "network"] / sums[case, width, rival] for case, width, method in sums if method == "network"]
    return sum(ratio > 1 for ratio in ratios), len(ratios), round(max(ratios), 3)


def strides(network, counts, rate, width=6, choices=(8, 12, 16, 20, 24)):
    """[stride, windows, seconds, root mean squared error] of a cross near the peak of one volume."""
    peak = np.unravel_index(rate.argmax(), rate.shape)
    mask = cross(rate.shape, [int(np.clip(p + 6, MARGIN, n - MARGIN - width)) for p, n in zip(peak[1:], rate.shape[1:])], width)
    table = []
    for stride in choices:
        started = time.monotonic()
        estimate, _ = fill(network, np.where(mask > 0, 0, counts), mask, stride)
        error = (estimate - np.log1p(rate))[mask > 0]
        table.append([stride, len(corners(mask, stride)), round(time.monotonic() - started, 1),
                      round(float(np.sqrt(np.square(error).mean())), 4)])
    return table


def as_markdown(rows, title):
    lines = [f"## {title}", "", "| method | gap | skill | tile PCC | gap PCC | MAE | deviance | within 1 sd | where rate > 0.3 |",
             "|---|---|---|---|---|---|---|---|---|"]
    for method, widths in means(rows).items():
        for width, row in widths.items():
            values = [row.get(key) for key in ("skill", "tilePcc", "pcc", "mae", "deviance", "coverage", "coverageBright")]
            lines.append(f"| {method} | {width} | " + " | ".join("" if v is None else f"{v:.3f}" for v in values) + " |")
    lines += ["", "Cases in which the network's squared error is larger than the rival's: " + "; ".join(
        "{}: {} of {} (worst ratio {:.2f})".format(rival, *lost(rows, rival)) for rival in ("linear", "biharmonic", "ridge")) + ".",
        "", "Root mean squared error by the true rate, all widths together:", "",
        "| method | " + " | ".join(f"{low:g} to {high:g}" for low, high in zip(RATE_BINS, RATE_BINS[1:])) + " |",
        "|---|" + "---|" * (len(RATE_BINS) - 1)]
    lines += [f"| {method} | " + " | ".join(f"{v:.3f}" for v in values) + " |" for method, values in root_mean_squares(rows).items()]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path, help="checkpoint.pt of a training, or the .pt beside an exported model")
    parser.add_argument("--scan", type=Path, help="a gap-free measured scan (Lima or plain HDF5)")
    parser.add_argument("--volumes", type=int, default=8)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--places", type=int, default=MEASURED_PLACES, help="gaps on the measured scan")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", type=Path, help="write the tables here as Markdown, and as JSON beside")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    network = load_network(arguments.checkpoint)
    rows = evaluate(network, simulated_cases(arguments.volumes, arguments.size))
    result = {"simulated": means(rows)}
    scan = f" --scan {arguments.scan.name} --places {arguments.places}" if arguments.scan else ""
    text = ("# Scores\n\nskill = 1 - SSE / SSE of linear; PCC = Pearson correlation; all on log1p in the gap, means over gaps; deviance of the\n"
            "hidden counts. Gaps go through the peak and 14 voxels beside it. The method `hidden counts` takes what the gap hid for\n"
            "the rate: the noise which a fill of counts could not beat.\n"
            f"Command: `python3 -m inpainting.evaluate {arguments.checkpoint.name} --volumes {arguments.volumes} "
            f"--size {arguments.size}{scan} --write scores.md`\n\n")
    text += as_markdown(rows, f"{arguments.volumes} held-out simulated crystals, {arguments.size}^3, against the rate")
    counts, rate = next(crystals(1, arguments.size))
    text += "\n## Overlap of the windows\n\nCross of 6 voxels on the first crystal.\n\n| stride | windows | s | RMS error |\n|---|---|---|---|\n"
    text += "".join("| {} | {} | {} | {} |\n".format(*row) for row in strides(network, counts, rate))
    if arguments.scan:
        rows = evaluate(network, measured_cases(load_counts(arguments.scan), places=arguments.places))
        result["measured"] = means(rows)
        text += "\n" + as_markdown(rows, f"Measured scan {arguments.scan.name}, {arguments.places} places, against its noisy counts")
        text += ("\nThe hidden counts carry Poisson noise, which neither a fill nor the standard deviation of the rate can hold: skill and\n"
                 "PCC stay below 1 and fewer than 68 % lie within 1 sd even for a perfect fill.\n")
    print(text)
    if arguments.write:
        arguments.write.write_text(text)
        arguments.write.with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
