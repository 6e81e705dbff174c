"""Words and tables as HTML, in which every text of yours is text.

Question: how does a page show the names of a stranger's file without running them?
Chapter: 12, Case studies.
"""

from __future__ import annotations

import html
import re

import numpy as np

from clusterlib.explorers.shared.scenes import written
from clusterlib.explorers.shared.svg import mark

__all__ = ["cleaned", "fixed", "icon", "number", "table", "word", "words"]

LISTED = 30  # names in a sentence
# What no page may hold, and what would break a line of it.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def cleaned(text):
    """Return `text` as one line without characters that no page may hold."""
    return UNFIT.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"[\t\n\r]", " ", str(text)))


def word(text, most=60):
    """Return a text of the reader as HTML that cannot change what stands around it."""
    short = text if len(text) <= most else text[: most - 1] + "…"
    return f"<bdi>{html.escape(short)}</bdi>"


def words(texts):
    """Return a list of names in a sentence."""
    more = f" and {len(texts) - LISTED} more" if len(texts) > LISTED else ""
    return ", ".join(map(word, texts[:LISTED])) + more


def number(value, digits=3):
    """Return a number of `digits` significant digits, or a dash."""
    return "–" if value is None or not np.isfinite(value) else written(value, digits)


def fixed(value, digits=3):
    """Return a number of `digits` decimals, or a dash."""
    return "–" if value is None or not np.isfinite(value) else f"{value:.{digits}f}"


def table(caption, head, rows, chosen=None):
    """Return a table that scrolls within itself where the page is narrow; cells are HTML."""
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = ""
    for i, (first, *rest) in enumerate(rows):
        cells = "".join(f"<td>{cell}</td>" for cell in rest)
        marked = ' class="chosen"' if i == chosen else ""
        body += f'<tr{marked}><th scope="row">{first}</th>{cells}</tr>'
    return (
        f"<figure><figcaption>{html.escape(caption)}</figcaption>"
        f'<div class="scroll" role="region" tabindex="0" aria-label="{html.escape(caption)}">'
        f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div></figure>"
    )


def icon(cluster):
    """Return the mark of a cluster."""
    return f'<svg viewBox="-9 -9 18 18" aria-hidden="true">{mark(int(cluster), 0, 0, 5.5)}</svg>'
