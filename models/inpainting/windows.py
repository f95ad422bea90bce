"""Where the network looks at the gaps: windows no larger than the gap in them asks for."""

from typing import NamedTuple

import numpy as np

from .network import SIZE

# The network halves its input three times.
STEP = 8
SMALLEST = 16
STRIDE = 24


class Window(NamedTuple):
    """First voxel (z, y, x), which may lie outside of the volume, and the lengths of the sides."""

    corner: tuple
    sides: tuple


def windows(mask, stride=STRIDE):
    """Windows which together see every gap voxel of `mask`: each is centred on the gap voxels of a box of `stride`^3 voxels, boxes
    following one another until every gap voxel was in one. Along each axis a window is as long as what is gap in the box and a
    margin on both sides need, 16 to 32 voxels: more would cost time and, across a plane, help nothing."""
    margin = (SIZE - stride) // 2
    gap, seen, found, number = np.flatnonzero(mask), np.zeros(mask.shape, bool), [], 0
    shape = np.array(mask.shape)
    while True:
        unseen = np.flatnonzero(~seen.ravel()[gap[number:]])
        if not unseen.size:
            return found
        number += unseen[0]
        low = np.array(np.unravel_index(gap[number], mask.shape))
        box = tuple(slice(a, min(a + stride, n)) for a, n in zip(low, shape))
        there = low + np.argwhere(mask[box])
        first, end = there.min(0), there.max(0) + 1
        sides = np.clip(-(-(end - first + 2 * margin) // STEP) * STEP, SMALLEST, SIZE)
        centre = np.clip(np.floor(there.mean(0) + 0.5).astype(int), end - sides // 2, first + sides // 2)
        corner = np.where(shape < sides, -((sides - shape) // 2), np.clip(centre - sides // 2, 0, np.maximum(shape - sides, 0)))
        found.append(Window(tuple(corner.tolist()), tuple(sides.tolist())))
        seen[box] = True
        seen[tuple(slice(0 if c <= 0 else c + margin, n if c + s >= n else c + s - margin)
                   for c, s, n in zip(corner, sides, shape))] = True
