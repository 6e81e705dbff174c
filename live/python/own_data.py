"""Read a table of the reader's in the page, and show it in the explorers."""

import csv
from dataclasses import dataclass

import numpy as np

from clusterlib.datasets import standardize
from clusterlib.explorers import CutExplorer, KExplorer
from clusterlib.explorers.shared.scenes import scene

MOST = 1000  # rows that the explorers draw
MISSING = {"", "na", "n/a", "nan", "null", "none", "?", "-"}


@dataclass(frozen=True)
class Own:
    """Complete rows of numbers, the names of the columns, and what was left out."""

    X: np.ndarray
    names: tuple
    notes: tuple

    def __repr__(self):
        n, d = self.X.shape
        head = f"{n} rows, {d} columns: {', '.join(self.names)}"
        return "\n".join([head, *self.notes])


def read_csv(path):
    """Return the table in the file at `path`: columns of numbers, without incomplete rows."""
    rows = rows_of(text_of(path))
    header = not any(number(cell) is not None for cell in rows[0])
    names = rows[0] if header else [f"column {i + 1}" for i in range(len(rows[0]))]
    rows = rows[header:]
    if len(rows) < 2:
        raise ValueError(f"{path} holds {len(rows)} rows of data; clusters need two or more.")
    columns = {}
    notes = []
    for place, name in enumerate(names):
        cells = [row[place] if place < len(row) else "" for row in rows]
        values = [number(cell) for cell in cells]
        if reason := unfit(cells, values):
            notes.append(f"left out: {name}, {reason}")
        else:
            columns[name] = [np.nan if value is None else value for value in values]
    if not columns:
        raise ValueError(f"{path} has no column of numbers: {'; '.join(notes)}.")
    X = np.array(list(columns.values()), dtype=float).T
    whole = np.isfinite(X).all(axis=1)
    if not whole.all():
        notes.append(f"left out: {np.sum(~whole)} rows in which a value is missing")
    if whole.sum() < 2:
        raise ValueError(f"{path} has {whole.sum()} complete rows; clusters need two or more.")
    return Own(X[whole], tuple(columns), tuple(notes))


def text_of(path):
    """Return the text of a file, which is UTF-8, UTF-16 or Windows-1252."""
    with open(path, "rb") as file:
        raw = file.read()
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\0" in raw[:1000] and not wide:
        raise ValueError(f"{path} is not a text; save the table as CSV.")
    try:
        return raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def rows_of(text):
    """Return the rows of cells; the separator is the one that gives most rows of one length."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise ValueError("The file is empty.")

    def fit(sign):
        lengths = [len(row) for row in csv.reader(lines[:100], delimiter=sign)]
        return lengths.count(lengths[0]) * (lengths[0] > 1), lengths[0]

    sign = max((";", "\t", ",", "|", " "), key=fit)
    return [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=sign)]


def number(cell):
    """Return the number that `cell` says, with a point or a comma, or None."""
    try:
        return float(cell.replace(",", ".") if cell.count(",") == 1 else cell)
    except ValueError:
        return None


def unfit(cells, values):
    """Return why a column cannot be clustered, or an empty text."""
    texts = [cell for cell, value in zip(cells, values) if value is None]
    if any(cell.lower() not in MISSING for cell in texts):
        return "it holds texts"
    known = [value for value in values if value is not None and np.isfinite(value)]
    if not known or 2 * len(known) < len(values):
        return "most of its values are missing"
    if len(set(known)) == 1:
        return "all its values are equal"
    if values == [known[0] + step for step in range(len(values))]:
        return "it numbers the rows"
    return ""


def explorers(own):
    """Show the table's cut explorer and its k explorer, columns on one scale."""
    X = own.X
    print(own)
    if len(X) > MOST:
        print(f"shown: {MOST} of the rows, drawn at random")
        X = X[np.sort(np.random.default_rng(0).choice(len(X), MOST, replace=False))]
    if X.shape[1] > 1:
        print("each column is shifted and scaled to mean 0 and standard deviation 1")
        X = standardize(X)
    shown = scene(X, "your data", own.names)
    display(CutExplorer(shown, "own-cut", k=min(3, len(X))))  # noqa: F821
    display(KExplorer(shown, "own-k"))  # noqa: F821
