"""Score the network and the baselines: python3 -m inpainting.evaluate CHECKPOINT [--scan FILE] [--write scores.md]

Straight gaps of 3, 6, 9 and 12 voxels perpendicular to y or x are put on simulated crystals of the held-out family, where
the truth is the noise-free rate, and on a gap-free measured scan, where it is the counts that were hidden.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from . import baselines
from .fill import fill
from .gaps import plane
from .network import GapNetwork
from .scan import load_counts
from .simulate import simulate

WIDTHS = (3, 6, 9, 12)
EVALUATION_SEED = 9_000_000
TILE = 16
DISTANCES = (0, 14)


def load_network(checkpoint):
    """The averaged network of a checkpoint, with the deviation scale given to it at export if there is one."""
    network = GapNetwork().eval()
    network.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    return network


def scores(estimate, linear, truth, rate, mask, axis, deviation=None):
    """Scores of one filled gap; all volumes are log1p, except `rate` (counts per voxel), which chooses the tiles."""
    gap = mask > 0
    error = estimate[gap] - truth[gap]
    row = {"skill": 1 - np.square(error).sum() / np.square(linear[gap] - truth[gap]).sum(),
           "tilePcc": tile_correlation(estimate, truth, rate, mask, axis),
           "pcc": _pearson(estimate[gap], truth[gap]), "mae": np.abs(error).mean()}
    if deviation is not None:
        within, bright = np.abs(error) <= deviation[gap], rate[gap] > 0.3
        row["coverage"] = within.mean()
        row["coverageBright"] = within[bright].mean() if bright.any() else np.nan
    return row


def tile_correlation(estimate, truth, rate, mask, axis):
    """Mean Pearson correlation over tiles of 16x16 voxels of the gap's layers where the mean rate exceeds 0.3."""
    estimate, truth, rate, mask = (np.moveaxis(volume, axis, 0) for volume in (estimate, truth, rate, mask))
    found = []
    for layer in np.flatnonzero(mask.any((1, 2))):
        for i in range(0, mask.shape[1] - TILE + 1, TILE):
            for j in range(0, mask.shape[2] - TILE + 1, TILE):
                tile = layer, slice(i, i + TILE), slice(j, j + TILE)
                if rate[tile].mean() > 0.3:
                    found.append(_pearson(estimate[tile], truth[tile]))
    return np.mean(found) if found else np.nan


def _pearson(a, b):
    a, b = a.ravel() - a.mean(), b.ravel() - b.mean()
    size = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / size) if size > 0 else 0.0


def crystals(count, size):
    """`count` volumes of the held-out family, size^3: counts and noise-free rate."""
    for number in range(count):
        diffraction = simulate((size,) * 3, np.random.default_rng([EVALUATION_SEED, number]), "heldout")
        yield diffraction.counts, diffraction.rate


def measured(file, size=128):
    """The region of size^3 around the peak of a scan, as its own truth."""
    counts = load_counts(file)
    peak = np.unravel_index(counts.argmax(), counts.shape)
    corner = [int(np.clip(p - size // 2, 0, max(n - size, 0))) for p, n in zip(peak, counts.shape)]
    counts = counts[tuple(slice(c, c + size) for c in corner)]
    yield counts, counts


def evaluate(network, volumes):
    """{method: {width: {score: mean over gaps}}} for (counts, rate) volumes, gaps through the peak and 14 voxels off it."""
    rows = {}
    for number, (counts, rate) in enumerate(volumes):
        peak = np.unravel_index(rate.argmax(), rate.shape)
        truth = np.log1p(rate)
        for place, distance in enumerate(DISTANCES):
            axis = 1 + (number + place) % 2
            for width in WIDTHS:
                start = int(np.clip(peak[axis] + distance - width // 2, 8, rate.shape[axis] - 8 - width))
                mask = plane(rate.shape, axis, start, width)
                hidden = np.where(mask > 0, 0, counts)
                estimates = {"zeros": baselines.zeros(hidden, mask), "nearest": baselines.nearest(hidden, mask),
                             "linear": baselines.linear(hidden, mask),
                             "ridge": baselines.ridge(hidden, mask, axis, start, width)}
                ours, deviation = fill(network, hidden, mask)
                for method, estimate in estimates.items():
                    rows.setdefault((method, width), []).append(
                        scores(estimate, estimates["linear"], truth, rate, mask, axis))
                rows.setdefault(("network", width), []).append(
                    scores(ours, estimates["linear"], truth, rate, mask, axis, deviation))
    table = {}
    for (method, width), found in rows.items():
        table.setdefault(method, {})[str(width)] = {key: round(float(np.nanmean([row[key] for row in found])), 4)
                                                    for key in found[0]}
    return table


def as_markdown(table, title):
    lines = [f"## {title}", "", "| method | gap | skill | tile PCC | gap PCC | MAE | within 1 sd | where rate > 0.3 |",
             "|---|---|---|---|---|---|---|---|"]
    for method, widths in table.items():
        for width, row in widths.items():
            values = [row.get(key) for key in ("skill", "tilePcc", "pcc", "mae", "coverage", "coverageBright")]
            lines.append(f"| {method} | {width} | " + " | ".join("" if v is None else f"{v:.3f}" for v in values) + " |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path, help="checkpoint.pt of a training, or calibrated.pt of an export")
    parser.add_argument("--scan", type=Path, help="a gap-free measured scan (Lima or plain HDF5)")
    parser.add_argument("--volumes", type=int, default=6)
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", type=Path, help="write the tables here as Markdown, and as JSON beside")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    network = load_network(arguments.checkpoint)
    simulated = evaluate(network, crystals(arguments.volumes, arguments.size))
    result = {"simulated": simulated}
    scan = f" --scan {arguments.scan.name}" if arguments.scan else ""
    text = ("# Scores\n\nskill = 1 - SSE / SSE of linear; PCC = Pearson correlation; all on log1p in the gap, means over gaps.\n"
            f"Command: `python3 -m inpainting.evaluate {arguments.checkpoint.name} --volumes {arguments.volumes} "
            f"--size {arguments.size}{scan} --write scores.md`\n\n")
    text += as_markdown(simulated, f"{arguments.volumes} held-out simulated crystals, {arguments.size}^3, against the rate")
    if arguments.scan:
        result["measured"] = evaluate(network, measured(arguments.scan))
        text += "\n" + as_markdown(result["measured"], f"Measured scan {arguments.scan.name}, against its noisy counts")
        text += ("\nThe hidden counts carry Poisson noise, which neither a fill nor the standard deviation of the rate can hold: skill and\n"
                 "PCC stay below 1 and fewer than 68 % lie within 1 sd even for a perfect fill.\n")
    print(text)
    if arguments.write:
        arguments.write.write_text(text)
        arguments.write.with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
