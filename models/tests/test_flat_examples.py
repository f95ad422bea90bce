import unittest

import numpy as np

from flat import crystals, gaps
from flat.examples import Patterns, batch, example, standardise
from flat.fill import corners, fill
from flat.networks import PreviewNetwork
from inpainting.baselines import linear
from inpainting.simulate import simulate


class StandardiseTest(unittest.TestCase):
    def test_uses_measured_voxels_only(self):
        self.assertEqual(standardise(np.array([1.0, 3.0, 100.0]), np.array([0, 0, 1])), (2, 1))

    def test_deviation_has_a_floor(self):
        self.assertEqual(standardise(np.array([2.0, 2.0]), np.array([0, 0]))[1], 0.1)

    def test_nothing_measured(self):
        self.assertEqual(standardise(np.array([2.0]), np.array([1])), (0.0, 1.0))


class CrystalTest(unittest.TestCase):
    def test_polygon_patterns_are_seeded_photons(self):
        one, two = (crystals.polygon_pattern(np.random.default_rng(4)) for _ in range(2))
        np.testing.assert_array_equal(one.counts, two.counts)
        self.assertEqual(one.counts.shape, (128, 128))
        self.assertTrue(10 ** 2.4 < one.rate.max() < 10 ** 7.1)
        self.assertAlmostEqual(one.counts.sum() / one.rate.sum(), 1, delta=0.1)

    def test_the_transform_of_a_polygon_is_band_limited(self):
        """Intensity of an object which fills at most half of its array: its autocorrelation ends inside."""
        rate = crystals.polygon_pattern(np.random.default_rng(6)).rate.astype(float)
        correlation = np.abs(np.fft.fftshift(np.fft.fft2(rate * np.outer(np.hanning(128), np.hanning(128)))))
        self.assertLess(correlation[:3].max(), 0.02 * correlation.max())

    def test_frames_of_a_curve_have_photons(self):
        curve = simulate((4, 140, 150), np.random.default_rng(3))
        frame = crystals.random_frame(curve, np.random.default_rng(5))
        self.assertEqual(frame.counts.shape, (128, 128))
        self.assertGreater(frame.counts.max(), 0)


class GapTest(unittest.TestCase):
    def test_cross_and_straight(self):
        self.assertEqual(gaps.cross((10, 20), 9).sum(), 2 * 9 * 128 - 81)
        np.testing.assert_array_equal(np.flatnonzero(gaps.straight(5, 3).all(0)), [5, 6, 7])

    def test_thesis_masks_have_the_width_asked_for(self):
        for seed in range(20):
            mask = gaps.thesis_mask(6, np.random.default_rng(seed))
            self.assertEqual(mask.all(0).sum(), 6)
            self.assertIn(mask.all(1).sum(), (0, 6))

    def test_any_mask_is_a_mask(self):
        for seed in range(60):
            mask = gaps.any_mask(np.random.default_rng(seed))
            self.assertEqual((mask.shape, mask.dtype), ((128, 128), np.uint8))
            self.assertLessEqual(mask.max(), 1)
            self.assertLess(mask.mean(), 0.8)


class ExampleTest(unittest.TestCase):
    def setUp(self):
        rng = np.random.default_rng(8)
        self.counts = rng.poisson(5, (128, 128)).astype(float)
        self.mask = gaps.cross((40, 60), 9)
        self.counts[45, 3] = 1000
        self.counts[100, 100] = 99

    def test_scale_is_that_of_the_brightest_measured_pixel(self):
        made = example(self.counts, self.counts, self.mask, False)
        self.assertAlmostEqual(made.scale, np.log(100))
        self.assertEqual(made.inputs.max(), 1)
        self.assertEqual(made.target.max(), 1)
        self.assertTrue((made.inputs[0][self.mask > 0] == 0).all())

    def test_hidden_counts_never_reach_the_input(self):
        changed = np.where(self.mask > 0, 7e5, self.counts)
        for prefilled in (False, True):
            one, two = (example(counts, counts, self.mask, prefilled).inputs for counts in (self.counts, changed))
            np.testing.assert_array_equal(one, two)

    def test_prefilled_input_leads_back_to_photons(self):
        made = example(self.counts, self.counts, self.mask, True)
        logs = (made.inputs[0] * made.slope + made.shift) * made.scale
        np.testing.assert_allclose(logs[self.mask == 0], np.log1p(self.counts)[self.mask == 0], atol=1e-5)
        np.testing.assert_array_equal(made.inputs[1], self.mask)

    def test_patterns_depend_on_seed_and_number_only(self):
        for source in ("polygons", "mixed"):
            straight = Patterns(3, source)
            straight.pattern(1)
            for a, b in zip(batch(straight, [(2, 7)], 3, "any", True), batch(Patterns(3, source), [(2, 7)], 3, "any", True)):
                np.testing.assert_array_equal(a, b)


class FillTest(unittest.TestCase):
    def test_windows_see_every_gap_pixel(self):
        mask = np.zeros((300, 513), np.uint8)
        mask[:, 250:290] = mask[140:146] = mask[299, 512] = 1
        seen = np.zeros_like(mask)
        for y, x in corners(mask):
            seen[max(y, 0):y + 128, max(x, 0):x + 128] = 1
        self.assertTrue((seen >= mask).all())

    def test_untrained_network_fills_linearly_whatever_the_size(self):
        rng = np.random.default_rng(9)
        for shape in ((200, 260), (60, 150)):
            counts = rng.poisson(rng.gamma(0.5, 40, shape)).astype(float)
            mask = np.zeros(shape, np.uint8)
            mask[:, 50:56] = mask[30:33] = 1
            hidden = counts * (mask == 0)
            np.testing.assert_allclose(fill(PreviewNetwork().eval(), hidden, mask), linear(hidden, mask), atol=1e-4)
