"""From a volume with gaps to standardised patches, the same way for training, evaluation and the server."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .friedel import friedel_mate
from .gaps import random_mask
from .network import CHANNELS, SIZE
from .prefill import linear_prefill
from .ridge import ridge_prefill
from .scale import local_scale
from .simulate import simulate

CUBE = (SIZE, SIZE, SIZE)


class Clues:
    """What the network is told of a volume of counts with gaps (z, y, x): two fills and the Friedel mate, log1p of counts, and the
    local scale on which it sees them."""

    def __init__(self, counts, mask, scale=local_scale):
        log = np.log1p(counts)
        self.mask = mask
        self.linear = linear_prefill(log, mask).astype(np.float32)
        self.ridge = ridge_prefill(log, mask, self.linear)
        self.mate, self.trust = friedel_mate(self.ridge, mask)
        self.scale = scale(self.ridge, mask)


class Batch(NamedTuple):
    """Patches to learn from: float32 arrays, the first axis being the patch.

    `inputs` as `patch_at` gives them; `target` the standardised log1p of the truth; `scored` 1 at the gap voxels to learn from;
    `mean` and `deviation` the scale it is standardised by; `counted` 1 where the truth is noisy counts, 0 where it is the rate.
    """

    inputs: np.ndarray
    target: np.ndarray
    scored: np.ndarray
    mean: np.ndarray
    deviation: np.ndarray
    counted: np.ndarray


class Scene(Clues):
    """One volume with a mask on it. `truth` is log1p of the rate, or of the hidden counts of a measured scan (`counted`);
    `scored` the voxels of the gap to learn from, all of them if not given."""

    def __init__(self, counts, truth, mask, counted=False, scored=None, scale=local_scale):
        super().__init__(np.where(mask > 0, 0, counts), mask, scale)
        self.truth, self.counted = truth.astype(np.float32), counted
        self.scored = mask > 0 if scored is None else scored
        self._gap = np.flatnonzero(self.scored)
        # Gaps with signal teach more than empty ones, but those must be seen too.
        log = self.linear.ravel()[self._gap]
        self._chance = np.cumsum(0.2 + log)
        # The peak itself is a handful of voxels with most of the photons: every fifth window is drawn to it.
        self._glow = np.cumsum(0.2 + np.sqrt(np.expm1(log)))

    def random_window(self, rng):
        """First corner (z, y, x) of a window which holds a gap voxel somewhere; it may reach over the volume's border."""
        chance = self._glow if rng.random() < 0.2 else self._chance
        chosen = self._gap[np.searchsorted(chance, rng.random() * chance[-1])]
        return np.array(np.unravel_index(chosen, self.mask.shape)) - rng.integers(1, SIZE - 1, 3)


def cut(volume, corner, sides=CUBE):
    """The window with these `sides` at `corner`, edge values repeated where it leaves the volume."""
    return volume[np.ix_(*(np.clip(np.arange(c, c + s), 0, n - 1) for c, s, n in zip(corner, sides, volume.shape)))]


def inside(shape, corner, sides=CUBE):
    """Which voxels of the window at `corner` lie in a volume of `shape`."""
    z, y, x = ((np.arange(c, c + s) >= 0) & (np.arange(c, c + s) < n) for c, s, n in zip(corner, sides, shape))
    return z[:, None, None] & y[None, :, None] & x[None, None, :]


def patch_at(clues, corner, sides=CUBE, scale=None):
    """Network input (CHANNELS, *sides) at `corner`, with mean and deviation of each voxel: log1p counts with gaps filled by ridge, the
    mask (1 = no data), the same filled linearly, the Friedel mate and the trust in it. Counts are standardised voxel by voxel on the
    `scale` (mean and deviation, volumes), that of the clues if none is given; where there is no mate it is 0."""
    there = inside(clues.mask.shape, corner, sides)
    hidden = np.where(there, cut(clues.mask, corner, sides), 1)
    ridge, linear, mate, trust, mean, deviation = (
        cut(volume, corner, sides) for volume in (clues.ridge, clues.linear, clues.mate, clues.trust, *(scale or clues.scale)))
    trust = np.where(there, trust, 0)
    mate = np.where(trust > 0, (mate - mean) / deviation, 0)
    patch = np.empty((CHANNELS, *sides), np.float32)
    patch[:] = (ridge - mean) / deviation, hidden, (linear - mean) / deviation, mate, trust
    return patch, mean, deviation


def training_patch(scene, rng):
    """The entries of a `Batch` for one random patch, turned and mirrored at random."""
    corner = scene.random_window(rng)
    patch, mean, deviation = patch_at(scene, corner)
    truth = (cut(scene.truth, corner) - mean) / deviation
    scored = cut(scene.scored, corner) & inside(scene.mask.shape, corner)
    stack = np.concatenate([patch, np.stack([truth, scored, mean, deviation])])
    axes = rng.permutation(3)
    stack = stack.transpose(0, *(axes + 1))
    stack = np.flip(stack, [a + 1 for a in range(3) if rng.random() < 0.5])
    return stack[:CHANNELS], *stack[CHANNELS:], scene.counted


class Scenes:
    """An endless row of scenes; number i depends only on the seed and i, so an interrupted training resumes exactly.

    `measured` are volumes of counts of real scans; with them every second scene is a random region of one.
    """

    def __init__(self, seed, family="train", sizes=(48, 88), measured=(), wide_share=0.0, scale=local_scale):
        self._seed, self._family, self._sizes, self._measured = seed, family, sizes, tuple(measured)
        self._wide_share, self._scale = wide_share, scale
        self.scene = lru_cache(maxsize=36)(self._scene)

    def _scene(self, number):
        rng = np.random.default_rng([self._seed, number])
        shape = tuple(int(n) for n in rng.integers(*self._sizes, 3, endpoint=True))
        counted = bool(self._measured) and number % 2 == 1
        if counted:
            counts = _region(self._measured[rng.integers(len(self._measured))], shape, rng)
            truth = counts
        else:
            diffraction = simulate(shape, rng, self._family)
            counts, truth = diffraction.counts, diffraction.rate
        mask = random_mask(counts.shape, rng, self._wide_share)
        while not mask.any() or mask.all():
            mask = random_mask(counts.shape, rng, self._wide_share)
        return Scene(counts, np.log1p(truth), mask, counted, scale=self._scale)


def _region(counts, shape, rng):
    """A random region which holds the peak."""
    peak = np.unravel_index(counts.argmax(), counts.shape)
    corner = [int(np.clip(p - rng.integers(n // 4, 3 * n // 4 + 1), 0, max(size - n, 0)))
              for p, n, size in zip(peak, shape, counts.shape)]
    return counts[tuple(slice(c, c + n) for c, n in zip(corner, shape))]


def batch(scenes, number, seed, size=16, alive=32, batches_per_scene=4):
    """Training batch `number`.

    A window of `alive` scenes slides on by one every `batches_per_scene` batches: scenes are dear, patches of them cheap.
    """
    rng = np.random.default_rng([seed, 1, number])
    first = number // batches_per_scene
    drawn = [training_patch(scenes.scene(first + int(rng.integers(alive))), rng) for _ in range(size)]
    return Batch(*(np.ascontiguousarray(np.stack(part), dtype=np.float32) for part in zip(*drawn)))
