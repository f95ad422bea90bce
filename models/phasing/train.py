"""Train a phasing network: python3 -m phasing.train --output runs/first --crystals 100000

Runs on a GPU if there is one, else on the CPU. Started again with the same --output it resumes where it stopped.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from .crystals import RANGES, heldout_crystal
from .guessing import LOSSES, WEIGHTS, GuessTraining
from .mending import MendingNetwork
from .network import OUTPUTS, SIZE, GuessingNetwork, inputs_of, parameter_count
from .rollouts import MendTraining
from .scores import object_scores, phase_agreement, to_object

VALIDATION_SEED = 17_000_000
NETWORKS = {network.__name__: network for network in (GuessingNetwork, MendingNetwork)}


def load_network(checkpoint):
    """The averaged network of a checkpoint."""
    return network_of(torch.load(checkpoint, map_location="cpu"))


def network_of(state):
    """The averaged network of what a checkpoint holds."""
    network = NETWORKS[state["kind"]](**state["settings"]).eval()
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
    """By strain range: median agreement of reciprocal-space phases, and median correlation of the object with the truth."""
    found = {}
    for name, group in crystals.items():
        fields = guess(network, torch.cat([c.counts for c in group]), torch.cat([c.mask for c in group]), device)
        rows = [(phase_agreement(field, c.field[0].numpy()), object_scores(
            to_object(c.counts[0].sqrt().numpy() * field), to_object(c.field[0].numpy()))["correlation"])
            for field, c in zip(fields, group)]
        found[name] = [round(float(value), 3) for value in np.median(rows, 0)]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, required=True, help="folder of checkpoint and curve")
    parser.add_argument("--weights", type=Path, help="begin with the weights of this file, such as the shipped phase-64.pt")
    parser.add_argument("--network", choices=("mending", "guessing"), default="mending")
    parser.add_argument("--crystals", type=int, default=100_000, help="crystals to see; the rate falls over the last third")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-3, help="learning rate")
    parser.add_argument("--dimensions", type=int, choices=(2, 3), default=3, help="2: 128^2 images, 3: 64^3 volumes")
    parser.add_argument("--widths", type=int, nargs="+", default=[48, 96, 128], help="channels at half size and below")
    parser.add_argument("--blocks", type=int, nargs="+", default=[1, 1, 1], help="residual blocks, likewise")
    parser.add_argument("--steps", type=int, default=16, help="of mending")
    parser.add_argument("--network-output", choices=OUTPUTS, default="complex", help="of guessing")
    parser.add_argument("--loss", choices=LOSSES, default="squared", help="of guessing")
    parser.add_argument("--weight", choices=WEIGHTS, default="amplitude", help="of the voxels in the losses of guessing")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--every", type=int, default=200, help="batches between validations and checkpoints")
    parser.add_argument("--hours", type=float, default=1e9, help="stop after this many hours, ready to resume")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    training = make_training(arguments)
    arguments.output.mkdir(parents=True, exist_ok=True)
    checkpoint = arguments.output / "checkpoint.pt"
    if checkpoint.exists():
        training.load(checkpoint)
    elif arguments.weights:
        training.begin_with(torch.load(arguments.weights, map_location=training.device))
    print(f"{parameter_count(training.network)} parameters on {arguments.device}, from crystal {training.crystals}", flush=True)
    run(training, checkpoint, arguments.hours, arguments.every)


def make_training(arguments):
    common = {"seed": arguments.seed, "total": arguments.crystals, "batch_size": arguments.batch, "rate": arguments.rate,
              "device": arguments.device, "dimensions": arguments.dimensions, "widths": arguments.widths, "blocks": arguments.blocks}
    if arguments.network == "mending":
        return MendTraining(**common, steps=arguments.steps)
    return GuessTraining(**common, loss=arguments.loss, weight=arguments.weight, output=arguments.network_output)


def run(training, checkpoint, hours, every):
    """Train until the crystals or the hours are used up; validate and save every `every` batches."""
    validation = validation_set(training.dimensions)
    started = tick = time.monotonic()
    losses = []
    while training.crystals < training.total and time.monotonic() - started < hours * 3600:
        losses.append(training.step())
        if training.batches % every == 0:
            scores = validate(training.average, validation, training.device)
            training.hours += (time.monotonic() - tick) / 3600
            tick = time.monotonic()
            training.curve.append([training.crystals, round(float(torch.stack(losses).mean()), 4), scores])
            training.save(checkpoint)
            print(json.dumps({"crystals": training.crystals, "loss": training.curve[-1][1], "scores": scores,
                              "hours": round(training.hours, 3)}), flush=True)
            losses.clear()
    training.hours += (time.monotonic() - tick) / 3600
    training.save(checkpoint)


if __name__ == "__main__":
    main()
