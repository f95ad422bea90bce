import importlib.util
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
import torch

from phasing.crystals import training_batch
from phasing.export import write_onnx
from phasing.guessing import GuessTraining, coherent_loss, object_loss, squared_loss, weight_of
from phasing.looped import Looped
from phasing.mending import MendingNetwork, compactness, photons, project
from phasing.network import GuessingNetwork, Transform, inputs_of
from phasing.rollouts import MendTraining, nearest
from phasing.scores import to_detector, to_object
from phasing.train import load_network

from .resuming import assert_resumes_bit_equal

MODELS = Path(__file__).resolve().parent.parent
SMALL = {"dimensions": 2, "widths": (8, 8, 8), "blocks": (1, 1, 1)}


def small(kind=GuessTraining, **options):
    return kind(seed=5, total=400, batch_size=2, **{**SMALL, **options})


def small_mending(**options):
    return small(MendTraining, steps=2, **options)


class LossTest(unittest.TestCase):
    def setUp(self):
        batch = training_batch(0, 1, 2, size=16)
        self.direction = batch.field / batch.field.abs()
        self.weight, self.amplitude = weight_of(batch.rate, "log"), batch.rate.sqrt()
        noise = torch.randn(self.direction.shape, generator=torch.manual_seed(2))
        self.spoilt = self.direction * torch.polar(torch.ones_like(noise), 0.5 * noise)

    def losses(self, guess):
        return [float(loss(guess, self.direction, weight)) for loss, weight in
                ((coherent_loss, self.weight), (squared_loss, self.weight), (object_loss, self.amplitude))]

    def test_truth_costs_nothing(self):
        np.testing.assert_allclose(self.losses(self.direction), 0, atol=1e-3)
        self.assertTrue(all(loss > 0.05 for loss in self.losses(self.spoilt)))

    def test_offset_and_twin_cost_nothing(self):
        expected = self.losses(self.spoilt)
        turn = torch.polar(torch.ones(()), torch.tensor(1.3))
        np.testing.assert_allclose(self.losses(self.spoilt * turn), expected, rtol=1e-3)
        np.testing.assert_allclose(self.losses(self.spoilt.conj() * turn), expected, rtol=1e-3)

    def test_weights_sum_to_one(self):
        np.testing.assert_allclose(self.weight.sum((1, 2, 3)), 1, rtol=1e-5)

    def test_a_doubtful_guess_hedges(self):
        random = torch.polar(torch.ones_like(self.weight), 7 * torch.randn(self.weight.shape, generator=torch.manual_seed(3)))
        self.assertLess(float(squared_loss(0.1 * random, self.direction, self.weight)),
                        float(squared_loss(random, self.direction, self.weight)))


class NetworkTest(unittest.TestCase):
    def test_transform_is_that_of_the_scores(self):
        transform = Transform(2, 32)
        pair = torch.randn(1, 2, 16, 16, generator=torch.manual_seed(1))
        volume = np.zeros((32, 32), complex)
        volume[8:24, 8:24] = torch.complex(*pair[0]).numpy()
        field = transform.to_field(pair)
        np.testing.assert_allclose(torch.complex(*field[0]).numpy(), to_detector(volume), atol=1e-5)
        np.testing.assert_allclose(transform.to_object(field), pair, atol=1e-5)
        wide = torch.complex(*transform.to_wide_object(field)[0]).numpy()
        np.testing.assert_allclose(wide, to_object(torch.complex(*field[0]).numpy())[::2, ::2], atol=1e-5)

    def test_three_dimensions_and_output_of_unit_length(self):
        batch = training_batch(0, 1, 1)
        with torch.no_grad():
            pair = GuessingNetwork(3, (4, 8), (1, 1), output="phase")(inputs_of(batch.counts, batch.mask))
        self.assertEqual(pair.shape, (1, 2, 64, 64, 64))
        np.testing.assert_allclose((pair ** 2).sum(1), 1, rtol=1e-5)

    def test_knows_no_other_output(self):
        with self.assertRaisesRegex(ValueError, "real"):
            GuessingNetwork(2, (8, 8), (1, 1), output="real")


