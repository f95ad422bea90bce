"""What every training must do when it is started again."""

import tempfile
from pathlib import Path

import torch


def assert_resumes_bit_equal(test, make):
    """Three steps in a row are two steps, a checkpoint and one more. `make` gives a fresh training each time."""
    straight, first, second = make(), make(), make()
    for _ in range(3):
        straight.step()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "checkpoint.pt"
        for _ in range(2):
            first.step()
        first.save(path)
        second.load(path)
    second.step()
    for expected, found in zip(straight.network.state_dict().values(), second.network.state_dict().values()):
        test.assertTrue(torch.equal(expected, found))
