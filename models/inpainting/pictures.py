"""Pictures of filled gaps beside the truth."""

import numpy as np

from .cases import Case, measured_cases, simulated_cases, wide_cases
from .fill import fill
from .gaps import plane

SHOWN = "linear", "biharmonic", "ridge"


def draw(network, methods, size, folder, scan=None):
    """One picture for each of some gaps: the middle layer of the gap and a frame across it, as measured, true, and by method."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = {f"inpainting-{case.width}px": case for case in simulated_cases(1, size, (3, 6, 9, 12), (14,))}
    cases["inpainting-36px"] = next(wide_cases(1, size))
    if scan is not None:
        cases["inpainting-measured-6px"] = next(measured_cases(scan, (6,)))
    for name, case in cases.items():
        picture(network, methods, case).savefig(folder / f"{name}.png", dpi=90)


def picture(network, methods, case: Case):
    """Two rows (across the gap; along it, in its middle), each scaled to its truth, by columns: measured, truth, methods, network,
    its deviation (0 to 1, white where it is infinite)."""
    # Only whoever draws needs matplotlib
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
    mask = plane(case.rate.shape, case.axis, case.start, case.width)
    hidden = np.where(mask > 0, 0, case.counts)
    rate, deviation = fill(network, hidden, mask)
    volumes = {"measured": np.where(mask > 0, np.nan, np.log1p(hidden)), "truth": np.log1p(case.rate)}
    volumes |= {method: methods[method](hidden, mask) for method in SHOWN}
    volumes |= {"network": rate, "its deviation": deviation}
    middle = case.start + case.width // 2
    frame = np.unravel_index(case.rate.argmax(), case.rate.shape)[0]
    figure, axes = pyplot.subplots(2, len(volumes), figsize=(2.2 * len(volumes), 4.8), constrained_layout=True)
    for column, (title, volume) in zip(axes.T, volumes.items()):
        for axis, of in zip(column, (lambda v: v[frame], lambda v: np.take(v, middle, case.axis))):
            top = 1 if title == "its deviation" else of(volumes["truth"]).max()
            axis.imshow(of(volume), vmin=0, vmax=top, cmap="magma", origin="lower")
            axis.set_xticks([])
            axis.set_yticks([])
        column[0].set_title(title, fontsize=10)
    axes[0, 0].set_ylabel("frame of the peak")
    axes[1, 0].set_ylabel("middle of the gap")
    figure.suptitle(f"Gap of {case.width} voxels, {case.name}; log(1 + counts)", fontsize=10)
    return figure
