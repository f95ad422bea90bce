import unittest

import numpy as np

from inpainting.simulate import crystal_of, far_field, simulate


class SimulateTest(unittest.TestCase):
    def test_far_field_keeps_the_energy(self):
        crystal = np.random.default_rng(1).normal(size=(8, 10, 12)) * (1 + 0.5j)
        field = far_field(crystal, (8, 10, 12), (1, 1, 1))
        np.testing.assert_allclose(np.square(np.abs(field)).sum(), np.square(np.abs(crystal)).sum() * crystal.size, rtol=1e-4)

    def test_far_field_is_a_padded_fourier_transform(self):
        crystal = np.random.default_rng(2).normal(size=(8, 8, 8))
        padded = np.zeros((16, 16, 16))
        padded[4:12, 4:12, 4:12] = crystal
        expected = np.abs(np.fft.fftshift(np.fft.fftn(padded)))
        np.testing.assert_allclose(np.abs(far_field(crystal, (16, 16, 16), (2, 2, 2))), expected, atol=1e-3)

    def test_peak_follows_the_offset(self):
        field = np.abs(far_field(np.ones((8, 8, 8)), (24, 24, 24), (3, 3, 3), (2, -4, 5)))
        self.assertEqual(np.unravel_index(field.argmax(), field.shape), (14, 8, 17))

    def test_families_give_crystals_and_photons(self):
        for family in ("train", "heldout"):
            for seed in range(4):
                rng = np.random.default_rng(seed)
                modulus = np.abs(crystal_of(family, (32, 32, 32), rng))
                self.assertGreater(modulus.max(), 0.7)
                self.assertTrue(0.02 < (modulus > 0.5).mean() < 0.95)
                result = simulate((40, 36, 44), rng, family)
                self.assertTrue(10 ** 1.9 < result.rate.max() < 10 ** 7.1)
                self.assertAlmostEqual(result.counts.sum() / result.rate.sum(), 1, delta=0.1)

    def test_seed_decides(self):
        one, two = (simulate((24, 24, 24), np.random.default_rng(5)) for _ in range(2))
        np.testing.assert_array_equal(one.counts, two.counts)
