"""Training of the mending network on its own attempts.

A pool of crystals is being phased, each at some step. Every batch draws a few, lets the network take their next step, learns from
the distance to the truth (the nearest of all that diffraction cannot tell apart) and puts the stepped objects back. So it learns
from states as it makes them itself, at the price of one step each. Crystals that went all steps are replaced by new ones, some of
which begin on the way, between noise and truth, so that good states occur before the network can make them.
"""

import numpy as np
import torch

from .crystals import training_batch
from .mending import MendingNetwork, first_object, photons, power, stirred
from .network import SIZE, inputs_of
from .progress import Training

POOL = 8
BEGUN = 0.25
# Weight of the loss on the detector beside that in real space.
DETECTOR_LOSS = 0.5
# Shifts of the object that are tried for the nearest truth, in voxels.
SHIFTS = torch.arange(-6, 6.01, 0.5)


class MendTraining(Training):
    """`options`: dimensions, widths, blocks and steps of the network. The pool holds eight batches."""

    def __init__(self, seed, total, batch_size=8, rate=1e-3, device="cpu", **options):
        torch.manual_seed(seed)
        super().__init__(MendingNetwork(**options), seed, total, batch_size, rate, device)
        self.simulated, self.pool = 0, None

    @property
    def crystals(self):
        return self.simulated

    def loss_of_batch(self):
        rng = np.random.default_rng([self.seed, 1, self.batches])
        noise = torch.Generator(self.device).manual_seed(int(rng.integers(2 ** 62)))
        if self.pool is None:
            self.pool = self._simulate(0, POOL * self.batch_size)
        pool, drawn = self.pool, torch.from_numpy(rng.choice(POOL * self.batch_size, self.batch_size, replace=False)).to(self.device)
        state, counts, known, outline, truth, step = (pool[key][drawn] for key in
                                                      ("state", "counts", "known", "outline", "truth", "step"))
        late = step / self.network.steps
        with torch.no_grad():
            fresh = torch.randn(state.shape, generator=noise, device=self.device)
            state = stirred(state, fresh, outline, late.clamp(max=0.5))
        with self.half_precision():
            state = self.network.mended(state, counts, known, outline, late)
        loss = self._loss(state, truth)
        pool["state"][drawn] = state.detach()
        pool["step"][drawn] += 1
        self._replace(drawn[pool["step"][drawn].flatten() >= self.network.steps])
        return loss

    def _loss(self, state, truth):
        """Error in real space, and on the detector with weights that even out counting noise, in parts of the truth.

        The root of the squares: an attempt gone wrong beyond repair should not decide what the network learns.
        """
        transform = self.network.transform
        field = transform.to_field(state)
        with torch.no_grad():
            target_field = nearest(field, truth)
            target = transform.to_object(target_field)
            weight = 1 / (power(target_field).sqrt() + 1)
        squared = _part(state - target, target, 1) + DETECTOR_LOSS * _part(field - target_field, target_field, weight)
        return squared.sqrt().mean()

    def _replace(self, slots):
        if len(slots):
            fresh = self._simulate(self.simulated, len(slots))
            for key, values in fresh.items():
                self.pool[key][slots.to(self.pool[key].device)] = values

    def _simulate(self, number, count):
        """Crystals number ... number + count - 1 with their first objects."""
        batch = training_batch(number, self.seed, count, SIZE[self.dimensions], self.dimensions, self.device)
        self.simulated = number + count
        measured = self._measured(batch)
        origin = torch.tensor([[number, count, place] for place in range(count)])
        return {**measured, **self._begun(measured, number, count), "origin": origin}

    def _measured(self, batch):
        inputs = inputs_of(batch.counts, batch.mask)
        counts = photons(inputs)
        axes = tuple(range(1, batch.field.dim()))
        strength = (batch.rate.sum(axes, keepdim=True) / (batch.field.abs() ** 2).sum(axes, keepdim=True)).sqrt()
        field = batch.field * strength
        return {"counts": counts, "known": 1 - inputs[:, 1:], "outline": self.network.outline(counts),
                "truth": torch.stack([field.real, field.imag], 1)}

    def _begun(self, measured, number, count):
        """First objects: random inside the outline, or truth and noise at a later step, the later the less noise."""
        rng = np.random.default_rng([self.seed, 2, number])
        noise = torch.Generator(self.device).manual_seed(int(rng.integers(2 ** 62)))
        shape = (count, *self.network.noise.shape[1:])
        state = first_object(torch.randn(shape, generator=noise, device=self.device), measured["outline"], measured["counts"])
        step = np.where(rng.random(count) < BEGUN, rng.integers(0, self.network.steps, count), 0)
        share = np.where(step > 0, 0.1 + 1.5 * rng.random(count) * (1 - step / self.network.steps), 1)
        truth = self.network.transform.to_object(measured["truth"])
        step, share = (torch.as_tensor(a, dtype=torch.float32, device=self.device).view([-1] + [1] * (state.dim() - 1))
                       for a in (step, share))
        return {"state": torch.where(step > 0, truth, torch.zeros_like(truth)) + share * state, "step": step}

    def state(self):
        kept = {key: self.pool[key] for key in ("state", "step", "origin")} if self.pool else None
        return {**super().state(), "pool": kept, "simulated": self.simulated}

    def restore(self, state):
        super().restore(state)
        if state["pool"]:
            self.pool = self._again(state["pool"])
        self.simulated = state["simulated"]

    def _again(self, kept):
        """The pool of a checkpoint; its crystals are simulated once more, as that is smaller than keeping them."""
        origins = kept["origin"].cpu().numpy()
        found = [None] * len(origins)
        for number, count in {(n, c) for n, c, _ in origins}:
            batch = self._simulate(int(number), int(count))
            for slot, (n, _, place) in enumerate(origins):
                if n == number:
                    found[slot] = {key: values[place] for key, values in batch.items()}
        pool = {key: torch.stack([entry[key] for entry in found]) for key in found[0]}
        return {**pool, **{key: values.to(pool[key].device) for key, values in kept.items()}}


