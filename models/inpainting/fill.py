"""Filling the gaps of a whole volume with the network: overlapping windows, blended."""

import numpy as np
import torch

from .network import SIZE
from .patches import patch_at
from .prefill import linear_prefill


def corners(mask, stride=16):
    """First corners (z, y, x) of the windows of 32^3 which together see every gap voxel of `mask`; the last ones touch the
    border, and a volume thinner than a window lies in its middle."""
    axes = [np.unique(np.append(np.arange(0, n - SIZE, stride), n - SIZE)) if n >= SIZE else [-((SIZE - n) // 2)]
            for n in mask.shape]
    return [(z, y, x) for z in axes[0] for y in axes[1] for x in axes[2]
            if mask[max(z, 0):z + SIZE, max(y, 0):y + SIZE, max(x, 0):x + SIZE].any()]


def fill(network, counts, mask, stride=16, batch=16):
    """log1p of the expected rate and its standard deviation on the whole volume (z, y, x).

    Measured voxels keep log1p of their counts, with deviation 0. Windows are averaged with weights falling to their faces,
    where a window sees only one side of a gap.
    """
    prefill = linear_prefill(np.log1p(counts), mask).astype(np.float32)
    rate, deviation, weight = np.zeros((3, *mask.shape))
    hat = np.minimum(np.arange(SIZE) + 1, SIZE - np.arange(SIZE)).astype(float)
    hat = hat[:, None, None] * hat[None, :, None] * hat[None, None, :]
    windows = corners(mask, stride)
    for first in range(0, len(windows), batch):
        group = windows[first:first + batch]
        patches, means, scales = zip(*(patch_at(prefill, mask, corner) for corner in group))
        with torch.no_grad():
            outputs = network(torch.from_numpy(np.stack(patches))).numpy()
        for corner, output, mean, scale in zip(group, outputs, means, scales):
            volume = tuple(slice(max(c, 0), min(c + SIZE, n)) for c, n in zip(corner, mask.shape))
            window = tuple(slice(s.start - c, s.stop - c) for s, c in zip(volume, corner))
            rate[volume] += hat[window] * (output[0][window] * scale + mean)
            deviation[volume] += hat[window] * output[1][window] * scale
            weight[volume] += hat[window]
    gap = mask > 0
    rate = np.where(gap, rate / np.maximum(weight, 1e-12), np.log1p(counts))
    return np.maximum(rate, 0), np.where(gap, deviation / np.maximum(weight, 1e-12), 0)
