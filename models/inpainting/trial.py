"""Gaps for trial: copies of a scan's gaps, laid beside them over what was measured."""

import numpy as np

from .wide import WIDEST

AWAY = 6
# Windows spent on finding out how far a scan confirms the network.
MOST = 12
# Their longest side.
SIDE = 32


def trial_gaps(mask, narrow):
    """The narrow gaps moved to both sides along each axis by their commonest thickness and 6 voxels, where it was measured."""
    trial = np.zeros_like(mask)
    for axis in range(3):
        thickness = commonest_run(narrow, axis)
        if thickness:
            for step in (thickness + AWAY, -thickness - AWAY):
                trial |= moved(narrow, axis, step)
    return trial * (mask == 0)


def commonest_run(mask, axis):
    """Of the runs of gap voxels along `axis`, not longer than 18 and not at the border, the commonest length, the shorter of two; 0
    if there is none."""
    lines = np.moveaxis(mask > 0, axis, -1).reshape(-1, mask.shape[axis])
    edges = np.diff(lines.astype(np.int8), axis=1)
    found = np.zeros(WIDEST + 1, int)
    begins, ends = np.argwhere(edges == 1), np.argwhere(edges == -1)
    # The end which follows a beginning on the same line; argwhere goes line by line.
    places = np.searchsorted(ends[:, 0] * mask.shape[axis] + ends[:, 1], begins[:, 0] * mask.shape[axis] + begins[:, 1])
    for begin, place in zip(begins, places):
        if place < len(ends) and ends[place, 0] == begin[0] and ends[place, 1] - begin[1] <= WIDEST:
            found[ends[place, 1] - begin[1]] += 1
    return int(found.argmax()) if found.any() else 0


def moved(mask, axis, step):
    """`mask` moved by `step` voxels along `axis`; what comes in from outside is no gap."""
    moved = np.roll(mask, step, axis)
    entering = slice(None, step) if step > 0 else slice(step, None)
    moved[tuple(entering if a == axis else slice(None) for a in range(3))] = 0
    return moved


def brightest(windows, light, most=MOST):
    """The windows with the most `light`, in the order given."""
    sums = [light[tuple(slice(max(c, 0), c + s) for c, s in zip(*window))].sum(dtype=np.float64) for window in windows]
    chosen = sorted(np.argsort(-np.array(sums), kind="stable")[:most])
    return [windows[i] for i in chosen]
