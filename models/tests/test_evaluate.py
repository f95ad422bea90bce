import unittest

import numpy as np

from skimage.restoration import inpaint_biharmonic

from inpainting import baselines
from inpainting.baselines import biharmonic as biharmonic_of
from inpainting.evaluate import METHODS, evaluate, lost, means
from inpainting.fill import corners, fill
from inpainting.friedel import centre_of_symmetry, friedel_mate
from inpainting.gaps import cross, plane
from inpainting.network import GapNetwork
from inpainting.scores import by_rate, poisson_deviance, scores
from inpainting.simulate import simulate
from inpainting.wide import binned, coarsened, spread, wide


class FillTest(unittest.TestCase):
    def test_windows_see_every_gap_voxel(self):
        scattered = (np.random.default_rng(1).random((20, 50, 70)) < 0.02).astype(np.uint8)
        for mask in cross((20, 50, 70), (3, 60), 6), scattered:
            seen = np.zeros_like(mask)
            for z, y, x in corners(mask):
                seen[max(z, 0):z + 32, max(y, 0):y + 32, max(x, 0):x + 32] = 1
            self.assertTrue((seen >= mask).all())

    def test_every_window_counts_as_often_as_it_is_needed(self):
        mask = plane((32, 64, 64), 1, 30, 4)
        self.assertEqual(len(corners(mask, stride=16)), 2 * 4)
        self.assertEqual(corners(mask, stride=32), [(0, 16, 0), (0, 16, 32)])

    def test_untrained_network_fills_by_ridge_and_keeps_measured_voxels(self):
        counts = simulate((24, 40, 48), np.random.default_rng(3)).counts
        mask = plane(counts.shape, 2, 20, 3)
        rate, deviation = fill(GapNetwork().eval(), counts * (mask == 0), mask)
        np.testing.assert_allclose(rate, baselines.ridge(counts * (mask == 0), mask), atol=1e-4)
        self.assertTrue(((deviation > 0) == (mask > 0)).all())


class WideTest(unittest.TestCase):
    def test_a_gap_is_wide_where_a_cube_fits_in(self):
        shape = (9, 60, 60)
        self.assertFalse(wide(cross(shape, (20, 25), 18)).any())
        both = plane(shape, 1, 5, 19) | plane(shape, 2, 40, 6)
        np.testing.assert_array_equal(wide(both), plane(shape, 1, 5, 19))
        np.testing.assert_array_equal(wide(plane(shape, 2, 50, 10)), plane(shape, 2, 50, 10))

    def test_the_finest_grid_is_taken_on_which_no_gap_is_wide(self):
        counts = np.ones((8, 120, 40))
        self.assertEqual([coarsened(counts, plane(counts.shape, 1, 40, width))[0] for width in (20, 36, 41, 90)], [2, 2, 3, 4])

    def test_blocks_are_sums_scaled_to_what_was_measured(self):
        counts = np.full((5, 4, 4), 3.0)
        mask = plane(counts.shape, 1, 1, 1) | plane(counts.shape, 1, 2, 2) * plane(counts.shape, 2, 0, 2)
        sums, missing = binned(counts, mask, 2)
        np.testing.assert_array_equal(missing[0], [[0, 0], [1, 0]])
        np.testing.assert_array_equal(sums[missing == 0], 24)

    def test_spreading_gives_back_a_flat_rate_and_its_relative_deviation(self):
        rate, deviation = spread(np.full((3, 3, 3), np.log1p(40.0)), np.full((3, 3, 3), 0.1), 2, (5, 6, 6))
        np.testing.assert_allclose(np.expm1(rate), 5)
        np.testing.assert_allclose(deviation, 0.1 * (41 / 40) * (5 / 6))

    def test_a_wide_gap_of_a_smooth_volume_gets_its_envelope(self):
        z, y, x = np.ogrid[-16:16, -32:32, -32:32]
        counts = np.round(1e4 * np.exp(-(z ** 2 + y ** 2 + x ** 2) / 300.0))
        mask = plane(counts.shape, 2, 40, 20)
        rate, deviation = fill(GapNetwork().eval(), np.where(mask, 0, counts), mask)
        self.assertLess(np.abs(rate - np.log1p(counts)).max(), 2.5)
        self.assertTrue(((deviation > 0) == (mask > 0)).all())


