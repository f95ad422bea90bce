"""Ridge regression learnt from the scan itself: a fill of its own, and the start which the network corrects.

How the log counts inside a gap leave the straight line across it is predicted from a neighbourhood of 9x9 voxels, 5 deep on
either side, less its mean. The regression learns from every place of the scan at once: its normal equations hold nothing but
mean products of two voxels a given step apart, and these are the scan's autocorrelation, which a Fourier transform gives
(simple kriging, Matheron 1963; the Wiener filter). One solution for every direction and width of gap.

Where hundreds of photons leave no noise, what the whole scan has in common smooths the top of a peak: there a gap is raised to the
cubic curve through the two nearest measured voxels on either side.
"""

import numpy as np
from scipy import fft, linalg

from .prefill import linear_prefill, nearest_measured

DEPTH = 5
SIDE = 4
WIDEST = 24
FEWEST_CROSSINGS = 50
# Part of the mean square of the log counts that is added to the variances: keeps the equations solvable without any noise.
PENALTY = 1e-5
# The same of a scan without any photon.
DARK = 1e-12
# The autocorrelation is that of a box of at most so many voxels per axis around the brightest one.
BOX = 128
# Gaps that a curve bridges, the widest that it bridges fully (of wider ones in part, by 6 / width), and the log counts above which it
# begins to, up to one more.
CURVED = 12
TRUSTED = 6
BRIGHT = 5.5
CHUNK = 8192


def ridge_prefill(log, mask, linear=None):
    """Fill the gap voxels of `log` (log1p counts, axes z, y, x) by ridge, and linearly where a gap has no measured sides
    5 deep (crossings, borders) or is wider than 24.

    Narrow ways across win over wide ones. Returns float32; measured voxels are unchanged, filled ones not below 0.
    """
    linear = linear_prefill(log, mask) if linear is None else linear
    linear = linear.astype(np.float32)
    filled = linear.copy()
    kinds = sorted(crossings(mask, DEPTH), key=lambda kind: (-kind[0], kind[1]))
    products = mean_products(linear) if kinds else None
    for width, axis, first in kinds:
        values, target = np.moveaxis(linear, axis, 0), np.moveaxis(filled, axis, 0)
        weights = _weights(np.moveaxis(products, axis, 0), width)
        for start in range(0, len(first[0]), CHUNK):
            places = tuple(index[start:start + CHUNK] for index in first)
            inside = np.maximum(line(values, places, width) + neighbours(values, places, width) @ weights, 0)
            if width <= CURVED:
                share = np.clip(inside - BRIGHT, 0, 1) * min(1, TRUSTED / width)
                inside += share * np.maximum(_curve(values, places, width) - inside, 0)
            target[places[0] + np.arange(width)[:, None], places[1], places[2]] = inside.T
    return filled


def crossings(mask, depth):
    """(width, axis, indices of each line's first gap voxel with `axis` moved first) of every kind of gap with sides measured
    so deep, of which there are enough."""
    kinds = []
    for axis in range(3):
        missing = np.moveaxis(np.asarray(mask) > 0, axis, 0)
        low, high = nearest_measured(~missing, 0)
        size = len(missing)
        position = np.arange(size).reshape(-1, 1, 1)
        begins = missing & (low == position - 1) & (low >= depth - 1) & (high <= size - depth) & (high - low - 1 <= WIDEST)
        first = np.nonzero(begins)
        before = np.concatenate([np.zeros((1, *missing.shape[1:]), np.int32), np.cumsum(missing, 0, dtype=np.int32)])
        start, end = first[0], high[first]
        sides = ((before[start, first[1], first[2]] == before[start - depth, first[1], first[2]])
                 & (before[end + depth, first[1], first[2]] == before[end, first[1], first[2]]))
        width = end - start
        for w in np.unique(width[sides]):
            chosen = sides & (width == w)
            if chosen.sum() >= FEWEST_CROSSINGS:
                kinds.append((int(w), axis, tuple(index[chosen] for index in first)))
    return kinds


