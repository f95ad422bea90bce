"""Train a two-dimensional network: python3 -m flat.train --network unet --loss mse+ssim+gradient --gap 9

Without more options as in the thesis: 12,000 patterns, 10 epochs, batches of 32, Adam. Runs on a GPU if there is one, else on the
CPU. Started again with the same options it resumes where it stopped.
"""

import argparse
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from training import descend, half_precision, write_state

from .examples import Patterns, batch
from .losses import LOSSES, loss_of
from .networks import NETWORKS, parameter_count

VALIDATION_SEED = 7_100_000


@dataclass(frozen=True)
class Settings:
    """What decides the result of a training. `gap`: width in pixels, or "any" for a network which knows the mask."""

    network: str = "unet"
    loss: str = "mse+ssim+gradient"
    gap: str = "9"
    seed: int = 1
    patterns: int = 12_000
    epochs: int = 10
    batch: int = 32
    rate: float = 1e-4

    @property
    def name(self):
        return f"{self.network}-{self.loss}-{self.gap}"

    @property
    def total(self):
        """Batches from start to end."""
        return self.patterns * self.epochs // self.batch


class Training:
    """Network, optimiser and the number of batches seen."""

    def __init__(self, settings, device="cpu"):
        torch.manual_seed(settings.seed)
        self.settings, self.device = settings, device
        self.network = NETWORKS[settings.network]().to(device, memory_format=torch.channels_last)
        self.optimiser = torch.optim.Adam(self.network.parameters(), lr=settings.rate)
        keep = settings.patterns if settings.epochs > 1 else 0
        self.patterns = Patterns(settings.seed, "mixed" if self.network.prefilled else "polygons", keep)
        self.batches, self.hours, self.curve, self.start = 0, 0.0, [], None

    @property
    def seen(self):
        return self.batches * self.settings.batch

    def step(self):
        """Learn from one batch; returns the loss."""
        settings = self.settings
        draws = range(self.seen, self.seen + settings.batch)
        arrays = batch(self.patterns, [(draw % settings.patterns, draw) for draw in draws], settings.seed, settings.gap,
                       self.network.prefilled)
        inputs, target, gap, slope, shift = (torch.from_numpy(a).to(self.device) for a in arrays)
        inputs = inputs.contiguous(memory_format=torch.channels_last)
        self.optimiser.param_groups[0]["lr"] = settings.rate * self._schedule()
        with half_precision(self.device):
            output = self.network(inputs)
        loss = loss_of(settings.loss, output[:, 0].float() * slope + shift, target, gap)
        descend(self.network, self.optimiser, loss)
        self.batches += 1
        return float(loss.detach())

    def _schedule(self):
        """Warm up over a twentieth (at most 200 batches), constant, down to nothing over the last third."""
        total = self.settings.total
        warm = min(200, max(total // 20, 1))
        return min(1.0, (self.batches + 1) / warm, max(3 * (1 - self.batches / total), 0.0))

    def start_from(self, checkpoint):
        """Begin with the weights of another training of the same network."""
        state = torch.load(checkpoint, map_location=self.device)
        if state["settings"]["network"] != self.settings.network:
            raise ValueError(f"{checkpoint} holds a {state['settings']['network']} network; "
                             f"start from one of {self.settings.network}.")
        self.network.load_state_dict(state["network"])
        self.start = {**state["settings"], "seen": state["batches"] * state["settings"]["batch"]}

    def save(self, path):
        """Write everything needed to resume."""
        state = {"settings": asdict(self.settings), "network": self.network.state_dict(),
                 "optimiser": self.optimiser.state_dict(), "batches": self.batches, "hours": self.hours, "curve": self.curve,
                 "start": self.start}
        write_state(state, path)

    def load(self, path):
        state = torch.load(path, map_location=self.device)
        if state["settings"] != asdict(self.settings):
            raise ValueError(f"{path} was trained with {state['settings']}; resume with these or choose another --output.")
        self.network.load_state_dict(state["network"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.batches, self.hours, self.curve, self.start = (state[key] for key in ("batches", "hours", "curve", "start"))


def load_network(checkpoint):
    """The network of a checkpoint, ready to use, and what the checkpoint tells of its training."""
    state = torch.load(checkpoint, map_location="cpu")
    network = NETWORKS[state["settings"]["network"]]().eval()
    network.load_state_dict(state["network"])
    return network, state


def validation_set(settings, prefilled, count=32):
    """Fixed patterns never trained with; for the preview network frames of another crystal family."""
    patterns = Patterns(VALIDATION_SEED, "heldout" if prefilled else "polygons")
    return [batch(patterns, [(number, number)], VALIDATION_SEED, settings.gap, prefilled) for number in range(count)]


def validate(network, batches, device="cpu"):
    """Mean squared error and mean correlation in the gap, on the scale of the loss: for the preview network 1 is linear."""
    errors, correlations = [], []
    with torch.no_grad():
        for inputs, target, gap, slope, shift in batches:
            found = network(torch.from_numpy(inputs).to(device))[:, 0].float().cpu().numpy() * slope + shift
            found, target = found[gap > 0], target[gap > 0]
            errors.append(np.square(found - target).mean())
            if found.std() > 0 and target.std() > 0:
                correlations.append(np.corrcoef(found, target)[0, 1])
    return float(np.mean(errors)), float(np.mean(correlations or [0]))


def run(training, checkpoint, hours=1e9, every=100):
    """Train until the patterns or the hours are used up; validate and save every `every` batches and at the end."""
    validation = validation_set(training.settings, training.network.prefilled)
    started = tick = time.monotonic()
    losses = []
    while training.batches < training.settings.total and time.monotonic() - started < hours * 3600:
        losses.append(training.step())
        if training.batches % every == 0 or training.batches == training.settings.total:
            error, correlation = validate(training.network, validation, training.device)
            training.hours += (time.monotonic() - tick) / 3600
            tick = time.monotonic()
            training.curve.append([training.seen, round(error, 6), round(correlation, 4)])
            training.save(checkpoint)
            print(json.dumps({"seen": training.seen, "loss": round(float(np.mean(losses)), 5), "mse": round(error, 5),
                              "pcc": round(correlation, 4), "hours": round(training.hours, 3)}), flush=True)
            losses.clear()
    training.hours += (time.monotonic() - tick) / 3600
    training.save(checkpoint)


def main():
    default = Settings()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("runs/flat"), help="folder of runs; each gets its own in it")
    parser.add_argument("--network", choices=NETWORKS, default=default.network)
    parser.add_argument("--loss", choices=LOSSES, default=default.loss)
    parser.add_argument("--gap", choices=["3", "6", "9", "12", "any"], default=default.gap,
                        help="width in pixels; any: all widths and shapes, for the preview network")
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument("--patterns", type=int, default=default.patterns, help="different patterns")
    parser.add_argument("--epochs", type=int, default=default.epochs, help="times each pattern is seen, with new gaps each time")
    parser.add_argument("--batch", type=int, default=default.batch)
    parser.add_argument("--rate", type=float, default=default.rate, help="learning rate")
    parser.add_argument("--start", type=Path, help="checkpoint.pt whose weights to begin with")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--hours", type=float, default=1e9, help="stop after this many hours, ready to resume")
    parser.add_argument("--every", type=int, default=100, help="batches between saves")
    arguments = parser.parse_args()
    settings = Settings(**{key: getattr(arguments, key) for key in asdict(default)})
    if (settings.gap == "any") != NETWORKS[settings.network].prefilled:
        parser.error("--gap any is for --network preview, which knows the mask; the others need a width.")
    torch.set_num_threads(arguments.threads)
    training = Training(settings, "cuda" if torch.cuda.is_available() else "cpu")
    folder = arguments.output / settings.name
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        training.load(checkpoint)
    elif arguments.start:
        training.start_from(arguments.start)
    print(f"{settings.name}: {parameter_count(training.network)} parameters on {training.device}, from pattern {training.seen} "
          f"of {settings.total * settings.batch}", flush=True)
    run(training, checkpoint, arguments.hours, arguments.every)


if __name__ == "__main__":
    main()
