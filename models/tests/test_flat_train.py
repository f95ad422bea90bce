import hashlib
import importlib.util
import json
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
import onnx
import torch

from flat import evaluate, gaps
from flat.cases import Case, simulated
from flat.export import write_onnx
from flat.networks import PreviewNetwork
from flat.runs import PREVIEW, Runs
from flat.scores import correlation
from flat.train import Settings, Training, batch, load_network, run, validate, validation_set

from .resuming import assert_resumes_bit_equal

MODELS = Path(__file__).resolve().parent.parent
SMALL = Settings(network="preview", loss="mse+gradient", gap="any", seed=5, patterns=3, epochs=2, batch=2, rate=1e-3)


class TrainTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.set_num_threads(1)

    def test_steps_lower_the_loss_of_a_thesis_network(self):
        training = Training(replace(SMALL, network="msd", loss="mse+ssim+gradient", gap="9", patterns=8, batch=1, epochs=1))
        training.patterns.pattern = lambda number, first=training.patterns.pattern(0): first
        # Some processors take three times as long for these convolutions in half precision.
        with mock.patch("training._cpu_has_bfloat16", return_value=False):
            found = [training.step() for _ in range(4)]
        self.assertLess(found[-1], found[0])

    def test_resumes_bit_equal(self):
        assert_resumes_bit_equal(self, lambda: Training(SMALL))

    def test_refuses_a_checkpoint_of_other_settings(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "checkpoint.pt"
            Training(SMALL).save(path)
            with self.assertRaisesRegex(ValueError, "resume with these"):
                Training(replace(SMALL, seed=6)).load(path)
            with self.assertRaisesRegex(ValueError, "start from one of msd"):
                Training(replace(SMALL, network="msd", gap="9")).start_from(path)

    def test_a_short_training_leaves_a_network_and_its_story(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "checkpoint.pt"
            run(Training(SMALL), path)
            network, state = load_network(path)
        self.assertEqual(state["batches"], 3)
        self.assertEqual([row[0] for row in state["curve"]], [6])
        self.assertEqual(validate(network, validation_set(SMALL, True)), validate(network, validation_set(SMALL, True)))

    def test_epochs_see_the_same_patterns_with_other_gaps(self):
        training = Training(SMALL)
        (first,), (again,) = ([batch(training.patterns, [(0, draw)], 5, "9", False)] for draw in (0, 3))
        self.assertFalse(np.array_equal(first[2], again[2]))
        both = (first[2] == 0) & (again[2] == 0)
        self.assertGreater(np.corrcoef(first[1][both], again[1][both])[0, 1], 0.999)


class EvaluateTest(unittest.TestCase):
    def test_truth_scores_one_and_linear_has_no_skill(self):
        rows = evaluate.table(list(simulated("polygons", 9, 3)), evaluate.classical())
        self.assertEqual(rows["linear"]["skill"], 0)
        self.assertEqual(rows["noise-free truth"]["skill"], 1)
        self.assertAlmostEqual(rows["noise-free truth"]["pccRate"], 1, places=6)
        self.assertLess(rows["noise-free truth"]["pcc"], 1)

    def test_widths_share_patterns_and_places(self):
        narrow, wide = ([next(simulated("polygons", width, 1))][0] for width in (3, 12))
        np.testing.assert_array_equal(narrow.counts, wide.counts)
        self.assertTrue((narrow.mask <= wide.mask).all())

    def test_the_preview_network_is_the_shipped_one_without_a_training_of_its_own(self):
        runs, golden = Runs(Path("/nowhere")), np.load(MODELS / "golden" / "inpaint-frame128.npz")
        with torch.no_grad():
            found = runs[PREVIEW](torch.from_numpy(golden["patches"])).numpy()
        np.testing.assert_allclose(found, golden["prediction"], atol=1e-4)
        self.assertEqual(evaluate.training_of(runs.states[PREVIEW])["seen"], 20000)

    def test_a_missing_training_is_named(self):
        with self.assertRaisesRegex(FileNotFoundError, "unet-mse-9.*train it first"):
            Runs(Path("/nowhere"))["unet-mse-9"]

    def test_flat_estimates_correlate_with_nothing(self):
        gap = gaps.cross((60, 60), 3) > 0
        truth = np.random.default_rng(1).random(gap.shape)
        self.assertEqual(correlation([np.ones(gap.shape)], [truth], [gap]), 0)
        self.assertAlmostEqual(correlation([3 * truth + 1], [truth], [gap]), 1)

    def test_untrained_preview_scores_as_linear(self):
        case = next(simulated("polygons", 6, 1))
        self.assertIsInstance(case, Case)
        gap = case.mask > 0
        np.testing.assert_allclose(case.network(PreviewNetwork().eval())[gap], case.linear()[gap], atol=1e-4)


class ExportTest(unittest.TestCase):
    def test_graph_keeps_the_contract(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "network.onnx"
            write_onnx(PreviewNetwork().eval(), path)
            graph = onnx.load(str(path))
        self.assertEqual(graph.opset_import[0].version, 17)
        for value, name, channels in ((graph.graph.input[0], "patches", 2), (graph.graph.output[0], "prediction", 1)):
            dimensions = value.type.tensor_type.shape.dim
            self.assertEqual(value.name, name)
            self.assertEqual([d.dim_param or d.dim_value for d in dimensions], ["N", channels, 128, 128])

    def test_card_belongs_to_the_file(self):
        card = json.loads((MODELS / "inpaint-frame128.json").read_text())
        self.assertEqual(card["sha256"], hashlib.sha256((MODELS / card["file"]).read_bytes()).hexdigest())

    @unittest.skipUnless(importlib.util.find_spec("onnxruntime"), "onnxruntime is not installed; the server's tests check this")
    def test_shipped_file_gives_the_golden_outputs(self):
        import onnxruntime
        golden = np.load(MODELS / "golden" / "inpaint-frame128.npz")
        session = onnxruntime.InferenceSession(str(MODELS / "inpaint-frame128.onnx"), providers=["CPUExecutionProvider"])
        found = session.run(["prediction"], {"patches": golden["patches"]})[0]
        np.testing.assert_allclose(found, golden["prediction"], atol=1e-4)