def mean_products(values):
    """Mean product of two voxels of `values` by the step from one to the other, step 0 in the middle, up to the longest that a
    gap asks for; beyond its border the box around the peak counts as 0."""
    peak = np.unravel_index(values.argmax(), values.shape)
    box = values[tuple(slice(low, low + BOX) for low in
                       (int(np.clip(p - BOX // 2, 0, max(n - BOX, 0))) for p, n in zip(peak, values.shape)))].astype(np.float64)
    reach = 2 * DEPTH + WIDEST
    shape = [fft.next_fast_len(n + reach) for n in box.shape]
    sums = fft.irfftn(np.abs(fft.rfftn(box, shape)) ** 2, shape)
    steps = [np.arange(-reach, reach + 1) % n for n in shape]
    return sums[np.ix_(*steps)] / box.size


def _weights(products, width):
    """Weights (neighbours, width) of what the neighbourhood adds to the straight line; those of a step sum to 0, so that the
    neighbourhood's mean says nothing. `products` as from `mean_products`, the axis across the gap first."""
    around, gap = _offsets(width, DEPTH, SIDE), np.arange(width)[:, None] * [1, 0, 0]
    low, high = np.array([[-1, 0, 0]]), np.array([[width, 0, 0]])
    share = (np.arange(width) + 1) / (width + 1)
    cross = (_between(around, gap, products) - (1 - share) * _between(around, low, products)
             - share * _between(around, high, products))
    normal = _between(around, around, products)
    normal -= normal.mean(0)
    normal -= normal.mean(1, keepdims=True)
    normal[np.diag_indices_from(normal)] += PENALTY * products.max() + DARK
    return linalg.solve(normal, cross - cross.mean(0), assume_a="pos").astype(np.float32)


def _between(some, others, products):
    """Mean products (some, others) of voxels at these offsets."""
    strides = np.array([products.shape[1] * products.shape[2], products.shape[2], 1])
    return products.ravel()[products.size // 2 + (some @ strides)[:, None] - others @ strides]


def _offsets(width, depth, side):
    """Steps (neighbours, 3) from the gap's first voxel to its neighbours, the axis across the gap first."""
    layers = np.concatenate([np.arange(-depth, 0), np.arange(width, width + depth)])
    near = np.arange(-side, side + 1)
    return np.stack(np.meshgrid(layers, near, near, indexing="ij"), -1).reshape(-1, 3)


def neighbours(values, first, width, depth=DEPTH, side=SIDE):
    """(places, neighbours) values around the gap, edge values repeated at the volume's faces."""
    at = [index[:, None] + offset for index, offset in zip(first, _offsets(width, depth, side).T)]
    return values[at[0], np.clip(at[1], 0, values.shape[1] - 1), np.clip(at[2], 0, values.shape[2] - 1)]


def line(values, first, width):
    """The straight line across, (places, width)."""
    low, high = (values[first[0] + step, first[1], first[2]] for step in (-1, width))
    share = (np.arange(width, dtype=np.float32) + 1) / (width + 1)
    return low[:, None] + (high - low)[:, None] * share


def _curve(values, first, width):
    """The cubic through two voxels on either side, (places, width), kept from leaving their range by more than the range itself, in
    gaps wider than 6 by more than 6 / width of it."""
    places = np.array([-2, -1, width, width + 1])
    ends = np.stack([values[first[0] + place, first[1], first[2]] for place in places], 1)
    steps = np.arange(width)
    powers = np.stack([np.prod([(steps - other) / (place - other) for other in places if other != place], 0) for place in places])
    low, high = ends.min(1, keepdims=True), ends.max(1, keepdims=True)
    beyond = min(1, TRUSTED / width) * (high - low)
    return np.clip(ends @ powers.astype(np.float32), low - beyond, high + beyond)
