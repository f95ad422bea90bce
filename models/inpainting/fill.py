"""Filling the gaps of a whole volume with the network, exactly as the server does: windows centred on the gaps, blended."""

import numpy as np
import torch

from .network import SIZE
from .patches import Clues, patch_at
from .wide import coarsened, spread, wide

STRIDE = 24
SIGMA = 8


def corners(mask, stride=STRIDE):
    """First corners (z, y, x) of windows of 32^3 which together see every gap voxel of `mask`: each is centred on the gap
    voxels of a box of stride^3 voxels, boxes following one another until every gap voxel was in one."""
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
        centre = np.clip(np.floor(there.mean(0) + 0.5).astype(int), there.max(0) + 1 - SIZE // 2, there.min(0) + SIZE // 2)
        corner = np.where(shape < SIZE, -((SIZE - shape) // 2), np.clip(centre - SIZE // 2, 0, np.maximum(shape - SIZE, 0)))
        found.append(tuple(int(c) for c in corner))
        seen[box] = True
        seen[tuple(slice(max(c - stride // 2, 0), c - stride // 2 + stride) for c in centre)] = True


def fill(network, counts, mask, stride=STRIDE, batch=16):
    """log1p of the expected rate and its standard deviation on the whole volume (z, y, x).

    Measured voxels keep log1p of their counts, with deviation 0. Gaps wider than 18 voxels are filled on a coarser grid on
    which they are not.
    """
    beyond = wide(mask)
    rate, deviation = fill_narrow(network, counts, mask, mask * ~beyond, stride, batch)
    if beyond.any():
        factor, sums, missing = coarsened(counts, mask)
        envelope = spread(*fill_narrow(network, sums, missing, missing, stride, batch), factor, mask.shape)
        rate[beyond], deviation[beyond] = (volume[beyond] for volume in envelope)
    return rate, deviation


def fill_narrow(network, counts, mask, wanted, stride=STRIDE, batch=16):
    """The same through windows around the `wanted` gap voxels only. Windows are averaged with Gaussian weights around their
    middle; the deviation is that of the mixture. Gap voxels that no window saw stay as ridge has them."""
    clues = Clues(counts, mask)
    residual, square, weight = np.zeros((3, *mask.shape))
    line = np.exp(-(np.arange(SIZE) - (SIZE - 1) / 2) ** 2 / (2 * SIGMA ** 2))
    profile = line[:, None, None] * line[None, :, None] * line[None, None, :]
    windows = corners(wanted, stride)
    for first in range(0, len(windows), batch):
        group = windows[first:first + batch]
        patches, _, scales = zip(*(patch_at(clues, corner) for corner in group))
        with torch.no_grad():
            outputs = network(torch.from_numpy(np.stack(patches))).numpy()
        for corner, patch, output, scale in zip(group, patches, outputs, scales):
            volume = tuple(slice(max(c, 0), min(c + SIZE, n)) for c, n in zip(corner, mask.shape))
            window = tuple(slice(s.start - c, s.stop - c) for s, c in zip(volume, corner))
            change, deviation = scale * (output[0] - patch[0])[window], scale * output[1][window]
            residual[volume] += profile[window] * change
            square[volume] += profile[window] * (change ** 2 + deviation ** 2)
            weight[volume] += profile[window]
    gap = mask > 0
    weight = np.maximum(weight, 1e-300)
    change = residual / weight
    deviation = np.sqrt(np.maximum(square / weight - change ** 2, 0))
    return np.where(gap, np.maximum(clues.ridge + change, 0), np.log1p(counts)), np.where(gap, deviation, 0)
