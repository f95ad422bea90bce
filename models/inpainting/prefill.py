"""Linear interpolation across gaps: the start of the network and the baseline it has to beat."""

import numpy as np


def linear_prefill(values, mask):
    """Fill the gap voxels of `values` (any shape, usually log1p of counts) from the nearest measured voxels on each axis.

    Along every axis a gap voxel sees the nearest measured voxel on the low side (distance a, value u) and on the high side
    (distance b, value v). Axes with both give (u b + v a) / (a + b) with weight 1 / (a + b)^2. Only where no axis has both,
    the one-sided axes give their value with weight 1 / a^2. Voxels which see nothing wait for the next pass, when the
    voxels filled so far count as measured. Without any measured voxel the result is 0.

    Returns float64 of the same shape; measured voxels are unchanged.
    """
    measured = np.asarray(mask) == 0
    filled = np.where(measured, values, 0.0).astype(np.float64)
    if not measured.any():
        return filled
    while not measured.all():
        gap = np.nonzero(~measured)
        estimate, seen = _one_pass(filled, measured, gap)
        reached = tuple(index[seen] for index in gap)
        filled[reached] = estimate[seen]
        measured[reached] = True
    return filled


def nearest_measured(measured, axis):
    """Index along `axis` of the nearest measured voxel at or below (-1 if none) and at or above (size if none) each voxel."""
    size = measured.shape[axis]
    position = np.arange(size, dtype=np.int32).reshape([-1 if a == axis else 1 for a in range(measured.ndim)])
    low = np.maximum.accumulate(np.where(measured, position, -1), axis=axis)
    high = np.flip(np.minimum.accumulate(np.flip(np.where(measured, position, size), axis), axis=axis), axis)
    return low, high


def _one_pass(filled, measured, gap):
    two_sided, two_weight, one_sided, one_weight = np.zeros((4, gap[0].size))
    for axis in range(measured.ndim):
        size = measured.shape[axis]
        low, high = (index[gap] for index in nearest_measured(measured, axis))
        has_low, has_high = low >= 0, high < size
        u = filled[_moved(gap, axis, np.maximum(low, 0))]
        v = filled[_moved(gap, axis, np.minimum(high, size - 1))]
        a, b = (gap[axis] - low).astype(float), (high - gap[axis]).astype(float)
        weight = np.where(has_low & has_high, 1 / (a + b) ** 2, 0)
        two_sided += weight * (u * b + v * a) / (a + b)
        two_weight += weight
        weight = np.where(has_low ^ has_high, 1 / np.where(has_low, a, b) ** 2, 0)
        one_sided += weight * np.where(has_low, u, v)
        one_weight += weight
    estimate = np.where(two_weight > 0, two_sided / np.where(two_weight > 0, two_weight, 1),
                        one_sided / np.where(one_weight > 0, one_weight, 1))
    return estimate, (two_weight > 0) | (one_weight > 0)


def _moved(index, axis, position):
    return tuple(position if a == axis else i for a, i in enumerate(index))
