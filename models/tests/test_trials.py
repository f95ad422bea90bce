import unittest

import numpy as np
import torch

from inpainting.architectures import Incumbent, visible_range
from inpainting.cases import simulated_cases
from inpainting.centred import correlations, windows
from inpainting.gaps import plane
from inpainting.network import parameter_count
from inpainting.patches import Batch, Clues, Scenes, batch, cut, patch_at
from inpainting.scale import plain
from inpainting.train import Training
from inpainting.trials import TRIALS, judge


class TrialsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.set_num_threads(2)
        drawn = batch(Scenes(6, sizes=(40, 44)), 0, 6, size=1, alive=1)
        cls.drawn = Batch(*(torch.from_numpy(array) for array in drawn))

    def test_incumbent_has_the_published_number_of_parameters(self):
        self.assertEqual(parameter_count(Incumbent()), 2_771_309)

    def test_every_trial_learns_and_stays_below_8_million_parameters(self):
        for name, (network, loss, _) in TRIALS.items():
            with self.subTest(name):
                torch.manual_seed(1)
                network = network()
                self.assertLess(parameter_count(network), 8_000_000)
                optimiser = torch.optim.Adam(network.parameters(), lr=3e-4)
                values = []
                for _ in range(3):
                    prediction = network(self.drawn.inputs)
                    self.assertEqual(prediction.shape, (1, 2, 32, 32, 32))
                    value = loss(prediction, self.drawn)
                    optimiser.zero_grad()
                    value.backward()
                    optimiser.step()
                    values.append(float(value))
                self.assertLess(values[-1], values[0])

    def test_training_takes_a_network_with_two_dimensional_convolutions(self):
        network, loss, _ = TRIALS["aligned"]
        training = Training(3, 2, batch_size=1, scenes=Scenes(6, sizes=(40, 44)), network=network, loss=loss)
        self.assertTrue(np.isfinite(training.step()))
        self.assertEqual(training.patches, 1)

    def test_incumbent_does_not_see_what_a_fill_put_into_the_gap(self):
        network = Incumbent().eval()
        other = self.drawn.inputs.clone()
        other[:, 0] += 5 * (other[:, 1] > 0)
        with torch.no_grad():
            np.testing.assert_array_equal(network(self.drawn.inputs).numpy(), network(other).numpy())

    def test_visible_range_of_a_patch_without_measured_voxels_is_0_to_1(self):
        patch = torch.full((1, 5, 32, 32, 32), 7.0)
        patch[:, 1] = 1
        low, span = visible_range(patch)
        self.assertEqual((float(low), float(span)), (0, 1))


    def test_the_published_network_sees_log_counts_between_the_least_and_the_greatest_measured(self):
        counts = np.random.default_rng(3).poisson(np.geomspace(0.1, 1e4, 40)[:, None, None], (40, 40, 40)).astype(float)
        mask = plane(counts.shape, 1, 18, 4)
        patch, *scale = patch_at(Clues(np.where(mask > 0, 0, counts), mask, plain), (4, 4, 4))
        low, span = visible_range(torch.from_numpy(patch[None]))
        measured = np.log1p(counts[4:36, 4:36, 4:36])[patch[1] == 0]
        np.testing.assert_allclose(((patch[0] - float(low)) / float(span))[patch[1] == 0],
                                   (measured - measured.min()) / np.ptp(measured), atol=1e-5)
        self.assertTrue((scale[0] == 0).all() and (scale[1] == 1).all())


class CentredTest(unittest.TestCase):
    def test_windows_hold_the_gap_in_their_middle(self):
        self.assertEqual(windows((64, 96, 40), 1, 45, 6), [(z, 32, 0) for z in (0, 32)])

    def test_a_perfect_network_correlates_fully_and_ridge_does_not(self):
        case = next(simulated_cases(1, 64, (6,)))
        mask = plane(case.rate.shape, case.axis, case.start, case.width)
        clues = Clues(np.where(mask > 0, 0, case.counts), mask)
        corner = windows(case.rate.shape, case.axis, case.start, case.width)[0]
        _, mean, deviation = patch_at(clues, corner)
        truth = torch.from_numpy(((np.log1p(cut(case.rate, corner)) - mean) / deviation).astype(np.float32))
        found = correlations({"perfect": lambda patches: truth[None, None]}, [case])
        self.assertAlmostEqual(found["perfect"][6][0][1], 1, places=5)
        self.assertLess(found["ridge"][6][0][1], 0.999)

    def test_the_median_judges_ridge_alike_whatever_the_network_says(self):
        drawn = batch(Scenes(6, sizes=(40, 44)), 0, 6, size=3, alive=2)
        truth = torch.from_numpy(drawn.target)
        ridge, perfect = judge(lambda patches: truth[:, None], [drawn])
        self.assertEqual(perfect, 1)
        self.assertEqual(judge(lambda patches: patches[:, :1], [drawn]), (ridge, ridge))
