"""Training of networks which guess the phases at one look, and the losses compared for them."""

import torch

from training import descend

from .crystals import training_batch
from .network import SIZE, GuessingNetwork, inputs_of
from .progress import Training

LOSSES = ("coherent", "squared", "object")
WEIGHTS = ("log", "amplitude")


def weight_of(rate, kind):
    """Weights of the voxels, summing to 1 for each crystal: log1p of the expected photons, or their square root."""
    weight = torch.log1p(rate) if kind == "log" else rate.sqrt()
    return weight / weight.flatten(1).sum(1).view([-1] + [1] * (rate.dim() - 1))


def coherent_loss(guess, direction, weight):
    """1 - |weighted mean of exp(i difference)|, over the better of the two twins: blind to a constant phase.

    `guess`, `direction`: complex, the truth's modulus being 1; a guess's modulus does not count.
    """
    return (1 - _overlap(guess / guess.abs().clamp(min=1e-6), direction, weight)).mean()


def squared_loss(guess, direction, weight):
    """Weighted squared distance after the best constant phase, over the better twin; a guess of small modulus hedges."""
    power = (weight * (guess.real ** 2 + guess.imag ** 2)).flatten(1).sum(1)
    return (1 + power - 2 * _overlap(guess, direction, weight)).mean()


def object_loss(guess, direction, amplitude):
    """Mean absolute error of the object made of the true amplitude and the guessed phases, over the better twin."""
    axes = tuple(range(1, guess.dim()))
    truth = torch.fft.ifftn(torch.fft.ifftshift(amplitude * direction, axes), dim=axes)
    # A centrosymmetric grid lacks the mate of its first plane; the conjugate field is the twin all the same.
    twin = torch.fft.ifftn(torch.fft.ifftshift(amplitude * direction.conj(), axes), dim=axes)
    made = torch.fft.ifftn(torch.fft.ifftshift(amplitude * guess, axes), dim=axes)
    errors = []
    for target in (truth, twin):
        inner = (made.conj() * target).flatten(1).sum(1)
        turn = (inner / inner.abs().clamp(min=1e-20)).view([-1] + [1] * (guess.dim() - 1)).detach()
        errors.append((made * turn - target).abs().flatten(1).sum(1) / target.abs().flatten(1).sum(1))
    return torch.minimum(*errors).mean()


def _overlap(guess, direction, weight):
    same = (weight * guess * direction.conj()).flatten(1).sum(1)
    twin = (weight * guess * direction).flatten(1).sum(1)
    return torch.maximum(same.abs(), twin.abs())


def loss_of(prediction, batch, loss, weight):
    """The chosen loss of the network's answer (N, 2, ...) for a batch of crystals."""
    prediction = prediction.float()
    guess = torch.complex(prediction[:, 0], prediction[:, 1])
    direction = batch.field / batch.field.abs().clamp(min=1e-20)
    if loss == "object":
        return object_loss(guess, direction, batch.rate.sqrt())
    measure = coherent_loss if loss == "coherent" else squared_loss
    return measure(guess, direction, weight_of(batch.rate, weight))


class GuessTraining(Training):
    """`options`: dimensions, widths, blocks and output of the network."""

    def __init__(self, seed, total, batch_size=8, rate=1e-3, loss="squared", weight="amplitude", device="cpu", **options):
        torch.manual_seed(seed)
        super().__init__(GuessingNetwork(**options), seed, total, batch_size, rate, device, loss=loss, weight=weight)
        self.loss, self.weight = loss, weight

    @property
    def crystals(self):
        return self.batches * self.batch_size

    def loss_of_batch(self):
        batch = training_batch(self.batches, self.seed, self.batch_size, SIZE[self.dimensions], self.dimensions, self.device)
        inputs = inputs_of(batch.counts, batch.mask).contiguous(memory_format=self.layout)
        with self.half_precision():
            prediction = self.network(inputs)
        return loss_of(prediction, batch, self.loss, self.weight)
