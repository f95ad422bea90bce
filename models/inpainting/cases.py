"""The gaps on which fills are scored: on simulated crystals of the held-out family, and on a measured scan."""

from typing import NamedTuple

import numpy as np

from .simulate import simulate

WIDTHS = 2, 3, 4, 6, 9, 12
MEASURED_WIDTHS = 3, 6, 9, 12
WIDE = 36
WIDE_OVERSAMPLING = 4
EVALUATION_SEED = 9_000_000
DISTANCES = 0, 14
WIDE_DISTANCES = 0, 28
MEASURED_PLACES = 30
MEASURED_REACH = 30
MARGIN = 8


class Case(NamedTuple):
    """A straight gap across `axis`, the layers `start` to `start + width`, in a volume of `counts`, axes (z, y, x). `rate` is
    the truth: noise-free of simulated crystals, the counts themselves of a measured scan."""

    counts: np.ndarray
    rate: np.ndarray
    axis: int
    start: int
    width: int
    name: str


def crystals(count, size, least_oversampling=0):
    """`count` diffraction patterns of the held-out family, size^3, all axes oversampled at least so much."""
    number = 0
    while count > 0:
        diffraction = simulate((size,) * 3, np.random.default_rng([EVALUATION_SEED, number]), "heldout")
        number += 1
        if diffraction.oversampling.min() >= least_oversampling:
            count -= 1
            yield diffraction


def simulated_cases(count, size, widths=WIDTHS, distances=DISTANCES, least_oversampling=0):
    """Gaps through the peak and beside it in `count` crystals."""
    for number, diffraction in enumerate(crystals(count, size, least_oversampling)):
        peak = np.unravel_index(diffraction.rate.argmax(), diffraction.rate.shape)
        for place, distance in enumerate(distances):
            axis = 1 + (number + place) % 2
            for width in widths:
                start = int(np.clip(peak[axis] + distance - width // 2, MARGIN, size - MARGIN - width))
                yield Case(diffraction.counts, diffraction.rate, axis, start, width,
                           f"crystal {number}, {distance} from the peak")


def wide_cases(count, size):
    """Gaps as between the modules of an EIGER detector, in crystals whose fringes are long enough for them to be filled."""
    return simulated_cases(count, size, (WIDE,), WIDE_DISTANCES, WIDE_OVERSAMPLING)


def measured_cases(counts, widths=MEASURED_WIDTHS, places=MEASURED_PLACES):
    """Gaps of a measured scan at seeded places within 30 voxels of the peak."""
    rng = np.random.default_rng(EVALUATION_SEED)
    return _measured(counts, widths, [(int(rng.integers(1, 3)), int(rng.integers(-MEASURED_REACH, MEASURED_REACH + 1)))
                                      for _ in range(places)])


def trial_cases(counts, widths=MEASURED_WIDTHS):
    """The two places, 14 voxels from the peak across y and across x, of the first trials on S0054: there linear interpolation has
    the correlations .866, .851, .831 and .832 which those trials report."""
    return _measured(counts, widths, [(1, 14), (2, 14)])


def _measured(counts, widths, places):
    """Gaps at places (axis, distance from the peak) of a measured scan, its own truth, cut to 128^3 around the peak."""
    peak = np.unravel_index(counts.argmax(), counts.shape)
    corner = [int(np.clip(p - 64, 0, max(n - 128, 0))) for p, n in zip(peak, counts.shape)]
    counts = counts[tuple(slice(c, c + 128) for c in corner)]
    for number, (axis, distance) in enumerate(places):
        for width in widths:
            start = int(np.clip(peak[axis] - corner[axis] + distance - width // 2, MARGIN, counts.shape[axis] - MARGIN - width))
            yield Case(counts, counts, axis, start, width, f"place {number}, {distance} from the peak across axis {axis}")
