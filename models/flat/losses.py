"""Losses of the thesis (4.3.2), all in the gap only. Images are (N, y, x), log1p counts scaled to 0..1; `gap` is 1 there."""

import torch
from torch.nn import functional as F

WINDOW, SIGMA = 11, 1.5


def mse(prediction, target, gap):
    return (gap * (prediction - target) ** 2).sum() / gap.sum().clamp(min=1)


def mae(prediction, target, gap):
    return (gap * (prediction - target).abs()).sum() / gap.sum().clamp(min=1)


def ssim(prediction, target, gap):
    """1 - structural similarity, averaged over gap pixels; outside of the gap the prediction is the truth."""
    return 1 - (gap * ssim_map(torch.where(gap > 0, prediction, target), target)).sum() / gap.sum().clamp(min=1)


def gradient(prediction, target, gap):
    """Mean squared difference of the gradients, at all steps from pixel to pixel which touch the gap."""
    error = (prediction - target) * gap
    total, count = 0, 0
    for axis in (1, 2):
        size = gap.shape[axis] - 1
        touched = torch.maximum(gap.narrow(axis, 1, size), gap.narrow(axis, 0, size))
        total, count = total + (touched * error.diff(dim=axis) ** 2).sum(), count + touched.sum()
    return total / count.clamp(min=1)


def ssim_map(a, b):
    """Structural similarity (Wang et al. 2004) of each pixel: Gaussian window of 11 pixels, sigma 1.5, data range 1."""
    mean_a, mean_b = _smooth(a), _smooth(b)
    variance_a, variance_b = _smooth(a * a) - mean_a ** 2, _smooth(b * b) - mean_b ** 2
    covariance = _smooth(a * b) - mean_a * mean_b
    c1, c2 = 0.01 ** 2, 0.03 ** 2
    return ((2 * mean_a * mean_b + c1) * (2 * covariance + c2)
            / ((mean_a ** 2 + mean_b ** 2 + c1) * (variance_a + variance_b + c2)))


def _smooth(images):
    offset = torch.arange(WINDOW, dtype=images.dtype, device=images.device) - WINDOW // 2
    kernel = torch.exp(-offset ** 2 / (2 * SIGMA ** 2))
    kernel = kernel / kernel.sum()
    padded = F.pad(images[:, None], [WINDOW // 2] * 4, mode="reflect")
    return F.conv2d(F.conv2d(padded, kernel.view(1, 1, 1, -1)), kernel.view(1, 1, -1, 1))[:, 0]


TERMS = {"mse": mse, "mae": mae, "ssim": ssim, "gradient": gradient}
LOSSES = ("mse", "mae", "ssim", "mse+ssim+gradient", "mse+gradient")


def loss_of(name, prediction, target, gap):
    """The sum of the terms in `name`, such as "mse+ssim+gradient"."""
    return sum(TERMS[term](prediction, target, gap) for term in name.split("+"))