class ScoreTest(unittest.TestCase):
    def setUp(self):
        self.rate = simulate((48, 48, 48), np.random.default_rng(8), "heldout").rate
        self.mask = plane(self.rate.shape, 1, 20, 4)
        self.truth = np.log1p(self.rate)
        self.hidden = np.where(self.mask, 0, self.rate)
        self.linear = baselines.linear(self.hidden, self.mask)

    def score(self, estimate, **more):
        return scores(estimate, self.linear, self.truth, self.rate, self.rate, self.mask, 1, **more)

    def test_truth_scores_one_and_linear_zero(self):
        perfect = self.score(self.truth)
        self.assertAlmostEqual(perfect["skill"], 1)
        self.assertAlmostEqual(perfect["tilePcc"], 1, places=5)
        self.assertLess(perfect["deviance"], 1e-4)
        self.assertEqual(self.score(self.linear)["skill"], 0)

    def test_coverage_is_the_share_within_one_deviation(self):
        estimate = self.truth + np.where(np.arange(48) % 4 == 0, 0.2, 0.05)
        self.assertAlmostEqual(self.score(estimate, deviation=np.full(self.mask.shape, 0.1))["coverage"], 0.75)

    def test_deviance_agrees_with_its_definition(self):
        self.assertAlmostEqual(float(poisson_deviance(4.0, 2.0)), 2 * (4 * np.log(2) - 2))
        self.assertEqual(float(poisson_deviance(0.0, 2.0)), 4)

    def test_squares_by_rate_add_up_to_the_whole_error(self):
        squares, voxels = by_rate(self.linear, self.truth, self.rate, self.mask)
        self.assertEqual(voxels.sum(), self.mask.sum())
        self.assertAlmostEqual(squares.sum(), np.square(self.linear - self.truth)[self.mask > 0].sum(), places=4)

    def test_evaluation_scores_every_method_on_every_case(self):
        cases = [(self.rate, self.rate, 1, 20, width, "one") for width in (3, 4)]
        rows = evaluate(GapNetwork().eval(), cases)
        table = means(rows)
        self.assertEqual(set(table), {*METHODS, "network", "hidden counts"})
        self.assertAlmostEqual(table["network"]["3"]["skill"], table["ridge"]["3"]["skill"], places=3)
        self.assertEqual(lost(rows, "zeros"), (0, 2, lost(rows, "zeros")[2]))


class BaselineTest(unittest.TestCase):
    def test_biharmonic_is_that_of_scikit_image_away_from_the_border(self):
        counts = np.random.default_rng(1).poisson(20, (2, 30, 34)).astype(float)
        mask = np.zeros(counts.shape, np.uint8)
        mask[:, 10:16, 8:26] = 1
        expected = [inpaint_biharmonic(np.log1p(np.where(gap, 0, frame)), gap > 0) for frame, gap in zip(counts, mask)]
        np.testing.assert_allclose(biharmonic_of(counts, mask), expected, atol=1e-6)

    def test_ridge_continues_waves_that_linear_interpolation_cuts_off(self):
        z, y, x = np.ogrid[:24, :48, :48]
        counts = np.expm1(3 + 2 * np.cos(0.7 * x + 0.65 * y + 0.3 * z))
        mask = cross(counts.shape, (20, 29), 5)
        errors = [np.square((fill(np.where(mask, 0, counts), mask) - np.log1p(counts))[mask > 0]).sum()
                  for fill in (baselines.ridge, baselines.linear)]
        self.assertLess(errors[0], 0.4 * errors[1])

    def test_ridge_is_linear_where_no_gap_has_sides(self):
        counts = np.random.default_rng(1).poisson(20, (20, 30, 30)).astype(float)
        mask = cross(counts.shape, (0, 0), 4)
        np.testing.assert_allclose(baselines.ridge(counts, mask), baselines.linear(counts, mask), atol=1e-6)


class FriedelTest(unittest.TestCase):
    def test_finds_the_centre_of_a_symmetric_volume_and_its_mates(self):
        z, y, x = np.ogrid[-20:20, -17:23, -19:21]
        volume = 8 * np.exp(-(z ** 2 + y ** 2 + 2 * x ** 2) / 90) * (1.2 + np.cos(0.4 * z + 0.7 * y - 0.5 * x))
        mask = plane(volume.shape, 1, 22, 3)
        centre, symmetry = centre_of_symmetry(volume, mask)
        np.testing.assert_array_equal(centre, [40, 34, 38])
        self.assertAlmostEqual(symmetry, 1, places=6)
        mate, trust = friedel_mate(volume, mask)
        self.assertAlmostEqual(float(mate[10, 23, 12]), volume[30, 11, 26], places=5)
        self.assertEqual((trust[10, 23, 12], trust[10, 11, 12], trust[0, 0, 0]), (np.float32(symmetry), 0, 0))
