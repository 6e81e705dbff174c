"""Things that a reader drags: as text in an address, and as places on a slider.

Question: how does a code word keep its place in a link, and move without a mouse?
Chapter: 0, Start here (how to use an explorer).
Symbols: C code words, a row each.

A link holds the code words as ``"x,y x,y"``.  A slider divides the width of the
picture into `PLACES` steps.  `shown` writes a number as the page writes it.
"""

from __future__ import annotations

import math

import numpy as np

__all__ = ["PLACES", "moved", "place", "read", "shown", "written"]

PLACES = 200


def written(C):
    """Return the rows of `C` as text, to three decimals."""
    return " ".join(",".join(f"{round(v, 3) + 0:g}" for v in row) for row in np.atleast_2d(C))


def read(text, k, d, otherwise):
    """Return the k rows of d numbers in `text`; where it holds anything else, `otherwise`."""
    try:
        rows = [[float(v) for v in word.split(",")] for word in text.split()]
    except ValueError:
        return otherwise
    good = len(rows) == k and all(len(row) == d for row in rows) and np.isfinite(rows).all()
    return np.array(rows) if good else otherwise


def place(value, low, high):
    """Return the step of the slider from `low` to `high` that is nearest to `value`."""
    share = (value - low) / (high - low)
    return int(min(max(math.floor(PLACES * share + 0.5), 0), PLACES))


def moved(step, low, high):
    """Return the value at `step` of the slider from `low` to `high`."""
    return low + (high - low) * step / PLACES


def shown(value, digits=4):
    """Return `value` to `digits` digits without closing zeros, as `fmt` in the page does."""
    if value is None or not math.isfinite(value):
        return "not defined"
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value))) + 1
    text = f"{value:.{min(max(digits - size, 0), 8)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
