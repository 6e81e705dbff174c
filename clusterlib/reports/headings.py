"""The names above a table, and the rows that are no observations: units and totals.

Question: does the first row hold names, the second units, the last a total?
Chapter: 12, Case studies.
"""

from __future__ import annotations

import re

import numpy as np

from clusterlib.reports.files import TableError
from clusterlib.reports.numbers import DRESSED, MISSING

__all__ = ["names_of", "row_labels", "totals"]

LOOK = 200  # rows below the header that are looked at
TOTAL = {
    "total", "totals", "total:", "grand total", "sum", "sum:", "mean", "average", "gesamt",
    "summe", "all rows",
}  # fmt: skip


def names_of(cells, header):
    """Return the names of the columns, the rows below them, and notes.

    Parameters
    ----------
    cells : Cells
        What a file holds.
    header : bool or None
        Whether the first row holds names; None to look.

    Returns
    -------
    (list of str, data frame, list of str)
    """
    frame, notes = cells.frame, []
    first = frame.iloc[0].tolist()
    below = frame.iloc[1 : LOOK + 1]
    if header is None:
        header = cells.heading is None and _is_header(first, below)
    elif header and cells.heading is not None:  # "#id,x" above numbers is the header
        header = _is_header(first, below)
    if header:
        if len(frame) == 1:
            raise TableError("the file holds one line of names and no rows")
        names, frame = row_labels(first), frame.iloc[1:]
        if units := _units(frame.iloc[0].tolist(), frame.iloc[1 : LOOK + 1]):
            notes.append(f"The row below the header holds units ({units}) and was skipped.")
            frame = frame.iloc[1:]
    else:
        names = row_labels(cells.heading or [""] * len(first))
        if cells.heading:
            notes.append("The names of the columns stand in a comment.")
    return names, frame.reset_index(drop=True), notes


def row_labels(names):
    """Return names that are all different and not empty."""
    out: list[str] = []
    used: set[str] = set()
    for i, name in enumerate(names, start=1):
        name = new = name or f"column {i}"
        again = 2
        while new in used:
            new, again = f"{name} ({again})", again + 1
        out.append(new)
        used.add(new)
    return out


def _is_number(cell):
    return bool(DRESSED.fullmatch(cell)) or cell.lower() in ("inf", "-inf")


def _is_missing(cell):
    return cell.lower() in MISSING


def _is_header(first, below):
    """Return whether the first row holds names: texts above numbers, or a run of years."""
    if not len(below):
        return not any(map(_is_number, first))
    named = [not _is_number(cell) and (not _is_missing(cell)) for cell in first]
    numbers = [
        sum(map(_is_number, column)) > 0.5 * sum(not _is_missing(cell) for cell in column)
        for column in (below[j].tolist() for j in below.columns)
    ]
    if any(n and b for n, b in zip(named, numbers, strict=True)):
        return sum(named) >= sum(n == "" for n in first) and sum(named) >= 0.5 * sum(numbers)
    return (all(named) and not any(numbers)) or _run(first, below)


def _run(first, below):
    """Return whether the first row is a run of years, or 0, 1, 2, ..., that no row repeats."""
    cells = [cell for cell in first if _is_number(cell)]
    counted = len(cells) > 2 and cells in (
        [str(i) for i in range(len(cells))],
        [str(i) for i in range(1, len(cells) + 1)],
    )
    years = all(re.fullmatch(r"(?:1[5-9]|2[01])\d\d", cell) for cell in cells)
    if len(cells) < 2 or not (counted or years):
        return False
    steps = set(np.diff([int(cell) for cell in cells]).tolist())
    rows = [[cell for cell in row if _is_number(cell)] for row in below.to_numpy().tolist()]
    return len(steps) == 1 and steps != {0} and cells not in rows


def _units(row, below):
    """Return the units of a row of units, or nothing."""
    if len(below) < 2:
        return ""
    told = [
        cell
        for j, cell in zip(below.columns, row, strict=True)
        if sum(map(_is_number, below[j])) > 0.5 * len(below)
    ]
    texts = [cell for cell in told if cell and not _is_number(cell) and not _is_missing(cell)]
    if not texts or any(map(_is_number, told)) or any(len(t) > 16 for t in texts):
        return ""
    return ", ".join(texts[:6])


def totals(frame, notes):
    """Return `frame` without rows of totals at its end."""
    for _ in range(3):
        if len(frame) < 4:
            return frame
        words = [cell for cell in frame.iloc[-1] if cell.strip().lower() in TOTAL]
        if not words:
            return frame
        notes.append(f'Row {len(frame)} says "{words[0]}" and was left out.')
        frame = frame.iloc[:-1]
    return frame
