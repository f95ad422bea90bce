"""Filling the gaps of a whole volume with the network, exactly as the server does: windows centred on the gaps, blended."""

import numpy as np
import torch

from .fringes import REACH, depth
from .network import SIZE
from .patches import Clues, patch_at
from .ridge import BRIGHT
from .trial import brightest, trial_gaps
from .wide import coarsened, spread, wide

STRIDE = 24
SIGMA = 8
# What is taken of the corrections where ridge begins to be raised to a curve (`ridge.BRIGHT`) and above.
BRIGHT_SHARE = 0.5


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

    Measured voxels keep log1p of their counts, with deviation 0. How much of the network's correction of ridge is taken is
    measured in the scan itself (`confirmed`). Gaps wider than 18 voxels are filled on a coarser grid on which they are not; what
    lies deeper in them than `fringes.REACH` fringe periods is not recoverable: its deviation is infinite. So is that of all where
    nothing was measured, and of wide gaps where no block of the coarser grid was, since no network knows anything about it.
    """
    if np.all(mask):
        return np.zeros(mask.shape), np.full(mask.shape, np.inf)
    beyond = wide(mask)
    narrow = mask * ~beyond
    rate, deviation = fill_narrow(network, counts, mask, narrow, confirmed(network, counts, mask, narrow, stride, batch), stride, batch)
    if beyond.any():
        factor, sums, missing = coarsened(counts, mask)
        if missing.all():
            deviation[beyond] = np.inf
            return rate, deviation
        envelope = spread(*fill_narrow(network, sums, missing, missing, 1.0, stride, batch), factor, mask.shape)
        rate[beyond], deviation[beyond] = (volume[beyond] for volume in envelope)
        deviation[beyond] *= float(network.calibration[2])
        deviation[beyond & (depth(np.log1p(counts), mask) > REACH)] = np.inf
    return rate, deviation


def fill_narrow(network, counts, mask, wanted, taken=1.0, stride=STRIDE, batch=16):
    """The same through windows around the `wanted` gap voxels only. Windows are averaged with Gaussian weights around their
    middle; the deviation is that of the mixture, calibrated. Of the network's correction only the part `taken` is made, and half of it
    where ridge is bright; what is not made adds to the deviation. Gap voxels that no window saw stay as ridge has them."""
    clues = Clues(counts, mask)
    change, deviation = look(network, clues, corners(wanted, stride), batch)
    gap = mask > 0
    taken = taken * trusted(clues.ridge)
    deviation = np.hypot(calibrated(deviation, *network.calibration[:2].tolist()), (1 - taken) * change)
    return np.where(gap, np.maximum(clues.ridge + taken * change, 0), np.log1p(counts)), np.where(gap, deviation, 0)


def look(network, clues, windows, batch=16):
    """The network's correction of ridge and its deviation as a mixture of the windows; 0 where none looks."""
    residual, square, weight = np.zeros((3, *clues.mask.shape))
    line = np.exp(-(np.arange(SIZE) - (SIZE - 1) / 2) ** 2 / (2 * SIGMA ** 2))
    profile = line[:, None, None] * line[None, :, None] * line[None, None, :]
    for first in range(0, len(windows), batch):
        group = windows[first:first + batch]
        patches, _, scales = zip(*(patch_at(clues, corner) for corner in group))
        with torch.no_grad():
            outputs = network(torch.from_numpy(np.stack(patches))).numpy()
        for corner, patch, output, scale in zip(group, patches, outputs, scales):
            volume = tuple(slice(max(c, 0), min(c + SIZE, n)) for c, n in zip(corner, clues.mask.shape))
            window = tuple(slice(s.start - c, s.stop - c) for s, c in zip(volume, corner))
            change, deviation = scale * (output[0] - patch[0])[window], scale * output[1][window]
            residual[volume] += profile[window] * change
            square[volume] += profile[window] * (change ** 2 + deviation ** 2)
            weight[volume] += profile[window]
    weight = np.maximum(weight, 1e-300)
    change = residual / weight
    return change, np.sqrt(np.maximum(square / weight - change ** 2, 0))


def confirmed(network, counts, mask, narrow, stride=STRIDE, batch=16):
    """How much of the network's corrections this scan confirms, 0 to 1: copies of the gaps are laid beside them over what was
    measured, the brightest are filled, and the corrections are fitted to what they should have been. 1 where that cannot be
    tried."""
    trial = trial_gaps(mask, narrow)
    if not trial.any():
        return 1.0
    hidden = mask | trial
    log = np.log1p(counts)
    windows = brightest(corners(trial, stride), np.where(trial > 0, log, 0))
    clues = Clues(np.where(hidden > 0, 0, counts), hidden)
    change, deviation = look(network, clues, windows, batch)
    change *= trusted(clues.ridge)
    seen = (trial > 0) & (deviation > 0)
    power = np.square(change[seen]).sum()
    return float(np.clip((change * (log - clues.ridge))[seen].sum() / power, 0, 1)) if power > 0 else 1.0


def trusted(ridge):
    """The part of the corrections that is worth taking by what they correct: 1, and half where hundreds of photons are. There few
    patches of any training look alike, and the curve across the gap is as good a guess."""
    return 1 - (1 - BRIGHT_SHARE) * np.clip(ridge - BRIGHT, 0, 1)


def calibrated(deviation, below, power):
    """Deviations d of log rates, those `below` taken to d (d / below)^power: errors in voxels without signal are mostly tiny and
    rarely not, so that their root mean square, which the network learns, covers far more than 68 % of them."""
    return deviation * np.minimum(deviation / below, 1) ** power
