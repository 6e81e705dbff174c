"""Code words placed by sliders: the words of the live versions, as text and as positions.

Question: how does somebody place a code word who cannot drag it?
Chapter: 2, Codebooks; 4, k-means: Lloyd's two steps.
Symbols: C codebook, low and high the corners of the picture.

A slider holds whole numbers, so each axis of the picture has a hundred steps.
"""

from __future__ import annotations

import numpy as np

__all__ = ["AXES", "place_controls", "positions", "replaced", "words_as_text", "words_of_text"]

AXES = ("wx", "wy")
STEPS = 100


def words_as_text(C):
    """Return code words as the text that stands in an address.

    Examples
    --------
    >>> words_as_text([[0, 0.5], [2, 1]])
    '0,0.5 2,1'
    """
    return " ".join(",".join(f"{v:.3f}".rstrip("0").rstrip(".") for v in c) for c in C)


def words_of_text(text):
    """Return the code words of a text such as ``'0,0.5 2,1'``."""
    return np.array([[float(v) for v in word.split(",")] for word in text.split()])


def place_controls(k, names):
    """Return the controls that choose one of `k` code words and place it along two axes."""
    word = {"kind": "range", "key": "word", "label": "Code word to place", "min": 0, "max": k - 1}
    return [
        word,
        *({"kind": "range", "key": key, "label": f"Its {name}, 0 to {STEPS}", "min": 0,
           "max": STEPS} for key, name in zip(AXES, names, strict=True)),
    ]  # fmt: skip


def positions(C, word, low, high):
    """Return where the sliders stand for code word `word`."""
    shares = (C[word] - low) / (np.asarray(high) - low)
    steps = np.clip(np.rint(STEPS * shares), 0, STEPS).astype(int)
    return dict(zip(AXES, steps.tolist(), strict=True))


def replaced(C, values, key, low, high):
    """Return the text of `C` after the slider `key` was moved to ``values[key]``."""
    C, axis = np.array(C, float), AXES.index(key)
    C[values["word"], axis] = low[axis] + (high[axis] - low[axis]) * values[key] / STEPS
    return words_as_text(C)
