"""Train the gap network: python3 -m inpainting.train --output runs/first --patches 90000

Runs on a GPU if there is one, else on the CPU. Started again with the same --output it resumes where it stopped.
"""

import argparse
import copy
import json
import time
from pathlib import Path

import numpy as np
import torch

from flat.losses import ssim_map
from training import descend, follow, half_precision, write_state

from .architectures import visible_range
from .network import GapNetwork, parameter_count, restore
from .patches import Batch, Scenes, batch
from .scale import local_scale
from .scan import load_counts

VALIDATION_SEED = 7_000_000
# On which patches are seen (`scale`): a training that began on another cannot go on.
SCALE = "local"
# Of the gaps, those which only occur on coarse grids (see `wide`).
WIDE_SHARE = 0.06


def loss_of(prediction, batch):
    """Error of the rate plus likelihood of the deviation, averaged over the scored voxels.

    Where the rate is known it is trained by squared errors and squared errors of its gradients (fringes), weighted by the
    root of the local deviation: between standardised and absolute log units; and by the structural similarity of its layers. The deviation is trained by the Gaussian
    likelihood with the error held fixed, so that it cannot excuse a bad rate (compare beta-NLL, Seitzer et al. 2022). Where
    only counts are known it is the Poisson likelihood of the counts: squared errors of noisy logarithms would teach too low rates.
    The brightest voxels are taught by `photon_loss`.
    """
    rate, sigma = prediction[:, 0].float(), prediction[:, 1].float()
    known, weight = known_weights(batch)
    error = (rate - batch.target) * known
    return (squared_loss(error, weight) + 0.5 * gradient_loss(error, known, weight) + 0.5 * similarity_loss(rate, batch)
            + 0.1 * likelihood_loss(error, sigma, known) + 0.2 * photon_loss(error, batch) + counting_loss(rate, batch))


def known_weights(batch):
    """1 at the scored voxels whose rate is known, and what their errors weigh."""
    known = batch.scored * (1 - batch.counted).view(-1, 1, 1, 1)
    return known, known * batch.deviation.sqrt()


def robust(error):
    """Its square; beyond 2 local deviations a straight line. Where wide gaps cut the peak off from a dark patch, ridge is
    off by tens of deviations, and a few such patches would be all that the network learns from."""
    size = error.abs()
    return torch.where(size < 2, error ** 2, 4 * size - 4)


def squared_loss(error, weight):
    return (weight * robust(error)).sum() / weight.sum().clamp(min=1e-6)


def gradient_loss(error, known, weight):
    """Squared differences of the gradients between neighbours which are both known."""
    total = sum((weight.narrow(d, 1, 31) * known.narrow(d, 0, 31) * robust(error.diff(dim=d))).sum() for d in (1, 2, 3))
    return total / (3 * weight.sum()).clamp(min=1e-6)


def likelihood_loss(error, sigma, known):
    """Gaussian likelihood of the deviation, the error held fixed."""
    fixed = robust(error.detach())
    return (known * (0.5 * fixed / sigma ** 2 + torch.log(sigma))).sum() / known.sum().clamp(min=1)


def similarity_loss(rate, batch):
    """1 - structural similarity of the layers, filled against true, on a scale from the least to the greatest measured log count of
    the patch; averaged over the layers, then over the patches whose rate is known."""
    ridge, truth, rate = (batch.mean + batch.deviation * volume for volume in (batch.inputs[:, 0], batch.target, rate))
    hidden = batch.inputs[:, 1] > 0
    low, span = visible_range(torch.stack([ridge, batch.inputs[:, 1]], 1))
    truth, filled = ((volume - low[:, 0]) / span[:, 0] for volume in (truth, torch.where(hidden, rate, truth)))
    alike = ssim_map(filled.flatten(0, 1), truth.flatten(0, 1)).unflatten(0, rate.shape[:2]).mean((1, 2, 3))
    return ((1 - alike) * (1 - batch.counted)).sum() / (1 - batch.counted).sum().clamp(min=1)


