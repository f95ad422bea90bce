import unittest

import numpy as np
import torch

from inpainting import simulate
from phasing import crystals
from phasing.crystals import RANGES, far_field, heldout_crystal, training_batch
from phasing.scores import to_object


class FarFieldTest(unittest.TestCase):
    def test_is_the_transform_of_the_gap_networks_simulator(self):
        rng = np.random.default_rng(1)
        crystal = np.ones((8, 8, 8)) + 0.3 * rng.normal(size=(8, 8, 8))
        crystal = (crystal + crystal[::-1, ::-1, ::-1]).astype(np.complex64)
        expected = simulate.far_field(crystal, (16, 16, 16), (2, 3, 4))
        found = far_field(torch.from_numpy(crystal)[None], 16, np.array([[2, 3, 4]]), np.zeros((1, 3)))[0].numpy()
        np.testing.assert_allclose(found * 8 ** 1.5, expected, atol=1e-2)

    def test_centres_object_and_intensity(self):
        x = torch.arange(32) / 32
        crystal = torch.zeros(1, 32, 32, 32, dtype=torch.complex64)
        crystal[:, 4:20, 10:24, 6:30] = torch.polar(torch.ones(32), 40 * x)[6:30]
        field = far_field(crystal, 64, np.full((1, 3), 3.0), np.array([[0, 2.0, 0]]))[0].numpy()
        intensity = np.abs(field) ** 2
        modulus = np.abs(to_object(field))
        index = np.indices(field.shape) - 32
        np.testing.assert_allclose((index * intensity).sum((1, 2, 3)) / intensity.sum(), [0, 2, 0], atol=0.3)
        np.testing.assert_allclose((index * modulus ** 2).sum((1, 2, 3)) / (modulus ** 2).sum(), [0, 0, 0], atol=0.1)

    def test_what_the_detector_misses_is_lost_not_wrapped(self):
        crystal = torch.polar(torch.ones(1, 32, 32, 32), torch.randn(1, 32, 32, 32, generator=torch.manual_seed(1)))
        oversampling = np.full((1, 3), 4.0)
        share = crystals._share_on_detector(crystal, far_field(crystal, 64, oversampling, np.zeros((1, 3))), oversampling)
        self.assertTrue(0.2 < share < 0.8)


class BatchTest(unittest.TestCase):
    def test_training_batch_keeps_its_promises(self):
        batch = training_batch(3, 1, 4, size=32)
        self.assertEqual(batch.counts.shape, (4, 32, 32, 32))
        self.assertTrue(bool((batch.counts[batch.mask > 0] == 0).all()))
        photons = batch.rate.sum((1, 2, 3))
        self.assertTrue(bool(((photons > 0.9e4) & (photons < 1.1e8)).all()))
        visible = batch.mask == 0
        self.assertAlmostEqual(float(batch.counts[visible].sum() / batch.rate[visible].sum()), 1, delta=0.02)

    def test_number_and_seed_decide(self):
        one, same, other = training_batch(3, 1, 2, 32), training_batch(3, 1, 2, 32), training_batch(4, 1, 2, 32)
        self.assertTrue(torch.equal(one.counts, same.counts))
        self.assertFalse(torch.equal(one.counts, other.counts))

    def test_two_dimensions(self):
        batch = training_batch(0, 1, 3, size=48, dimensions=2)
        self.assertEqual(batch.field.shape, (3, 48, 48))

    def test_heldout_crystals_have_the_strain_asked_for(self):
        for strain, (low, high) in RANGES.items():
            batch = heldout_crystal(2, 5, (low, high), size=32)
            self.assertTrue(low <= batch.span[0] <= high)
            self.assertTrue(1e5 * 0.9 < float(batch.counts.sum()) < 1e8 * 1.1)

    def test_phase_covers_the_span(self):
        batch = training_batch(1, 2, 4, size=64)
        for field, span in zip(batch.field.numpy(), batch.span):
            volume = to_object(field)
            inside = np.abs(volume) > 0.5 * np.abs(volume).max()
            # Fourier filtering by the detector's edge takes some off; phases wrap, so sum neighbours along the way.
            line = np.unwrap(np.angle(volume[32, 32])[inside[32, 32]]) if inside[32, 32].any() else np.zeros(1)
            self.assertLess(np.ptp(line - np.linspace(line[0], line[-1], len(line))), span + 0.7)
