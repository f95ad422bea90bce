import unittest

import numpy as np
from scipy.ndimage import gaussian_filter

from phasing.scores import aligned, object_scores, phase_agreement, to_detector, to_object, transfer_function


def crystal(size=32):
    """A wedge with a curved phase: it is not its own twin."""
    z, y, x = np.indices((size,) * 3) - size // 2
    modulus = gaussian_filter(((abs(z) < 5) & (abs(y) < 4) & (x > -6) & (x + y < 5)).astype(float), 0.7)
    return modulus * np.exp(1j * (0.08 * z * z + 0.05 * x * y - 0.01 * x ** 3))


def transformed(volume):
    """The twin, moved by a part of a voxel, with another constant phase."""
    q = np.arange(32) - 16
    ramp = np.exp(-2j * np.pi * (2.4 * q[:, None, None] - 1.5 * q[:, None] + 3 * q) / 32)
    return 1.7 * np.exp(2j) * to_object(np.conj(to_detector(volume)) * ramp)


class ScoresTest(unittest.TestCase):
    def test_transform_and_back(self):
        np.testing.assert_allclose(to_object(to_detector(crystal())), crystal(), atol=1e-12)
        self.assertAlmostEqual(np.linalg.norm(to_detector(crystal())), np.linalg.norm(crystal()))

    def test_the_invisible_is_removed(self):
        truth = crystal()
        scores = object_scores(transformed(truth), truth)
        self.assertGreater(scores["correlation"], 0.995)
        self.assertLess(scores["phaseRms"], 0.1)
        self.assertGreater(scores["overlap"], 0.95)
        self.assertGreater(phase_agreement(to_detector(transformed(truth)), to_detector(truth)), 0.98)

    def test_a_whole_shift_is_removed_exactly(self):
        moved = np.roll(crystal(), (3, -5, 2), (0, 1, 2)) * np.exp(1j)
        np.testing.assert_allclose(aligned(moved, crystal()), crystal(), atol=1e-9)

    def test_known_phase_errors(self):
        truth = crystal()
        spoilt = truth * np.exp(0.4j * np.where(np.indices(truth.shape).sum(0) % 2, 1, -1))
        self.assertAlmostEqual(object_scores(spoilt, truth)["phaseRms"], 0.4, delta=0.02)
        self.assertAlmostEqual(object_scores(spoilt, truth)["correlation"], np.cos(0.4), delta=0.01)

    def test_the_transfer_function_tells_the_resolution(self):
        truth = crystal()
        np.testing.assert_allclose(transfer_function([truth, 3 * truth]), 1)
        field = to_detector(truth)
        q = np.sqrt(sum((np.indices((32,) * 3) - 16) ** 2))
        opposite = to_object(np.where(q < 8, field, -field))
        found = transfer_function([truth, opposite])
        np.testing.assert_allclose(found[:8], 1)
        np.testing.assert_allclose(found[8:], 0, atol=1e-9)
        self.assertAlmostEqual(object_scores(opposite, truth)["transfer"], 1, delta=1e-6)

    def test_random_phases_do_not_agree(self):
        field = to_detector(crystal())
        noise = np.exp(2j * np.pi * np.random.default_rng(1).random(field.shape))
        self.assertLess(phase_agreement(np.abs(field) * noise, field), 0.2)
