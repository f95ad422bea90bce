"""The test of Masto et al. 2024: single windows centred on straight gaps, mean correlation by intensity, of the published
architecture trained here (see `trials`) and of the shipped network: python3 -m inpainting.centred inpaint-patch32.pt runs/trials/incumbent.pt
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from .architectures import Incumbent
from .cases import simulated_cases
from .evaluate import load_network
from .gaps import plane
from .network import SIZE, restore
from .patches import Clues, cut, patch_at
from .scale import plain
from .scores import pearson
from .tables import bin_table

INTENSITY_BINS = 0.1, 0.3, 1, 3, 10, 30, 100, np.inf
WIDTHS = 3, 6, 9, 12


def windows(shape, axis, start, width):
    """First corners of windows side by side along the gap, which lies in their middle."""
    middle = int(np.clip(start + width // 2 - SIZE // 2, 0, shape[axis] - SIZE))
    lines = [[middle] if a == axis else range(0, n - SIZE + 1, SIZE) for a, n in enumerate(shape)]
    return [(z, y, x) for z in lines[0] for y in lines[1] for x in lines[2]]


def correlations(networks, cases):
    """{name: {width: [(mean rate of the window's gap, correlation of log1p with the truth in it)]}}, ridge and linear besides."""
    found = {}
    for case in cases:
        mask = plane(case.rate.shape, case.axis, case.start, case.width)
        clues = Clues(np.where(mask > 0, 0, case.counts), mask)
        plain_scale = plain(clues.ridge, mask)
        for corner in windows(case.rate.shape, case.axis, case.start, case.width):
            patch, mean, deviation = patch_at(clues, corner)
            gap, rate = patch[1] > 0, cut(case.rate, corner)
            fills = {"linear": mean + deviation * patch[2], "ridge": mean + deviation * patch[0]}
            for name, network in networks.items():
                patch, mean, deviation = patch_at(clues, corner, scale=plain_scale if isinstance(network, Incumbent) else None)
                with torch.no_grad():
                    fills[name] = mean + deviation * network(torch.from_numpy(patch[None]))[0, 0].numpy()
            for name, filled in fills.items():
                row = found.setdefault(name, {}).setdefault(case.width, [])
                row.append((rate[gap].mean(), pearson(filled[gap], np.log1p(rate[gap]))))
    return found


def as_markdown(found):
    """For each width the mean correlation in each bin of intensity, and the mean over the bins."""
    lines = []
    for width in WIDTHS:
        table = {}
        for name, rows in found.items():
            rates, values = np.array(rows[width]).T
            means = [values[(rates >= low) & (rates < high)] for low, high in zip(INTENSITY_BINS, INTENSITY_BINS[1:])]
            means = [float(chosen.mean()) if chosen.size else np.nan for chosen in means]
            table[f"{name}: mean {np.nanmean(means):.3f}"] = means
        lines += [f"Gap of {width} voxels, by the mean rate in the window's gap:", "", *bin_table(table, INTENSITY_BINS), ""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path, help="of the shipped network")
    parser.add_argument("incumbent", type=Path, help="of the published architecture, trained by `trials --only incumbent`")
    parser.add_argument("--volumes", type=int, default=8)
    parser.add_argument("--size", type=int, default=128)
    arguments = parser.parse_args()
    state = torch.load(arguments.incumbent, map_location="cpu")
    networks = {"published architecture": restore(Incumbent().eval(), state["average"]), "shipped": load_network(arguments.checkpoint)}
    print(f"Published architecture after {state['batches'] * state['batchSize']:,} patches.\n")
    print(as_markdown(correlations(networks, simulated_cases(arguments.volumes, arguments.size, WIDTHS))))


if __name__ == "__main__":
    main()
