"""Compare losses and networks in two dimensions: python3 -m flat.evaluate runs/flat --write flat-scores.md

The tables of the thesis (Figs 4.4 and 4.5) on simulated patterns that training never saw, and the preview network on frames of
another crystal family and of a measured scan. With --pictures FOLDER (needs matplotlib) the figures too.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from . import SIZE, gaps
from .cases import Case, measured, simulated
from .runs import ALL, LOSSES, NETWORKS, PREVIEW, Runs
from .scores import scores

LINEAR = "linear"


def table(cases, methods):
    """{method: scores} of functions Case -> log1p photons. The correlations are means over patterns; the skill is that of
    all gap pixels together."""
    cases = list(cases)
    estimates = {name: [method(case) for case in cases] for name, method in methods.items()}
    rows = {name: scores(cases, found, estimates[LINEAR]) for name, found in estimates.items()}
    if cases[0].rate is not None:
        rows["noise-free truth"] = scores(cases, [np.log1p(case.rate) for case in cases], estimates[LINEAR])
    return rows


def classical():
    return {LINEAR: Case.linear, "biharmonic": Case.biharmonic}


def methods_of(names, networks):
    """Linear and biharmonic interpolation and the named networks."""
    return {**classical(), **{name: lambda case, network=networks[name]: case.network(network) for name in names}}


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
