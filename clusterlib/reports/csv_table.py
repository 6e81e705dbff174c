"""Read a table of numbers from a CSV file.

Question: which columns of a file can be clustered, and what was left out?
Chapter: 12, Case studies.
Symbols: X observations, one row a line of the file, one column a feature.

A file says little about itself: the separator, the decimal sign, a header, missing values
and columns that are no measurements are found by looking.  Nothing is dropped in silence: a
Table names each column and counts each row that it leaves out, with the reason.
"""

from __future__ import annotations

import csv
import io
import math
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

__all__ = ["Table", "TableError", "read_table"]

DELIMITERS = (",", ";", "\t", "|")
MISSING = {"", "?", "na", "n/a", "#n/a", "nan", "null"}
LOOK = 200  # records that decide the delimiter
FEW = 20  # different values at most of a text that can be a label


class TableError(ValueError):
    """A file that cannot be read as a table of numbers; the message is one line."""


@dataclass(frozen=True, eq=False)
class Table:
    """Numbers of a file, and what was left out of it.

    Attributes
    ----------
    X : ndarray, shape (n, d), float64
        The complete rows of the columns that hold measurements.
    names : tuple of str
        The names of these columns.
    labels : tuple of str or None, or None
        For each row, the text of the label column, None where it is missing; None without
        a label column.
    label : str or None
        The name of the label column.
    rows : int
        Number of rows in the file, without the header.
    incomplete : int
        Number of rows left out because a value is missing.
    left_out : dict of str to str
        The columns left out, each with the reason.
    notes : tuple of str
        What else was decided by looking.
    """

    X: np.ndarray
    names: tuple[str, ...]
    labels: tuple[str | None, ...] | None
    label: str | None
    rows: int
    incomplete: int
    left_out: dict[str, str]
    notes: tuple[str, ...]


def read_table(
    path: str | os.PathLike,
    *,
    label: str | None = None,
    columns: Sequence[str] | None = None,
    delimiter: str | None = None,
    header: bool | None = None,
) -> Table:
    r"""Read the columns of a CSV file that can be clustered.

    Parameters
    ----------
    path : str or path
        A text file in UTF-8, with or without a byte order mark.
    label : str, optional
        The column that names the class of each row; it is not clustered.
    columns : sequence of str, optional
        The columns to take, all of them numbers.  By default all columns of numbers but
        constant ones, row numbers and ids, and those with more than half of their values
        missing.
    delimiter : str, optional
        One character; by default the best of comma, semicolon, tab and bar.
    header : bool, optional
        Whether the first line holds names; by default it does if it holds a text where the
        lines below hold numbers.  Without names, columns are called "column 1", ...

    Returns
    -------
    Table
        Rows in which a value is missing (empty, NA, N/A, NaN, null or ?) are left out.  If
        the delimiter is no comma, numbers may have a decimal comma.

    Raises
    ------
    TableError
        If the file is empty, ragged or not UTF-8, a column is not there or holds no numbers,
        a number is infinite, or nothing is left.  The message names the line or column.
    OSError
        If the file cannot be opened.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp(), "pets.csv")
    >>> _ = file.write_text("name,kg,cm\nTom,4.2,46\nRex,31,?\nIda,0.9,20\n")
    >>> table = read_table(file)
    >>> table.X.tolist(), table.names, table.incomplete
    ([[4.2, 46.0], [0.9, 20.0]], ('kg', 'cm'), 1)
    >>> table.left_out
    {'name': 'text, such as "Tom" on line 2'}
    """
    text = _decoded(path)
    if delimiter is not None and (not isinstance(delimiter, str) or len(delimiter) != 1):
        raise TableError(f"the delimiter is {delimiter!r}; it must be one character")
    separator = delimiter or _delimiter(text)
    records = _records(text, separator)
    names, columns_of = _columns(records, separator, header)
    asked = None if columns is None else [_found(name, names, "column") for name in columns]
    own = None if label is None else _found(label, names, "label column")
    return _table(names, columns_of, asked, own)


# ---------------------------------------------------------------- from bytes to fields