def _part(error, whole, weight):
    return (power(error) * weight).flatten(1).sum(1) / (power(whole) * weight).flatten(1).sum(1)


def nearest(field, truth):
    """The truth's twin, shift (to half a voxel) and constant phase nearest to `field`; pairs (N, 2, ...)."""
    found = torch.complex(field[:, 0], field[:, 1])
    same = torch.complex(truth[:, 0], truth[:, 1])
    q = torch.arange(field.shape[-1], device=field.device) - field.shape[-1] // 2
    shifts = SHIFTS.to(field.device)
    overlaps, ramps = zip(*(_best_shift(found * twin.conj(), q, shifts) for twin in (same, same.conj())))
    as_twin = (overlaps[1] > overlaps[0]).view([-1] + [1] * (same.dim() - 1))
    moved = torch.where(as_twin, same.conj() * ramps[1], same * ramps[0])
    inner = (found * moved.conj()).flatten(1).sum(1)
    turn = (inner / inner.abs().clamp(min=1e-20)).view(as_twin.shape)
    moved = moved * turn
    return torch.stack([moved.real, moved.imag], 1)


def _best_shift(product, q, shifts):
    """Largest modulus of sum product exp(2 pi i q s / N) over shifts s, and exp(-2 pi i q s / N) of that shift."""
    angle = 2 * torch.pi * q[:, None] * shifts[None] / len(q)
    kernel = torch.polar(torch.ones_like(angle), angle)
    dimensions, correlation = product.dim() - 1, product
    for _ in range(dimensions):
        correlation = torch.matmul(correlation.movedim(1, -1), kernel)
    overlap, place = correlation.abs().flatten(1).max(1)
    ramp = 1
    for axis in range(dimensions):
        along = shifts[place // len(shifts) ** (dimensions - 1 - axis) % len(shifts)]
        angle = -2 * torch.pi * q[None] * along[:, None] / len(q)
        shape = [len(product)] + [len(q) if a == axis else 1 for a in range(dimensions)]
        ramp = ramp * torch.polar(torch.ones_like(angle), angle).view(shape)
    return overlap, ramp
