"""Which columns of a table are measurements: each one is judged before it counts.

Question: should this column decide who is near to whom?
Chapter: 12, Case studies.

A verdict is one of three.  A column is *used*; or *left out*, because it cannot be a
measurement; or *doubtful*: it holds numbers that look like codes, years or classes, and it
is left out until you ask for it.  Each verdict carries its reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

__all__ = ["Column", "Verdict", "judge", "sentinel", "twins"]

FEW = 20  # different values at most of a text that can be a class
CODES = 6  # whole numbers with so few different values look like codes
WIDE = 2000  # columns beyond which near-duplicates are not looked for
SENTINELS = (-1.0, -9.0, -99.0, -999.0, -9999.0, -99999.0, 99.0, 999.0, 9999.0, 99999.0)
IDENTIFIER = re.compile(
    r"(?i)(?:^|[\s_.-])(?:id|ids|no|nr|num|number|key|index|uuid|row)$|^(?:id|no|nr)[\s_.-]|[a-z]ID$"
)
CODE = re.compile(
    r"(?i)(?:^|[\s_.-])(?:zip|zipcode|plz|postcode|postal|phone|code|fips)(?:$|[\s_.-])"
)
CLASS = re.compile(
    r"(?i)^(?:class|classes|label|labels|target|species|cluster|group|category|outcome|"
    r"diagnosis|variety|kind|type|y)$"
)
YEAR = re.compile(r"(?i)(?:^|[\s_.-])(?:year|yr|jahr|season|année|año)(?:$|[\s_.-])")
DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}( .*)?|"
    r"\d{1,2}:\d\d(:\d\d)?"
)


@dataclass
class Column:
    """One column: its name, cells, numbers (NaN where there is none) and where text stands."""

    name: str
    cells: list
    values: np.ndarray
    missing: np.ndarray
    texts: np.ndarray
    notes: list[str] = field(default_factory=list)

    @property
    def classes(self):
        """The different cells that are not missing, if they are few enough to be classes."""
        found: set = set()
        for cell, absent in zip(self.cells, self.missing, strict=True):
            if not absent:
                found.add(cell)
            if len(found) > FEW:
                return set()
        return found if 2 <= len(found) <= max(2, len(self.cells) // 2) else set()


@dataclass(frozen=True)
class Verdict:
    """What a column is taken for.

    Attributes
    ----------
    name : str
        The column.
    use : {'used', 'doubtful', 'left out', 'names', 'compared'}
        What was done with it.
    reason : str
        Why.
    classes : bool
        Whether the clusters can be compared with it.
    """

    name: str
    use: str
    reason: str
    classes: bool = False


def judge(column):
    """Return the Verdict on one column, without regard to the others."""
    n, known = len(column.cells), ~column.missing & ~column.texts
    classes = bool(column.classes)
    if column.missing.all():
        return Verdict(column.name, "left out", "no value")
    if column.texts.any():
        return Verdict(column.name, "left out", _text(column, classes), classes)
    values = column.values[known]
    if column.missing.mean() > 0.5:
        return Verdict(
            column.name, "left out", f"{int(column.missing.sum())} of {n} values missing"
        )
    if n > 1 and values.min() == values.max():
        return Verdict(column.name, "left out", f"constant, always {values[0]:g}")
    return _numbers(column, values, classes)


def _text(column, classes):
    """Return why a column with texts is left out."""
    at = int(np.argmax(column.texts))
    first = f"{_quoted(column.cells[at])} in row {at + 1}"
    some = [str(c) for c, t in zip(column.cells[: 5 * at + 500], column.texts, strict=False) if t]
    if all(DATE.fullmatch(cell) for cell in some):
        return f"dates or times, such as {first}"
    if (~column.texts).mean() >= 0.5 and not column.texts.all():
        return f"text among numbers, {first}; name the word with --missing if it means no value"
    if classes:
        return f"text, such as {first}; {len(column.classes)} classes, --label compares with them"
    return f"text, such as {first}"


def _quoted(text):
    text = str(text)
    return f'"{text if len(text) <= 30 else text[:29] + "…"}"'


def _numbers(column, values, classes):
    """Return the Verdict on a column that holds numbers only."""
    name, n, different = column.name, len(column.cells), len(np.unique(values))
    whole = bool(np.all(values == np.floor(values)))
    full = len(values) == n > 2
    if whole and full and values[0] in (0, 1) and bool(np.all(np.diff(values) == 1)):
        return Verdict(name, "left out", f"row numbers, from {values[0]:g} to {values[-1]:g}")
    if whole and full and IDENTIFIER.search(name):
        if different > 0.95 * n:
            return Verdict(name, "left out", "an identifier, whole and different in each row")
        return Verdict(name, "doubtful", "its name says that it is a number of something")
    if whole and CODE.search(name):
        return Verdict(name, "doubtful", "its name says that it holds codes", classes)
    if whole and CLASS.search(name) and classes:
        return Verdict(
            name, "doubtful", f"{different} class labels; --label compares with them", True
        )
    if (
        whole
        and values.min() >= 1500
        and values.max() <= 2200
        and (
            YEAR.search(name)
            or (values.min() >= 1900 and values.max() <= 2100 and different <= 60 < n)
        )
    ):
        return Verdict(
            name, "doubtful", f"years, from {values.min():g} to {values.max():g}", classes
        )
    if whole and different <= CODES and n >= 4 * different:
        return Verdict(
            name, "doubtful", f"codes: only {different} different whole numbers", classes
        )
    return Verdict(name, "used", "; ".join(["numbers", *column.notes, *_tail(values)]))


def _tail(values):
    """Yield a word on a heavy tail, where logarithms may help."""
    if len(values) >= 20 and values.min() > 0:
        spread = values / values.max()
        skew = float(((spread - spread.mean()) ** 3).mean() / max(spread.std(), 1e-300) ** 3)
        if skew > 2:
            yield "a heavy right tail, --log may help"


def sentinel(values):
    """Return the number that stands for a missing value, such as -999, or None.

    It lies beyond all others by more than twice their range.

    Examples
    --------
    >>> sentinel(np.array([3.0, 5.0, 4.0, -999.0]))
    -999.0
    """
    known = values[np.isfinite(values)]
    for mark in SENTINELS:
        rest = known[known != mark]
        if len(rest) == len(known) or len(rest) < 3:
            continue
        width = np.ptp(rest / 2) * 2
        apart = max(rest.min() / 2 - mark / 2, mark / 2 - rest.max() / 2) * 2
        if width > 0 and apart > 2 * width and abs(mark) >= 9:
            return mark
    return None


def twins(columns):
    """Return which columns repeat an earlier one: {index: (index of the earlier, exactly)}.

    Near-duplicates correlate by more than 0.9995 in size; they are looked for in tables of
    at most 2,000 columns.
    """
    out, seen = {}, {}
    for j, column in enumerate(columns):
        first = seen.setdefault(column.values.tobytes(), j)
        if first != j:
            out[j] = first, True
    if not 1 < len(columns) <= WIDE or len(columns[0].values) < 10:
        return out
    X = np.column_stack([column.values for column in columns])
    known = ~np.isnan(X).any(axis=1)
    if known.sum() < 10:
        return out
    X = X[known] / np.maximum(np.abs(X[known]).max(axis=0), 1e-300)
    X = X - X.mean(axis=0)
    length = np.sqrt((X**2).sum(axis=0))
    X = X / np.where(length > 0, length, 1.0)
    near = np.triu(np.abs(X.T @ X) > 0.9995, 1)
    for j in np.flatnonzero(near.any(axis=0)):
        if j not in out:
            out[int(j)] = int(np.argmax(near[:, j])), False
    return out
