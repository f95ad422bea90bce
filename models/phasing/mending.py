"""The shipped network: an object is mended step by step, as in iterative phasing, by a learned step in place of HIO or RAAR.

Each step puts the measured moduli onto the object's diffraction (the projection of phasing, softened by counting noise) and lets
a small U-Net in real space make of it what a crystal looks like: one body of nearly even density whose phase varies smoothly.
Every voxel of every step is an example of that, so few crystals teach it much. The idea is that of learned regularisation in
iterative reconstruction (Venkatakrishnan et al. 2013; Adler and Oktem 2018).

Complex numbers are pairs (N, 2, ...). Objects fill the central half of the field's grid; the origin is at N // 2.
"""

import torch
from torch import nn

from .network import LOG_SCALE, SIZE, Transform, UNet

# Weight of a step's own moduli against the measured ones.
TRUST = 0.5
# Noise on the object before the first step, in parts of the object; gone after half of the steps.
STIRRING = 0.7
NOISE_SEED = 5


class MendingNetwork(nn.Module):
    """(N, 2, 64, 64, 64) -> (N, 2, 64, 64, 64), or 128^2 in two dimensions; axes ([z,] y, x), intensity centred.

    In: log1p counts / 16, 0 where nothing was measured; mask (1 = no data). Out: cosine and sine of the phase, times a
    certainty: how much of the measured modulus the object explains, at most 1. `steps` steps of one U-Net begin at fixed random
    numbers, so that the same diffraction always gives the same answer. Of `looks` attempts from different numbers that with the most
    compact object is the answer; they follow one another, since all at once would take the memory of all.
    """

    def __init__(self, dimensions=3, widths=(48, 96, 128), blocks=(1, 1, 1), steps=16, looks=1):
        super().__init__()
        self.settings = {"dimensions": dimensions, "widths": tuple(widths), "blocks": tuple(blocks), "steps": steps, "looks": looks}
        self.dimensions, self.steps, self.looks, size = dimensions, steps, looks, SIZE[dimensions]
        self.mend = UNet(dimensions, size // 2, 6, 2, widths, blocks)
        self.transform = Transform(dimensions, size)
        noise = torch.randn((1, 2, *[size // 2] * dimensions), generator=torch.Generator().manual_seed(NOISE_SEED))
        self.register_buffer("noise", noise, persistent=False)

    def forward(self, diffraction):
        counts, known = photons(diffraction), 1 - diffraction[:, 1:]
        outline = self.outline(counts)
        state = self.attempt(0, counts, known, outline)
        for look in range(1, self.looks):
            other = self.attempt(look, counts, known, outline)
            state = torch.where(compactness(other) > compactness(state), other, state)
        return self.answer(state, counts)

    def answer(self, state, counts):
        """The phases of an object's diffraction, and how much of the measured modulus it explains."""
        field = self.transform.to_field(state)
        # What is weaker than a hundredth of a photon has no phase to speak of.
        return field / torch.maximum(power(field), counts).sqrt().clamp(min=0.1)

    def attempt(self, look, counts, known, outline):
        """The object of one attempt."""
        state = first_object(self._noise(look, 0), outline, counts)
        for step in range(self.steps):
            late = step / self.steps
            if late < 0.5:
                state = stirred(state, self._noise(look, 7 * step + 3), outline, late)
            state = self.mended(state, counts, known, outline, late)
        return state

    def _noise(self, look, shift):
        """The random numbers moved along all axes, for further attempts along the last one more."""
        shifts = [shift] * self.dimensions
        shifts[-1] += 13 * look
        return torch.roll(self.noise, shifts, list(range(2, 2 + self.dimensions)))

    def outline(self, counts):
        """Modulus of the autocorrelation at twice the distance, its peak being 1: about as large as the object."""
        pair = torch.cat([counts, torch.zeros_like(counts)], 1)
        found = power(self.transform.to_wide_object(pair)).sqrt()
        return found / found.amax(_axes(found), keepdim=True).clamp(min=1e-12)

    def mended(self, state, counts, known, outline, late):
        """One step; `late`, from 0 to 1, is the part of the steps that lie behind."""
        projected = self.transform.to_object(project(self.transform.to_field(state), counts, known))
        strength = power(projected)
        scale = ((strength ** 2).sum(_axes(state), keepdim=True) / _total(strength)).clamp(min=1e-20).sqrt()
        seen = torch.cat([projected / scale, state / scale, outline, late * torch.ones_like(outline)], 1)
        return projected + scale * self.mend(seen)


def photons(diffraction):
    """Counts of a network's input, 0 where nothing was measured."""
    return (torch.exp(LOG_SCALE * diffraction[:, :1]) - 1).clamp(min=0) * (1 - diffraction[:, 1:])


def first_object(noise, outline, counts):
    """Noise in the outline with as many photons as were counted."""
    state = noise * outline
    return state * (counts.sum(_axes(counts), keepdim=True) / _total(power(state))).sqrt()


def stirred(state, noise, outline, late):
    """The object with noise inside its outline, so that an early error, a superposition of twins above all, does not stay;
    `late` is at most 0.5."""
    shaped = noise * outline.sqrt()
    strength = (power(state).sum(_axes(state), keepdim=True) / _total(power(shaped))).sqrt()
    return state + STIRRING * (1 - 2 * late) * strength * shaped


def compactness(state):
    """Part of an object's power which lies where its modulus exceeds a fifth of the largest, (N, 1, ...); 0 of nothing."""
    strength = power(state)
    dense = strength > 0.04 * strength.amax(_axes(strength), keepdim=True)
    return (strength * dense).sum(_axes(state), keepdim=True) / _total(strength)


def project(field, counts, known):
    """The field with moduli a that minimise a^2 - n log a^2 + TRUST (a - |F|)^2: the Poisson likelihood near the field given."""
    modulus = power(field).add(1e-12).sqrt()
    pull = TRUST * modulus
    likely = (pull + (pull ** 2 + 4 * (1 + TRUST) * counts).sqrt()) / (2 * (1 + TRUST))
    return field * torch.where(known > 0, likely / modulus, torch.ones_like(modulus))


def power(pair):
    return (pair ** 2).sum(1, keepdim=True)


def _axes(volume):
    return tuple(range(1, volume.dim()))


def _total(volume):
    return volume.sum(_axes(volume), keepdim=True).clamp(min=1e-20)
