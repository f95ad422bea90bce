"""From patterns and masks to what the networks take and give, the same way for training, evaluation and the server."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from inpainting.prefill import linear_prefill
from inpainting.scale import DEVIATION_FLOOR

from . import crystals, gaps

ALIVE, WINDOWS_PER_CURVE = 8, 48
SMALLEST_ERROR = 0.1


@dataclass(frozen=True)
class Example:
    """Network input (channels, y, x); target, gap (y, x); the output times `slope` plus `shift` is log1p photons / `scale`."""

    inputs: np.ndarray
    target: np.ndarray
    gap: np.ndarray
    slope: float
    shift: float
    scale: float


def example(counts, truth, mask, prefilled):
    """`counts` and `truth` in photons. A prefilled input is for a network with the mask as its second channel.

    What the gap hides must not decide the input, since nobody knows it at work: a pattern is scaled by its brightest measured
    pixel, a prefilled one standardised by its measured pixels. There the scale only weighs the loss and may know the truth: it is
    the error of linear interpolation (not below 0.1), so that all patterns count alike, and not only those with a hidden peak.
    """
    visible = np.where(mask > 0, 0, np.log1p(counts))
    logs = np.log1p(truth)
    if not prefilled:
        scale = max(float(visible.max()), float(np.log(2)))
        # A sigmoid cannot exceed 1, so a hidden peak is clipped.
        return Example((visible / scale)[None], np.minimum(logs / scale, 1), mask, 1.0, 0.0, scale)
    prefill = linear_prefill(visible, mask)
    scale = max(float(np.sqrt(np.square(prefill - logs)[mask > 0].mean())), SMALLEST_ERROR)
    mean, deviation = standardise(prefill, mask)
    values = (prefill - mean) / deviation
    return Example(np.stack([values, mask]), logs / scale, mask, deviation / scale, mean / scale, scale)


def standardise(prefill, mask):
    """Mean and deviation (not below 0.1) of log1p counts over the measured pixels only: at work nobody knows the hidden ones. Mean
    0 and deviation 1 if nothing is measured."""
    visible = prefill[mask == 0]
    if visible.size == 0:
        return 0.0, 1.0
    return visible.mean(dtype=np.float64), max(visible.std(dtype=np.float64), DEVIATION_FLOOR)


class Patterns:
    """An endless row of patterns; number i depends only on the seed and i, so an interrupted training resumes exactly.

    `source`: "polygons" (thesis), "frames" (of simulated rocking curves), "heldout" (frames of crystals of another family) or
    "mixed" (polygons and frames in turn).
    """

    def __init__(self, seed, source="polygons", keep=0):
        self.seed, self.source = seed, source
        self.pattern = lru_cache(maxsize=keep)(self._pattern)
        self._curve = lru_cache(maxsize=ALIVE)(self._simulated_curve)

    def _pattern(self, number):
        rng = np.random.default_rng([self.seed, 0, number])
        if self.source == "polygons" or (self.source == "mixed" and number % 2):
            return crystals.polygon_pattern(rng)
        # A few curves are alive at a time, so that a batch holds different crystals.
        curve = number // (ALIVE * WINDOWS_PER_CURVE) * ALIVE + number // 2 % ALIVE
        return crystals.random_frame(self._curve(curve), rng)

    def _simulated_curve(self, number):
        family = "heldout" if self.source == "heldout" else "train"
        return crystals.rocking_curve(np.random.default_rng([self.seed, 1, number]), family)


def training_example(pattern, gap, prefilled, rng):
    """The thesis networks learn the hidden counts, as in the thesis; the prefilled one learns the noise-free rate."""
    mask = gaps.any_mask(rng) if gap == "any" else gaps.thesis_mask(int(gap), rng)
    while not mask.any() or mask.all():
        mask = gaps.any_mask(rng)
    return example(pattern.counts, pattern.rate if prefilled else pattern.counts, mask, prefilled)


def batch(patterns, numbers, seed, gap, prefilled):
    """Inputs, targets, gaps, slopes and shifts as float32 arrays; `numbers` are pairs of the pattern's and of the gap's number."""
    drawn = [training_example(patterns.pattern(number), gap, prefilled, np.random.default_rng([seed, 2, draw]))
             for number, draw in numbers]
    return stack(drawn)


def stack(examples):
    parts = (np.stack([e.inputs for e in examples]), np.stack([e.target for e in examples]), np.stack([e.gap for e in examples]),
             np.array([[[e.slope]] for e in examples]), np.array([[[e.shift]] for e in examples]))
    return tuple(np.ascontiguousarray(part, dtype=np.float32) for part in parts)
