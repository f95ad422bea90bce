import unittest
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from inpainting.network import GapNetwork
from phasing.export import weights_into_loops
from phasing.network import Unfold
from planar import Spread, planar

MODELS = Path(__file__).resolve().parent.parent
SHAPES = (1, 3, 8, 8, 8), (2, 3, 16, 8, 24), (3, 3, 8, 16, 2)


class PlanarTest(unittest.TestCase):
    def test_every_layer_answers_the_same_on_any_shape(self):
        for layer in (nn.Conv3d(3, 5, 3, padding=1), nn.Conv3d(3, 5, 2, stride=2), nn.ConvTranspose3d(3, 5, 2, stride=2), nn.Conv3d(3, 5, 1)):
            for shape in SHAPES:
                with self.subTest(layer=layer, shape=shape):
                    self._answers_the_same(nn.Sequential(layer), torch.randn(shape))
        self._answers_the_same(nn.Sequential(nn.Conv3d(16, 5, 3, padding=1)), torch.randn(2, 16, 8, 8, 24))

    def test_unfolding_answers_the_same(self):
        for convolution, dimensions in ((nn.Conv3d, 3), (nn.Conv2d, 2)):
            self._answers_the_same(nn.Sequential(Unfold(convolution, 3, 4, dimensions)), torch.randn(2, 3, *[8] * dimensions))

    def test_a_network_answers_the_same_and_is_left_alone(self):
        network = GapNetwork(half=8, quarter=12, eighth=16, fine=4)
        for parameter in network.parameters():
            nn.init.normal_(parameter, std=0.1)
        self._answers_the_same(network, torch.randn(2, 5, 16, 24, 32))
        self.assertTrue(any(isinstance(part, nn.Conv3d) for part in network.modules()))
        self.assertEqual([part.kernel_size for part in planar(network).modules() if isinstance(part, nn.Conv3d)], [(1, 1, 1)])

    def test_bias_of_each_place_is_kept(self):
        bias = torch.randn(4, 2, 2, 2)
        found = Spread(torch.zeros(4, 2, 2, 2, 3), bias, fixed=True)(torch.zeros(1, 3, 1, 1, 1))
        self.assertTrue(torch.equal(found[0], bias))

    def _answers_the_same(self, network, inputs):
        with torch.no_grad():
            for fixed in (False, True):
                np.testing.assert_allclose(planar(network, fixed)(inputs), network(inputs), rtol=0, atol=1e-5)


class WeightsIntoLoopsTest(unittest.TestCase):
    def test_shipped_loops_hold_the_weights_of_their_convolutions(self):
        for name in ("phase-64", "phase-128-2d"):
            convolutions = list(self._convolutions(onnx.load(str(MODELS / f"{name}.onnx")).graph))
            self.assertTrue(convolutions)
            self.assertTrue(all(held for held in convolutions))

    def test_what_is_used_outside_stays_outside(self):
        made = onnx.helper
        scalar = [made.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [1]) for name in ("carried", "next")]
        counter, condition = (made.make_tensor_value_info(name, kind, []) for name, kind in
                              (("step", onnx.TensorProto.INT64), ("go", onnx.TensorProto.BOOL)))
        going = made.make_tensor_value_info("going", onnx.TensorProto.BOOL, [])
        body = made.make_graph([made.make_node("Identity", ["go"], ["going"]), made.make_node("Mul", ["carried", "inner"], ["grown"]),
                                made.make_node("Add", ["grown", "shared"], ["next"])], "body", [counter, condition, scalar[0]], [going, scalar[1]])
        graph = made.make_graph([made.make_node("Loop", ["count", "", "shared"], ["end"], body=body)], "whole", [],
                                [made.make_tensor_value_info("end", onnx.TensorProto.FLOAT, [1])],
                                [made.make_tensor(name, kind, shape, [2]) for name, kind, shape in (
                                    ("inner", onnx.TensorProto.FLOAT, [1]), ("shared", onnx.TensorProto.FLOAT, [1]), ("count", onnx.TensorProto.INT64, []))])
        weights_into_loops(graph)
        self.assertEqual([weight.name for weight in graph.initializer], ["shared", "count"])
        self.assertEqual([weight.name for weight in graph.node[0].attribute[0].g.initializer], ["inner"])

    def _convolutions(self, graph):
        """Of each convolution whether its graph holds its weights."""
        held = {weight.name for weight in graph.initializer}
        for node in graph.node:
            if node.op_type == "Conv":
                yield set(node.input[1:]) <= held
            for attribute in node.attribute:
                if attribute.HasField("g"):
                    yield from self._convolutions(attribute.g)
