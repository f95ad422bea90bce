import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from inpainting.patches import Batch, Scenes
from inpainting.train import Training, batch, counting_loss, loss_of, photon_loss, similarity_loss

from training import write_state

from .resuming import assert_resumes_bit_equal


def guessed(truth):
    """Patches with a gap of 12 layers, for which ridge has 0 on their scale everywhere."""
    ones = torch.ones_like(truth)
    hidden = ones * (torch.arange(32) < 12)
    inputs = torch.stack([0 * ones, hidden, 0 * ones, 0 * ones, 0 * ones], 1)
    inputs[:, 0] = torch.where(hidden > 0, inputs[:, 0], truth)
    return Batch(inputs, truth, hidden, 4 * ones, ones, torch.zeros(len(truth)))


def small(total=200):
    return Training(seed=5, total=total, batch_size=2, scenes=Scenes(5, sizes=(40, 44)))


class TrainTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.set_num_threads(2)

    def test_steps_lower_the_loss(self):
        training = small()
        drawn = Batch(*(torch.from_numpy(a) for a in batch(training.scenes, 0, 5, 2)))
        before = float(loss_of(training.network(drawn.inputs), drawn))
        for _ in range(12):
            training.optimiser.param_groups[0]["lr"] = 1e-3
            loss = loss_of(training.network(drawn.inputs), drawn)
            training.optimiser.zero_grad()
            loss.backward()
            training.optimiser.step()
        self.assertLess(float(loss), before)

    def test_resumes_bit_equal(self):
        assert_resumes_bit_equal(self, small)

    def test_a_training_on_another_scale_does_not_go_on(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "checkpoint.pt"
            small().save(path)
            write_state({**torch.load(path), "scale": "patch"}, path)
            with self.assertRaisesRegex(ValueError, "another scale; begin anew with --weights"):
                small().load(path)

    def test_begins_with_the_averaged_weights_of_another(self):
        other, training = small(), small()
        other.step()
        training.begin_with({"average": other.average.state_dict()})
        for expected, *found in zip(other.average.parameters(), training.network.parameters(), training.average.parameters()):
            for weights in found:
                self.assertTrue(torch.equal(expected, weights))
        self.assertEqual(training.patches, 0)

    def test_counts_are_best_explained_by_their_mean_not_by_the_mean_of_their_logarithms(self):
        counts = torch.from_numpy(np.random.default_rng(2).poisson(1.5, (1, 32, 32, 32)).astype(np.float32))
        ones = torch.ones_like(counts)
        drawn = Batch(None, torch.log1p(counts) / 2, ones, 0 * ones, 2 * ones, torch.ones(1))
        for photons, sign in ((1.2, -1), (float(counts.mean()), 0), (1.8, 1)):
            rate = torch.full_like(counts, float(np.log1p(photons)) / 2).requires_grad_()
            counting_loss(rate, drawn).backward()
            slope = float(rate.grad.sum())
            self.assertEqual(np.sign(round(slope, 3)), sign)

    def test_brighter_and_darker_than_expected_count_alike(self):
        drawn = guessed(torch.where(torch.arange(32) % 2 > 0, 1.0, -1.0).expand(1, 32, 32, 32))
        rate = torch.zeros(1, 32, 32, 32, requires_grad=True)
        photon_loss(rate - drawn.target, drawn).backward()
        self.assertAlmostEqual(float(rate.grad.sum()), 0, places=5)
        self.assertGreater(float(rate.grad.abs().sum()), 0.1)

    def test_layers_are_most_similar_to_themselves_and_counted_ones_are_not_compared(self):
        truth = torch.from_numpy(np.random.default_rng(4).normal(size=(2, 32, 32, 32)).astype(np.float32))
        drawn = guessed(truth)
        self.assertAlmostEqual(float(similarity_loss(truth, drawn)), 0, places=5)
        other = torch.stack([truth[0], 0 * truth[1]])
        whole = float(similarity_loss(other, drawn))
        self.assertGreater(whole, 0.01)
        half = drawn._replace(counted=torch.tensor([1.0, 0.0]))
        self.assertAlmostEqual(float(similarity_loss(other, half)), 2 * whole, places=5)
        half = drawn._replace(counted=torch.tensor([0.0, 1.0]))
        self.assertAlmostEqual(float(similarity_loss(other, half)), 0, places=5)

    def test_untrained_network_is_the_ridge_fill(self):
        patch = np.random.default_rng(1).normal(size=(1, 5, 32, 32, 32)).astype(np.float32)
        with torch.no_grad():
            rate, deviation = small().average(torch.from_numpy(patch)).numpy()[0]
        np.testing.assert_array_equal(rate, patch[0, 0])
        self.assertTrue((deviation > 0).all())
