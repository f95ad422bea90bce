"""What the trainings of all networks share."""

import os
from pathlib import Path

import torch


def descend(network, optimiser, loss):
    """One step of the optimiser down the gradient of `loss`, whose length is at most 1."""
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()


def follow(slow, fast, batches):
    """Draw the averaged network `slow` after `fast`: over some 500 batches later on, faster at first."""
    keep = min(0.998, (1 + batches) / (10 + batches))
    with torch.no_grad():
        for average, parameter in zip(slow.parameters(), fast.parameters()):
            average.lerp_(parameter, 1 - keep)


def write_state(state, path):
    """Save a checkpoint; a reader never sees half a file."""
    temporary = Path(f"{path}.part")
    torch.save(state, temporary)
    os.replace(temporary, path)
