import unittest

import numpy as np
import torch
from skimage.metrics import structural_similarity

from flat import losses
from flat.layers import Conv, Deconv
from flat.networks import ModifiedUNet, MSDNet, NETWORKS, PreviewNetwork, UNet, parameter_count


def torch_of(*arrays):
    return (torch.from_numpy(np.asarray(a, np.float32))[None] for a in arrays)


class NetworkTest(unittest.TestCase):
    def test_parameter_counts_are_those_of_table_4_1(self):
        for network, count in ((UNet, 31_827_673), (MSDNet, 322_458), (ModifiedUNet, 32_652_337)):
            self.assertEqual(parameter_count(network()), count)

    def test_preview_network_is_small(self):
        self.assertLess(parameter_count(PreviewNetwork()), 2_000_000)

    def test_images_keep_their_size_and_thesis_networks_stay_between_0_and_1(self):
        for make in NETWORKS.values():
            network = make()
            with torch.no_grad():
                output = network(torch.rand(1, 2 if network.prefilled else 1, 128, 128))
            self.assertEqual(output.shape, (1, 1, 128, 128))
            if not network.prefilled:
                self.assertTrue(((output > 0) & (output < 1)).all())

    def test_untrained_thesis_networks_neither_lose_nor_blow_up_the_signal(self):
        torch.manual_seed(1)
        for make in (UNet, MSDNet, ModifiedUNet):
            with torch.no_grad():
                self.assertTrue(0.3 < make().logits(torch.randn(1, 1, 128, 128)).std() < 4)

    def test_convolution_is_the_usual_one_whatever_the_channels(self):
        layer, x = Conv(5, 3, dilation=2), torch.rand(2, 5, 9, 9)
        expected = torch.nn.functional.conv2d(x, layer.weight, layer.bias, padding=2, dilation=2)
        torch.testing.assert_close(layer(x), expected)

    def test_transposed_convolution_and_its_gradients_are_the_usual_ones(self):
        for kernel, first in ((3, 0), (4, 1)):
            layer, x = Deconv(5, 7, kernel), torch.rand(2, 5, 6, 8, requires_grad=True)
            expected = torch.nn.functional.conv_transpose2d(x, layer.weight, layer.bias, stride=2)
            expected = expected[:, :, first:first + 12, first:first + 16]
            torch.testing.assert_close(layer(x), expected)
            probe = torch.rand_like(expected)
            found = torch.autograd.grad((layer(x) * probe).sum(), [x, layer.weight, layer.bias])
            wanted = torch.autograd.grad((expected * probe).sum(), [x, layer.weight, layer.bias])
            torch.testing.assert_close(found, wanted)

    def test_untrained_preview_is_the_prefill(self):
        patches = torch.rand(1, 2, 128, 128)
        with torch.no_grad():
            self.assertTrue(torch.equal(PreviewNetwork()(patches), patches[:, :1]))


class LossTest(unittest.TestCase):
    def setUp(self):
        rng = np.random.default_rng(2)
        self.truth, self.guess = rng.random((2, 32, 40))
        self.gap = np.zeros((32, 40))
        self.gap[:, 17:20] = 1

    def test_squares_and_absolutes_count_the_gap_only(self):
        arrays = list(torch_of(np.where(self.gap, self.guess, 9), self.truth, self.gap))
        error = (self.guess - self.truth)[:, 17:20]
        self.assertAlmostEqual(float(losses.mse(*arrays)), np.square(error).mean(), places=5)
        self.assertAlmostEqual(float(losses.mae(*arrays)), np.abs(error).mean(), places=5)

    def test_similarity_is_that_of_scikit_image(self):
        found = losses.ssim_map(*torch_of(self.guess, self.truth))[0].numpy()
        _, expected = structural_similarity(self.guess, self.truth, data_range=1, gaussian_weights=True, sigma=1.5,
                                            use_sample_covariance=False, full=True)
        np.testing.assert_allclose(found[5:-5, 5:-5], expected[5:-5, 5:-5], atol=1e-5)

    def test_gradient_counts_steps_which_touch_the_gap(self):
        guess, truth, gap = torch_of([[0, 1, 5, 0]], [[0, 0, 0, 0]], [[0, 1, 0, 0]])
        # The error is 0 1 0 0 in the gap: steps +1 and -1, the third does not touch it.
        self.assertAlmostEqual(float(losses.gradient(guess, truth, gap)), 1)

    def test_truth_has_no_loss(self):
        arrays = list(torch_of(self.truth, self.truth, self.gap))
        for name in losses.LOSSES:
            self.assertAlmostEqual(float(losses.loss_of(name, *arrays)), 0, places=6)

    def test_terms_add_up(self):
        arrays = list(torch_of(self.guess, self.truth, self.gap))
        parts = sum(float(losses.loss_of(name, *arrays)) for name in ("mse", "ssim", "gradient"))
        self.assertAlmostEqual(float(losses.loss_of("mse+ssim+gradient", *arrays)), parts, places=6)
