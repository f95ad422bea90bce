"""Phase held-out crystals by the network and by its rivals: python3 -m phasing.benchmark --output runs/benchmark rival random

Methods: `rival` (seven random starts of 4x(ER20/HIO180)/RAAR100/ER100), `random` (the refinement from random phases),
`spoilt` (the refinement from the true phases with smooth noise: which agreement is enough?), `network` (network alone, and
network + refinement; needs --checkpoint), `served` (the server's own program by the recipes of --recipe, in batches of ten).
Each result is stored when done: started again, only missing ones are computed. Cases alternate between the strain ranges, so an unfinished run is balanced; the rival's first
starts of all cases come before its second ones. Tables are made of what is there.
"""

import argparse
import copy
import json
import os
import re
import time
from pathlib import Path

import numpy as np
import torch
from scipy.ndimage import gaussian_filter

from . import refine, served
from .crystals import RANGES, heldout_crystal
from .network import SIZE
from .scores import object_scores, phase_agreement, to_detector, to_object
from .train import guess, load_network

BENCHMARK_SEED = 27_000_000
STARTS = 7
METHODS = ("rival", "random", "spoilt", "network", "served")
# Cases which the server's program phases in one run.
SERVED_AT_ONCE = 10
# Deviation in radians of the noise on true phases, smoothed over two voxels.
SPOILT = (1.0, 1.6, 2.2)


class Case:
    """Crystal `number` of the benchmark, or of another `seed`: counts, mask, true field and true object."""

    def __init__(self, number, dimensions=3, seed=BENCHMARK_SEED):
        self.number, self.seed, self.strain = number, seed, list(RANGES)[number % len(RANGES)]
        batch = heldout_crystal(number, seed, RANGES[self.strain], SIZE[dimensions], dimensions)
        self.batch, self.span = batch, float(batch.span[0])
        self.counts, self.mask, self.field = (volume[0].numpy() for volume in (batch.counts, batch.mask, batch.field))
        self.truth = to_object(self.field)

    def cut(self, part):
        """The same case as a measurement of a part of the volume has it."""
        smaller = copy.copy(self)
        smaller.counts, smaller.mask, smaller.field = (volume[part] for volume in (self.counts, self.mask, self.field))
        smaller.truth = to_object(smaller.field)
        return smaller

    def rng(self, stream):
        return np.random.default_rng([self.seed, self.number, stream])

    def scored(self, volume, seconds):
        """Scores of an object; `agreement` is that of its reciprocal-space phases."""
        return {**object_scores(volume, self.truth), "agreement": phase_agreement(to_detector(volume), self.field),
                "rFactor": refine.r_factor(volume, self.counts, self.mask), "seconds": seconds}


def run_rival(case, start):
    """One start, with its deviance on voxels which no start of this case saw."""
    free = refine.free_voxels(case.counts, case.mask, case.rng(0))
    began = time.monotonic()
    volume, _ = refine.rival(case.counts, case.mask, free, case.rng(1 + start))
    row = case.scored(volume, time.monotonic() - began)
    return {"rival, one start": {**row, "iterations": 1000, "freeDeviance": refine.deviance(volume, case.counts, free)}}


def run_random(case):
    """What the refinement does by itself: the same steps as after the network, from random phases."""
    began = time.monotonic()
    phases = np.exp(2j * np.pi * case.rng(20).random(case.counts.shape))
    volume, _ = refine.refine(case.counts, case.mask, phases)
    return {"random phases + refinement": {**case.scored(volume, time.monotonic() - began), "iterations": 150}}


def run_spoilt(case):
    """The refinement from phases as wrong as a network's may be; `agreement` is that of the phases it starts from."""
    rows = {}
    for stream, strength in enumerate(SPOILT):
        noise = gaussian_filter(case.rng(30 + stream).normal(size=case.counts.shape), 2, mode="wrap")
        field = np.exp(1j * (np.angle(case.field) + strength * noise / noise.std()))
        began = time.monotonic()
        volume, _ = refine.refine(case.counts, case.mask, field)
        rows[f"true phases, {strength} rad wrong + refinement"] = {
            **case.scored(volume, time.monotonic() - began), "agreement": phase_agreement(field, case.field), "iterations": 150}
    return rows


def run_network(case, network):
    began = time.monotonic()
    field = guess(network, case.batch.counts, case.batch.mask)[0]
    volume = to_object(np.sqrt(case.counts) * field)
    alone = case.scored(volume, time.monotonic() - began)
    # The network also foretells phases where nothing was counted, which its object does not show.
    alone["agreement"] = phase_agreement(field, case.field)
    volume, _ = refine.refine(case.counts, case.mask, field)
    refined = case.scored(volume, time.monotonic() - began)
    return {"network alone": {**alone, "iterations": 0}, "network + refinement": {**refined, "iterations": 150}}


def compute(run, numbers, folder, dimensions=3, name="{:04d}.json"):
    """Store run(case) of the cases that have no result yet; a result appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        path = folder / name.format(number)
        if path.exists():
            continue
        case = Case(number, dimensions)
        store(case, run(case), path)


def store(case, rows, path):
    """The rows of one case."""
    stored = {"strain": case.strain, "span": case.span, "photons": float(case.counts.sum()), "rows": rows}
    temporary = path.with_suffix(".part")
    temporary.write_text(json.dumps(stored, indent=1) + "\n")
    os.replace(temporary, path)
    shown = {row: round(scores["correlation"], 3) for row, scores in rows.items()}
    print(f"{case.number:04d} {case.strain} {case.counts.sum():.1e} photons: {shown}", flush=True)


def run_served(numbers, folder, recipe, model, seed=BENCHMARK_SEED):
    """Phase the cases that have no result of this model and recipe yet by the server's program."""
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^A-Za-z0-9]+", "-", f"{Path(model).stem} {recipe}").strip("-")
    paths = {number: folder / f"{number:04d}-{name}.json" for number in numbers}
    missing = [number for number, path in paths.items() if not path.exists()]
    for first in range(0, len(missing), SERVED_AT_ONCE):
        cases = [Case(number, seed=seed) for number in missing[first:first + SERVED_AT_ONCE]]
        for case, found in zip(cases, served.phase([case.counts for case in cases], recipe, model)):
            row = {**case.cut(found.part).scored(found.volume, found.seconds), "confidence": found.confidence,
                   "iterations": found.iterations}
            store(case, {f"server, `{recipe}`": row}, paths[case.number])