def photon_loss(error, batch):
    """log(1 + squared error of the log rate) averaged over the photons that ridge expects in each patch's gap, then over the patches:
    for small errors about the Poisson deviance per photon. Squared errors averaged over voxels hardly notice the few which hold most
    photons; the logarithm lets go of peaks which a wide gap hides altogether. The true photons must not weigh: what is brighter than
    expected would count for more than what is darker, and teach too high rates."""
    photons = torch.expm1((batch.mean + batch.deviation * batch.inputs[:, 0]).clamp(min=0)) * batch.scored
    share = photons / photons.sum((1, 2, 3), keepdim=True).clamp(min=1)
    squares = (share * torch.log1p((batch.deviation * error) ** 2)).sum((1, 2, 3)) * (1 - batch.counted)
    return squares.sum() / (1 - batch.counted).sum().clamp(min=1)


def counting_loss(rate, batch):
    """Half the Poisson deviance of the hidden counts in the patches where only counts are known, averaged over their scored
    voxels, each divided by 1 + the rate (held fixed): then bright voxels weigh by their relative error, not by their photons."""
    counted = batch.scored * batch.counted.view(-1, 1, 1, 1)
    photons = torch.expm1((batch.mean + batch.deviation * batch.target).clamp(min=0))
    expected = torch.expm1((batch.mean + batch.deviation * rate).clamp(0.001, 20))
    deviance = torch.where(photons > 0, photons * torch.log(photons.clamp(min=1e-6) / expected), 0 * photons) - photons + expected
    return (counted * deviance / (1 + expected.detach())).sum() / counted.sum().clamp(min=1)


