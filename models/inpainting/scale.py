"""The scale on which the network sees a scan: how bright it is around a voxel and how much it varies there."""

import numpy as np

DEVIATION_FLOOR = 0.1
# Voxels along each side of the cells, and the width of the Gaussian over them, in cells.
CELL = 8
WIDTH = 1.5
REACH = 6


def local_scale(log, mask):
    """Mean and deviation (not below 0.1) of the measured log1p counts around each voxel, weighted by a Gaussian of 12 voxels; volumes
    like `log`, axes (z, y, x). Computed in cells of 8^3 voxels, linear between their middles. Mean 0 and deviation 1 where nothing
    within 48 voxels is measured: at work nobody knows what the gaps hide."""
    measured = np.asarray(mask) == 0
    visible = np.where(measured, log, 0).astype(np.float64)
    number, total, squares = (_blurred(_cells(volume)) for volume in (measured, visible, visible ** 2))
    known = number > 0
    number = np.where(known, number, 1)
    mean = total / number
    deviation = np.where(known, np.maximum(np.sqrt(np.maximum(squares / number - mean ** 2, 0)), DEVIATION_FLOOR), 1)
    return _between(mean, log.shape), _between(deviation, log.shape)


def plain(log, mask):
    """The scale on which log counts are what they are, for networks that scale them on their own."""
    return np.zeros(log.shape, np.float32), np.ones(log.shape, np.float32)


def _cells(volume):
    """Sums over the cells."""
    for axis, length in enumerate(volume.shape):
        volume = np.add.reduceat(volume, np.arange(0, length, CELL), axis, dtype=np.float64)
    return volume


def _blurred(cells):
    for axis, length in enumerate(cells.shape):
        apart = np.arange(length)[:, None] - np.arange(length)
        weights = np.where(np.abs(apart) <= REACH, np.exp(-(apart / WIDTH) ** 2 / 2), 0)
        cells = np.moveaxis(np.tensordot(weights, cells, (1, axis)), 0, axis)
    return cells


def _between(cells, shape):
    for axis, length in enumerate(shape):
        places = np.clip((np.arange(length) + 0.5) / CELL - 0.5, 0, cells.shape[axis] - 1)
        weights = np.maximum(1 - np.abs(places[:, None] - np.arange(cells.shape[axis])), 0)
        cells = np.moveaxis(np.tensordot(weights, cells, (1, axis)), 0, axis)
    return cells.astype(np.float32)
