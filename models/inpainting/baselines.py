"""What the network is compared with. All return log1p counts of the whole volume (z, y, x)."""

import numpy as np
from scipy.ndimage import distance_transform_edt
from scipy.sparse import csc_matrix, eye, kron
from scipy.sparse.linalg import splu

from .prefill import linear_prefill
from .ridge import ridge_prefill
from .sampled import sampled_ridge


def zeros(counts, mask):
    """Gaps left empty."""
    return np.where(mask > 0, 0, np.log1p(counts))


def nearest(counts, mask):
    """The nearest measured voxel in three dimensions."""
    index = distance_transform_edt(mask > 0, return_distances=False, return_indices=True)
    return np.log1p(counts)[tuple(index)]


def linear(counts, mask):
    """Linear interpolation along the axes."""
    return linear_prefill(np.log1p(counts), mask)


def ridge(counts, mask):
    """A linear regression made for this volume's gaps from its autocorrelation: the start of the network."""
    return ridge_prefill(np.log1p(counts), mask)


def sampled(counts, mask):
    """A linear regression fitted at some places of this volume: the forerunner of `ridge`."""
    return sampled_ridge(np.log1p(counts), mask)


def biharmonic(counts, mask):
    """The smoothest sheet through each frame (the discrete bilaplacian is 0 in the gap), as scikit-image has it. Frames with
    the same gap are solved together."""
    filled = np.where(mask > 0, 0, np.log1p(counts))
    operator = _bilaplacian(mask.shape[1:])
    patterns, which = np.unique(mask.reshape(len(mask), -1) > 0, axis=0, return_inverse=True)
    for number, gap in enumerate(patterns):
        frames = np.flatnonzero(which.ravel() == number)
        if gap.any() and not gap.all():
            values = filled[frames].reshape(len(frames), -1)
            rows = operator[gap]
            values[:, gap] = splu(csc_matrix(rows[:, gap])).solve(-(rows[:, ~gap] @ values[:, ~gap].T)).T
            filled[frames] = values.reshape(filled[frames].shape)
    return filled


def _bilaplacian(shape):
    """The Laplacian twice, values beyond the frame being mirrored, as a sparse matrix on the frame's voxels."""
    lines = []
    for size in shape:
        line = np.zeros((size, size))
        places = np.arange(size)
        for neighbour in (np.abs(places - 1), size - 1 - np.abs(size - 2 - places)):
            line[places, np.clip(neighbour, 0, size - 1)] += 1
            line[places, places] -= 1
        lines.append(csc_matrix(line))
    laplacian = kron(lines[0], eye(shape[1])) + kron(eye(shape[0]), lines[1])
    return (laplacian @ laplacian).tocsr()
