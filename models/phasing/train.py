"""Train the phasing network: python3 -m phasing.train --output runs/first --crystals 100000

Runs on a GPU if there is one, else on the CPU. Started again with the same --output it resumes where it stopped.
"""

import argparse
import copy
import json
import time
from pathlib import Path

import numpy as np
import torch

from training import descend, follow, write_state

from .crystals import RANGES, heldout_crystal, training_batch
from .network import OUTPUTS, SIZE, PhaseNetwork, inputs_of, parameter_count
from .scores import phase_agreement

VALIDATION_SEED = 17_000_000
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


def loss_of(answers, batch, loss, weight):
    """The chosen loss of the network's answers (N, 2, ...) for a batch of crystals; those before the last count half."""
    last = _loss_of(answers[-1], batch, loss, weight)
    return last + 0.5 * sum(_loss_of(answer, batch, loss, weight) for answer in answers[:-1])


def _loss_of(prediction, batch, loss, weight):
    prediction = prediction.float()
    guess = torch.complex(prediction[:, 0], prediction[:, 1])
    direction = batch.field / batch.field.abs().clamp(min=1e-20)
    if loss == "object":
        return object_loss(guess, direction, batch.rate.sqrt())
    measure = coherent_loss if loss == "coherent" else squared_loss
    return measure(guess, direction, weight_of(batch.rate, weight))


class Training:
    """Network, its slowly moving average (the one to be shipped), optimiser and the number of batches seen.

    `options`: dimensions, widths, blocks and output of the network; `loss`, `weight`: what it learns from.
    """

    def __init__(self, seed, total, batch_size=8, rate=1e-3, loss="squared", weight="amplitude", device="cpu", **options):
        torch.manual_seed(seed)
        self.seed, self.total, self.batch_size, self.rate, self.device = seed, total, batch_size, rate, device
        self.loss, self.weight = loss, weight
        self.network = PhaseNetwork(**options).to(device)
        self.dimensions = self.network.settings["dimensions"]
        self.layout = torch.channels_last_3d if self.dimensions == 3 else torch.channels_last
        self.network = self.network.to(memory_format=self.layout)
        self.average = copy.deepcopy(self.network).eval()
        self.optimiser = torch.optim.AdamW(self.network.parameters(), lr=rate, weight_decay=1e-4, betas=(0.9, 0.98))
        self.batches, self.hours, self.curve = 0, 0.0, []

    @property
    def crystals(self):
        return self.batches * self.batch_size

    def step(self):
        """Learn from one batch; returns the loss, still on the device so that a GPU need not wait for the CPU."""
        batch = training_batch(self.batches, self.seed, self.batch_size, SIZE[self.dimensions], self.dimensions, self.device)
        inputs = inputs_of(batch.counts, batch.mask).contiguous(memory_format=self.layout)
        self.optimiser.param_groups[0]["lr"] = self.rate * self._schedule()
        # bfloat16 doubles the pace on CPUs and GPUs which have it; losses and transforms are float32.
        with torch.autocast(torch.device(self.device).type, torch.bfloat16):
            answers = self.network.answers(inputs)
        loss = loss_of(answers, batch, self.loss, self.weight)
        descend(self.network, self.optimiser, loss)
        follow(self.average, self.network, self.batches)
        self.batches += 1
        return loss.detach()

    def _schedule(self):
        """Warm up over 200 batches, then constant, then down to nothing over the last third."""
        left = 1 - self.crystals / self.total
        return min(1.0, (self.batches + 1) / 200, max(left * 3, 0.0))

    def save(self, path):
        """Write everything needed to resume."""
        state = {"network": self.network.state_dict(), "average": self.average.state_dict(),
                 "optimiser": self.optimiser.state_dict(), "batches": self.batches, "hours": self.hours, "curve": self.curve,
                 "settings": self.network.settings, "options": self._options()}
        write_state(state, path)

    def _options(self):
        return {"seed": self.seed, "batchSize": self.batch_size, "loss": self.loss, "weight": self.weight}

    def load(self, path):
        state = torch.load(path, map_location=self.device)
        if (state["options"], state["settings"]) != (self._options(), self.network.settings):
            raise ValueError(f"{path} was trained with {state['options']} and {state['settings']}; resume with these.")
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.batches, self.hours, self.curve = state["batches"], state["hours"], state["curve"]


