"""What the network is compared with. All return log1p counts of the whole volume (z, y, x)."""

import numpy as np
from scipy.ndimage import distance_transform_edt

from .prefill import linear_prefill


def zeros(counts, mask):
    """Gaps left empty."""
    return np.where(mask > 0, 0, np.log1p(counts))


def nearest(counts, mask):
    """The nearest measured voxel in three dimensions."""
    index = distance_transform_edt(mask > 0, return_distances=False, return_indices=True)
    return np.log1p(counts)[tuple(index)]


def linear(counts, mask):
    """The prefill on its own."""
    return linear_prefill(np.log1p(counts), mask)


def ridge(counts, mask, axis, start, width, seed=0, depth=8, places=14_000):
    """A linear regression made for one straight gap [start, start + width) perpendicular to `axis` (0, 1, 2), trained on the
    gap-free part of the same volume: the log counts across the gap from 5x5 columns, `depth` voxels deep on either side,
    all relative to their mean."""
    values = np.moveaxis(np.log1p(counts).astype(np.float64), axis, 0)
    rng = np.random.default_rng(seed)
    span = 2 * depth + width
    low = np.arange(2, values.shape[1] - 2), np.arange(2, values.shape[2] - 2)
    free = [p for p in range(values.shape[0] - span + 1) if p + span <= start or p >= start + width]
    if not free or start < depth or start + width + depth > values.shape[0]:
        return linear(counts, mask)
    p, i, j = rng.choice(free, places), rng.choice(low[0], places), rng.choice(low[1], places)
    features, centre = _columns(values, p, i, j, depth, width)
    targets = np.stack([values[p + depth + k, i, j] for k in range(width)], 1) - centre[:, None]
    normal = features.T @ features
    weights = np.linalg.solve(normal + 1e-2 * np.trace(normal) / len(normal) * np.eye(len(normal)), features.T @ targets)
    filled = np.moveaxis(linear(counts, mask), axis, 0).copy()
    i, j = (index.ravel() for index in np.meshgrid(*low, indexing="ij"))
    features, centre = _columns(values, np.full(i.size, start - depth), i, j, depth, width)
    filled[start:start + width, i, j] = np.maximum((features @ weights + centre[:, None]).T, 0)
    return np.moveaxis(filled, 0, axis)


def _columns(values, p, i, j, depth, width):
    layers = np.concatenate([np.arange(depth), depth + width + np.arange(depth)])
    near = np.arange(-2, 3)
    block = values[(p[:, None] + layers)[:, :, None, None], (i[:, None] + near)[:, None, :, None],
                   (j[:, None] + near)[:, None, None, :]].reshape(len(p), -1)
    centre = block.mean(1)
    return block - centre[:, None], centre
