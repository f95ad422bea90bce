"""Means over rows of scores, and Markdown of them."""

import numpy as np

from .scores import DISTANCE_BINS, RATE_BINS

COLUMNS = {"skill": "skill", "tilePcc": "tile PCC", "pcc": "gap PCC", "mae": "MAE", "deviance": "deviance", "coverage": "within 1 sd",
           "coverageBright": "where rate > 0.3", "recoverable": "recoverable"}
RIVALS = "linear", "biharmonic", "sampled ridge", "ridge"


def means(rows):
    """{method: {width: {score: mean over cases}}}"""
    table = {}
    for row in rows:
        table.setdefault(row["method"], {}).setdefault(str(row["width"]), []).append(row)
    return {method: {width: {key: round(float(np.nanmean([row[key] for row in found])), 4)
                             for key, value in found[0].items() if isinstance(value, float)}
                     for width, found in widths.items()} for method, widths in table.items()}


def root_mean_squares(rows, by):
    """{method: root mean squared error in each bin of `by` ("rate" or "distance"), nan in empty ones}, over all widths."""
    table = {}
    for row in rows:
        squares, voxels = table.get(row["method"], (0, 0))
        table[row["method"]] = squares + np.array(row[by][0]), voxels + np.array(row[by][1])
    return {method: np.sqrt(np.divide(s, n, out=np.full(len(s), np.nan), where=np.array(n) > 0)) for method, (s, n) in table.items()}


def lost(rows, rival):
    """Cases where the network's squared error is larger than the rival's: (number, of how many, the worst ratio)."""
    sums = {(row["case"], row["width"], row["method"]): sum(row["rate"][0]) for row in rows}
    ratios = [sums[case, width, "network"] / sums[case, width, rival] for case, width, method in sums if method == "network"]
    return sum(ratio > 1 for ratio in ratios), len(ratios), round(max(ratios), 3)


def binned_means(rows, key, bins):
    """{method: mean of the entries of row[key], pairs of (place, value), in each of the bins of the place}"""
    found = {}
    for row in rows:
        if key in row:
            found.setdefault(row["method"], []).extend(row[key])
    table = {}
    for method, pairs in found.items():
        places, values = np.array(pairs).T
        table[method] = [float(np.nanmean(chosen)) if (chosen := values[(places >= low) & (places < high)]).size else np.nan
                         for low, high in zip(bins, bins[1:])]
    return table


def as_markdown(rows, title):
    lines = [f"## {title}", "", "| method | gap | " + " | ".join(COLUMNS.values()) + " |", "|" + "---|" * (2 + len(COLUMNS))]
    for method, widths in means(rows).items():
        for width, row in widths.items():
            lines.append(f"| {method} | {width} | " + " | ".join(_number(row.get(key)) for key in COLUMNS) + " |")
    lines += ["", "Cases in which the network's squared error is larger than the rival's: " + "; ".join(
        "{}: {} of {} (worst ratio {:.2f})".format(rival, *lost(rows, rival)) for rival in RIVALS) + ".", ""]
    for by, bins, title in (("rate", RATE_BINS, "the true rate"), ("distance", DISTANCE_BINS, "the distance from the peak, voxels")):
        lines += [f"Root mean squared error by {title}, all widths together:", ""]
        lines += bin_table(root_mean_squares(rows, by), bins) + [""]
    return "\n".join(lines)


def bin_table(table, bins):
    """{method: a value for each bin} as lines of Markdown."""
    lines = ["| method | " + " | ".join(f"{low:g} to {high:g}" for low, high in zip(bins, bins[1:])) + " |",
             "|---|" + "---|" * (len(bins) - 1)]
    return lines + [f"| {method} | " + " | ".join(_number(value) for value in values) + " |" for method, values in table.items()]


def _number(value):
    return "" if value is None or np.isnan(value) else f"{value:.3f}"
