import unittest

import numpy as np

from inpainting.patches import Clues, patch_at
from inpainting.scale import local_scale
from inpainting.simulate import simulate


class LocalScaleTest(unittest.TestCase):
    def test_is_that_of_what_was_measured_around(self):
        log, mask = np.full((20, 30, 41), 3.0), np.zeros((20, 30, 41), np.uint8)
        mask[:, 10:14], log[:, 10:14] = 1, 99
        mean, deviation = local_scale(log, mask)
        np.testing.assert_allclose(mean, 3, atol=1e-6)
        np.testing.assert_array_equal(deviation, np.float32(0.1))

    def test_follows_a_step_and_is_linear_between_cells(self):
        log = np.zeros((8, 8, 96))
        log[..., 48:] = 2
        mean, deviation = (volume[4, 4] for volume in local_scale(log, np.zeros(log.shape)))
        np.testing.assert_allclose(mean + mean[::-1], 2, atol=1e-5)
        np.testing.assert_allclose(np.diff(mean[44:52], 2), 0, atol=1e-5)
        self.assertTrue(deviation[0] == np.float32(0.1) and deviation.argmax() in range(43, 53) and 0.9 < deviation.max() <= 1)

    def test_far_from_all_that_was_measured_it_is_0_and_1(self):
        log, mask = np.full((4, 4, 200), 5.0), np.ones((4, 4, 200))
        mask[..., :8] = 0
        mean, deviation = local_scale(log, mask)
        self.assertEqual((mean[0, 0, 20], mean[0, 0, 190], deviation[0, 0, 190]), (5, 0, 1))

    def test_patches_are_standardised_voxel_by_voxel(self):
        counts = simulate((24, 32, 40), np.random.default_rng(1)).counts
        mask = np.zeros(counts.shape, np.uint8)
        mask[:, 10:14] = 1
        clues = Clues(np.where(mask > 0, 0, counts), mask)
        whole = local_scale(clues.ridge, mask)
        patch, mean, deviation = patch_at(clues, (0, 4, -8), (24, 16, 48))
        np.testing.assert_array_equal(mean[:, :, 8:], whole[0][:, 4:20])
        np.testing.assert_allclose((patch[0] * deviation + mean)[:, :, 8:], clues.ridge[:, 4:20], atol=1e-5)


if __name__ == "__main__":
    unittest.main()
