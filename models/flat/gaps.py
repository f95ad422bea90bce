"""Masks of frames: 1 = no data, 0 = measured."""

import numpy as np

from inpainting.gaps import cross as cross_of_planes
from inpainting.gaps import plane

from . import SIZE

WIDTHS = (3, 6, 9, 12)
WIDEST = 40


def straight(start, width, axis=1):
    """A gap of `width` columns (axis 1) or rows (axis 0)."""
    return plane((1, SIZE, SIZE), axis + 1, start, width)[0]


def cross(starts, width):
    """Gaps of `width` rows and columns, first row and first column `starts`."""
    return cross_of_planes((1, SIZE, SIZE), starts, width)[0]


def thesis_mask(width, rng):
    """A vertical gap or a cross of `width` pixels, at random."""
    return random_cross(width, rng) if rng.random() < 0.5 else straight(start(width, rng), width)


def random_cross(width, rng):
    return cross((start(width, rng), start(width, rng)), width)


def start(width, rng):
    """First pixel of a gap: mostly near the middle, where the signal is; sometimes anywhere."""
    if rng.random() < 0.7:
        return int(np.clip(rng.normal(SIZE / 2, SIZE / 6), 1, SIZE - width - 1))
    return int(rng.integers(1, SIZE - width))


def any_mask(rng):
    """Any arrangement: straight gaps and crosses of 1 to 12 pixels, one in eight up to 40; junctions, partial gaps, several
    gaps, dead pixels and unmeasured borders."""
    width = int(rng.integers(1, 13)) if rng.random() < 0.875 else int(rng.integers(13, WIDEST + 1))
    kind = rng.choice(["straight", "cross", "junction", "partial", "parallel", "dead"], p=[0.25, 0.3, 0.1, 0.1, 0.1, 0.15])
    axis, first = int(rng.integers(2)), start(width, rng)
    mask = np.zeros((SIZE, SIZE), np.uint8) if kind == "dead" else straight(first, width, axis)
    if kind == "cross":
        second = width if rng.random() < 0.7 else int(rng.integers(1, 13))
        mask |= straight(start(second, rng), second, 1 - axis)
    if kind == "junction":
        branch = straight(start(width, rng), width, 1 - axis)
        mask |= branch * _one_side(first, axis, rng)
    if kind == "partial":
        mask *= _one_side(int(rng.integers(16, SIZE - 16)), 1 - axis, rng)
    if kind == "parallel":
        mask |= straight(first + width + int(rng.integers(4, 60)), width, axis)
    if kind == "dead" or rng.random() < 0.2:
        _add_dead(mask, rng)
    if rng.random() < 0.15:
        border = int(rng.integers(1, 40))
        mask |= straight(0 if rng.random() < 0.5 else SIZE - border, border, int(rng.integers(2)))
    return mask


def _one_side(cut, axis, rng):
    side = straight(0, cut, axis)
    return side if rng.random() < 0.5 else 1 - side


def _add_dead(mask, rng):
    """Single pixels and small clusters."""
    for _ in range(rng.integers(1, 80)):
        side = 1 if rng.random() < 0.8 else int(rng.integers(2, 6))
        y, x = rng.integers(0, SIZE, 2)
        mask[y:y + side, x:x + side] = 1
