"""The mending network as ONNX loops: its steps follow one another in the graph as in the code, instead of being written out.

Written out, 28 steps of two attempts are 15,000 nodes, with which ONNX Runtime takes ten seconds to start.
"""

import torch
from torch import nn

from .mending import compactness, first_object, photons, stirred


class Begin(nn.Module):
    """What all steps work with: counts, where they are known, and the outline."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, diffraction):
        counts = photons(diffraction)
        return counts, 1 - diffraction[:, 1:], self.network.outline(counts)


class Step(nn.Module):
    """One step of an attempt; past half of the steps the noise has died away."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, state, counts, known, outline, noise, late):
        state = stirred(state, noise, outline, late.clamp(max=0.5))
        return self.network.mended(state, counts, known, outline, late)


class End(nn.Module):
    """The answer of the object that was chosen."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, state, counts):
        return self.network.answer(state, counts)


class Looped(nn.Module):
    """Answers what the MendingNetwork that is given answers. Its parts are traced, its loops compiled."""

    def __init__(self, network):
        super().__init__()
        half = torch.zeros(2, 2, *network.noise.shape[2:])
        whole = torch.zeros(2, 1, *[2 * n for n in network.noise.shape[2:]])
        self.begin = traced(Begin(network), torch.cat([whole, whole], 1))
        self.first = traced(first_object, (network.noise, half[:, :1], whole))
        self.step = traced(Step(network), (half, whole, whole, half[:, :1], network.noise, torch.zeros(())))
        self.choose = traced(more_compact, (half, half))
        self.end = traced(End(network), (half, whole))
        self.register_buffer("noise", network.noise)
        self.register_buffer("late", torch.arange(network.steps) / network.steps)
        self.register_buffer("looks", torch.arange(network.looks))
        self.register_buffer("line", torch.arange(network.noise.shape[-1]))
        self.dimensions: int = network.dimensions

    def forward(self, diffraction):
        counts, known, outline = self.begin(diffraction)
        # Nothing at all, which is less compact than any object.
        best = self.first(torch.zeros_like(self.noise), outline, counts)
        for look in self.looks:
            state = self.first(self.moved(look, 0), outline, counts)
            for step, late in enumerate(self.late):
                state = self.step(state, counts, known, outline, self.moved(look, 7 * step + 3), late)
            best = self.choose(best, state)
        return self.end(best, counts)

    def moved(self, look, shift: int):
        """MendingNetwork.noise_of."""
        noise = self.noise
        for axis in range(self.dimensions - 1):
            noise = noise.index_select(2 + axis, torch.remainder(self.line - shift, len(self.line)))
        return noise.index_select(1 + self.dimensions, torch.remainder(self.line - shift - 13 * look, len(self.line)))


def traced(part, inputs):
    # Unchecked: tracing twice gives other names to the parts they share, which the check takes for a difference.
    return torch.jit.trace(part, inputs, check_trace=False)


def more_compact(best, other):
    return torch.where(compactness(other) > compactness(best), other, best)
