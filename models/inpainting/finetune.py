"""Adapt the network to measured scans: python3 -m inpainting.finetune inpaint-patch32.pt SCAN.h5 --mask mask.npy --output runs/mine

Gaps are laid over what was measured, and the network learns the counts which they hide. What lies right of the peak is kept
for the scores before and after. Writes a checkpoint of which `inpainting.export` makes a new model with its card.
"""

import argparse
import copy
import json
import time
from pathlib import Path

import numpy as np
import torch

from training import descend, half_precision

from .evaluate import load_network
from .gaps import random_mask
from .patches import Batch, Scene, training_patch
from .scan import load_counts
from .scores import poisson_deviance
from .train import loss_of

WINDOW = 96


class ScanScenes:
    """Scenes of measured scans with gaps laid over them. Those of an even number are scored left of the peak (columns below
    it), those of an odd number right of it: one side to learn from, the other to judge by."""

    def __init__(self, scans, masks, seed):
        self._scans, self._masks, self._seed = scans, masks, seed

    def scene(self, number):
        rng = np.random.default_rng([self._seed, number])
        which = int(rng.integers(len(self._scans)))
        counts, unknown = self._scans[which], self._masks[which]
        peak = np.array(np.unravel_index((counts * (unknown == 0)).argmax(), counts.shape))
        low = np.clip(peak - rng.integers(WINDOW // 4, 3 * WINDOW // 4, 3), 0, np.maximum(np.array(counts.shape) - WINDOW, 0))
        box = tuple(slice(a, a + WINDOW) for a in low)
        counts, unknown = counts[box], unknown[box]
        right = np.arange(counts.shape[2]) + low[2] > peak[2]
        while True:
            laid = random_mask(counts.shape, rng)
            scored = (laid > 0) & (unknown == 0) & (right == number % 2)
            if scored.any():
                return Scene(counts, np.log1p(counts), np.maximum(laid, unknown), counted=True, scored=scored)


def draw(scenes, rng, size):
    """A batch of `size` random patches of some scenes, as tensors."""
    drawn = [training_patch(scenes[rng.integers(len(scenes))], rng) for _ in range(size)]
    return Batch(*(torch.from_numpy(np.ascontiguousarray(np.stack(part), dtype=np.float32)) for part in zip(*drawn)))


def finetune(network, scenes, steps, rate, seed, batch_size=16, alive=8, every=8):
    """A copy of `network` after `steps` batches of the scenes of even numbers."""
    network = copy.deepcopy(network).train()
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-4)
    kept = []
    for step in range(steps):
        if step % every == 0:
            kept = (kept + [scenes.scene(2 * (step // every))])[-alive:]
        optimiser.param_groups[0]["lr"] = rate * 0.5 * (1 + np.cos(np.pi * step / steps))
        drawn = draw(kept, np.random.default_rng([seed, step]), batch_size)
        with half_precision("cpu"):
            prediction = network(drawn.inputs)
        descend(network, optimiser, loss_of(prediction, drawn))
    return network.eval()


def judge(network, scenes, batches=6, size=16):
    """On patches of scenes of odd numbers: skill over linear on log1p of the hidden counts, and their mean Poisson deviance,
    for linear, ridge and the network."""
    squares, deviances = np.zeros(3), np.zeros(3)
    voxels = 0
    for number in range(batches):
        drawn = draw([scenes.scene(2 * number + 1)], np.random.default_rng(number), size)
        with torch.no_grad():
            rate = network(drawn.inputs)[:, 0]
        chosen = drawn.scored > 0
        truth = (drawn.mean + drawn.deviation * drawn.target)[chosen].numpy()
        for i, fill in enumerate((drawn.inputs[:, 2], drawn.inputs[:, 0], rate)):
            log = np.maximum((drawn.mean + drawn.deviation * fill)[chosen].numpy(), 0)
            squares[i] += np.square(log - truth).sum()
            deviances[i] += poisson_deviance(np.round(np.expm1(truth)), np.expm1(log)).sum()
        voxels += truth.size
    return {name: {"skill": round(float(1 - square / squares[0]), 4), "deviance": round(float(deviance / voxels), 4)}
            for name, square, deviance in zip(("linear", "ridge", "network"), squares, deviances)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("scans", type=Path, nargs="+", help="measured scans (Lima or plain HDF5)")
    parser.add_argument("--mask", type=Path, help=".npy, a frame or a volume, 1 = no data in any of the scans")
    parser.add_argument("--output", type=Path, required=True, help="folder for checkpoint.pt and finetuning.json")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--rate", type=float, default=2e-4, help="learning rate to begin with")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    scans = [load_counts(file) for file in arguments.scans]
    mask = np.load(arguments.mask) if arguments.mask else 0
    masks = [np.broadcast_to(mask, scan.shape).astype(np.uint8) for scan in scans]
    scenes = ScanScenes(scans, masks, arguments.seed)
    network = load_network(arguments.checkpoint)
    report = {"scans": [file.name for file in arguments.scans], "steps": arguments.steps, "before": judge(network, scenes)}
    print("before", json.dumps(report["before"]), flush=True)
    started = time.monotonic()
    network = finetune(network, scenes, arguments.steps, arguments.rate, arguments.seed)
    report.update(minutes=round((time.monotonic() - started) / 60, 1), after=judge(network, scenes))
    print("after ", json.dumps(report["after"]), flush=True)
    state = torch.load(arguments.checkpoint, map_location="cpu")
    arguments.output.mkdir(parents=True, exist_ok=True)
    torch.save({**state, "average": network.state_dict(), "finetuning": report}, arguments.output / "checkpoint.pt")
    (arguments.output / "finetuning.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