class Training:
    """Network, its slowly moving average (the one to be shipped), optimiser and the number of batches seen."""

    def __init__(self, seed, total, batch_size=16, rate=1e-3, scenes=None, device="cpu", network=GapNetwork, loss=loss_of):
        torch.manual_seed(seed)
        self.seed, self.total, self.batch_size, self.rate, self.device, self.loss = seed, total, batch_size, rate, device, loss
        self.scenes = scenes or Scenes(seed)
        self.network = network().to(device)
        # Weights of two-dimensional convolutions cannot be laid out so.
        if not any(weights.dim() == 4 for weights in self.network.parameters()):
            self.network.to(memory_format=torch.channels_last_3d)
        self.average = copy.deepcopy(self.network).eval()
        self.optimiser = torch.optim.AdamW(self.network.parameters(), lr=rate, weight_decay=1e-4, betas=(0.9, 0.98))
        self.batches, self.hours, self.curve = 0, 0.0, []

    @property
    def patches(self):
        return self.batches * self.batch_size

    def step(self):
        """Learn from one batch; returns the loss."""
        drawn = batch(self.scenes, self.batches, self.seed, self.batch_size)
        drawn = Batch(*(torch.from_numpy(array).to(self.device) for array in drawn))
        inputs = drawn.inputs.contiguous(memory_format=torch.channels_last_3d)
        self.optimiser.param_groups[0]["lr"] = self.rate * self._schedule()
        # The residual is added in float32.
        with half_precision(self.device):
            prediction = self.network(inputs)
        loss = self.loss(prediction, drawn)
        descend(self.network, self.optimiser, loss)
        follow(self.average, self.network, self.batches)
        self.batches += 1
        return float(loss.detach())

    def _schedule(self):
        """Warm up over 200 batches, then down to nothing along a cosine."""
        return min(1.0, (self.batches + 1) / 200) * 0.5 * (1 + np.cos(np.pi * min(self.patches / self.total, 1.0)))

    def save(self, path):
        """Write everything needed to resume."""
        state = {"network": self.network.state_dict(), "average": self.average.state_dict(),
                 "optimiser": self.optimiser.state_dict(), "batches": self.batches, "hours": self.hours,
                 "curve": self.curve, "seed": self.seed, "batchSize": self.batch_size, "scale": SCALE}
        write_state(state, path)

    def begin_with(self, weights):
        """Take the averaged weights of a checkpoint or of an exported network for a training of its own."""
        for network in (self.network, self.average):
            restore(network, weights["average"])

    def load(self, path):
        state = torch.load(path, map_location=self.device)
        if (state["seed"], state["batchSize"]) != (self.seed, self.batch_size):
            raise ValueError(f"{path} was trained with seed {state['seed']} and batch {state['batchSize']}; resume with these.")
        if state.get("scale") != SCALE:
            raise ValueError(f"{path} was trained with patches on another scale; begin anew with --weights {path}.")
        restore(self.network, state["network"])
        restore(self.average, state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.batches, self.hours, self.curve = state["batches"], state["hours"], state["curve"]


def validation_set(batches=6, scale=local_scale):
    """Fixed patches of the held-out family; the scored crystals of `evaluate` have other seeds."""
    scenes = Scenes(VALIDATION_SEED, "heldout", sizes=(64, 80), scale=scale)
    return [batch(scenes, number, VALIDATION_SEED, alive=12, batches_per_scene=1000) for number in range(batches)]


def validate(network, batches, device="cpu"):
    """Skill over linear interpolation, of ridge and of the network, on log1p rates in the gaps of a validation set."""
    truth, linear, ridge, ours = [], [], [], []
    with torch.no_grad():
        for patch in batches:
            rate = network(torch.from_numpy(patch.inputs).to(device))[:, 0].float().cpu().numpy()
            chosen = patch.scored > 0
            for row, values in ((truth, patch.target), (linear, patch.inputs[:, 2]), (ridge, patch.inputs[:, 0]), (ours, rate)):
                row.append((values * patch.deviation)[chosen])
    truth, linear, ridge, ours = (np.concatenate(row) for row in (truth, linear, ridge, ours))
    return tuple(float(1 - np.square(fill - truth).sum() / np.square(linear - truth).sum()) for fill in (ridge, ours))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, required=True, help="folder of checkpoint and log")
    parser.add_argument("--weights", type=Path, help="begin with the weights of this file, such as the shipped inpaint-patch32.pt")
    parser.add_argument("--rate", type=float, default=1e-3, help="learning rate to begin with")
    parser.add_argument("--patches", type=int, default=90_000, help="patches to see; the learning rate falls to nothing over them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--experimental", type=Path, nargs="*", default=[], help="gap-free measured scans (Lima or plain HDF5)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--hours", type=float, default=1e9, help="stop after this many hours, ready to resume")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    measured = [load_counts(file) for file in arguments.experimental]
    scenes = Scenes(arguments.seed, measured=measured, wide_share=WIDE_SHARE)
    training = Training(arguments.seed, arguments.patches, arguments.batch, arguments.rate, scenes, device)
    arguments.output.mkdir(parents=True, exist_ok=True)
    checkpoint = arguments.output / "checkpoint.pt"
    if checkpoint.exists():
        training.load(checkpoint)
    elif arguments.weights:
        training.begin_with(torch.load(arguments.weights, map_location=device))
    print(f"{parameter_count(training.network)} parameters on {device}, from patch {training.patches}", flush=True)
    run(training, checkpoint, arguments.hours)


def run(training, checkpoint, hours, every=100):
    """Train until the patches or the hours are used up; validate and save every `every` batches."""
    validation = validation_set()
    started = tick = time.monotonic()
    losses = []
    while training.patches < training.total and time.monotonic() - started < hours * 3600:
        losses.append(training.step())
        if training.batches % every == 0:
            ridge, skill = validate(training.average, validation, training.device)
            training.hours += (time.monotonic() - tick) / 3600
            tick = time.monotonic()
            training.curve.append([training.patches, round(skill, 4)])
            training.save(checkpoint)
            print(json.dumps({"patches": training.patches, "loss": round(float(np.mean(losses)), 4), "skill": round(skill, 4),
                              "ridge": round(ridge, 4), "hours": round(training.hours, 3)}), flush=True)
            losses.clear()
    training.hours += (time.monotonic() - tick) / 3600
    training.save(checkpoint)


if __name__ == "__main__":
    main()
