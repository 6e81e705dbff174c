"""A table of numbers from a file or a data frame, with what was left out of it.

Question: which columns and rows can be clustered, and what are the rows called?
Chapter: 12, Case studies.
Symbols: X observations, one row per record of the file, one column per feature.

`files` finds the cells, `headings` the names above them, `numbers` what they say, `columns`
judges each column.  Nothing is dropped in silence: a Table names each column and counts each
row that it leaves out, with the reason.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from clusterlib.reports.columns import Verdict, judge, sentinel, twins
from clusterlib.reports.files import TableError, cells_of
from clusterlib.reports.gaps import choose_mixed, complete, with_gaps
from clusterlib.reports.headings import names_of, row_labels, totals
from clusterlib.reports.numbers import signs_shown
from clusterlib.reports.typed import from_series, from_text

__all__ = ["Table", "TableError", "read_table", "table_of"]

NAMELIKE = ("name", "names", "sample", "gene", "patient", "country", "city", "label", "title")


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
    records : ndarray of int, shape (n,)
        The record of the file that each row of `X` is, counted from 1 below the header.
    row_names : tuple of str, or None
        The name of each row of `X`, from a column of names.
    rows : int
        Number of records in the file.
    verdicts : tuple of Verdict
        For each column of the file, whether it is used, doubtful or left out, and why.
    notes : tuple of str
        What else was decided by looking.
    classes : dict of str to tuple
        The columns that clusters can be compared with, the label column first: for each row
        of `X` its text, None where it is missing.
    doubtful : dict of str to ndarray
        The numbers of the doubtful columns in the rows of `X`, NaN where they are missing.
    categorical : tuple of bool
        Which columns of `X` hold categories, if it is for Gower's distances: `X` may then
        hold NaN for a missing value.  Empty for a table of complete numbers.
    levels : tuple of tuple of str
        For each column the categories that its whole numbers stand for.
    """

    X: np.ndarray
    names: tuple[str, ...]
    labels: tuple[str | None, ...] | None
    label: str | None
    records: np.ndarray
    row_names: tuple[str, ...] | None
    rows: int
    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...]
    classes: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
    doubtful: dict[str, np.ndarray] = field(default_factory=dict)
    categorical: tuple[bool, ...] = ()
    levels: tuple[tuple[str, ...], ...] = ()

    @property
    def incomplete(self) -> int:
        """Number of records left out because a value is missing."""
        return self.rows - len(self.X)

    @property
    def left_out(self) -> dict[str, str]:
        """The columns that are not clustered, each with the reason."""
        return {v.name: v.reason for v in self.verdicts if v.use not in ("used", "compared")}


def read_table(
    path: str | os.PathLike,
    *,
    label: str | None = None,
    columns: Sequence[str] | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    names: str | None = None,
    log: Sequence[str] = (),
    delimiter: str | None = None,
    header: bool | None = None,
    decimal: str | None = None,
    missing: Sequence[str] = (),
    encoding: str | None = None,
    sheet: str | None = None,
    mixed: bool | None = None,
) -> Table:
    r"""Read the columns of a file that can be clustered.

    Parameters
    ----------
    path : str or path
        CSV and its kin, plain, gzipped or zipped, an Excel workbook or a Parquet file; "-"
        reads the standard input.
    label : str, optional
        The column that names the class of each row; it is not clustered.
    columns : sequence of str, optional
        The columns to take, all of them numbers.  By default all columns that `columns.judge`
        finds to be measurements.
    include : sequence of str, optional
        Columns to cluster besides the measurements, such as doubtful ones.
    exclude : sequence of str, optional
        Columns to leave out.
    names : str, optional
        The column that names the rows; by default a column of texts that are all different.
    log : sequence of str, optional
        Columns of positive numbers to replace by their logarithms to base 10.
    delimiter : str, optional
        One character; by default the best of comma, semicolon, tab, bar and spaces.
    header : bool, optional
        Whether the first line holds names; by default it does if it holds a text where the
        lines below hold numbers, or a run of years.  Without names, columns are called
        "column 1", ...
    decimal : {'.', ','}, optional
        The decimal sign; by default each column is looked at.
    missing : sequence of str, optional
        Words for a missing value, besides the usual ones.
    encoding : str, optional
        Encoding of a text file; by default UTF-8, UTF-16 or what charset-normalizer finds.
    sheet : str, optional
        The sheet of a workbook; by default the first that is not empty.
    mixed : bool, optional
        Whether to keep categories and rows with missing values, for Gower's distances.  By
        default only if at most one column of numbers stands beside two of categories, or if
        more than a third of the rows miss a value.

    Returns
    -------
    Table
        Rows in which a value is missing are left out, or columns that miss many, whichever
        keeps more numbers.

    Raises
    ------
    TableError
        If the file cannot be read as a table, a column is not there or holds no numbers, a
        number is infinite, or nothing is left.  The message names the row or column.
    OSError
        If the file cannot be opened.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp(), "pets.csv")
    >>> _ = file.write_text("name,kg,cm\nTom,4.2,46\nRex,31,?\nIda,0.9,20\n")
    >>> table = read_table(file)
    >>> table.X.tolist(), table.names, table.incomplete
    ([[4.2, 46.0], [0.9, 20.0]], ('kg', 'cm'), 1)
    >>> table.row_names, table.records.tolist()
    (('Tom', 'Ida'), [1, 3])
    """
    if decimal not in (None, ".", ","):
        raise TableError(f"the decimal sign is {decimal!r}; it must be . or ,")
    cells = cells_of(path, delimiter=delimiter, encoding=encoding, sheet=sheet)
    choice: dict[str, Any] = {
        "label": label,
        "columns": columns,
        "include": include,
        "exclude": exclude,
        "names": names,
        "log": log,
        "mixed": mixed,
    }
    if cells.named:
        return table_of(cells.frame, missing=missing, decimal=decimal, notes=cells.notes, **choice)
    heads, frame, notes = names_of(cells, header)
    frame = totals(frame, notes)
    shown = [signs_shown(texts) for _, texts in frame.items()]
    sure = set().union(*shown)
    elsewhere = sure.pop() if len(sure) == 1 and not cells.comma else None
    found = []
    for name, (_, texts), own in zip(heads, frame.items(), shown, strict=True):
        sign = decimal or (None if own else elsewhere)  # 1.250 beside 3,5 is no fraction
        found.append(from_text(name, texts, cells.comma, sign, missing))
    return _table(found, [*cells.notes, *notes], **choice)


