"""The trained networks that are compared."""

import json
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from .networks import PreviewNetwork
from .train import load_network

ALL = "mse+ssim+gradient"
LOSSES = ("mse", "mae", "ssim", ALL)
NETWORKS = ("unet", "msd", "modified")
PREVIEW = "preview-mse+gradient-any"
SHIPPED = Path(__file__).parents[1] / "inpaint-frame128.onnx"


class Runs:
    """The trained networks of a folder, by name, and how they were trained; the preview network is the shipped one where the
    folder has none."""

    def __init__(self, folder):
        self.folder, self.states, self.loaded = folder, {}, {}

    def __getitem__(self, name):
        if name not in self.loaded:
            checkpoint = self.folder / name / "checkpoint.pt"
            if checkpoint.exists():
                self.loaded[name], self.states[name] = load_network(checkpoint)
            elif name == PREVIEW:
                self.loaded[name], self.states[name] = shipped_preview()
            else:
                raise FileNotFoundError(f"{checkpoint} is missing; train it first with flat.train (see models/README.md).")
        return self.loaded[name]


def shipped_preview():
    """The network of the ONNX file beside its card, and what the card tells of its training."""
    weights = {value.name: torch.from_numpy(numpy_helper.to_array(value).copy()) for value in onnx.load(SHIPPED).graph.initializer}
    network = PreviewNetwork().eval()
    network.load_state_dict(weights)
    training = json.loads(SHIPPED.with_suffix(".json").read_text())["training"]
    settings = {key: training[key] for key in ("seed", "batch", "rate")}
    return network, {"settings": {**settings, "patterns": training["patternsSeen"], "epochs": 1}, "hours": training["hours"],
                     "batches": training["patternsSeen"] // training["batch"], "start": None}
