"""Figures of the comparisons, laid out as Figs 4.4 and 4.5 of the thesis."""

import matplotlib
import numpy as np

from .cases import simulated
from .runs import ALL, LOSSES, NETWORKS, PREVIEW
from .scores import correlation

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402  (the backend must be chosen first)

NAMES = {"mse": "MSE", "mae": "MAE", "ssim": "SSIM", ALL: "MSE + SSIM + gradients", "unet": "U-Net", "msd": "MSD-Net",
         "modified": "modified U-Net"}


def draw(runs, count, folder):
    """Write flat-losses.png, flat-networks.png and flat-preview.png."""
    case = typical(list(simulated("polygons", 9, count)))
    losses = {NAMES[loss]: case.network(runs[f"unet-{loss}-9"]) for loss in LOSSES}
    figure(case, {**losses, "linear": case.linear()}, folder / "flat-losses.png")
    networks = {NAMES[name]: case.network(runs[f"{name}-{ALL}-9"]) for name in NETWORKS}
    figure(case, {**networks, "preview network": case.network(runs[PREVIEW]), "linear": case.linear()},
           folder / "flat-networks.png")
    case = typical(list(simulated("heldout", 6, count)))
    figure(case, {"preview network": case.network(runs[PREVIEW]), "linear": case.linear(), "biharmonic": case.biharmonic()},
           folder / "flat-preview.png")


def typical(cases):
    """The case for which linear interpolation has its median correlation: chosen by what is not compared."""
    found = [correlation([case.linear()], [np.log1p(case.counts)], [case.mask > 0]) for case in cases]
    return cases[int(np.argsort(found)[len(found) // 2])]


def figure(case, estimates, file):
    gap, truth = case.mask > 0, np.log1p(case.counts)
    panels = [("hidden truth", truth), ("with gap", np.where(gap, np.nan, truth))]
    for name, estimate in estimates.items():
        score = correlation([estimate], [truth], [gap])
        panels.append((f"{name}\nPCC {score:.3f}", np.where(gap, estimate, truth)))
    colours = pyplot.get_cmap("inferno").copy()
    colours.set_bad("white")
    picture, axes = pyplot.subplots(1, len(panels), figsize=(2.1 * len(panels), 2.6), layout="constrained")
    for axis, (title, image) in zip(axes, panels):
        axis.imshow(image, cmap=colours, vmin=0, vmax=truth.max(), interpolation="nearest")
        axis.set_title(title, fontsize=9)
        axis.set_xticks([])
        axis.set_yticks([])
    picture.savefig(file, dpi=110)
    pyplot.close(picture)
