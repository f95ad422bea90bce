import unittest
from pathlib import Path

import numpy as np

from inpainting.prefill import linear_prefill

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "prefill.npz"


def prefill(values, mask):
    return linear_prefill(np.array(values, float), np.array(mask))


class PrefillTest(unittest.TestCase):
    def test_interpolates_between_both_sides(self):
        np.testing.assert_allclose(prefill([[[1, 0, 0, 4]]], [[[0, 1, 1, 0]]]), [[[1, 2, 3, 4]]])

    def test_takes_the_nearest_value_at_a_border(self):
        np.testing.assert_allclose(prefill([[[0, 0, 5, 7]]], [[[1, 1, 0, 0]]]), [[[5, 5, 5, 7]]])

    def test_weights_axes_by_inverse_square_distance(self):
        values = [[[0, 2, 0], [1, 9, 3], [0, 2, 0], [0, 2, 0]]]
        mask = [[[0, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 0]]]
        # Along y: 2 at distances 1 and 2, weight 1/9; along x: 1 and 3 at distance 1, weight 1/4.
        expected = (2 / 9 + 2 / 4) / (1 / 9 + 1 / 4)
        self.assertAlmostEqual(prefill(values, mask)[0, 1, 1], expected)

    def test_two_sided_axes_silence_one_sided_ones(self):
        self.assertAlmostEqual(prefill([[[1, 0, 3], [50, 50, 50]]], [[[0, 1, 0], [0, 0, 0]]])[0, 0, 1], 2)

    def test_one_sided_axes_are_weighted_too(self):
        values = [[[0, 0, 8], [4, 0, 0]]]
        mask = [[[1, 1, 0], [0, 1, 1]]]
        # At the first voxel: 8 at distance 2 along x, 4 at distance 1 along y.
        self.assertAlmostEqual(prefill(values, mask)[0, 0, 0], (8 / 4 + 4) / (1 / 4 + 1))

    def test_voxels_which_see_nothing_use_filled_ones(self):
        mask = np.zeros((1, 5, 5), int)
        mask[:, 2, :] = mask[:, :, 2] = 1
        values = np.where(mask, 0, 3.0)
        np.testing.assert_allclose(linear_prefill(values, mask), np.full((1, 5, 5), 3.0))

    def test_nothing_measured_gives_zero(self):
        np.testing.assert_array_equal(linear_prefill(np.ones((2, 2, 2)), np.ones((2, 2, 2))), np.zeros((2, 2, 2)))

    def test_golden_volume(self):
        golden = np.load(GOLDEN)
        np.testing.assert_allclose(linear_prefill(np.log1p(golden["counts"]), golden["mask"]), golden["prefill"], atol=1e-12)
