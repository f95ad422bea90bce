import hashlib
import importlib.util
import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
import torch

from inpainting.evaluate import load_network
from inpainting.export import write_onnx
from inpainting.fill import calibrated
from inpainting.network import GapNetwork

MODELS = Path(__file__).resolve().parent.parent


class ExportTest(unittest.TestCase):
    def test_graph_keeps_the_contract(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "network.onnx"
            write_onnx(GapNetwork().eval(), path)
            graph = onnx.load(str(path))
        self.assertEqual(graph.opset_import[0].version, 17)
        for value, name, channels in ((graph.graph.input[0], "patches", 5), (graph.graph.output[0], "prediction", 2)):
            dimensions = value.type.tensor_type.shape.dim
            self.assertEqual(value.name, name)
            self.assertEqual([d.dim_param or d.dim_value for d in dimensions], ["N", channels, "Z", "Y", "X"])

    def test_card_belongs_to_the_file(self):
        card = json.loads((MODELS / "inpaint-patch32.json").read_text())
        self.assertEqual(card["sha256"], hashlib.sha256((MODELS / card["file"]).read_bytes()).hexdigest())

    @unittest.skipUnless(importlib.util.find_spec("onnxruntime"), "onnxruntime is not installed; the server's tests check this")
    def test_shipped_file_gives_the_golden_outputs(self):
        import onnxruntime
        golden = np.load(MODELS / "golden" / "inpaint-patch32.npz")
        session = onnxruntime.InferenceSession(str(MODELS / "inpaint-patch32.onnx"), providers=["CPUExecutionProvider"])
        found = session.run(["prediction"], {"patches": golden["patches"]})[0]
        np.testing.assert_allclose(found, golden["prediction"], atol=1e-4)

    def test_shipped_weights_give_the_golden_outputs(self):
        golden = np.load(MODELS / "golden" / "inpaint-patch32.npz")
        with torch.no_grad():
            found = load_network(MODELS / "inpaint-patch32.pt")(torch.from_numpy(golden["patches"])).numpy()
        np.testing.assert_allclose(found, golden["prediction"], atol=1e-4)

    def test_small_deviations_shrink_and_large_ones_stay(self):
        np.testing.assert_allclose(calibrated(np.array([0, 0.0375, 0.15, 0.2]), 0.15, 0.5), [0, 0.01875, 0.15, 0.2])
        np.testing.assert_array_equal(calibrated(np.array([0.01, 2]), 1.0, 0.0), [0.01, 2])

    def test_any_batch_size_and_sides(self):
        with torch.no_grad():
            self.assertEqual(GapNetwork()(torch.zeros(3, 5, 32, 16, 24)).shape, (3, 2, 32, 16, 24))