def table_of(
    frame: Any,
    *,
    label: str | None = None,
    columns: Sequence[str] | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    names: str | None = None,
    log: Sequence[str] = (),
    missing: Sequence[str] = (),
    decimal: str | None = None,
    notes: Sequence[str] = (),
    mixed: bool | None = None,
) -> Table:
    """Return the Table of a data frame, with the same rules as `read_table`.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any columns; an index with a meaning names the rows.
    label, columns, include, exclude, names, log, missing, decimal, mixed : optional
        As in `read_table`.
    notes : sequence of str, optional
        Sentences to keep.

    Returns
    -------
    Table

    Raises
    ------
    TableError
        As `read_table`.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"kg": [4.2, 31, None], "cm": [46, 60, 20]},
    ...                      index=["Tom", "Rex", "Ida"])
    >>> table_of(frame).row_names
    ('Tom', 'Rex')
    """
    found = []
    for name, (_, column) in zip(row_labels(map(str, frame.columns)), frame.items(), strict=True):
        found.append(from_series(name, column, missing, decimal))
    index = None if list(frame.index) == list(range(len(frame))) else [*map(str, frame.index)]
    return _table(found, list(notes), label=label, columns=columns, include=include,
                  exclude=exclude, names=names, log=log, index=index, mixed=mixed)  # fmt: skip


def _found(name, names, what):
    """Return the index of column `name`."""
    if name in names:
        return names.index(name)
    known = ", ".join(f'"{n[:30]}"' for n in names[:12]) + (", …" if len(names) > 12 else "")
    raise TableError(f'there is no {what} "{name}"; the columns are {known}')


def _table(found, notes, *, label, columns, include, exclude, names, log, index=None,
           mixed=None):  # fmt: skip
    """Return the Table of the columns asked for, or of all that hold measurements."""
    heads = [column.name for column in found]
    asked = None if columns is None else [_found(name, heads, "column") for name in columns]
    own = None if label is None else _found(label, heads, "label column")
    out = {_found(name, heads, "column") for name in exclude}
    back = {_found(name, heads, "column") for name in include}
    if asked is not None and own in asked:
        raise TableError(f'column "{label}" cannot be feature and label at once')
    for column in found:
        _mark_sentinels(column)
    verdicts = [judge(column) for column in found]
    for j in back:
        _require_numbers(found[j], verdicts[j])
        verdicts[j] = replace(verdicts[j], use="used", reason="asked for")
    named = None if names is None else _found(names, heads, "column of names")
    if named is None and index is None:
        named = _names_column(found, verdicts, own, asked)
    special = {own: ("compared", "the classes that the clusters are compared with")}
    special |= dict.fromkeys(out, ("left out", "left out as asked"))
    if named is not None:
        special[named] = special.get(named, ("names", "the names of the rows"))
    verdicts = [
        replace(v, use=special[j][0], reason=special[j][1]) if j in special else v
        for j, v in enumerate(verdicts)
    ]
    categories = [
        j for j, v in enumerate(verdicts)
        if v.classes and v.use == "left out" and found[j].texts.any() and j not in out
    ]  # fmt: skip
    enough = mixed or (mixed is None and len(categories) >= 2)
    taken, verdicts = _taken(found, verdicts, asked, out, back, enough)
    for name in log:
        _to_log(found, _found(name, heads, "column"))
    _require_finite(found, taken)
    titles = index if named is None else [str(cell) for cell in found[named].cells]
    return _complete(found, verdicts, taken, own, titles, notes, categories, mixed)


def _mark_sentinels(column):
    if not column.texts.any() and (mark := sentinel(column.values)) is not None:
        at = column.values == mark
        column.missing = column.missing | at
        column.values = np.where(at, np.nan, column.values)
        column.notes.append(f"{mark:g} in {int(at.sum())} rows taken as missing")


