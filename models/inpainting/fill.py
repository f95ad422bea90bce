"""Filling the gaps of a whole volume with the network, exactly as the server does: windows centred on the gaps, blended."""

import numpy as np
import torch

from .fringes import REACH, depth
from .network import SIZE
from .patches import Clues, patch_at
from .wide import WIDEST, coarsened, spread, wide

STRIDE = 24
SIGMA = 8
# Windows spent on finding out how far this scan confirms the network.
TRIALS = 16


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
    measured in the scan itself (`share`). Gaps wider than 18 voxels are filled on a coarser grid on which they are not; what
    lies deeper in them than `fringes.REACH` fringe periods is not recoverable: its deviation is infinite.
    """
    beyond = wide(mask)
    narrow = mask * ~beyond
    rate, deviation = fill_narrow(network, counts, mask, narrow, share(network, counts, mask, narrow, stride, batch), stride, batch)
    if beyond.any():
        factor, sums, missing = coarsened(counts, mask)
        envelope = spread(*fill_narrow(network, sums, missing, missing, 1.0, stride, batch), factor, mask.shape)
        rate[beyond], deviation[beyond] = (volume[beyond] for volume in envelope)
        deviation[beyond] *= float(network.calibration[2])
        deviation[beyond & (depth(np.log1p(counts), mask) > REACH)] = np.inf
    return rate, deviation


def fill_narrow(network, counts, mask, wanted, taken=1.0, stride=STRIDE, batch=16):
    """The same through windows around the `wanted` gap voxels only. Windows are averaged with Gaussian weights around their
    middle; the deviation is that of the mixture, calibrated. Of the network's correction only the part `taken` is made; what is
    not made adds to the deviation. Gap voxels that no window saw stay as ridge has them."""
    clues = Clues(counts, mask)
    change, deviation = look(network, clues, corners(wanted, stride), batch)
    gap = mask > 0
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


def share(network, counts, mask, narrow, stride=STRIDE, batch=16):
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
    seen = (trial > 0) & (deviation > 0)
    power = np.square(change[seen]).sum()
    return float(np.clip((change * (log - clues.ridge))[seen].sum() / power, 0, 1)) if power > 0 else 1.0


def trial_gaps(mask, narrow):
    """The narrow gaps moved to both sides along each axis by their commonest thickness and 6 voxels, where it was measured."""
    trial = np.zeros_like(mask)
    for axis in range(3):
        thickness = commonest_run(narrow, axis)
        if thickness:
            for step in (thickness + 6, -thickness - 6):
                trial |= moved(narrow, axis, step)
    return trial * (mask == 0)


def commonest_run(mask, axis):
    """Of the runs of gap voxels along `axis`, not longer than 18 and not at the border, the commonest length, the shorter of two; 0
    if there is none."""
    lines = np.moveaxis(mask > 0, axis, -1).reshape(-1, mask.shape[axis])
    edges = np.diff(lines.astype(np.int8), axis=1)
    found = np.zeros(WIDEST + 1, int)
    begins, ends = np.argwhere(edges == 1), np.argwhere(edges == -1)
    # The end which follows a beginning on the same line; argwhere goes line by line.
    places = np.searchsorted(ends[:, 0] * mask.shape[axis] + ends[:, 1], begins[:, 0] * mask.shape[axis] + begins[:, 1])
    for begin, place in zip(begins, places):
        if place < len(ends) and ends[place, 0] == begin[0] and ends[place, 1] - begin[1] <= WIDEST:
            found[ends[place, 1] - begin[1]] += 1
    return int(found.argmax()) if found.any() else 0


def moved(mask, axis, step):
    """`mask` moved by `step` voxels along `axis`; what comes in from outside is no gap."""
    moved = np.roll(mask, step, axis)
    entering = slice(None, step) if step > 0 else slice(step, None)
    moved[tuple(entering if a == axis else slice(None) for a in range(3))] = 0
    return moved


def brightest(windows, light, most=TRIALS):
    """The windows with the most `light`, in the order given."""
    sums = [light[tuple(slice(max(c, 0), c + SIZE) for c in corner)].sum(dtype=np.float64) for corner in windows]
    chosen = sorted(np.argsort(-np.array(sums), kind="stable")[:most])
    return [windows[i] for i in chosen]


def calibrated(deviation, below, power):
    """Deviations d of log rates, those `below` taken to d (d / below)^power: errors in voxels without signal are mostly tiny and
    rarely not, so that their root mean square, which the network learns, covers far more than 68 % of them."""
    return deviation * np.minimum(deviation / below, 1) ** power
