"""Compare architectures, inputs and losses, each after the same patches: python3 -m inpainting.trials --patches 6400 --output runs/trials

Writes one line per trial to trials.md in the output folder. Started again it goes on with the trials which are missing.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from . import train
from .architectures import LINEAR, DilatedUNet, GapAligned, Incumbent, Without
from .network import GapNetwork, parameter_count
from .patches import Scenes
from .scale import local_scale, plain


def absolute(prediction, batch):
    """Absolute in place of squared errors, otherwise the loss of `train`."""
    rate, sigma, known, weight, error = _parts(prediction, batch)
    fit = (weight * error.abs()).sum() / weight.sum().clamp(min=1e-6)
    return fit + 0.1 * train.likelihood_loss(error, sigma, known)


def squared(prediction, batch):
    """Squared errors alone."""
    rate, sigma, known, weight, error = _parts(prediction, batch)
    return train.squared_loss(error, weight) + 0.1 * train.likelihood_loss(error, sigma, known)


def squared_and_gradients(prediction, batch):
    """Squared errors and those of the gradients."""
    rate, sigma, known, weight, error = _parts(prediction, batch)
    return squared(prediction, batch) + 0.5 * train.gradient_loss(error, known, weight)


def poisson(prediction, batch):
    """Half the Poisson deviance of the true rate under the predicted one, over 1 + rate."""
    rate, sigma, known, _, error = _parts(prediction, batch)
    counted = batch._replace(counted=torch.ones_like(batch.counted))
    return train.counting_loss(rate, counted) + 0.1 * train.likelihood_loss(error, sigma, known)


def squared_gradients_and_ssim(prediction, batch):
    """The same and 1 - structural similarity of the layers."""
    return squared_and_gradients(prediction, batch) + 0.5 * train.similarity_loss(prediction[:, 0].float(), batch)


def squared_gradients_and_photons(prediction, batch):
    """Squared errors, those of the gradients, and those of the brightest voxels."""
    *_, error = _parts(prediction, batch)
    return squared_and_gradients(prediction, batch) + 0.2 * train.photon_loss(error, batch)


def of_the_incumbent(prediction, batch):
    """Absolute errors, those of the gradients, and 1 - structural similarity of the layers (Masto et al. 2024)."""
    rate, _, known, _, error = _parts(prediction, batch)
    gradients = sum(error.diff(dim=d).abs().mean() for d in (1, 2, 3))
    return error.abs().sum() / known.sum().clamp(min=1) + gradients + train.similarity_loss(rate, batch)


def _parts(prediction, batch):
    rate, sigma = prediction[:, 0].float(), prediction[:, 1].float()
    known, weight = train.known_weights(batch)
    return rate, sigma, known, weight, (rate - batch.target) * known


TRIALS = {
    "shipped": (GapNetwork, train.loss_of, "folded U-Net; ridge, mask, linear, Friedel mate; squared + gradients + SSIM + photons"),
    "incumbent": (Incumbent, of_the_incumbent, "architecture and loss of Masto et al. 2024"),
    "dilated": (DilatedUNet, train.loss_of, "U-Net with dilated encoder and skip at full resolution"),
    "aligned": (GapAligned, train.loss_of, "2.5D network: layers across the gap as channels"),
    "no-mate": (lambda: Without(GapNetwork(), mate=False), train.loss_of, "without the Friedel mate"),
    "no-ridge": (lambda: Without(GapNetwork(), ridge=False), train.loss_of, "corrects the linear fill; ridge not seen"),
    "linear-only": (lambda: Without(GapNetwork(), False, False), train.loss_of, "linear fill and mask alone"),
    "squared": (GapNetwork, squared, "loss: squared errors alone"),
    "absolute": (GapNetwork, absolute, "loss: absolute errors alone"),
    "poisson": (GapNetwork, poisson, "loss: Poisson likelihood"),
    "gradients": (GapNetwork, squared_and_gradients, "loss: squared + gradients"),
    "photons": (GapNetwork, squared_gradients_and_photons, "loss: squared + gradients + photons"),
    "ssim": (GapNetwork, squared_gradients_and_ssim, "loss: squared + gradients + SSIM"),
}


def run(name, patches, seed, folder):
    """Train one trial, or go on with it; returns its row."""
    network, loss, story = TRIALS[name]
    scale = plain if network is Incumbent else local_scale
    scenes = Scenes(seed, wide_share=train.WIDE_SHARE, scale=scale)
    training = train.Training(seed, patches, scenes=scenes, network=network, loss=loss)
    checkpoint = folder / f"{name}.pt"
    if checkpoint.exists():
        training.load(checkpoint)
    started = time.monotonic()
    while training.patches < patches:
        training.step()
        if training.batches % 50 == 0:
            training.save(checkpoint)
    training.hours += (time.monotonic() - started) / 3600
    training.save(checkpoint)
    ridge, skill = judge(training.average, train.validation_set(scale=scale))
    return {"trial": name, "what": story, "parameters": parameter_count(training.network), "patches": training.patches,
            "skill": round(skill, 4), "ridge": round(ridge, 4), "minutes": round(60 * training.hours, 1)}


def judge(network, batches):
    """Median over validation patches of 1 - squared error / that of linear, of ridge and of the network. Not pooled as in
    `train.validate`: a few patches with huge errors must not decide which design is better."""
    ridge, ours = [], []
    for drawn in batches:
        with torch.no_grad():
            rate = network(torch.from_numpy(drawn.inputs))[:, 0].float().numpy()
        linear, first, filled = (np.square((fill - drawn.target) * drawn.deviation * drawn.scored).sum((1, 2, 3))
                                 for fill in (drawn.inputs[:, LINEAR], drawn.inputs[:, 0], rate))
        ridge += list(1 - first / linear)
        ours += list(1 - filled / linear)
    return float(np.median(ridge)), float(np.median(ours))


def as_markdown(rows):
    lines = ["| trial | what | parameters | patches | median skill | minutes |", "|---|---|---|---|---|---|"]
    lines += ["| {trial} | {what} | {parameters:,} | {patches:,} | {skill:.3f} | {minutes} |".format(**row) for row in rows]
    return "\n".join(lines) + f"\n\nRidge alone: median skill {rows[0]['ridge']:.3f}.\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--patches", type=int, default=6400)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--only", nargs="*", choices=list(TRIALS), default=list(TRIALS))
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    arguments.output.mkdir(parents=True, exist_ok=True)
    found = arguments.output / "trials.json"
    rows = json.loads(found.read_text()) if found.exists() else []
    for name in arguments.only:
        if name not in [row["trial"] for row in rows]:
            rows.append(run(name, arguments.patches, arguments.seed, arguments.output))
            print(json.dumps(rows[-1]), flush=True)
            found.write_text(json.dumps(rows, indent=1) + "\n")
            found.with_suffix(".md").write_text(as_markdown(rows))


if __name__ == "__main__":
    main()
