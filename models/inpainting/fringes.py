"""How long fringes are, and which gap voxels lie too many of them away from anything measured to be filled."""

import numpy as np

# Deeper into a wide gap than so many fringe periods less than 0.3 of the fringes comes back (see scores.md).
REACH = 1.5
BRIGHT = 2
LONGEST = 20
# Of the variance of the steps: chance minima of noise do not reach so deep.
FAINT = -0.03


def fringe_period(log, mask, axis):
    """Voxels per fringe along `axis` of a volume of log1p counts: twice the distance at which the steps from voxel to voxel are most
    opposed to each other (first minimum of their autocovariance at two voxels or more). Taken where more than two photons were
    counted; nan where no minimum stands out."""
    values, measured = (np.moveaxis(volume, axis, -1) for volume in (log, mask == 0))
    bright = measured & (values > np.log1p(BRIGHT))
    there = (bright[..., 1:] & bright[..., :-1]).astype(np.float32)
    steps = np.diff(values, axis=-1) * there
    covariance = []
    for lag in range(min(LONGEST + 2, steps.shape[-1])):
        size = steps.shape[-1] - lag
        pairs = np.einsum("zyx,zyx->", there[..., :size], there[..., lag:], dtype=np.float64)
        covariance.append(np.einsum("zyx,zyx->", steps[..., :size], steps[..., lag:], dtype=np.float64) / max(pairs, 1))
    for lag in range(2, len(covariance) - 1):
        before, here, after = covariance[lag - 1:lag + 2]
        if here <= min(before, after) and here < FAINT * covariance[0]:
            return 2 * lag
    return float("nan")


def depth(log, mask):
    """Fringe periods between each gap voxel and the nearest measured voxel on its three axes; 0 where measured, inf where there is
    none or no period is known."""
    least = np.where(mask > 0, np.inf, 0)
    for axis in range(3):
        period = fringe_period(log, mask, axis)
        if not np.isnan(period):
            np.minimum(least, _to_measured(mask, axis) / period, out=least)
    return least


def _to_measured(mask, axis):
    """Voxels to the nearest measured one along `axis`, inf on lines without any."""
    measured = np.moveaxis(np.asarray(mask) == 0, axis, -1)
    places = np.arange(measured.shape[-1], dtype=float)
    before = np.maximum.accumulate(np.where(measured, places, -np.inf), -1)
    after = np.minimum.accumulate(np.where(measured, places, np.inf)[..., ::-1], -1)[..., ::-1]
    return np.moveaxis(np.minimum(places - before, after - places), -1, axis)
