"""From a file to cells: encodings, archives, workbooks and separators.

Question: what is this file, and where do its cells begin and end?
Chapter: 12, Case studies.

pandas reads the cells.  What a file does not say is found by looking: the encoding by
charset-normalizer, the separator by the one that gives rows of one length.  All cells stay
texts here, so that a later look can say what each column holds.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Cells", "TableError", "cells_of"]

DELIMITERS = (",", ";", "\t", "|", r"\s+")
LOOK = 200  # records that decide the separator
COMMENT = re.compile(r"(?m)^#(?!N/A|DIV/0!|VALUE!|REF!|NUM!|NAME\?).*(?:\r\n|\n|\r|\Z)")
EXTRA = "pip install pandas openpyxl pyarrow charset-normalizer"
WORKBOOK = (".xlsx", ".xlsm", ".xls", ".ods")


class TableError(ValueError):
    """A file that cannot be read as a table of numbers; the message is one line."""


@dataclass
class Cells:
    """The cells of a file as a data frame, with names if the file itself has them, and notes."""

    frame: Any
    named: bool
    comma: bool = False  # whether a comma separates the cells
    heading: list[str] | None = None  # names that stood in a comment
    notes: list[str] = field(default_factory=list)


def pandas():
    """Return pandas, or say how to get it."""
    try:
        import pandas as pd
    except ImportError:
        raise TableError(f"reading files needs pandas: {EXTRA}") from None
    return pd


def cells_of(path, *, delimiter=None, encoding=None, sheet=None):
    """Return the Cells of a file.

    Parameters
    ----------
    path : str or path
        CSV and its kin, plain, gzipped or zipped, an Excel workbook or a Parquet file; "-"
        reads the standard input.
    delimiter, encoding, sheet : str, optional
        What separates cells, how the text is encoded, which sheet of a workbook to read; by
        default they are found by looking.

    Returns
    -------
    Cells

    Raises
    ------
    TableError
        If the file cannot be read as a table.
    OSError
        If it cannot be opened.
    """
    name = str(path)
    if re.match(r"[a-z][a-z0-9+.-]+://", name, re.IGNORECASE):
        raise TableError("this is an address; download the file and give its path")
    raw = sys.stdin.buffer.read() if name == "-" else _bytes(Path(path))
    notes: list[str] = []
    raw, name = _unpacked(raw, name, notes)
    if raw[:4] == b"PAR1":
        frame = _asked(lambda pd: pd.read_parquet(io.BytesIO(raw)), "Parquet")
        return Cells(_flat(frame), named=True, notes=notes)
    if raw[:4] == b"PK\x03\x04" or raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _workbook(raw, sheet, notes)
    if sheet is not None:
        raise TableError("only a workbook has sheets, and this file is none; leave --sheet out")
    return _separated(_decoded(raw, encoding, notes), delimiter, notes)


def _bytes(path):
    if path.is_dir():
        raise TableError("this is a folder; give one file in it")
    return path.read_bytes()


def _unpacked(raw, name, notes):
    """Return what a gzip or zip archive holds, and its name."""
    if raw[:2] == b"\x1f\x8b":
        try:
            return gzip.decompress(raw), name.removesuffix(".gz")
        except (OSError, EOFError) as error:
            raise TableError(f"the gzip file is damaged: {error}") from None
    if raw[:4] != b"PK\x03\x04":
        return raw, name
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            inside = [n for n in archive.namelist() if not n.endswith("/") and "__MACOSX" not in n]
            if "[Content_Types].xml" in inside or "mimetype" in inside:
                return raw, name  # a workbook
            if len(inside) != 1:
                listed = ", ".join(inside[:5])
                raise TableError(f"the zip holds {len(inside)} files ({listed}); give one of them")
            notes.append(f"The table is {inside[0]} inside the zip.")
            return archive.read(inside[0]), inside[0]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise TableError(f"the zip file cannot be opened: {error}") from None


def _asked(read, kind):
    """Return what pandas reads; say what is missing, or what it said."""
    pd = pandas()
    try:
        return read(pd)
    except ImportError:
        raise TableError(f"reading {kind} needs more packages: {EXTRA}") from None
    except Exception as error:  # each engine has errors of its own
        raise TableError(
            f"this {kind} file cannot be read: {' '.join(str(error).split())}"
        ) from None


def _flat(frame):
    """Return `frame` with its index as a first column where that has a meaning."""
    plain = frame.index.name is None and frame.index.nlevels == 1
    if plain and frame.index.tolist() == list(range(len(frame))):
        return frame
    return frame.reset_index(names="") if plain else frame.reset_index()


def _workbook(raw, sheet, notes):
    """Return the cells of one sheet."""
    sheets = _asked(
        lambda pd: pd.read_excel(
            io.BytesIO(raw), sheet_name=None, header=None, dtype=object, keep_default_na=False
        ),
        "Excel",
    )
    known = ", ".join(map(str, sheets))
    filled = [name for name, frame in sheets.items() if frame.size]
    if not filled:
        raise TableError("the workbook is empty")
    if sheet is not None and sheet not in sheets:
        raise TableError(f"there is no sheet {sheet!r}; the sheets are {known}")
    name = filled[0] if sheet is None else sheet
    if len(sheets) > 1 and sheet is None:
        notes.append(f"The table is sheet {name}; the workbook holds {known}.")
    frame = sheets[name].map(_written)
    frame = frame.loc[(frame != "").any(axis=1), (frame != "").any(axis=0)]
    if not frame.size:
        raise TableError(f"sheet {name!r} is empty")
    return Cells(_renumbered(frame), named=False, comma=True, notes=notes)


def _written(value):
    """Return a cell of a workbook as a text."""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value).strip()


def _renumbered(frame):
    frame = frame.reset_index(drop=True)
    frame.columns = range(frame.shape[1])
    return frame


def _decoded(raw, encoding, notes):
    """Return the text of the file, without a byte order mark."""
    if not raw.strip():
        raise TableError("the file is empty")
    if encoding is not None:
        try:
            return raw.decode(encoding).removeprefix("\ufeff")
        except LookupError:
            raise TableError(f"there is no encoding {encoding!r}; try utf-8 or cp1252") from None
        except UnicodeDecodeError as error:
            raise TableError(f"byte {error.start} of the file is no {encoding}") from None
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            notes.append("The file is encoded in UTF-16.")
            return raw.decode(name, errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text, name = _guessed(raw)
    if "\x00" in text:
        raise TableError("this is no table: the file holds bytes that are no text")
    notes.append(f"The file is not in UTF-8; it was read as {name}. --encoding sets another.")
    return text


def _guessed(raw):
    """Return the text of a file that is not in UTF-8, and its likely encoding."""
    if b"\x00" in raw:
        return "\x00", ""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return raw.decode("cp1252", errors="replace"), "cp1252"
    best = from_bytes(raw[:200_000], cp_isolation=["cp1252", "cp1250", "cp1251", "shift_jis",
                                                   "gb18030", "euc_kr", "big5"]).best()  # fmt: skip
    name = "cp1252" if best is None else best.encoding
    if sum(byte > 127 for byte in raw[:2000]) < 20:
        name = "cp1252"  # too few letters to tell
    return raw.decode(name, errors="replace"), name


# ---------------------------------------------------------------- separated text


def _separated(text, delimiter, notes):
    """Return the cells of text whose cells are separated by `delimiter`."""
    told = re.match(r"sep=(.)\r?\n", text)
    if told:  # as Excel writes it
        text, delimiter = text[told.end() :], delimiter or told[1]
    if delimiter is not None and (not isinstance(delimiter, str) or len(delimiter) != 1):
        raise TableError(f"the delimiter is {delimiter!r}; it must be one character")
    comments = COMMENT.findall(text)
    if comments and not COMMENT.sub("", text).strip():
        raise TableError("the file holds comments only")
    if comments:
        text = COMMENT.sub("", text)
        notes.append(f"{len(comments)} comment line{'s' * (len(comments) != 1)} (#) were skipped.")
    if not text.strip():
        raise TableError("the file is empty")
    separator = delimiter or _delimiter(text)
    if separator in (" ", r"\s+"):
        separator = r"\s+"
        notes.append("The cells are separated by spaces.")
    frame = _read(text, separator)
    heading = _split(comments[-1].lstrip("#").strip(), separator) if comments else None
    if heading is not None and len(heading) != frame.shape[1]:
        heading = None
    return Cells(frame, named=False, comma=separator == ",", heading=heading, notes=notes)


def _split(line, separator):
    return (
        line.split() if separator == r"\s+" else next(csv.reader([line], delimiter=separator), [])
    )


def _records(text, separator):
    """Return the first records of `text`."""
    if separator == r"\s+":
        return [line.split() for line in text.splitlines()[: 2 * LOOK] if line.strip()][:LOOK]
    reader, out = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), []
    for record in reader:
        if any(cell.strip() for cell in record):
            out.append([cell.strip() for cell in record])
        if len(out) == LOOK:
            break
    return out


def _delimiter(text):
    """Return the separator that gives rows of one length, full of numbers."""

    def score(separator):
        try:
            rows = _records(text, separator)
        except csv.Error:
            return (0.0, 0, 0)
        width, often = Counter(map(len, rows)).most_common(1)[0]
        cells = [cell for row in rows[1:] or rows for cell in row]
        pattern = re.compile(_number_in(separator, width == 1 and "," in rows[0][0]))
        numbers = sum(bool(pattern.fullmatch(cell)) for cell in cells)
        even = often / len(rows)
        return even * numbers / len(cells), even * (width > 1) * (separator != r"\s+"), width

    return max(DELIMITERS, key=score)


def _number_in(separator, whole):
    """Return a pattern for the numbers, or missing ones, of a file with this separator."""
    # A comma inside a semicolon's cell is decimal; "a,b" above "1,2" are two columns.
    sign = "[.]" if separator == "," or whole else "[.,]"
    # Each number in one way only: with more, a long text takes a time that doubles per digit.
    digits = rf"(?:\d{{1,3}}(?: \d{{3}})+|\d+(?:{sign}\d+)*|(?:{sign}\d+)+)"
    return rf"(?i)[-+$€£]?{digits}{sign}?(?:e[-+]?\d+)?\s*%?|na|nan|n/a|null|\?|"


def _read(text, separator):
    """Return all records as a data frame of texts, or say which line does not fit."""
    pd = pandas()
    try:
        first = _records(text, separator)
    except csv.Error as error:
        raise TableError(f"the cells cannot be told apart: {error}") from None
    width = len(first[0]) if first else 0
    # R leaves out the name above the row names.
    short = len(first) > 1 and all(len(row) == width + 1 for row in first[1:])
    if separator != r"\s+":
        _require_even(text, separator, width + short)
    options = {"header": None, "dtype": str, "na_filter": False, "skip_blank_lines": True}
    try:
        frame = pd.read_csv(
            io.StringIO(text), sep=separator, names=range(width + short), index_col=False,
            on_bad_lines="error", **options,
        )  # fmt: skip
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        raise TableError(_said(error, width)) from None
    frame = frame.apply(lambda column: column.str.strip())
    if short:
        frame.iloc[0] = ["", *frame.iloc[0, :-1]]
    frame = frame[(frame.fillna("") != "").any(axis=1)]
    return _renumbered(frame)


def _require_even(text, separator, width):
    """Raise an error if a record has more or fewer cells than the first."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for i, record in enumerate(reader):
            if len(record) not in (0, width) and any(map(str.strip, record)) and i:
                raise TableError(
                    f"line {reader.line_num} has {len(record)} fields and the first has {width}; "
                    "all lines need the same number, and text that holds the separator needs quotes"
                )
    except csv.Error as error:
        raise TableError(f"line {reader.line_num}: {error}") from None


def _said(error, width):
    """Return what pandas says about a line in the words of a user."""
    said = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", str(error))
    if said:
        return (
            f"line {said[2]} has {said[3]} fields and line 1 has {width}; all lines need the "
            "same number, and text that holds the separator needs quotes"
        )
    return " ".join(str(error).split())