def later_loss(training):
    """Mean loss of batches that no step has learned from."""
    found = []
    with torch.no_grad():
        for training.batches in range(1000, 1010):
            found.append(float(training.loss_of_batch()))
    return np.mean(found)


class TrainTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.set_num_threads(1)

    def test_learns(self):
        for options in ({}, {"output": "phase", "loss": "coherent"}):
            before, trained = small(**options), small(rate=5e-3, **options)
            for _ in range(150):
                trained.step()
            self.assertLess(later_loss(trained), later_loss(before), options)

    def test_learns_from_its_own_attempts(self):
        trained, before, after = (small_mending(rate=5e-3) for _ in range(3))
        for _ in range(240):
            trained.step()
        after.network.load_state_dict(trained.network.state_dict())
        with torch.no_grad():
            self.assertLess(float(after.loss_of_batch()), float(before.loss_of_batch()))

    def test_resumes_bit_equal(self):
        for make in (small, small_mending):
            assert_resumes_bit_equal(self, make)

    def test_begins_with_the_weights_of_another_training(self):
        trained, begun = small_mending(), small_mending()
        trained.step()
        begun.begin_with(trained.state())
        for expected, found in zip(trained.average.state_dict().values(), begun.network.state_dict().values()):
            self.assertTrue(torch.equal(expected, found))
        self.assertEqual(begun.batches, 0)
        with self.assertRaisesRegex(ValueError, "train with these"):
            small_mending(widths=(8, 8), blocks=(1, 1)).begin_with(trained.state())

    def test_refuses_a_checkpoint_of_other_settings(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "checkpoint.pt"
            small().save(path)
            self.assertRaisesRegex(ValueError, "was trained with", small(loss="object").load, path)


class MendingTest(unittest.TestCase):
    def setUp(self):
        self.batch = training_batch(0, 1, 2, 128, 2)
        self.network = MendingNetwork(**SMALL, steps=3).eval()

    def test_nearest_truth_is_a_symmetry_of_the_truth(self):
        field = torch.stack([self.batch.field.real, self.batch.field.imag], 1)
        q = (torch.arange(128) - 64) / 128
        for twin in (1, -1):
            moved = torch.complex(field[:, 0], twin * field[:, 1]) * torch.polar(
                torch.ones(128, 128), 0.7 - 2 * torch.pi * (2.5 * q[:, None] - 1.5 * q))
            pair = torch.stack([moved.real, moved.imag], 1)
            np.testing.assert_allclose(nearest(pair, field), pair, atol=1e-3 * float(pair.abs().max()))

    def test_projection_lies_between_model_and_measurement(self):
        field = torch.tensor([[3.0], [4.0]])[None]
        for counts, known, expected in ((25.0, 1.0, 5.0), (0.0, 1.0, 5 / 3), (0.0, 0.0, 5.0)):
            found = project(field, torch.full((1, 1, 1), counts), torch.full((1, 1, 1), known))
            self.assertAlmostEqual(float((found ** 2).sum().sqrt()), expected, 4)
            self.assertAlmostEqual(float(found[0, 1] / found[0, 0]), 4 / 3, 5)

    def test_certainty_is_at_most_one_and_answers_repeat(self):
        inputs = inputs_of(self.batch.counts, self.batch.mask)
        with torch.no_grad():
            first, second = self.network(inputs), self.network(inputs)
        self.assertTrue(torch.equal(first, second))
        self.assertLessEqual(float((first ** 2).sum(1).max()), 1 + 1e-5)

    def test_each_crystal_is_mended_for_itself(self):
        inputs = inputs_of(self.batch.counts, self.batch.mask)
        with torch.no_grad():
            np.testing.assert_allclose(self.network(inputs)[1:], self.network(inputs[1:]), atol=1e-3)

    def test_of_two_looks_the_more_compact_object_is_the_answer(self):
        both = MendingNetwork(**SMALL, steps=3, looks=2).eval()
        both.load_state_dict(self.network.state_dict())
        inputs = inputs_of(self.batch.counts, self.batch.mask)
        counts, known = photons(inputs), 1 - inputs[:, 1:]
        outline = both.outline(counts)
        with torch.no_grad():
            answer = both(inputs)
            attempts = [both.attempt(look, counts, known, outline) for look in (0, 1)]
            best = torch.stack([compactness(attempt).flatten() for attempt in attempts]).argmax(0)
            self.assertFalse(torch.allclose(*attempts))
            for number, look in enumerate(best):
                field = both.transform.to_field(attempts[look])[number]
                certain = field / torch.maximum((field ** 2).sum(0), counts[number, 0]).sqrt().clamp(min=0.1)
                np.testing.assert_allclose(answer[number], certain, atol=1e-3)

    def test_compactness_is_the_part_of_the_power_in_dense_voxels(self):
        state = torch.zeros(2, 2, 4, 4)
        state[:, 0, 1, 1], state[0, 1, 2, 2], state[1, 1, 2, 2] = 1, 0.3, 0.1
        np.testing.assert_allclose(compactness(state).flatten(), [1, 1 / 1.01], rtol=1e-6)

    def test_weights_serve_any_number_of_steps_and_looks(self):
        training, shipped = small_mending(), small_mending()
        shipped.step()
        state = {**shipped.state(), "settings": {**shipped.network.settings, "steps": 9, "looks": 2}}
        training.begin_with(state)
        for expected, found in zip(shipped.average.parameters(), training.network.parameters()):
            self.assertTrue(torch.equal(expected, found))
        with self.assertRaisesRegex(ValueError, "widths"):
            training.begin_with({**state, "settings": {**state["settings"], "widths": (1, 2)}})

    def test_a_checkpoint_gives_the_averaged_network(self):
        training = small_mending()
        training.step()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "checkpoint.pt"
            training.save(path)
            loaded = load_network(path)
        self.assertEqual(loaded.settings, training.network.settings)
        for expected, found in zip(training.average.state_dict().values(), loaded.state_dict().values()):
            self.assertTrue(torch.equal(expected, found))


class ExportTest(unittest.TestCase):
    def test_graph_keeps_the_contract(self):
        for network in (GuessingNetwork(**SMALL), MendingNetwork(**SMALL, steps=2), MendingNetwork(**SMALL, steps=2, looks=2)):
            self._keeps_the_contract(network.eval())

    def test_loops_answer_what_the_written_out_steps_answer(self):
        network = MendingNetwork(steps=5, looks=2, **SMALL).eval()
        batch = training_batch(0, 1, 3, 128, 2)
        inputs = inputs_of(batch.counts, batch.mask)
        with torch.no_grad():
            expected = network(inputs)
            np.testing.assert_allclose(torch.jit.script(Looped(network))(inputs), expected, rtol=0, atol=2e-4)

    def test_shipped_graphs_hold_their_steps_as_loops(self):
        for name in ("phase-64", "phase-128-2d"):
            graph = onnx.load(str(MODELS / f"{name}.onnx"), load_external_data=False).graph
            self.assertIn("Loop", [node.op_type for node in graph.node])
            self.assertLess(len(graph.node), 200)

    def _keeps_the_contract(self, network):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "network.onnx"
            write_onnx(network, path)
            graph = onnx.load(str(path))
            self._agrees(network, path)
        self.assertEqual(graph.opset_import[0].version, 17)
        for value, name in ((graph.graph.input[0], "diffraction"), (graph.graph.output[0], "phases")):
            dimensions = value.type.tensor_type.shape.dim
            self.assertEqual(value.name, name)
            self.assertEqual([d.dim_param or d.dim_value for d in dimensions], ["N", 2, 128, 128])

    def _agrees(self, network, path):
        if not importlib.util.find_spec("onnxruntime"):
            return
        import onnxruntime
        batch = training_batch(0, 1, 3, 128, 2)
        inputs = inputs_of(batch.counts, batch.mask)
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        with torch.no_grad():
            np.testing.assert_allclose(session.run(None, {"diffraction": inputs.numpy()})[0], network(inputs), atol=1e-3)