def _names_column(found, verdicts, label, asked):
    """Return the column that names the rows: texts that are all different, or identifiers."""
    texts = []
    for j, (column, verdict) in enumerate(zip(found, verdicts, strict=True)):
        if j == label or (asked is not None and j in asked) or column.missing.any():
            continue
        if column.texts.all() and "dates" not in verdict.reason:
            if len(set(column.cells)) == len(column.cells) > 1:
                texts.append(j)
        elif "identifier" in verdict.reason:
            texts.append(len(found) + j)  # if there is nothing better
    texts.sort(
        key=lambda j: (j >= len(found), found[j % len(found)].name.lower() not in NAMELIKE, j)
    )
    return texts[0] % len(found) if texts else None


def _taken(found, verdicts, asked, out, back, enough):
    """Return the columns to cluster, and the verdicts after it."""
    if asked is not None:
        for j in asked:
            _require_numbers(found[j], verdicts[j])
        chosen = [j for j in asked if j not in out]
        verdicts = [
            replace(v, use="used", reason="asked for") if j in chosen
            else v if v.use not in ("used", "doubtful")
            else replace(v, use="left out", reason="not asked for")
            for j, v in enumerate(verdicts)
        ]  # fmt: skip
    else:
        chosen = [j for j, v in enumerate(verdicts) if v.use == "used"]
        for j, (first, exact) in twins([found[j] for j in chosen]).items():
            if chosen[j] in back:
                continue
            how = "the same numbers as" if exact else "almost the same numbers as"
            reason = f"{how} {found[chosen[first]].name}"
            verdicts[chosen[j]] = replace(verdicts[chosen[j]], use="doubtful", reason=reason)
        chosen = [j for j in chosen if verdicts[j].use == "used"]
        if not chosen:  # a table of codes only, such as answers from 1 to 5
            chosen = [j for j, v in enumerate(verdicts) if v.use == "doubtful"]
            for j in chosen:
                reason = f"{verdicts[j].reason}; used, because nothing else is left"
                verdicts[j] = replace(verdicts[j], use="used", reason=reason)
    if not chosen and not (enough and asked is None):
        why = "; ".join(f'"{v.name}": {v.reason}' for v in verdicts[:3])
        raise TableError(f"no column of numbers is left ({why})" if asked is None or asked
                         else "no column is left")  # fmt: skip
    return chosen, verdicts


def _require_numbers(column, verdict):
    if column.texts.any() or column.missing.all():
        raise TableError(f'column "{column.name}" cannot be clustered: {verdict.reason}')


def _to_log(found, j):
    """Replace a column by its logarithms."""
    column = found[j]
    known = column.values[~np.isnan(column.values)]
    if column.texts.any() or not len(known) or known.min() <= 0:
        raise TableError(f'column "{column.name}" has no logarithms: it needs positive numbers')
    found[j] = replace(column, values=np.log10(column.values))


def _require_finite(found, taken):
    for j in taken:
        infinite = np.isinf(found[j].values)
        if infinite.any():
            at = int(np.argmax(infinite))
            raise TableError(
                f'column "{found[j].name}" holds {str(found[j].cells[at])!r} in row {at + 1}; '
                "numbers must be finite (write NA for a missing one)"
            )


def _complete(found, verdicts, taken, label, titles, notes, categories, mixed):
    """Return the Table of complete rows, or of rows with gaps and categories."""
    why = choose_mixed(found, taken, categories) if mixed is None else ""
    kinds: tuple[bool, ...] = ()
    levels: tuple[tuple[str, ...], ...] = ()
    if mixed or why:
        chosen = categories if mixed or len(taken) <= 1 else []
        X, taken, at, levels = with_gaps(found, verdicts, taken, chosen)
        kinds = tuple(j in chosen for j in taken)
        notes = [*notes, f"{why[0].upper()}{why[1:]}."] if why else notes
    else:
        taken, at = complete(found, verdicts, taken)
        X = np.column_stack([found[j].values for j in taken])[at]

    def texts(j):
        own = found[j]
        return tuple(None if own.missing[i] else str(own.cells[i]) for i in at)

    rank = {"left out": 0, "doubtful": 1}  # texts before numbers that may be codes
    known = sorted(
        (j for j, v in enumerate(verdicts) if v.classes and v.use in rank),
        key=lambda j: rank[verdicts[j].use],
    )
    classes = {found[j].name: texts(j) for j in [*([] if label is None else [label]), *known[:5]]}
    return Table(
        X=X,
        names=tuple(found[j].name for j in taken),
        labels=None if label is None else classes[found[label].name],
        label=None if label is None else found[label].name,
        records=at + 1,
        row_names=None if titles is None else tuple(titles[i] for i in at),
        rows=len(found[0].cells),
        verdicts=tuple(verdicts),
        notes=tuple(notes),
        classes=classes,
        doubtful={v.name: c.values[at] for c, v in zip(found, verdicts, strict=True)
                  if v.use == "doubtful"},
        categorical=kinds,
        levels=levels,
    )  # fmt: skip
