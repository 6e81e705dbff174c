"""Comparisons that a chapter makes in words, and the assertions that hold them.

A sentence that compares ("below", "the worst", "all", "twice") is a claim.  Some cell of the
same notebook holds it: above an assertion of that cell stands the comment
``# claim: some words of the sentence``, a few words that occur in it literally (code spans and
maths left out).  Such cells are
usually tagged ``remove-cell``: they run with the book and with its tests, and readers of the
page do not see them.  What no computation can hold (a definition, a theorem, advice, a
citation) is listed in ``claims.toml`` with its reason.

The same table says how many sentences of a chapter nothing holds yet.  The number may only
fall: `test_claims.py` fails when it is exceeded, and when it could be lowered.
"""

import ast
import re
import tomllib

from notebooks import ROOT
from prose import prose_of

TABLE = tomllib.loads((ROOT / "tests/book/claims.toml").read_text(encoding="utf-8"))
COMPARING = re.compile(
    r"\b(more|less|fewer|most|least|best|worst|better|worse|above|below|higher|highest|lower|"
    r"lowest|larger|largest|smaller|smallest|greater|greatest|bigger|biggest|longest|shortest|"
    r"all|none|every|never|always|only|nothing|twice|half|beats?|wins?|loses?|exceeds?)\b",
    re.IGNORECASE,
)
CLAIM = re.compile(r"^\s*# claim: (.+)$", re.MULTILINE)
POINTS_TO_A_PLACE = re.compile(
    r"\b(table|figure|plot|explorer|cell|picture)s? "
    r"(directly )?(above|below)|^(Above|Below),",
)


def sentences(text):
    """Return the sentences of `text`, with plain spaces."""
    text = re.sub(r"[*_`]", "", " ".join(text.split()))
    return [s for s in re.split(r"(?<=[.!?])[\"')]*\s+", text) if s]


def paragraphs(text):
    """Return the sentences of a Markdown text, paragraph by paragraph."""
    text = re.sub(r"^\s*\|.*$", "", text, flags=re.MULTILINE)  # rows of tables
    return [s for block in re.split(r"\n\s*\n|\n\s*[-*#] ", text) for s in sentences(block)]


def quiz_texts(source):
    """Return the answers and the feedback of a cell that is a quiz."""
    if not source.startswith("Quiz("):
        return []
    answers = ast.parse(source).body[0].value.args[1]
    return [part.value for pair in zip(answers.keys, answers.values, strict=True) for part in pair]


def texts(notebook):
    """Yield (kind, cell id, text): kind is prose, takeaway, caption, alt or quiz."""
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for part in re.split(r"^(?=#+ )", cell.source, flags=re.MULTILINE):
                if part.startswith("#"):
                    heading, _, part = part.partition("\n")
                kind = "takeaway" if "take away" in heading else "prose"
                yield kind, cell.id, prose_of(part)
        else:
            picture = cell.metadata.get("mystnb", {})
            yield "alt", cell.id, picture.get("image", {}).get("alt", "")
            yield "caption", cell.id, prose_of(picture.get("figure", {}).get("caption", ""))
            for text in quiz_texts(cell.source):
                yield "quiz", cell.id, text


def comparisons(notebook):
    """Return (kind, cell id, sentence) for every sentence that compares."""
    return [
        (kind, cell, sentence)
        for kind, cell, text in texts(notebook)
        for sentence in paragraphs(text)
        if COMPARING.search(POINTS_TO_A_PLACE.sub(" ", sentence))
    ]


def claimed(notebook):
    """Return the words after ``# claim:`` of all cells that assert something."""
    return [
        re.sub(r"[*_`]", "", words.strip())
        for cell in notebook.cells
        if cell.cell_type == "code" and re.search(r"^\s*assert\b|^\s*check", cell.source, re.M)
        for words in CLAIM.findall(cell.source)
    ]


def unheld(notebook, free=()):
    """Return the comparisons of `notebook` that neither a cell nor the table holds."""
    held = [*claimed(notebook), *free]
    return [c for c in comparisons(notebook) if not any(words in c[2] for words in held)]


def stale(notebook, free=()):
    """Return the words of claims that no sentence of `notebook` says any more."""
    said = [s for _, _, text in texts(notebook) for s in paragraphs(text)]
    return [w for w in [*claimed(notebook), *free] if not any(w in s for s in said)]