def _decoded(path):
    """Return the text of the file, without a byte order mark."""
    raw = Path(path).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise TableError(
            f"line {line}: byte 0x{raw[error.start]:02x} is no UTF-8; save the file as UTF-8"
        ) from None
    if not text.strip():
        raise TableError("the file is empty")
    return text


def _parsed(text, delimiter):
    """Yield line number and fields of each record that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for record in reader:
            if record:
                yield reader.line_num, [field.strip() for field in record]
    except csv.Error as error:
        raise TableError(f"line {reader.line_num}: {error}") from None


def _delimiter(text):
    """Return the delimiter that gives rows of one length, full of numbers."""

    def score(delimiter):
        rows = []
        try:
            for _, row in _parsed(text, delimiter):
                rows.append(row)
                if len(rows) == LOOK:
                    break
        except TableError:
            return (0.0, 0.0, 0)
        width, often = Counter(map(len, rows)).most_common(1)[0]
        fields = [field for row in rows[1:] or rows for field in row]
        # "a,b" above "1,2" are two columns, not one of decimal commas
        whole = width == 1 and "," in rows[0][0]
        sign = "," if whole else delimiter
        numbers = sum(_number(f, sign) is not None or _is_missing(f) for f in fields)
        even = often / len(rows)
        return even * numbers / len(fields), even * (width > 1), width

    return max(DELIMITERS, key=score)


def _records(text, delimiter):
    """Return (line, fields) of all records, which must be equally long."""
    records = list(_parsed(text, delimiter))
    width = len(records[0][1])
    if width > 1:
        records = [(line, fields) for line, fields in records if fields != [""]]
    for line, fields in records:
        if len(fields) != width:
            raise TableError(
                f"line {line} has {len(fields)} fields and line {records[0][0]} has {width}; "
                "all lines need the same number, and text that holds the separator needs quotes"
            )
    return records


def _is_missing(field):
    return field.lower() in MISSING


def _number(field, delimiter):
    """Return `field` as a float, or None if it is no number."""
    if delimiter != "," and "." not in field:
        field = field.replace(",", ".", 1)
    try:
        return None if "_" in field else float(field)
    except ValueError:
        return None


# ---------------------------------------------------------------- from fields to columns


@dataclass
class Column:
    """One column: its fields, their numbers (NaN where there is none) and where text stands."""

    fields: list[str]
    lines: list[int]
    values: np.ndarray
    texts: np.ndarray
    comma: bool

    @property
    def missing(self):
        return np.isnan(self.values) & ~self.texts

    def text(self):
        """Return the first text with its line, for a message."""
        i = int(np.argmax(self.texts))
        return f"{_quoted(self.fields[i])} on line {self.lines[i]}"


def _quoted(text):
    return f'"{text if len(text) <= 30 else text[:29] + "…"}"'


def _column(fields, lines, delimiter):
    """Return the Column of `fields`; a missing field is neither number nor text."""
    numbers = [math.nan if _is_missing(f) else _number(f, delimiter) for f in fields]
    texts = np.array([v is None for v in numbers], dtype=bool)
    values = np.array([math.nan if v is None else v for v in numbers])
    comma = delimiter != "," and any("," in f for f, t in zip(fields, texts) if not t)
    return Column(fields, lines, values, texts, comma)


def _columns(records, delimiter, header):
    """Return the names of the columns and the Columns of the rows below them."""
    lines = [line for line, _ in records]
    below = [_column(list(f), lines[1:], delimiter) for f in zip(*(r for _, r in records[1:]))]
    first = records[0][1]
    if header is None:
        named = [_number(f, delimiter) is None and not _is_missing(f) for f in first]
        numbers = [not c.texts.any() and not c.missing.all() for c in below]
        header = any(n and b for n, b in zip(named, numbers)) or (all(named) and not any(numbers))
    if header:
        if not below:
            raise TableError("the file holds one line of names and no rows")
        return _unique(first), below
    fields = zip(*(r for _, r in records))
    return _unique([""] * len(first)), [_column(list(f), lines, delimiter) for f in fields]


def _unique(names):
    """Return names that are all different and not empty."""
    out: list[str] = []
    for i, name in enumerate(names, start=1):
        name = new = name or f"column {i}"
        again = 2
        while new in out:
            new, again = f"{name} ({again})", again + 1
        out.append(new)
    return out


def _found(name, names, what):
    """Return the index of column `name`."""
    if name in names:
        return names.index(name)
    known = ", ".join(map(_quoted, names[:12])) + (", …" if len(names) > 12 else "")
    raise TableError(f"there is no {what} {_quoted(name)}; the columns are {known}")


# ---------------------------------------------------------------- which columns, which rows


def _table(names, columns, asked, label):
    """Return the Table of the columns `asked` for, or of all that hold measurements."""
    left_out: dict[str, str] = {}
    taken = []
    for i in range(len(names)) if asked is None else asked:
        if i == label:
            if asked is not None:
                raise TableError(f"column {_quoted(names[i])} cannot be feature and label at once")
            continue
        reason = _no_numbers(columns[i])
        if reason and asked is not None:
            raise TableError(f"column {_quoted(names[i])} cannot be clustered: {reason}")
        reason = reason or (_no_measurement(names[i], columns[i]) if asked is None else None)
        if reason:
            left_out[names[i]] = reason
        else:
            taken.append(i)
    if not taken:
        why = "; ".join(f"{_quoted(name)}: {reason}" for name, reason in [*left_out.items()][:3])
        raise TableError(f"no column of numbers is left ({why})" if why else "no column is left")
    _require_finite(names, columns, taken)
    return _complete(names, columns, taken, label, left_out)


def _no_numbers(column):
    """Return why the column holds no numbers, or None."""
    if column.missing.all():
        return "no value"
    if not column.texts.any():
        return None
    share = 1 - column.texts.mean()
    if share >= 0.5:
        return f"text among numbers, {column.text()}"
    return f"text, such as {column.text()}" + _label_hint(column)


def _label_hint(column):
    """Return how to use a text of few values as a label."""
    kinds = {f for f, text in zip(column.fields, column.texts) if text}
    if 2 <= len(kinds) <= min(FEW, len(column.fields) // 2):
        return f"; its {len(kinds)} different values can be labels"
    return ""


def _no_measurement(name, column):
    """Return why numbers are no measurements, or None."""
    values = column.values[~np.isnan(column.values)]
    if column.missing.mean() > 0.5:
        return f"{int(column.missing.sum())} of {len(column.fields)} values missing"
    if len(column.fields) > 1 and values.min() == values.max():
        return f"constant, always {values[0]:g}"
    whole = len(values) == len(column.fields) > 2 and bool(np.all(values == np.floor(values)))
    if whole and values[0] in (0, 1) and bool(np.all(np.diff(values) == 1)):
        return f"row numbers, from {values[0]:g} to {values[-1]:g}"
    is_id = name.lower() == "id" or name.lower().endswith(("_id", " id", "-id"))
    if whole and is_id and len(np.unique(values)) == len(values):
        return "an id, whole and different in each row"
    return None


def _require_finite(names, columns, taken):
    for i in taken:
        infinite = np.isinf(columns[i].values)
        if infinite.any():
            at = int(np.argmax(infinite))
            raise TableError(
                f"column {_quoted(names[i])} holds {columns[i].fields[at]!r} on line "
                f"{columns[i].lines[at]}; numbers must be finite (write NA for a missing one)"
            )


def _complete(names, columns, taken, label, left_out):
    """Return the Table of the rows in which no value is missing."""
    X = np.column_stack([columns[i].values for i in taken])
    keep = ~np.isnan(X).any(axis=1)
    if not keep.any():
        worst = max(taken, key=lambda i: columns[i].missing.sum())
        raise TableError(
            f"no row is complete; column {_quoted(names[worst])} misses "
            f"{int(columns[worst].missing.sum())} of {len(X)} values"
        )
    labels = None
    if label is not None:
        fields = columns[label].fields
        labels = tuple(None if _is_missing(fields[i]) else fields[i] for i in np.flatnonzero(keep))
    return Table(
        X=X[keep],
        names=tuple(names[i] for i in taken),
        labels=labels,
        label=None if label is None else names[label],
        rows=len(X),
        incomplete=int((~keep).sum()),
        left_out=left_out,
        notes=("Numbers were read with a decimal comma.",)
        if any(columns[i].comma for i in taken)
        else (),
    )
