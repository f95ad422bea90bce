"""Where the network looks at the gaps: windows no larger than the gap in them asks for."""

from typing import NamedTuple

import numpy as np

# The network halves its input three times.
STEP = 8
SMALLEST = 16
LONGEST = 128
# What a window sees on either side of the gap voxels that it answers for.
MARGIN = 4
# A gap that is longer along an axis lies along it; across, boxes are as thick as the gap or so thick.
THICK = 24
# The side of windows in a block of gap with no way across.
PIECE = 32


class Window(NamedTuple):
    """First voxel (z, y, x), which may lie outside of the volume, and the lengths of the sides."""

    corner: tuple
    sides: tuple


def windows(mask, longest=LONGEST, margin=MARGIN):
    """Windows which together see every gap voxel of `mask`: each is centred on the gap voxels of a box, boxes following one another
    until every gap voxel was in one. Along the axes along which the gap lies a box is so long that its window has the `longest` side;
    across, it is as thick as the gap, or 24 where then more of the window is gap. Along each axis a window is as long as what is
    gap in the box and a margin on both sides need: more would cost time and, across a plane, help nothing."""
    gap, seen, found, number = np.flatnonzero(mask), np.zeros(mask.shape, bool), [], 0
    shape = np.array(mask.shape)
    while True:
        unseen = np.flatnonzero(~seen.ravel()[gap[number:]])
        if not unseen.size:
            return found
        number += unseen[0]
        voxel = np.array(np.unravel_index(gap[number], mask.shape))
        begins, ends = np.array([_run(mask, voxel, axis) for axis in range(3)]).T
        narrow = ends - begins <= THICK
        margins = np.where(narrow, MARGIN, margin)
        # A block of gap with no way across is looked at piece by piece
        length = (longest if narrow.any() else PIECE) - 2 * margin
        # At the border of the volume there is no margin
        along = voxel + length + np.where(voxel == 0, margin, 0)
        first = np.where(narrow, begins, voxel)
        thin, thick = np.where(narrow, ends, along), np.where(narrow, begins + THICK, along)
        box, corner, sides = max((_around(mask, first, end, longest, margins) for end in (thin, thick)),
                                 key=lambda choice: np.count_nonzero(mask[choice[0]]) / choice[2].prod())
        found.append(Window(tuple(corner.tolist()), tuple(sides.tolist())))
        seen[box] = True
        seen[tuple(slice(0 if c <= 0 else c + m, n if c + s >= n else c + s - m)
                   for c, s, m, n in zip(corner, sides, margins, shape))] = True


def _run(mask, voxel, axis):
    """First voxel and end of the gap voxels along an axis which hang together with one."""
    line = mask[tuple(slice(None) if a == axis else place for a, place in enumerate(voxel))]
    measured = np.flatnonzero(line == 0)
    after = np.searchsorted(measured, voxel[axis])
    return (measured[after - 1] + 1 if after else 0), (measured[after] if after < measured.size else line.size)


def _around(mask, low, high, longest, margins):
    """A box as slices, and corner and sides of the window for the gap voxels in it."""
    shape = np.array(mask.shape)
    box = tuple(slice(a, min(b, n)) for a, b, n in zip(low, high, shape))
    there = low + np.argwhere(mask[box])
    first, end = there.min(0), there.max(0) + 1
    needed = np.minimum(end + margins, shape) - np.maximum(first - margins, 0)
    sides = np.clip(-(-needed // STEP) * STEP, SMALLEST, longest)
    centre = np.clip(np.floor(there.mean(0) + 0.5).astype(int), end - sides // 2, first + sides // 2)
    corner = np.where(shape < sides, -((sides - shape) // 2), np.clip(centre - sides // 2, 0, np.maximum(shape - sides, 0)))
    return box, corner, sides