def results(folder):
    """[(strain range, row name, scores)] of everything stored; seven starts of a case also give the row of their best."""
    found = []
    for method in METHODS:
        starts = {}
        for path in sorted((folder / method).glob("*.json")):
            stored = json.loads(path.read_text())
            if method == "rival":
                starts.setdefault(path.stem.split("-")[0], []).append((stored["strain"], *stored["rows"].values()))
            else:
                found += [(stored["strain"], row, scores) for row, scores in stored["rows"].items()]
        found += [(case[0][0], "rival, one start", case[0][1]) for case in starts.values()]
        found += [(case[0][0], "rival, best of 7", _best([row for _, row in case])) for case in starts.values()
                  if len(case) == STARTS]
    return found


def _best(starts):
    """The start with the smallest deviance on free voxels, at the price of all."""
    best = min(starts, key=lambda row: row["freeDeviance"])
    return {**best, **{key: sum(row[key] for row in starts) for key in ("seconds", "iterations")}}


def summary(found):
    """{row: {strain range or all: scores}}; `cases` says how many they are."""
    table = {}
    for name in dict.fromkeys(row for _, row, _ in found):
        for strain in (*RANGES, "all"):
            chosen = [scores for s, row, scores in found if row == name and strain in (s, "all")]
            if chosen:
                table.setdefault(name, {})[strain] = _scores(chosen)
    return table


def _scores(rows):
    found = {key: np.array([row[key] for row in rows]) for key in
             ("correlation", "phaseRms", "overlap", "rFactor", "transfer", "agreement", "iterations", "seconds")}
    medians = {key: round(float(np.median(values)), 3) for key, values in found.items()}
    return {"cases": len(rows), "above95": round(float((found["correlation"] > 0.95).mean()), 3),
            "above90": round(float((found["correlation"] > 0.9).mean()), 3), **medians}


def as_markdown(table):
    lines = ["| method | range | cases | above .95 | above .9 | correlation | phase RMS, rad | overlap | R | PRTF | agreement | iterations | s |",
             "|---|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for name, ranges in table.items():
        for strain, s in ranges.items():
            lines.append(f"| {name} | {strain} | {s['cases']} | {s['above95']:.2f} | {s['above90']:.2f} | {s['correlation']:.3f} | "
                         f"{s['phaseRms']:.2f} | {s['overlap']:.2f} | {s['rFactor']:.2f} | {s['transfer']:.2f} | "
                         f"{s['agreement']:.2f} | "
                         f"{s['iterations']:.0f} | {s['seconds']:.1f} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("methods", nargs="*", help=f"of {', '.join(METHODS)}; none: only --write")
    parser.add_argument("--output", type=Path, required=True, help="folder of the results by method and case")
    parser.add_argument("--checkpoint", type=Path, help="checkpoint.pt of a training")
    parser.add_argument("--recipe", nargs="+", default=["auto"], help="of served")
    parser.add_argument("--model", default="auto", help="phasing model of served: ONNX file or none")
    parser.add_argument("--served-seed", type=int, default=BENCHMARK_SEED,
                        help="of the crystals of served: another one, such as 19000000, to choose a recipe on; with an --output of its own")
    parser.add_argument("--dimensions", type=int, choices=(2, 3), default=3, help="2: 128^2 images, 3: 64^3 volumes")
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--write", type=Path, help="write the table here as Markdown, and as JSON beside")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    if not set(arguments.methods) <= set(METHODS):
        parser.error(f"Methods are {', '.join(METHODS)}, not {' '.join(arguments.methods)}.")
    if "network" in arguments.methods and not arguments.checkpoint:
        parser.error("The method network needs --checkpoint.")
    numbers, output, dimensions = range(arguments.cases), arguments.output, arguments.dimensions
    if "random" in arguments.methods:
        compute(run_random, numbers, output / "random", dimensions)
    if "spoilt" in arguments.methods:
        compute(run_spoilt, numbers, output / "spoilt", dimensions)
    if "network" in arguments.methods:
        network = load_network(arguments.checkpoint)
        compute(lambda case: run_network(case, network), numbers, output / "network", dimensions)
    if "served" in arguments.methods:
        for recipe in arguments.recipe:
            run_served(numbers, output / "served", recipe, arguments.model, arguments.served_seed)
    if "rival" in arguments.methods:
        for start in range(STARTS):
            compute(lambda case, s=start: run_rival(case, s), numbers, output / "rival", dimensions, f"{{:04d}}-{start}.json")
    table = summary(results(arguments.output))
    print(as_markdown(table))
    if arguments.write:
        arguments.write.write_text(f"# Phasing benchmark\n\nMedians over held-out crystals, {'64^3' if dimensions == 3 else '128^2'}, "
                                   "by range of phase; success is a correlation above .95.\n\n" + as_markdown(table))
        arguments.write.with_suffix(".json").write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main()
