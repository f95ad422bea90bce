"""Masks of detector gaps: 1 = no data, 0 = measured."""

import numpy as np

WIDEST = 12
# Gaps wider than the network's limit of 18 are filled on a coarser grid, where they are as wide as this.
WIDEST_COARSE = 20


def plane(shape, axis, start, width):
    """A straight gap perpendicular to `axis` through the whole volume of `shape` (z, y, x)."""
    mask = np.zeros(shape, np.uint8)
    mask[_along(axis, max(start, 0), start + width)] = 1
    return mask


def cross(shape, starts, width, axes=(1, 2)):
    """Two planes which meet, as between four chips; by default parallel to the rocking axis z."""
    return plane(shape, axes[0], starts[0], width) | plane(shape, axes[1], starts[1], width)


def random_mask(shape, rng, wide_share=0.0):
    """A random arrangement of gaps on a volume of `shape`: planes of width 1 to 12 in any direction, crosses, T junctions,
    partial planes, gaps at the border, dead lines along one axis and single voxels; a share of them 13 to 20 wide."""
    mask = np.zeros(shape, np.uint8)
    kind = rng.choice(["plane", "cross", "junction", "tile", "parallel", "dead"], p=[0.34, 0.24, 0.1, 0.12, 0.1, 0.1])
    axis, other = rng.permutation(3)[:2]
    width = int(rng.integers(1, WIDEST + 1))
    if wide_share and rng.random() < wide_share:
        width = int(rng.integers(WIDEST + 1, WIDEST_COARSE + 1))
    start = _start(shape[axis], width, rng)
    if kind != "dead":
        mask |= plane(shape, axis, start, width)
    if kind == "cross":
        # Chips of one detector usually leave the same gap both ways, but not always.
        second = width if rng.random() < 0.7 else int(rng.integers(1, WIDEST + 1))
        mask |= plane(shape, other, _start(shape[other], second, rng), second)
    if kind == "junction":
        branch = plane(shape, other, _start(shape[other], width, rng), width)
        branch[_along(axis, 0, start) if rng.random() < 0.5 else _along(axis, start + width, None)] = 0
        mask |= branch
    if kind == "tile":
        cut = int(rng.integers(0, shape[other]))
        mask[_along(other, 0, cut) if rng.random() < 0.5 else _along(other, cut, None)] = 0
    if kind == "parallel":
        distance = int(rng.integers(width + 4, width + 40))
        mask |= plane(shape, axis, start + distance, width)
    if kind == "dead" or rng.random() < 0.25:
        mask |= _dead(shape, axis if kind == "dead" else int(rng.integers(3)), rng)
    return mask


def _start(size, width, rng):
    """Mostly near the middle, where the signal is; sometimes anywhere, over the border included."""
    if rng.random() < 0.7:
        return int(np.clip(rng.normal(size / 2, size / 6), 1, size - width - 1))
    return int(rng.integers(-width // 2, size - width // 2))


def _dead(shape, axis, rng):
    """Lines of one to nine dead pixels along `axis`, and a few single voxels."""
    mask = np.zeros(shape, np.uint8)
    first, second = [a for a in range(3) if a != axis]
    lines = np.moveaxis(mask, axis, 2)
    for _ in range(rng.integers(1, 60)):
        side = 1 if rng.random() < 0.8 else int(rng.integers(2, 4))
        y, x = rng.integers(0, shape[first]), rng.integers(0, shape[second])
        lines[y:y + side, x:x + side] = 1
    single = rng.integers(0, 200)
    mask[tuple(rng.integers(0, size, single) for size in shape)] = 1
    return mask


def _along(axis, start, stop):
    return tuple(slice(start, stop) if a == axis else slice(None) for a in range(3))
