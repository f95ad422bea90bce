import unittest

import numpy as np

from inpainting import baselines
from inpainting.evaluate import scores
from inpainting.fill import corners, fill
from inpainting.gaps import cross, plane
from inpainting.network import GapNetwork
from inpainting.simulate import simulate


class FillTest(unittest.TestCase):
    def test_windows_see_every_gap_voxel(self):
        mask = cross((20, 50, 70), (3, 60), 6)
        seen = np.zeros_like(mask)
        for z, y, x in corners(mask):
            seen[max(z, 0):z + 32, max(y, 0):y + 32, max(x, 0):x + 32] = 1
        self.assertTrue((seen >= mask).all())

    def test_untrained_network_fills_linearly_and_keeps_measured_voxels(self):
        counts = simulate((24, 40, 48), np.random.default_rng(3)).counts
        mask = plane(counts.shape, 2, 20, 3)
        rate, deviation = fill(GapNetwork().eval(), counts * (mask == 0), mask)
        np.testing.assert_allclose(rate, baselines.linear(counts * (mask == 0), mask), atol=1e-4)
        self.assertTrue(((deviation > 0) == (mask > 0)).all())


class ScoreTest(unittest.TestCase):
    def setUp(self):
        self.rate = simulate((48, 48, 48), np.random.default_rng(8), "heldout").rate
        self.mask = plane(self.rate.shape, 1, 20, 4)
        self.truth = np.log1p(self.rate)
        self.hidden = np.where(self.mask, 0, self.rate)

    def test_truth_scores_one_and_linear_zero(self):
        linear = baselines.linear(self.hidden, self.mask)
        perfect = scores(self.truth, linear, self.truth, self.rate, self.mask, 1)
        self.assertAlmostEqual(perfect["skill"], 1)
        self.assertAlmostEqual(perfect["tilePcc"], 1, places=5)
        self.assertEqual(scores(linear, linear, self.truth, self.rate, self.mask, 1)["skill"], 0)

    def test_ridge_beats_linear_without_noise(self):
        linear = baselines.linear(self.hidden, self.mask)
        ridge = baselines.ridge(self.hidden, self.mask, 1, 20, 4, places=4000)
        self.assertGreater(scores(ridge, linear, self.truth, self.rate, self.mask, 1)["skill"], 0.2)
