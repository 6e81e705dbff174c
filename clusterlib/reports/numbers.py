"""Numbers as people write them: thousands, decimal commas, currencies, percent and units.

Question: which number stands in "$49,067.49", "21.878,50" or "58.8 %"?
Chapter: 12, Case studies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

__all__ = ["MISSING", "Written", "numbers_in", "signs_shown"]

MISSING = {
    "", "?", "-", "--", "---", ".", "na", "n/a", "n.a.", "n.a", "#n/a", "<na>", "nan", "nat",
    "null", "none", "nil", "missing", "#div/0!", "#value!", "#ref!", "#num!", "#name?",
}  # fmt: skip
SIGN = "[$€£¥₹]|USD|EUR|GBP|CHF|US\\$"
SPACE = "[ '’\u00a0\u202f]"
DRESSED = re.compile(
    rf"(?P<before>{SIGN})?\s*(?P<open>\()?(?P<minus>[-+−])?\s*(?P<sign>{SIGN})?\s*"
    rf"(?P<digits>\d[\d.,'’\u00a0\u202f]*(?: \d{{3}})*(?:[.,]\d+)?(?:e[-+]?\d+)?|[.,]\d+)"
    r"\s*(?(open)\))\s*(?P<unit>[^\d\s.,()][^\d\s,()]{0,7})?",
    re.IGNORECASE,
)


LOOK = 1_000  # cells of a column that decide its decimal sign


def signs_shown(texts):
    """Return the decimal signs that a column of texts leaves no doubt about.

    A point or comma before exactly three digits may part thousands; before one, two or more
    than three, or behind a zero, it is a decimal sign.
    """
    some = texts.head(LOOK).str.strip()
    sure = r"[-+]?(?:\d+{0}(?:\d{{1,2}}|\d{{4,}})|0?{0}\d+)"
    return {sign for sign in ".," if some.str.fullmatch(sure.format(f"[{sign}]")).any()}


@dataclass
class Written:
    """What the texts of a column say: numbers, what is missing, what is text, in which style."""

    values: np.ndarray
    missing: np.ndarray
    texts: np.ndarray
    notes: list[str]


def numbers_in(texts, *, comma, decimal=None, missing=()):
    """Return what a column of texts holds as numbers.

    Parameters
    ----------
    texts : pandas.Series of str
        The cells of a column.
    comma : bool
        Whether a comma separates the cells of the file, so that a decimal comma is rare.
    decimal : {'.', ','}, optional
        The decimal sign; by default found by looking at the column.
    missing : iterable of str
        More words for a missing value.

    Returns
    -------
    Written
    """
    import pandas as pd

    lower = texts.str.lower()
    absent = lower.isin(MISSING | {word.lower() for word in missing}).to_numpy(dtype=bool)
    plain = texts.str.fullmatch(
        r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|(?i:[-+]?inf(?:inity)?)"
    )
    plain = plain.to_numpy(dtype=bool)
    if decimal == ",":
        plain = plain & ~texts.str.contains(".", regex=False).to_numpy(dtype=bool)
    values = np.full(len(texts), np.nan)
    values[plain & ~absent] = pd.to_numeric(texts[plain & ~absent]).to_numpy(dtype=float)
    rest, notes = ~(plain | absent), []
    if rest.any():
        style = _style(texts[rest | plain].unique()[:2000], texts[rest].unique()[:2000],
                       comma, decimal)  # fmt: skip
        if style is not None:
            mark, unit, percent = style
            both = rest | (plain & (mark == ","))
            values[both] = _undressed(texts[both], mark)
            notes = _told(mark, unit, percent, texts[rest])
            rest &= np.isnan(values)
    return Written(values, absent, rest, notes)


def _style(every, odd, comma, decimal):
    """Return decimal sign, unit and percent of the dressed numbers, or None if they are none."""
    found = [DRESSED.fullmatch(text.strip()) for text in odd]
    fit = [m for m in found if m]
    if len(fit) < max(1, 0.5 * len(found)):
        return None
    units = {m["unit"] or "" for m in fit} - {""}
    if len(units) > 1:
        return None  # kg and lb in one column are no one quantity
    digits = [m["digits"] for m in map(DRESSED.fullmatch, map(str.strip, every)) if m]
    mark = decimal or _decimal(digits, comma)
    unit = units.pop() if units else ""
    return mark, unit, unit in ("%", "‰")


def _decimal(digits, comma):
    """Return the decimal sign of a column, from the digits of its numbers."""
    if any(d.rfind(",") > d.rfind(".") > -1 for d in digits):
        return ","
    if any(d.rfind(".") > d.rfind(",") > -1 for d in digits):
        return "."
    if any(d.count(".") > 1 for d in digits):
        return ","
    commas = [d for d in digits if "," in d]
    if not commas:
        return "."
    groups = all(re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+", d) for d in commas)
    several = any(d.count(",") > 1 for d in commas)
    return "." if several or (groups and comma) else ","


def _undressed(texts, mark):
    """Return the numbers of dressed texts, NaN where a text holds none."""
    import pandas as pd

    bare = texts.str.strip().where(texts.str.strip().str.fullmatch(DRESSED), "")
    negative = bare.str.contains(r"^\D*[-−(]", regex=True).to_numpy(dtype=bool)
    digits = bare.str.extract(
        r"(?i)((?:\d[\d.,'’\s]*|[.,]\d+)(?:e[-+]?\d+)?)", expand=False
    ).fillna("")
    digits = digits.str.replace(rf"{SPACE}|\s", "", regex=True)
    other = "." if mark == "," else ","
    digits = digits.str.replace(other, "", regex=False).str.replace(mark, ".", regex=False)
    values = pd.to_numeric(digits, errors="coerce").to_numpy(dtype=float)
    return np.where(negative, -np.abs(values), values)


def _told(mark, unit, percent, texts):
    """Return what was understood, in words."""
    notes = []
    if mark == "," and texts.str.contains(",", regex=False).any():
        notes.append("decimal comma")
    other = "." if mark == "," else ","
    if texts.str.contains(rf"\d[{other} '’\u00a0\u202f]\d{{3}}", regex=True).any():
        notes.append("thousands separators")
    sign = texts.str.extract(rf"({SIGN})", expand=False).dropna()
    if len(sign):
        notes.append(f"currency {sign.iloc[0]}")
    if percent:
        notes.append("percent")
    elif unit and not re.fullmatch(SIGN, unit):
        notes.append(f"unit {unit}")
    return notes
