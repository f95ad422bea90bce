"""How good filled gaps are."""

import numpy as np


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
