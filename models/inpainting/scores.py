"""How good a filled gap is. Volumes are log1p of counts per voxel, axes (z, y, x), unless a name says `rate` or `counts`."""

import numpy as np
from scipy.ndimage import gaussian_filter

TILE = 16
BRIGHT = 0.3
RATE_BINS = 0, 0.1, 0.3, 1, 3, 10, 30, 100, np.inf
DISTANCE_BINS = 0, 8, 16, 24, 32, 48, np.inf


def scores(estimate, linear, truth, rate, counts, mask, axis, deviation=None):
    """Scores of one filled straight gap across `axis`.

    skill: 1 - SSE / SSE of linear; tilePcc: see `tile_correlation`; pcc: Pearson correlation of the whole gap; mae: mean
    absolute error; deviance: mean Poisson deviance of the hidden `counts` under the estimated rate; recoverable: share of the gap
    with a finite `deviation`; coverage: share of those within it, and coverageBright that where `rate` > 0.3.
    """
    gap = mask > 0
    error = estimate[gap] - truth[gap]
    row = {"skill": 1 - np.square(error).sum() / np.square(linear[gap] - truth[gap]).sum(),
           "tilePcc": tile_correlation(estimate, truth, rate, mask, axis),
           "pcc": pearson(estimate[gap], truth[gap]), "mae": np.abs(error).mean(),
           "deviance": poisson_deviance(counts[gap], np.expm1(estimate[gap])).mean()}
    if deviation is not None:
        recoverable = np.isfinite(deviation[gap])
        within, bright = (np.abs(error) <= deviation[gap])[recoverable], (rate[gap] > BRIGHT)[recoverable]
        row["recoverable"] = recoverable.mean()
        row["coverage"] = within.mean() if within.size else np.nan
        row["coverageBright"] = within[bright].mean() if bright.any() else np.nan
    return row


def tile_correlation(estimate, truth, rate, mask, axis):
    """Mean Pearson correlation over tiles of 16x16 voxels of the gap's layers where the mean rate exceeds 0.3."""
    estimate, truth, rate, mask = (np.moveaxis(volume, axis, 0) for volume in (estimate, truth, rate, mask))
    found = []
    for layer in np.flatnonzero(mask.any((1, 2))):
        for i in range(0, mask.shape[1] - TILE + 1, TILE):
            for j in range(0, mask.shape[2] - TILE + 1, TILE):
                tile = layer, slice(i, i + TILE), slice(j, j + TILE)
                if rate[tile].mean() > BRIGHT:
                    found.append(pearson(estimate[tile], truth[tile]))
    return np.mean(found) if found else np.nan


def squares_by(values, bins, estimate, truth, mask):
    """(sums of squared errors, numbers of voxels) of the gap in each of the bins of `values`, a volume."""
    gap = mask > 0
    which = np.digitize(values[gap], bins) - 1
    error = np.square(estimate[gap] - truth[gap])
    return np.bincount(which, error, len(bins) - 1).tolist(), np.bincount(which, minlength=len(bins) - 1).tolist()


def distances(rate):
    """Distance of each voxel from the brightest one, in voxels."""
    return np.sqrt(sum((axis - peak) ** 2.0 for axis, peak in zip(np.ogrid[tuple(slice(n) for n in rate.shape)],
                                                                 np.unravel_index(rate.argmax(), rate.shape))))


def fringe_correlations(estimate, truth, rate, case_start, width, axis, period):
    """For each layer of a gap across `axis`: (depth in fringe periods, Pearson correlation of what is finer than a fringe).

    Depth is counted to the nearest measured layer. The coarse part is taken away by a Gaussian of half a period within the
    layer; scored are voxels whose rate exceeds 0.3.
    """
    estimate, truth, rate = (np.moveaxis(volume, axis, 0) for volume in (estimate, truth, rate))
    found = []
    for layer in range(case_start, case_start + width):
        bright = rate[layer] > BRIGHT
        if bright.sum() >= TILE ** 2:
            fine = [volume[layer] - gaussian_filter(volume[layer], period / 2) for volume in (estimate, truth)]
            depth = min(layer - case_start + 1, case_start + width - layer)
            found.append((depth / period, pearson(fine[0][bright], fine[1][bright])))
    return found


def poisson_deviance(counts, rate):
    """2 (n ln(n / rate) - n + rate), at least 0; rates below 1e-3 are taken as that, since an estimate of nothing at all
    would make a single stray count infinitely unlikely."""
    rate = np.maximum(rate, 1e-3)
    return 2 * (np.where(counts > 0, counts * np.log(np.where(counts > 0, counts, 1) / rate), 0) - counts + rate)


def pearson(a, b):
    a, b = a.ravel() - a.mean(), b.ravel() - b.mean()
    size = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / size) if size > 0 else 0.0
