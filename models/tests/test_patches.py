import unittest

import numpy as np

from inpainting.gaps import cross, plane, random_mask
from inpainting.patches import Clues, Scenes, batch, cut, inside, patch_at


class WindowTest(unittest.TestCase):
    def test_repeats_the_edge_and_masks_outside(self):
        counts = np.random.default_rng(2).poisson(9, (20, 40, 40)).astype(float)
        patch, mean, deviation = patch_at(Clues(counts, np.zeros(counts.shape, np.uint8)), (-6, 0, 8))
        np.testing.assert_array_equal(patch[1].mean((1, 2)), [1] * 6 + [0] * 20 + [1] * 6)
        for fill in patch[0], patch[2]:
            np.testing.assert_allclose((fill * deviation + mean)[6], np.log1p(counts[0, :32, 8:]), atol=1e-4)
        self.assertTrue((patch[3:, :6] == 0).all())

    def test_cut_inside_is_plain_slicing(self):
        volume = np.random.default_rng(1).random((34, 35, 36))
        np.testing.assert_array_equal(cut(volume, (1, 2, 3)), volume[1:33, 2:34, 3:35])
        self.assertTrue(inside(volume.shape, (1, 2, 3)).all())

    def test_batches_depend_on_seed_and_number_only(self):
        first = batch(Scenes(3, sizes=(40, 44)), 5, 3, size=2, alive=2)
        again = batch(Scenes(3, sizes=(40, 44)), 5, 3, size=2, alive=2)
        for a, b in zip(first, again):
            np.testing.assert_array_equal(a, b)

    def test_scored_voxels_are_gap_voxels(self):
        drawn = batch(Scenes(4, sizes=(40, 44)), 0, 4, size=4, alive=2)
        self.assertTrue((drawn.scored <= drawn.inputs[:, 1]).all())
        self.assertTrue((drawn.scored.sum((1, 2, 3)) > 0).all())

    def test_measured_scans_are_every_second_scene_and_marked_as_counts(self):
        scan = np.random.default_rng(1).poisson(3, (50, 50, 50)).astype(np.float32)
        scenes = Scenes(4, sizes=(40, 44), measured=[scan])
        self.assertEqual([scenes.scene(number).counted for number in range(4)], [False, True, False, True])


class GapTest(unittest.TestCase):
    def test_plane_may_leave_the_volume(self):
        self.assertEqual(plane((4, 5, 6), 2, -1, 3).sum(), 4 * 5 * 2)

    def test_cross_spans_the_rocking_axis(self):
        mask = cross((3, 8, 8), (2, 4), 2)
        self.assertTrue((mask == mask[:1]).all())
        self.assertEqual(mask[0].sum(), 16 + 16 - 4)

    def test_random_masks_are_masks(self):
        for seed in range(40):
            mask = random_mask((40, 44, 48), np.random.default_rng(seed))
            self.assertEqual(mask.dtype, np.uint8)
            self.assertLessEqual(mask.max(), 1)
            self.assertLess(mask.mean(), 0.7)
