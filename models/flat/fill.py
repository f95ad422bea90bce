"""Filling the gaps of a whole frame with the preview network: overlapping windows, blended."""

import numpy as np
import torch

from inpainting.prefill import linear_prefill

from . import SIZE
from .examples import standardise


def corners(mask, stride=64):
    """First corners (y, x) of the windows of 128^2 which together see every gap pixel of `mask`; the last ones touch the border,
    and a frame smaller than a window lies in its middle."""
    axes = [np.unique(np.append(np.arange(0, n - SIZE, stride), n - SIZE)) if n >= SIZE else [-((SIZE - n) // 2)]
            for n in mask.shape]
    return [(int(y), int(x)) for y in axes[0] for x in axes[1] if mask[max(y, 0):y + SIZE, max(x, 0):x + SIZE].any()]


def window_at(prefill, mask, corner):
    """Network input (2, 128, 128) at `corner`, with mean and deviation. Beyond the frame values repeat its edge, and nothing
    counts as measured."""
    reach = [np.arange(c, c + SIZE) for c in corner]
    place = np.ix_(*(np.clip(r, 0, n - 1) for r, n in zip(reach, mask.shape)))
    y, x = ((r >= 0) & (r < n) for r, n in zip(reach, mask.shape))
    within = y[:, None] & x[None, :]
    hidden = np.where(within, mask[place], 1)
    mean, deviation = standardise(prefill[place], hidden)
    values = (prefill[place] - mean) / deviation
    return np.stack([values, hidden]).astype(np.float32), mean, deviation


def fill(network, counts, mask, stride=64, batch=16):
    """log1p of the expected photons of a whole frame (y, x); measured pixels keep log1p of their counts."""
    prefill = linear_prefill(np.log1p(counts), mask).astype(np.float32)
    rate, weight = np.zeros((2, *mask.shape))
    hat = np.minimum(np.arange(SIZE) + 1, SIZE - np.arange(SIZE)).astype(float)
    hat = np.outer(hat, hat)
    windows = corners(mask, stride)
    for first in range(0, len(windows), batch):
        group = windows[first:first + batch]
        inputs, means, scales = zip(*(window_at(prefill, mask, corner) for corner in group))
        with torch.no_grad():
            outputs = network(torch.from_numpy(np.stack(inputs)))[:, 0].numpy()
        for corner, output, mean, scale in zip(group, outputs, means, scales):
            frame = tuple(slice(max(c, 0), min(c + SIZE, n)) for c, n in zip(corner, mask.shape))
            window = tuple(slice(s.start - c, s.stop - c) for s, c in zip(frame, corner))
            rate[frame] += hat[window] * (output[window] * scale + mean)
            weight[frame] += hat[window]
    return np.where(mask > 0, np.maximum(rate / np.maximum(weight, 1e-12), 0), np.log1p(counts))
