"""Missing values and categories: which rows and columns stay, and for which distances.

Question: what becomes of a row in which something is missing?
Chapter: 12, Case studies.
Symbols: X observations.

Complete numbers are compared by any distance.  Where that would throw away more than a third
of the rows, or where a table holds categories and hardly a number, Gower's distances take the
columns as they are.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

__all__ = ["choose_mixed", "complete", "with_gaps"]

LOST = 1 / 3  # of the rows


def complete(found, verdicts, taken):
    """Drop the columns that miss much and the rows in which a value is missing.

    Whichever keeps more numbers is dropped first.

    Returns
    -------
    taken : list of int
        The columns that stay; `verdicts` says why the others go.
    at : ndarray of int
        The rows that stay.
    """
    known = ~np.isnan(np.column_stack([found[j].values for j in taken]))
    if not known.all():
        order = np.argsort((~known).sum(axis=0), kind="stable")
        rows = np.logical_and.accumulate(known[:, order], axis=1).sum(axis=0)
        width = len(order) - int(np.argmax((rows * np.arange(1, len(order) + 1))[::-1]))
        keep = np.sort(order[:width])
        for j in set(range(len(taken))) - set(keep.tolist()):
            reason = f"{int((~known[:, j]).sum())} of {len(known)} values missing"
            verdicts[taken[j]] = replace(verdicts[taken[j]], use="left out", reason=reason)
        taken, known = [taken[j] for j in keep], known[:, keep]
    return taken, np.flatnonzero(known.all(axis=1))


def choose_mixed(found, taken, categories):
    """Return why Gower's distances fit better than complete numbers, or an empty text."""
    if len(taken) <= 1 and len(categories) >= 2:
        return "hardly any numbers beside categories: Gower's distances take both"
    if not taken:
        return ""
    gaps = np.isnan(np.column_stack([found[j].values for j in taken])).any(axis=1)
    if gaps.mean() > LOST:
        return (
            f"{int(gaps.sum()):,} of {len(gaps):,} rows miss a value: Gower's distances pass over "
            "what is missing"
        )
    return ""


def with_gaps(found, verdicts, taken, categories):
    """Return the table of numbers and categories as it is, without rows that hold nothing.

    Returns
    -------
    X : ndarray, shape (n, d)
        Numbers, categories as whole numbers, NaN where a value is missing.
    taken : list of int
        Its columns.
    at : ndarray of int
        Its rows.
    levels : tuple of tuple of str
        What the whole numbers of each column stand for; empty for numbers.
    """
    columns, levels = [], []
    taken = sorted([*taken, *categories])
    for j in taken:
        own = found[j]
        if j in categories:
            texts = np.array([str(c) for c in own.cells], dtype=object)
            names, codes = np.unique(texts[~own.missing].astype(str), return_inverse=True)
            x = np.full(len(texts), np.nan)
            x[~own.missing] = codes
            columns.append(x)
            levels.append(tuple(names.tolist()))
            verdicts[j] = replace(verdicts[j], use="used", reason=f"{len(names)} categories")
        else:
            columns.append(own.values)
            levels.append(())
    X = np.column_stack(columns)
    at = np.flatnonzero((~np.isnan(X)).sum(axis=1) * 2 > X.shape[1])  # so any two rows share one
    return X[at], taken, at, tuple(levels)
