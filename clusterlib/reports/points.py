"""From a table or an array to the numbers that are clustered, and those that are told.

Question: what exactly goes into the distances, and what comes out in my own units?
Chapter: 12, Case studies.
Symbols: X observations.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from clusterlib.core.checks import as_matrix, one_of
from clusterlib.datasets import standardize as standardized
from clusterlib.distance import boolean
from clusterlib.reports.columns import Verdict
from clusterlib.reports.files import pandas
from clusterlib.reports.html import cleaned
from clusterlib.reports.reduction import in_units
from clusterlib.reports.spaces import METRIC_NAMES, Metric
from clusterlib.reports.tables import Table, table_of

__all__ = ["Points", "prepared"]


@dataclass(frozen=True)
class Points:
    """What is clustered, `X`, and what the page tells of it, `measured`.

    `used` names the columns of `X`, `features` those of `measured`, in which each category is
    a column of its own.
    """

    X: np.ndarray
    metric: Metric
    unit: float | None
    measured: np.ndarray
    features: list[str]
    used: list[str]
    constant: list[str]
    known: list[str | None] | None
    records: np.ndarray
    row_names: tuple[str, ...] | None = None
    verdicts: tuple[Verdict, ...] = ()
    classes: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
    doubtful: dict[str, np.ndarray] = field(default_factory=dict)


def prepared(data, labels, names, standardize, metric):
    """Return the Points of an array, a data frame or a Table."""
    metric = one_of("metric", metric, METRIC_NAMES)
    table, names = _tabled(data, names, metric)
    own = None if table is None else table.labels
    if table is not None and labels is not None and len(labels) == table.rows:
        every = list(labels)
        labels = [every[i - 1] for i in table.records]
    mixed = table is not None and bool(table.categorical)
    given = table.X if table is not None else as_matrix("X", data).astype(float)
    names = _names(table.names if table is not None and names is None else names, given.shape[1])
    known = _labels(own if labels is None else labels, len(given))
    varied = [j for j in range(given.shape[1]) if len(given) and _varies(given[:, j])]
    values = given[:, varied]
    _require_three(values, len(given))
    used = [names[j] for j in varied]
    if mixed or metric == "gower":
        kinds = [bool(table.categorical[j]) if mixed else False for j in varied]
        levels = [table.levels[j] if mixed else () for j in varied]
        X, unit, own_metric = values, None, Metric("gower", tuple(kinds))
        measured, told = _indicators(values, used, kinds, levels)
    else:
        _require_kind(metric, values)
        raw = not standardize or metric in boolean.__all__
        X, unit = in_units(values) if raw else (standardized(values), None)
        own_metric, measured, told = Metric(metric), values, used
    classes = {} if table is None else {cleaned(n): t for n, t in table.classes.items()}
    if labels is not None:
        classes = {"your labels": tuple(known or ()), **classes}
    kept = {} if table is None or mixed else table.doubtful
    constant = [names[j] for j in sorted(set(range(len(names))).difference(varied))]
    return Points(
        X, own_metric, unit, measured, told, used, constant, known,
        np.arange(1, len(given) + 1) if table is None else table.records,
        None if table is None else table.row_names, () if table is None else table.verdicts,
        classes, kept,
    )  # fmt: skip


def _tabled(data, names, metric):
    """Return the Table of a data frame or of an array with gaps, or None, and the names left."""
    if isinstance(data, Table):
        return data, names
    frame, asked = data, []
    if _misses_numbers(data):
        frame = pandas().DataFrame(data, columns=_names(names, data.shape[1]))
        names, asked = None, list(frame.columns)
    if not hasattr(frame, "iloc"):
        return None, names
    return table_of(frame, include=asked, mixed=metric == "gower" or None), names


def _misses_numbers(data):
    """Return whether `data` is an array of floats in which some are missing."""
    floats = isinstance(data, np.ndarray) and data.ndim == 2 and data.dtype.kind == "f"
    return floats and bool(np.isnan(data).any())


def _varies(column):
    """Return whether a column has two different values that are not missing."""
    known = column[~np.isnan(column)]
    return bool(len(known) and np.any(known != known[0]))


def _require_three(values, n):
    different = len(np.unique(values, axis=0)) if values.shape[1] else min(n, 1)
    if different < 3:
        raise ValueError(
            f"the table has {different} different row{'s' * (different != 1)}; there is nothing "
            "to cluster below three"
        )


def _require_kind(metric, values):
    if metric in boolean.__all__ and not np.isin(values, (0, 1)).all():
        raise ValueError(f"the metric {metric} compares columns of 0 and 1; these hold others")
    if metric == "jensenshannon" and (values < 0).any():
        raise ValueError("the metric jensenshannon compares shares; these hold negative numbers")


def _indicators(values, names, kinds, levels):
    """Return columns of numbers to tell of: each category is one of 0 and 1.

    A missing number counts as the mean of its column, a missing category as no category.
    """
    columns, told = [], []
    for x, name, kind, own in zip(values.T, names, kinds, levels, strict=True):
        if kind:
            for code, level in enumerate(own):
                if 0 < np.sum(x == code) < len(x):
                    columns.append((x == code).astype(float))
                    told.append(cleaned(f"{name} = {level}"))
        else:
            columns.append(np.where(np.isnan(x), np.nanmean(x), x))
            told.append(name)
    return np.column_stack(columns), told


def _names(names, d):
    """Return one clean name for each column."""
    if names is None:
        return [f"feature {j}" for j in range(1, d + 1)]
    names = [cleaned(name) for name in names]
    if len(names) != d:
        raise ValueError(f"`names` has {len(names)} entries for {d} columns; give one each.")
    return names


def _labels(labels, n):
    """Return a clean text, or None, for each row."""
    if labels is None:
        return None
    labels = list(labels)
    if len(labels) != n:
        raise ValueError(f"`labels` has {len(labels)} entries for {n} rows; give one each.")
    return [None if label is None or label != label else cleaned(label) for label in labels]
