import unittest
import unittest.mock

import numpy as np

from inpainting import ridge
from inpainting.gaps import cross, plane
from inpainting.prefill import linear_prefill
from inpainting.ridge import ridge_prefill
from inpainting.sampled import sampled_ridge
from inpainting.simulate import simulate


class MeanProductsTest(unittest.TestCase):
    def test_are_the_sums_over_the_volume_by_steps(self):
        values = np.random.default_rng(1).random((5, 9, 7))
        products = ridge.mean_products(values)
        middle = np.array(products.shape) // 2
        for step in ((0, 0, 0), (1, 0, 0), (0, 3, 2), (4, 8, 6)):
            rest = values[tuple(slice(s, None) for s in step)] * values[tuple(slice(0, n - s) for s, n in zip(step, values.shape))]
            self.assertAlmostEqual(products[tuple(middle + step)], rest.sum() / values.size)
            self.assertAlmostEqual(products[tuple(middle - step)], rest.sum() / values.size)
        self.assertAlmostEqual(products[tuple(middle + (5, 0, 0))], 0)

    def test_of_a_large_volume_only_the_box_around_the_peak_counts(self):
        values = np.zeros((1, 1, 400))
        values[0, 0, [300, 360, 10]] = 2, 1, 1
        products = ridge.mean_products(values)
        self.assertAlmostEqual(products.max(), 5 / 128)


class RidgeTest(unittest.TestCase):
    def setUp(self):
        self.diffraction = simulate((64, 60, 68), np.random.default_rng(2))
        self.log = np.log1p(self.diffraction.counts).astype(np.float32)

    def error(self, fill, mask):
        return np.sqrt(np.square(fill(np.where(mask > 0, 0, self.log), mask) - np.log1p(self.diffraction.rate))[mask > 0].mean())

    def test_predicts_the_rate_better_than_lines_and_than_a_fit_at_some_places(self):
        for axis, width in ((0, 2), (1, 4), (2, 7)):
            mask = plane(self.log.shape, axis, 20, width)
            found = self.error(ridge_prefill, mask)
            self.assertLess(found, 0.75 * self.error(linear_prefill, mask), (axis, width))
            self.assertLess(found, self.error(sampled_ridge, mask), (axis, width))

    def test_the_mean_of_the_neighbourhood_says_nothing(self):
        weights = ridge._weights(ridge.mean_products(self.log), 5)
        self.assertEqual(weights.shape, (810, 5))
        np.testing.assert_allclose(weights.sum(0), 0, atol=1e-4)

    def test_measured_voxels_stay_and_filled_ones_are_not_negative(self):
        mask = cross(self.log.shape, (20, 24), 3)
        filled = ridge_prefill(np.where(mask > 0, 0, self.log), mask)
        np.testing.assert_array_equal(filled[mask == 0], self.log[mask == 0])
        self.assertGreaterEqual(filled.min(), min(0, self.log.min()))
        self.assertTrue(np.isfinite(filled).all())

    def test_a_scan_without_any_photon_stays_dark(self):
        mask = plane((20, 24, 28), 1, 10, 4)
        np.testing.assert_array_equal(ridge_prefill(np.zeros(mask.shape), mask), 0)

    def test_at_the_peak_a_cubic_bridges_narrow_gaps(self):
        z, y, x = np.ogrid[-20:20, -22:22, -24:24]
        log = np.clip(12 - (z ** 2 + y ** 2 + x ** 2) / 40, 0, None)
        mask = plane(log.shape, 2, 22, 3)
        filled = ridge_prefill(np.where(mask > 0, 0, log), mask)
        self.assertAlmostEqual(filled[20, 22, 24], 12, delta=0.02)

    def test_a_cubic_raises_tops_of_wide_gaps_and_lowers_nothing(self):
        peak = np.unravel_index(self.log.argmax(), self.log.shape)
        mask = plane(self.log.shape, 1, peak[1] - 4, 9)
        hidden = np.where(mask > 0, 0, self.log)
        filled = ridge_prefill(hidden, mask)
        with unittest.mock.patch.object(ridge, "CURVED", 0):
            regression = ridge_prefill(hidden, mask)
        self.assertTrue((filled >= regression).all())
        self.assertLess(self.log[peak] - filled[peak], 0.7 * (self.log[peak] - regression[peak]))

    def test_a_cubic_does_not_leave_the_range_of_its_ends_by_more_than_the_range(self):
        line = np.array([0, 3, 0, 0, 0, 0, 0, 3, 0], float).reshape(-1, 1, 1)
        found = ridge._curve(line, (np.array([2]), np.array([0]), np.array([0])), 5)
        self.assertEqual(found.max(), 6)
        wide = np.array([0, 3, *[0] * 12, 3, 0], float).reshape(-1, 1, 1)
        self.assertEqual(ridge._curve(wide, (np.array([2]), np.array([0]), np.array([0])), 12).max(), 4.5)
        exact = (np.arange(9.0) ** 3 - 20 * np.arange(9.0)).reshape(-1, 1, 1)
        found = ridge._curve(exact, (np.array([3]), np.array([0]), np.array([0])), 2)
        np.testing.assert_allclose(found[0], exact[3:5, 0, 0], atol=1e-4)


if __name__ == "__main__":
    unittest.main()
