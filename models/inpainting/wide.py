"""Gaps too wide for the network: seen on a coarser grid they are narrow enough, and their envelope comes back."""

import numpy as np
from scipy.ndimage import map_coordinates, maximum_filter1d, minimum_filter1d

WIDEST = 18
COARSEST = 4
FAINTEST = 1e-3


def wide(mask):
    """The gap voxels of `mask` which a cube of 19^3 voxels covers that lies in the gap as a whole (what is beyond the border
    counts as gap): the morphological opening of the gap. None when nothing at all was measured."""
    gap = np.asarray(mask) > 0
    if gap.all():
        return np.zeros_like(gap)
    opened = gap
    for spread_out, outside in ((minimum_filter1d, 1), (maximum_filter1d, 0)):
        for axis in range(gap.ndim):
            opened = spread_out(opened, WIDEST + 1, axis, mode="constant", cval=outside)
    return opened & gap


def binned(counts, mask, factor):
    """Sums over blocks of factor^3 voxels, and the mask of blocks of which less than half was measured, voxels beyond the border
    not counting. What is missing in the other blocks, or reaches over the border, is made up for by what is there."""
    padding = [(0, -n % factor) for n in counts.shape]
    measured = np.pad(np.asarray(mask) == 0, padding)
    blocks = [n for size in measured.shape for n in (size // factor, factor)]
    there, inside, sums = (volume.reshape(blocks).sum((1, 3, 5)) for volume in
                           (measured, np.pad(np.ones(counts.shape, bool), padding), np.pad(counts, padding) * measured))
    # Of the voxels that exist: a volume thinner than a block would have no known block else.
    known = 2 * there >= inside
    return np.where(known, sums * factor ** 3 / np.maximum(there, 1), 0), (~known).astype(np.uint8)


def coarsened(counts, mask):
    """Factor, sums and mask of the finest coarse grid on which no gap is wide, or of the coarsest that is used."""
    for factor in range(2, COARSEST + 1):
        sums, missing = binned(counts, mask, factor)
        if not wide(missing).any():
            break
    return factor, sums, missing


def spread(rate, deviation, factor, shape):
    """Back from the coarse grid: log1p of the rate and its deviation on a volume of `shape`, straight lines between the
    logarithms of the blocks' mean rates."""
    photons = np.maximum(np.expm1(rate), FAINTEST)
    places = np.meshgrid(*[(np.arange(n) + 0.5) / factor - 0.5 for n in shape], indexing="ij", sparse=True)
    places = np.broadcast_arrays(*places)
    fine, relative = (map_coordinates(volume, places, order=1, mode="nearest") for volume in
                      (np.log(photons / factor ** 3), deviation * (1 + photons) / photons))
    fine = np.exp(fine)
    return np.log1p(fine), relative * fine / (1 + fine)
