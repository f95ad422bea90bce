"""Filling the gaps of a whole volume with the network, exactly as the server does: windows around the gaps, blended."""

import numpy as np
import torch

from .fringes import REACH, depth
from .patches import Clues, patch_at
from .prefill import nearest_measured
from .ridge import BRIGHT
from .trial import SIDE, brightest, trial_gaps
from .wide import coarsened, spread, wide
from .windows import LONGEST, MARGIN, windows

# Of the Gaussian weights of a window, in parts of its sides.
SIGMA = 0.25
# Where ridge is bright (`ridge.BRIGHT`), gaps of as many voxels more than one as its log counts are above this, and wider ones, are
# the network's alone.
NETWORK_ALONE = 3
# Voxels of windows that the network is given at once.
AT_ONCE = 8 * 32 ** 3


def fill(network, counts, mask, longest=LONGEST, margin=MARGIN):
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
    rate, deviation = fill_narrow(network, counts, mask, windows(narrow, longest, margin), confirmed(network, counts, mask, narrow))
    if beyond.any():
        factor, sums, missing = coarsened(counts, mask)
        if missing.all():
            deviation[beyond] = np.inf
            return rate, deviation
        envelope = spread(*fill_narrow(network, sums, missing, windows(missing, longest, margin)), factor, mask.shape)
        rate[beyond], deviation[beyond] = (volume[beyond] for volume in envelope)
        deviation[beyond] *= float(network.calibration[2])
        deviation[beyond & (depth(np.log1p(counts), mask) > REACH)] = np.inf
    return rate, deviation


def fill_narrow(network, counts, mask, chosen, taken=1.0):
    """The same through the `chosen` windows only. Windows are averaged with Gaussian weights around their
    middle; the deviation is that of the mixture, calibrated. Of the network's correction only the part `taken` is made, and less of it
    where ridge is bright (`trusted`); what is not made adds to the deviation. Gap voxels that no window saw stay as ridge has them."""
    clues = Clues(counts, mask)
    change, deviation = look(network, clues, chosen)
    gap = mask > 0
    taken = taken * trusted(clues.ridge, mask)
    deviation = np.hypot(calibrated(deviation, *network.calibration[:2].tolist()), (1 - taken) * change)
    return np.where(gap, np.maximum(clues.ridge + taken * change, 0), np.log1p(counts)), np.where(gap, deviation, 0)


def look(network, clues, chosen):
    """The network's correction of ridge and its deviation as a mixture of the `chosen` windows; 0 where none looks."""
    residual, square, weight = np.zeros((3, *clues.mask.shape))
    for sides in dict.fromkeys(window.sides for window in chosen):
        alike = [window.corner for window in chosen if window.sides == sides]
        profile, batch = weights(sides), max(1, AT_ONCE // np.prod(sides))
        for first in range(0, len(alike), batch):
            group = alike[first:first + batch]
            patches, _, scales = zip(*(patch_at(clues, corner, sides) for corner in group))
            with torch.no_grad():
                outputs = network(torch.from_numpy(np.stack(patches))).numpy()
            for corner, patch, output, scale in zip(group, patches, outputs, scales):
                volume = tuple(slice(max(c, 0), min(c + s, n)) for c, s, n in zip(corner, sides, clues.mask.shape))
                window = tuple(slice(s.start - c, s.stop - c) for s, c in zip(volume, corner))
                change, deviation = (scale * (output[0] - patch[0]))[window], (scale * output[1])[window]
                residual[volume] += profile[window] * change
                square[volume] += profile[window] * (change ** 2 + deviation ** 2)
                weight[volume] += profile[window]
    weight = np.maximum(weight, 1e-300)
    change = residual / weight
    return change, np.sqrt(np.maximum(square / weight - change ** 2, 0))


def weights(sides):
    """A Gaussian about the middle of a window: there it knows best."""
    lines = [np.exp(-((np.arange(side) - (side - 1) / 2) / (SIGMA * side)) ** 2 / 2) for side in sides]
    return lines[0][:, None, None] * lines[1][None, :, None] * lines[2][None, None, :]


def confirmed(network, counts, mask, narrow):
    """How much of the network's corrections is made, 0 to 1: copies of the gaps are laid beside them over what was measured, the
    brightest are filled, and the corrections are fitted to what they should have been. Of the part that fits the root is taken, for
    the trial is made elsewhere and judged by noisy counts, whose logarithms lie below that of the rate. 1 where that cannot be tried."""
    trial = trial_gaps(mask, narrow)
    if not trial.any():
        return 1.0
    hidden = mask | trial
    log = np.log1p(counts)
    chosen = brightest(windows(trial, SIDE), np.where(trial > 0, log, 0))
    clues = Clues(np.where(hidden > 0, 0, counts), hidden)
    change, deviation = look(network, clues, chosen)
    change *= trusted(clues.ridge, hidden)
    seen = (trial > 0) & (deviation > 0)
    power = np.square(change[seen]).sum()
    return float(np.sqrt(np.clip((change * (log - clues.ridge))[seen].sum() / power, 0, 1))) if power > 0 else 1.0


def trusted(ridge, mask):
    """The part of the corrections that is worth taking by what they correct: 1, but where hundreds of photons are (w - 1) / (r - 3)
    at most, w being the voxels across the gap (the shortest way through it along an axis) and r the log counts. There few patches of
    any training look alike, and a curve across errs the less the narrower the gap and the brighter its sides are."""
    share = np.ones(ridge.shape)
    bright = np.nonzero((np.asarray(mask) > 0) & (ridge > BRIGHT))
    sides = (nearest_measured(np.asarray(mask) == 0, axis) for axis in range(3))
    across = np.min([high[bright] - low[bright] - 1 for low, high in sides], 0)
    log = ridge[bright]
    share[bright] -= np.clip(log - BRIGHT, 0, 1) * (1 - np.minimum((across - 1) / (log - NETWORK_ALONE), 1))
    return share


def calibrated(deviation, below, power):
    """Deviations d of log rates, those `below` taken to d (d / below)^power: errors in voxels without signal are mostly tiny and
    rarely not, so that their root mean square, which the network learns, covers far more than 68 % of them."""
    return deviation * np.minimum(deviation / below, 1) ** power
