"""A Column from cells that are texts, or from the typed column of a data frame.

Question: which cells of this column are numbers, which are texts, and which are missing?
Chapter: 12, Case studies.
"""

from __future__ import annotations

import numpy as np

from clusterlib.reports.columns import Column
from clusterlib.reports.numbers import numbers_in

__all__ = ["from_series", "from_text"]


def from_text(name, texts, comma, decimal, missing):
    """Return the Column of cells that are texts."""
    said = numbers_in(texts, comma=comma, decimal=decimal, missing=missing)
    column = Column(name, texts.tolist(), said.values, said.missing, said.texts, said.notes)
    odd = {column.cells[i] for i in np.flatnonzero(said.texts)} if said.texts.any() else set()
    if len(odd) == 1 and said.texts.mean() <= 0.1 and (~said.missing & ~said.texts).sum() >= 3:
        column.missing = column.missing | column.texts
        column.texts = np.zeros_like(column.texts)
        column.notes.append(f'"{odd.pop()[:30]}" taken as missing')
    return column


def from_series(name, column, missing, decimal):
    """Return the Column of a typed column of a data frame."""
    absent = column.isna().to_numpy(dtype=bool)
    kind = getattr(column.dtype, "kind", "O")
    if kind in "iufb" and not hasattr(column.dtype, "categories"):
        values = column.to_numpy(dtype=float, na_value=np.nan)
        return Column(name, column.tolist(), values, absent, np.zeros(len(values), dtype=bool))
    texts = column.astype(object).where(~absent, "").map(str).str.strip()
    return from_text(name, texts.astype(str), True, decimal, missing)


# ---------------------------------------------------------------- which columns, which rows
