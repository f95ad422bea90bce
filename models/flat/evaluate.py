"""Compare losses and networks in two dimensions: python3 -m flat.evaluate runs/flat --write flat-scores.md

The tables of the thesis (Figs 4.4 and 4.5) on simulated patterns that training never saw, and the preview network on frames of
another crystal family and of a measured scan. With --pictures FOLDER (needs matplotlib) the figures too.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from skimage.restoration import inpaint_biharmonic

from inpainting.prefill import linear_prefill
from inpainting.scan import load_counts

from . import SIZE, gaps
from .examples import Patterns, example
from .fill import fill
from .networks import PreviewNetwork
from .train import load_network

EVALUATION_SEED = 9_100_000
ALL = "mse+ssim+gradient"
LOSSES = ("mse", "mae", "ssim", ALL)
NETWORKS = ("unet", "msd", "modified")
PREVIEW = "preview-mse+gradient-any"
LINEAR = "linear"
SHIPPED = Path(__file__).parents[1] / "inpaint-frame128.onnx"


class Case:
    """One pattern with a gap. `counts` and `rate` in photons; `rate` is None for measured patterns, where nobody knows it."""

    def __init__(self, counts, rate, mask):
        self.counts, self.rate, self.mask = counts, rate, mask
        self.hidden = np.where(mask > 0, 0, counts)

    def linear(self):
        return linear_prefill(np.log1p(self.hidden), self.mask)

    def biharmonic(self):
        return inpaint_biharmonic(np.log1p(self.hidden).astype(float), self.mask > 0)

    def network(self, network):
        """log1p photons as `network` predicts them; only gap pixels mean something."""
        if network.prefilled:
            return fill(network, self.hidden, self.mask)
        asked = example(self.hidden, self.hidden, self.mask, False)
        with torch.no_grad():
            return network(torch.from_numpy(asked.inputs[None].astype(np.float32)))[0, 0].numpy() * asked.scale


def simulated(source, width, count):
    """Cases with a cross of `width` at a random place near the middle; the same patterns and places for all widths."""
    patterns = Patterns(EVALUATION_SEED, source)
    for number in range(count):
        pattern = patterns.pattern(number)
        place = np.random.default_rng([EVALUATION_SEED, 3, number])
        middle = [gaps.start(max(gaps.WIDTHS), place) + max(gaps.WIDTHS) // 2 for _ in range(2)]
        yield Case(pattern.counts, pattern.rate, gaps.cross([m - width // 2 for m in middle], width))


def measured(file, width, count):
    """Frames around the peak of a measured scan, the window 128^2 around the peak, with a cross 4 to 24 pixels off it."""
    counts = load_counts(file)
    peak = np.unravel_index(counts.argmax(), counts.shape)
    corner = [int(np.clip(p - SIZE // 2, 0, n - SIZE)) for p, n in zip(peak[1:], counts.shape[1:])]
    for number in range(count):
        place = np.random.default_rng([EVALUATION_SEED, 4, number])
        frame = counts[int(np.clip(peak[0] + place.integers(-16, 17), 0, len(counts) - 1))]
        frame = frame[corner[0]:corner[0] + SIZE, corner[1]:corner[1] + SIZE]
        middle = [p - c + int(place.choice([-1, 1]) * place.integers(4, 25)) for p, c in zip(peak[1:], corner)]
        yield Case(frame, None, gaps.cross([m - width // 2 for m in middle], width))


def table(cases, methods):
    """{method: scores} of functions Case -> log1p photons. The correlations are means over patterns; the skill is that of
    all gap pixels together."""
    cases = list(cases)
    estimates = {name: [method(case) for case in cases] for name, method in methods.items()}
    rows = {name: scores(cases, found, estimates[LINEAR]) for name, found in estimates.items()}
    if cases[0].rate is not None:
        rows["noise-free truth"] = scores(cases, [np.log1p(case.rate) for case in cases], estimates[LINEAR])
    return rows


def scores(cases, estimates, linear):
    """PCC against the hidden counts as in the thesis; where the rate is known, PCC and skill over linear against it."""
    gaps_of = [case.mask > 0 for case in cases]
    counts = [np.log1p(case.counts) for case in cases]
    known = cases[0].rate is not None
    truth = [np.log1p(case.rate) for case in cases] if known else counts
    errors, linear_errors = (sum(np.square(e[g] - t[g]).sum() for e, t, g in zip(found, truth, gaps_of))
                             for found in (estimates, linear))
    row = {"pcc": correlation(estimates, counts, gaps_of), "skill": 1 - errors / linear_errors}
    if known:
        row["pccRate"] = correlation(estimates, truth, gaps_of)
    return {key: round(float(value), 4) for key, value in row.items()}


def correlation(estimates, truths, gaps_of):
    """Mean over patterns of the Pearson correlation in the gap; a flat estimate has none, which counts as 0."""
    found = []
    for estimate, truth, gap in zip(estimates, truths, gaps_of):
        a, b = estimate[gap] - estimate[gap].mean(), truth[gap] - truth[gap].mean()
        if b.any():
            found.append(a @ b / np.sqrt((a @ a) * (b @ b)) if np.abs(a).max() > 1e-6 else 0.0)
    return np.mean(found)


def classical():
    return {LINEAR: Case.linear, "biharmonic": Case.biharmonic}


def methods_of(names, networks):
    """Linear and biharmonic interpolation and the named networks."""
    return {**classical(), **{name: lambda case, network=networks[name]: case.network(network) for name in names}}


class Runs:
    """The trained networks of a folder, by name, and how they were trained; the preview network is the shipped one where the
    folder has none."""

    def __init__(self, folder):
        self.folder, self.states, self.loaded = folder, {}, {}

    def __getitem__(self, name):
        if name not in self.loaded:
            checkpoint = self.folder / name / "checkpoint.pt"
            if checkpoint.exists():
                self.loaded[name], self.states[name] = load_network(checkpoint)
            elif name == PREVIEW:
                self.loaded[name], self.states[name] = shipped_preview()
            else:
                raise FileNotFoundError(f"{checkpoint} is missing; train it first with flat.train (see models/README.md).")
        return self.loaded[name]


def shipped_preview():
    """The network of the ONNX file beside its card, and what the card tells of its training."""
    weights = {value.name: torch.from_numpy(numpy_helper.to_array(value).copy()) for value in onnx.load(SHIPPED).graph.initializer}
    network = PreviewNetwork().eval()
    network.load_state_dict(weights)
    training = json.loads(SHIPPED.with_suffix(".json").read_text())["training"]
    settings = {key: training[key] for key in ("seed", "batch", "rate")}
    return network, {"settings": {**settings, "patterns": training["patternsSeen"], "epochs": 1}, "hours": training["hours"],
                     "batches": training["patternsSeen"] // training["batch"], "start": None}


def compare(runs, count, scan=None):
    """All tables as one dictionary."""
    names = [f"unet-{loss}-9" for loss in LOSSES]
    result = {"losses": {"9": table(simulated("polygons", 9, count), methods_of(names, runs))}, "networks": {}, "frames": {}}
    for width in gaps.WIDTHS:
        names = [f"{network}-{ALL}-{width}" for network in NETWORKS] + [PREVIEW]
        result["networks"][str(width)] = table(simulated("polygons", width, count), methods_of(names, runs))
    for width in (*gaps.WIDTHS, 36):
        result["frames"][str(width)] = table(simulated("heldout", width, count), methods_of([PREVIEW], runs))
    if scan:
        result["measured"] = {str(width): table(measured(scan, width, count), methods_of([PREVIEW], runs))
                              for width in gaps.WIDTHS}
    result["secondsPerWindow"] = round(seconds_per_window(runs[PREVIEW]), 4)
    result["training"] = {name: training_of(state) for name, state in sorted(runs.states.items())}
    return result


def seconds_per_window(network, windows=16):
    inputs = torch.zeros(1, 2, SIZE, SIZE)
    started = time.process_time()
    with torch.no_grad():
        for _ in range(windows):
            network(inputs)
    return (time.process_time() - started) / windows


def training_of(state):
    settings = state["settings"]
    return {"patterns": settings["patterns"], "epochs": settings["epochs"], "seen": state["batches"] * settings["batch"],
            "batch": settings["batch"], "rate": settings["rate"], "seed": settings["seed"], "hours": round(state["hours"], 2),
            "startedFromPatterns": (state["start"] or {}).get("seen", 0)}


def as_markdown(result, command):
    text = ["# Scores of the two-dimensional networks", "",
            "All on log1p photons in the gap. PCC: mean over patterns, against the hidden counts (as in the thesis) or the rate.",
            "skill = 1 - SSE / SSE of linear, all patterns together, against the rate (measured scan: the counts).",
            f"Command: `{command}`", ""]
    parts = [("losses", "Losses: U-Net, cross of {} px"), ("networks", "Networks, all with MSE + SSIM + gradients: cross of {} px"),
             ("frames", "Preview network on frames of a held-out crystal family: cross of {} px"),
             ("measured", "Preview network on frames of the measured scan: cross of {} px")]
    for key, title in parts:
        for width, rows in result.get(key, {}).items():
            text += [f"## {title.format(width)}", "", "| method | PCC, counts | PCC, rate | skill |", "|---|---|---|---|"]
            for name, row in rows.items():
                values = (row["pcc"], row.get("pccRate"), row["skill"])
                text.append(f"| {name} | " + " | ".join("" if v is None else f"{v:.3f}" for v in values) + " |")
            text.append("")
    text += ["## Trainings", "",
             "| run | patterns seen | of which different | before that, another width | batch | rate | hours |",
             "|---|---|---|---|---|---|---|"]
    for name, row in result["training"].items():
        text.append(f"| {name} | {row['seen']} | {min(row['patterns'], row['seen'])} | {row['startedFromPatterns'] or ''} | "
                    f"{row['batch']} | {row['rate']:g} | {row['hours']:.2f} |")
    text += ["", f"The preview network takes {1000 * result['secondsPerWindow']:.0f} ms of one CPU core for a window of 128^2."]
    return "\n".join(text) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("runs", type=Path, help="folder of trainings, the --output of flat.train")
    parser.add_argument("--patterns", type=int, default=64)
    parser.add_argument("--scan", type=Path, help="a gap-free measured scan (Lima or plain HDF5)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", type=Path, help="write the tables here as Markdown, and as JSON beside")
    parser.add_argument("--pictures", type=Path, help="folder for the figures")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    runs = Runs(arguments.runs)
    result = compare(runs, arguments.patterns, arguments.scan)
    scan = f" --scan {arguments.scan.name}" if arguments.scan else ""
    command = f"python3 -m flat.evaluate {arguments.runs} --patterns {arguments.patterns}{scan} --write flat-scores.md"
    text = as_markdown(result, command)
    print(text)
    if arguments.write:
        arguments.write.write_text(text)
        arguments.write.with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
    if arguments.pictures:
        from .pictures import draw
        draw(runs, arguments.patterns, arguments.pictures)


if __name__ == "__main__":
    main()
