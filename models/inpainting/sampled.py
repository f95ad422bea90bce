"""Ridge regression fitted at some places of the scan: a baseline, the forerunner of `ridge`.

How the log counts inside a gap leave the straight line across it is predicted from a neighbourhood of 5x5 voxels, 8 deep on
either side, less its mean; fitted at 14,000 places without a gap in the same volume, evenly spread over it. One fit for every
direction and width of gap.
"""

import numpy as np
from scipy.ndimage import maximum_filter1d

from .prefill import linear_prefill
from .ridge import crossings, line, neighbours

DEPTH = 8
SIDE = 2
PLACES = 14_000
FEWEST_PLACES = 1_000
HELD_OUT = 4
PENALTIES = 0.01, 0.1, 1.0


def sampled_ridge(log, mask, linear=None):
    """Fill the gap voxels of `log` (log1p counts, axes z, y, x) by ridge, and linearly where a gap has no measured sides
    8 deep (crossings, borders), is wider than 24, or where too little of the volume is free of gaps.

    Narrow ways across win over wide ones. Returns float32; measured voxels are unchanged, filled ones not below 0.
    """
    linear = linear_prefill(log, mask) if linear is None else linear
    linear = linear.astype(np.float32)
    filled = linear.copy()
    for width, axis, first in sorted(crossings(mask, DEPTH), key=lambda kind: (-kind[0], kind[1])):
        values = np.moveaxis(linear, axis, 0)
        places = _places(np.moveaxis(mask, axis, 0), width, axis)
        if places is None:
            continue
        weights = _fit(values, places, width)
        steps = first[0] + np.arange(width)[:, None]
        inside = line(values, first, width) + (_neighbours(values, first, width) @ weights)
        np.moveaxis(filled, axis, 0)[steps, first[1], first[2]] = np.maximum(inside.T, 0)
    return filled


def _places(mask, width, axis):
    """Places whose neighbourhood holds no gap, by the first voxel of the strip that stands for the gap: drawn in even steps in
    the order of the volume. None if there are too few."""
    span = width + 2 * DEPTH
    if len(mask) < span:
        return None
    blocked = maximum_filter1d(maximum_filter1d(mask, 2 * SIDE + 1, 1, mode="nearest"), 2 * SIDE + 1, 2, mode="nearest")
    before = np.concatenate([np.zeros((1, *mask.shape[1:]), np.int32), np.cumsum(blocked, 0, dtype=np.int32)])
    free = np.moveaxis(before[span:] == before[:-span], 0, axis)
    places = np.flatnonzero(free)
    if places.size < FEWEST_PLACES:
        return None
    chosen = places[((np.arange(PLACES) + 0.5) / PLACES * places.size).astype(int)]
    index = np.unravel_index(chosen, free.shape)
    index = [index[axis], *(i for a, i in enumerate(index) if a != axis)]
    return index[0] + DEPTH, index[1], index[2]


def _fit(values, places, width):
    """Coefficients (neighbours, width): of three penalties the one with the smallest error at every fourth place, which the
    fit does not see."""
    inputs = _neighbours(values, places, width)
    steps = places[0][:, None] + np.arange(width)
    targets = values[steps, places[1][:, None], places[2][:, None]] - line(values, places, width)
    test = np.arange(len(inputs)) % HELD_OUT == HELD_OUT - 1
    normal = (inputs[~test].T @ inputs[~test]).astype(np.float64)
    cross = (inputs[~test].T @ targets[~test]).astype(np.float64)
    scale = np.trace(normal) / len(normal) + np.finfo(float).tiny
    fits = [np.linalg.solve(normal + penalty * scale * np.eye(len(normal)), cross).astype(np.float32) for penalty in PENALTIES]
    return min(fits, key=lambda weights: np.square(inputs[test] @ weights - targets[test]).sum())


def _neighbours(values, first, width):
    """(places, 400) values around the gap, less their mean."""
    block = neighbours(values, first, width, DEPTH, SIDE)
    return block - block.mean(1, keepdims=True)
