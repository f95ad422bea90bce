import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

import numpy as np

from phasing import benchmark, served
from phasing.scores import to_object


class ServedTest(unittest.TestCase):
    def test_iterations_of_recipes(self):
        for recipe, count in (("HIO150/ER20", 170), ("starts=2:NET/2x(HIO20/ER5)/ML30", 160),
                              ("NET/SW[every=10,sigma=2:0.8]/HIO100[beta=0.7]/ER20/ML30", 150),
                              ("starts=6,mean=3:MIX/FIRST[threshold=0.04,loose=2]/HIO10/2x(ER1/2x(ER2/RAAR3))", 6 * 32)):
            self.assertEqual(served.iterations(recipe), count, recipe)

    def test_a_result_is_scored_against_its_part_of_the_truth(self):
        part = (slice(2, 62), slice(0, 64), slice(4, 60))

        def phased(counts, recipe, model):
            self.assertEqual((recipe, model), ("NET/ER1", "none"))
            truths = [to_object(case.field[part]) for case in map(benchmark.Case, range(len(counts)))]
            return [served.Served(2j * truth, part, 1.5, 0.9, 1) for truth in truths]

        with tempfile.TemporaryDirectory() as folder, patch.object(served, "phase", phased):
            benchmark.run_served(range(2), Path(folder) / "served", "NET/ER1", "none")
            found = benchmark.results(Path(folder))
        self.assertEqual([(strain, row) for strain, row, _ in found], [("A", "server, `NET/ER1`"), ("B", "server, `NET/ER1`")])
        for _, _, scores in found:
            self.assertAlmostEqual(scores["correlation"], 1, places=5)
            self.assertEqual((scores["confidence"], scores["iterations"]), (0.9, 1))
            self.assertTrue(np.isfinite(scores["rFactor"]))