def load_network(checkpoint):
    """The averaged network of a checkpoint."""
    state = torch.load(checkpoint, map_location="cpu")
    network = PhaseNetwork(**state["settings"]).eval()
    network.load_state_dict(state["average"])
    return network


def guess(network, counts, mask, device="cpu"):
    """The network's field of unit-length phases times certainty, complex64 (N, ...), for tensors of counts and mask."""
    with torch.no_grad():
        found = network(inputs_of(counts.to(device), mask.to(device))).float().cpu()
    return torch.complex(found[:, 0], found[:, 1]).numpy()


def validation_set(dimensions, each=6):
    """Fixed crystals of the held-out family by strain range; those of the benchmark have other seeds."""
    return {name: [heldout_crystal(number, VALIDATION_SEED + place, strain, SIZE[dimensions], dimensions)
                   for number in range(each)] for place, (name, strain) in enumerate(RANGES.items())}


def validate(network, crystals, device="cpu"):
    """Median agreement of reciprocal-space phases by strain range."""
    return {name: round(float(np.median([phase_agreement(guess(network, c.counts, c.mask, device)[0], c.field[0].numpy())
                                         for c in group])), 4) for name, group in crystals.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, required=True, help="folder of checkpoint and curve")
    parser.add_argument("--crystals", type=int, default=100_000, help="crystals to see; the rate falls over the last third")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-3, help="learning rate")
    parser.add_argument("--dimensions", type=int, choices=(2, 3), default=3, help="2: 128^2 images, 3: 64^3 volumes")
    parser.add_argument("--network-output", choices=OUTPUTS, default="complex")
    parser.add_argument("--loss", choices=LOSSES, default="squared")
    parser.add_argument("--weight", choices=WEIGHTS, default="amplitude", help="of the voxels in the losses on the detector")
    parser.add_argument("--widths", type=int, nargs="+", default=[32, 64, 128, 256], help="channels at half size and below")
    parser.add_argument("--blocks", type=int, nargs="+", default=[1, 1, 2, 2], help="residual blocks, likewise")
    parser.add_argument("--stages", type=int, default=0, help="further networks which mend the object")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--every", type=int, default=200, help="batches between validations and checkpoints")
    parser.add_argument("--hours", type=float, default=1e9, help="stop after this many hours, ready to resume")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    training = Training(arguments.seed, arguments.crystals, arguments.batch, arguments.rate, arguments.loss, arguments.weight,
                        arguments.device, dimensions=arguments.dimensions, widths=arguments.widths, blocks=arguments.blocks,
                        output=arguments.network_output, stages=arguments.stages)
    arguments.output.mkdir(parents=True, exist_ok=True)
    checkpoint = arguments.output / "checkpoint.pt"
    if checkpoint.exists():
        training.load(checkpoint)
    print(f"{parameter_count(training.network)} parameters on {arguments.device}, from crystal {training.crystals}", flush=True)
    run(training, checkpoint, arguments.hours, arguments.every)


def run(training, checkpoint, hours, every):
    """Train until the crystals or the hours are used up; validate and save every `every` batches."""
    validation = validation_set(training.dimensions)
    started = tick = time.monotonic()
    losses = []
    while training.crystals < training.total and time.monotonic() - started < hours * 3600:
        losses.append(training.step())
        if training.batches % every == 0:
            agreement = validate(training.average, validation, training.device)
            training.hours += (time.monotonic() - tick) / 3600
            tick = time.monotonic()
            training.curve.append([training.crystals, round(float(torch.stack(losses).mean()), 4), agreement])
            training.save(checkpoint)
            print(json.dumps({"crystals": training.crystals, "loss": training.curve[-1][1], "agreement": agreement,
                              "hours": round(training.hours, 3)}), flush=True)
            losses.clear()
    training.hours += (time.monotonic() - tick) / 3600
    training.save(checkpoint)


if __name__ == "__main__":
    main()
