"""The patterns with gaps on which fills are compared: simulated ones that training never saw, and frames of a measured scan."""

import numpy as np
import torch
from skimage.restoration import inpaint_biharmonic

from inpainting.prefill import linear_prefill
from inpainting.scan import load_counts

from . import SIZE, gaps
from .examples import Patterns, example
from .fill import fill

EVALUATION_SEED = 9_100_000


class Case:
    """One pattern with a gap. `counts` and `rate` in photons; `rate` is None for measured patterns, where nobody knows it."""

    def __init__(self, counts, rate, mask):
        self.counts, self.rate, self.mask = counts, rate, mask
        self.hidden = np.where(mask > 0, 0, counts)

    def linear(self):
        return linear_prefill(np.log1p(self.hidden), self.mask)

    def biharmonic(self):
        return inpaint_biharmonic(np.log1p(self.hidden).astype(float), self.mask > 0)

    def network(self, network):
        """log1p photons as `network` predicts them; only gap pixels mean something."""
        if network.prefilled:
            return fill(network, self.hidden, self.mask)
        asked = example(self.hidden, self.hidden, self.mask, False)
        with torch.no_grad():
            return network(torch.from_numpy(asked.inputs[None].astype(np.float32)))[0, 0].numpy() * asked.scale


def simulated(source, width, count):
    """Cases with a cross of `width` at a random place near the middle; the same patterns and places for all widths."""
    patterns = Patterns(EVALUATION_SEED, source)
    for number in range(count):
        pattern = patterns.pattern(number)
        place = np.random.default_rng([EVALUATION_SEED, 3, number])
        middle = [gaps.start(max(gaps.WIDTHS), place) + max(gaps.WIDTHS) // 2 for _ in range(2)]
        yield Case(pattern.counts, pattern.rate, gaps.cross([m - width // 2 for m in middle], width))


def measured(file, width, count):
    """Frames around the peak of a measured scan, the window 128^2 around the peak, with a cross 4 to 24 pixels off it."""
    counts = load_counts(file)
    peak = np.unravel_index(counts.argmax(), counts.shape)
    corner = [int(np.clip(p - SIZE // 2, 0, n - SIZE)) for p, n in zip(peak[1:], counts.shape[1:])]
    for number in range(count):
        place = np.random.default_rng([EVALUATION_SEED, 4, number])
        frame = counts[int(np.clip(peak[0] + place.integers(-16, 17), 0, len(counts) - 1))]
        frame = frame[corner[0]:corner[0] + SIZE, corner[1]:corner[1] + SIZE]
        middle = [p - c + int(place.choice([-1, 1]) * place.integers(4, 25)) for p, c in zip(peak[1:], corner)]
        yield Case(frame, None, gaps.cross([m - width // 2 for m in middle], width))
