"""A training that can be stopped and resumed: network, its slowly moving average (the one to be shipped), optimiser, curve."""

import copy
from abc import ABC, abstractmethod

import torch

from training import descend, follow, half_precision, write_state


class Training(ABC):
    """Steps of one network; what a step learns from is said by `loss_of_batch` and `crystals`.

    `options`: what else a checkpoint must agree with to be resumed.
    """

    def __init__(self, network, seed, total, batch_size, rate, device, **options):
        self.seed, self.total, self.batch_size, self.rate, self.device = seed, total, batch_size, rate, device
        self.dimensions = network.settings["dimensions"]
        self.layout = torch.channels_last_3d if self.dimensions == 3 else torch.channels_last
        self.network = network.to(device, memory_format=self.layout)
        self.average = copy.deepcopy(self.network).eval()
        self.optimiser = torch.optim.AdamW(self.network.parameters(), lr=rate, weight_decay=1e-4, betas=(0.9, 0.98))
        self.batches, self.hours, self.curve = 0, 0.0, []
        self.options = {"seed": seed, "batchSize": batch_size, **options}

    @property
    @abstractmethod
    def crystals(self):
        """How many crystals were seen."""

    @abstractmethod
    def loss_of_batch(self):
        """The loss of the batch that `seed` and `batches` decide."""

    def half_precision(self):
        return half_precision(self.device)

    def step(self):
        """Learn from one batch; returns the loss, still on the device so that a GPU need not wait for the CPU."""
        self.optimiser.param_groups[0]["lr"] = self.rate * self._schedule()
        loss = self.loss_of_batch()
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
        write_state(self.state(), path)

    def state(self):
        return {"network": self.network.state_dict(), "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(), "batches": self.batches, "crystals": self.crystals,
                "hours": self.hours, "curve": self.curve, "kind": type(self.network).__name__,
                "settings": self.network.settings, "options": self.options}

    def load(self, path):
        state = torch.load(path, map_location=self.device)
        if (state["options"], state["settings"]) != (self.options, self.network.settings):
            raise ValueError(f"{path} was trained with {state['options']} and {state['settings']}; resume with these.")
        self.restore(state)

    def begin_with(self, weights):
        """Take the averaged weights of a checkpoint or of an exported network for a training of its own."""
        found, wanted = ({key: value for key, value in settings.items() if key not in ("steps", "looks")}
                         for settings in (weights["settings"], self.network.settings))
        if found != wanted:
            raise ValueError(f"The weights are those of a network of {found}; train with these settings.")
        for network in (self.network, self.average):
            network.load_state_dict(weights["average"])

    def restore(self, state):
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.batches, self.hours, self.curve = state["batches"], state["hours"], state["curve"]
