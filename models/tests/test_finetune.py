import unittest

import numpy as np
import torch

from inpainting.finetune import ScanScenes, finetune, judge
from inpainting.gaps import plane
from inpainting.network import GapNetwork
from inpainting.simulate import simulate


class FinetuneTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.set_num_threads(2)
        cls.counts = simulate((64, 60, 70), np.random.default_rng(6)).counts
        cls.own_gap = plane(cls.counts.shape, 1, 40, 4)

    def scenes(self):
        return ScanScenes([self.counts], [self.own_gap], 3)

    def test_what_was_never_measured_is_hidden_and_never_scored(self):
        marked = np.where(self.own_gap, 1e9, self.counts)
        for number in range(4):
            scene = ScanScenes([marked], [self.own_gap], 3).scene(number)
            own = np.isclose(scene.truth, np.log1p(1e9))
            self.assertTrue(own.any())
            self.assertTrue((scene.mask[own] > 0).all())
            self.assertFalse(scene.scored[own].any())
            self.assertLess(scene.linear.max(), np.log1p(1e9))

    def test_one_side_of_the_peak_teaches_and_the_other_judges(self):
        peak = np.unravel_index(self.counts.argmax(), self.counts.shape)[2]
        sides = self.counts.copy()
        sides[..., peak + 1:] = 7
        for number in range(4):
            scene = ScanScenes([sides], [0 * self.own_gap], 3).scene(number)
            self.assertEqual(np.isclose(scene.truth[scene.scored], np.log1p(7)).all(), number % 2 == 1)

    def test_some_steps_change_the_network_and_the_report_has_all_fills(self):
        network = GapNetwork().eval()
        tuned = finetune(network, self.scenes(), steps=2, rate=1e-3, seed=1, batch_size=2, alive=1)
        self.assertFalse(torch.equal(network.out.weight, tuned.out.weight))
        report = judge(tuned, self.scenes(), batches=1, size=2)
        self.assertEqual(set(report), {"linear", "ridge", "network"})
        self.assertEqual(report["linear"]["skill"], 0)
