"""The Friedel mate: an unstrained crystal scatters alike to either side of its Bragg peak, I(q) = I(-q); a strained one
nearly or not at all. What was measured at -q is a hint at what a gap hides, as far as the scan is symmetric elsewhere."""

from itertools import product

import numpy as np
from scipy.ndimage import uniform_filter

STRIDES = 4, 2, 1
RADIUS = 16


def friedel_mate(prefill, mask):
    """The mate of every voxel of `prefill` (log1p counts with filled gaps, axes z, y, x), and how far to trust it.

    Returns two float32 volumes: the measured value at the mirrored place, 0 where that is masked or outside; and there
    the correlation of the volume with its mirror image near the peak (0 to 1), again 0 where there is no mate.
    """
    centre, symmetry = centre_of_symmetry(prefill, mask)
    mirrored, measured = (_mirror(volume, centre) for volume in (prefill, np.asarray(mask) == 0))
    return np.where(measured, mirrored, 0).astype(np.float32), np.where(measured, symmetry, 0).astype(np.float32)


def centre_of_symmetry(prefill, mask):
    """Twice the centre of symmetry, to half a voxel, and the correlation there: climbed to from the peak in steps of 4, 2
    and 1, since a gap over the peak moves what looks like its top."""
    smooth = uniform_filter(prefill.astype(np.float64), 3, mode="nearest")
    centre = 2 * np.array(np.unravel_index(smooth.argmax(), smooth.shape))
    best = _symmetry(prefill, mask, centre)
    for stride in STRIDES:
        climbing = True
        while climbing:
            around = [centre + stride * np.array(step) for step in product((-1, 0, 1), repeat=3)]
            around = [c for c in around if (c >= 0).all() and (c < 2 * np.array(prefill.shape) - 1).all()]
            symmetry, best_around = max(((_symmetry(prefill, mask, c), i) for i, c in enumerate(around)),
                                        key=lambda found: (found[0], -found[1]))
            climbing = symmetry > best
            if climbing:
                centre, best = around[best_around], symmetry
    return centre, best


def _symmetry(prefill, mask, centre):
    """Correlation of the box of 33^3 voxels around the peak with its mirror image, not below 0."""
    low = np.maximum((centre + 1) // 2 - RADIUS, 0)
    low = np.maximum(low, centre - np.array(prefill.shape) + 1)
    high = centre - low
    box = tuple(slice(a, b + 1) for a, b in zip(low, high))
    values, both = prefill[box], mask[box] == 0
    both = both & both[::-1, ::-1, ::-1]
    a, b = values[both].astype(np.float64), values[::-1, ::-1, ::-1][both].astype(np.float64)
    a, b = a - a.mean() if a.size else a, b - b.mean() if b.size else b
    size = np.sqrt((a @ a) * (b @ b))
    return max(float(a @ b / size), 0.0) if size > 0 else 0.0


def _mirror(volume, centre):
    """volume[centre - q], 0 where that is outside."""
    mirrored = np.zeros_like(volume)
    here = tuple(slice(max(0, c - n + 1), min(n, c + 1)) for c, n in zip(centre, volume.shape))
    there = tuple(slice(c - s.stop + 1, c - s.start + 1) for c, s in zip(centre, here))
    mirrored[here] = volume[there][::-1, ::-1, ::-1]
    return mirrored
