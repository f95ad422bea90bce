import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import scipy.fft
from scipy.ndimage import gaussian_filter
from scipy.optimize import approx_fprime, minimize_scalar

from phasing import benchmark, refine
from phasing.scores import object_scores, to_detector

from .test_phasing_scores import crystal


def counts_of(truth, photons=1e6):
    rate = np.abs(to_detector(truth)) ** 2
    return np.random.default_rng(2).poisson(rate * photons / rate.sum()).astype(np.float32)


class RefineTest(unittest.TestCase):
    def test_likelihood_gradient_is_that_of_finite_differences(self):
        rng = np.random.default_rng(3)
        counts, known = rng.poisson(3, (2, 3, 2)).astype(float), rng.random((2, 3, 2)) > 0.2

        def likelihood(flat):
            field = scipy.fft.fftn(flat[:12].reshape(2, 3, 2) + 1j * flat[12:].reshape(2, 3, 2), norm="ortho")
            rate = np.abs(field) ** 2
            return (known * (rate - counts * np.log(rate + refine.BACKGROUND))).sum()

        flat = rng.normal(size=24)
        point = flat[:12] + 1j * flat[12:]
        field = scipy.fft.fftn(point.reshape(2, 3, 2), norm="ortho")
        found = 2 * refine._gradient(field, counts, known, np.arange(12))
        np.testing.assert_allclose(np.concatenate([found.real, found.imag]), approx_fprime(flat, likelihood, 1e-7), atol=1e-4)

    def test_recovers_a_crystal_from_spoilt_phases(self):
        truth = crystal()
        counts = counts_of(truth)
        noise = gaussian_filter(np.random.default_rng(4).normal(size=counts.shape), 2, mode="wrap")
        guess = np.exp(1j * (np.angle(to_detector(truth)) + 0.9 * noise / noise.std()))
        mask = np.zeros(counts.shape)
        mask[:, 20:22] = 1
        volume, support = refine.refine(counts * (mask == 0), mask, guess, steps=(), blocks=3, iterations=50)
        self.assertGreater(object_scores(volume, truth)["correlation"], 0.97)
        self.assertEqual(support.shape, counts.shape)

    def test_projection_with_regard_for_noise_is_likeliest_near_the_field(self):
        rng = np.random.default_rng(5)
        counts = rng.poisson(2, (3, 2, 2)).astype(np.float32)
        volume = rng.normal(size=counts.shape) + 1j * rng.normal(size=counts.shape)
        measurement = refine.Measurement(counts, trust=0.2)
        before, after = (np.abs(scipy.fft.fftn(v, norm="ortho")).ravel() for v in (volume, measurement.project(volume)))
        self.assertEqual(measurement.trust, 0.2)
        for n, had, got in zip(measurement.counts.ravel(), before, after):
            found = minimize_scalar(lambda a: a * a - 2 * n * np.log(a) + 0.2 * (a - had) ** 2, bounds=(1e-6, 20), method="bounded")
            self.assertAlmostEqual(got, found.x, places=3)

    def test_bright_counts_are_trusted_more(self):
        self.assertAlmostEqual(refine.Measurement(np.full((2, 2, 2), 50.0), trust=0.2).trust, 0.02)
        self.assertEqual(refine.Measurement(np.full((2, 2, 2), 1.0)).trust, 0)

    def test_error_reduction_never_raises_the_error(self):
        truth = crystal()
        measurement = refine.Measurement(counts_of(truth))
        support = scipy.fft.ifftshift(np.abs(truth) > 0.1)
        volume = refine.random_start(measurement, support, np.random.default_rng(5))
        errors = []
        for _ in range(12):
            volume, _ = refine.iterate(measurement, volume, support, (("ER", 1),), refine.Wrap(), every=0)
            errors.append(np.square(np.abs(scipy.fft.fftn(volume, norm="ortho")) - measurement.amplitude).sum())
        self.assertTrue((np.diff(errors) <= 1e-3 * errors[0]).all())
        self.assertLess(errors[-1], 0.7 * errors[0])

    def test_solver_does_not_see_free_or_masked_voxels(self):
        counts = counts_of(crystal())
        free = refine.free_voxels(counts, np.zeros(counts.shape), np.random.default_rng(6))
        self.assertTrue(0.005 < free.mean() < 0.03)
        other = np.where(free, 1e6, counts)
        one, two = (refine.Measurement(c, None, free) for c in (counts, other))
        np.testing.assert_array_equal(one.amplitude, two.amplitude)

    def test_truth_has_the_smaller_deviance(self):
        truth = crystal()
        counts = counts_of(truth)
        scaled = truth * np.sqrt(counts.sum() / np.square(np.abs(truth)).sum())
        everywhere = np.ones(counts.shape, bool)
        spoilt = scaled * np.exp(1j * np.random.default_rng(7).normal(size=counts.shape))
        self.assertLess(refine.deviance(scaled, counts, everywhere), refine.deviance(spoilt, counts, everywhere))


class BenchmarkTest(unittest.TestCase):
    def test_stored_results_make_the_table(self):
        row = {"correlation": 0.96, "phaseRms": 0.1, "overlap": 0.9, "rFactor": 0.3, "transfer": 0.9, "agreement": 0.8, "seconds": 2.0,
               "iterations": 1000, "freeDeviance": 2.0}
        with tempfile.TemporaryDirectory() as folder:
            rival = Path(folder) / "rival"
            rival.mkdir()
            for start in range(benchmark.STARTS):
                scores = {**row, "correlation": 0.5 + 0.05 * start, "freeDeviance": 9.0 - start}
                stored = {"strain": "B", "span": 4.0, "photons": 1e6, "rows": {"rival, one start": scores}}
                (rival / f"0001-{start}.json").write_text(json.dumps(stored))
            table = benchmark.summary(benchmark.results(Path(folder)))
        self.assertEqual(table["rival, one start"]["B"]["correlation"], 0.5)
        self.assertEqual(table["rival, best of 7"]["all"], {
            "cases": 1, "above95": 0.0, "above90": 0.0, "correlation": 0.8, "phaseRms": 0.1, "overlap": 0.9, "rFactor": 0.3, "transfer": 0.9,
            "agreement": 0.8, "iterations": 7000.0, "seconds": 14.0})
        self.assertIn("| rival, best of 7 | B | 1 | 0.00 |", benchmark.as_markdown(table))

    def test_only_missing_cases_are_computed(self):
        seen = []

        def run(case):
            seen.append(case.number)
            return {"row": {"correlation": 1.0}}

        with tempfile.TemporaryDirectory() as folder:
            benchmark.compute(run, [0, 1], Path(folder))
            benchmark.compute(run, [0, 1, 2], Path(folder))
        self.assertEqual(seen, [0, 1, 2])
