"""How long a chapter takes, by one rule for all, and which chapters it needs.

    reading_time.py            print the minutes of each chapter
    reading_time.py write      put them into the first lines of the chapters, and into paths

The rule: 180 words of prose per minute, 24 seconds for each code cell that the page shows, half a
minute for each figure, 4 minutes for each exercise, 2 minutes for the quiz; rounded to 5 minutes.
"""

from __future__ import annotations

import functools
import json
import re
import sys

import nbformat
import notebooks

WORDS_A_MINUTE, CELL, FIGURE, EXERCISE, QUIZ = 180, 0.4, 0.5, 4, 2
HIDDEN = {"hide-input", "hide-cell", "remove-input", "remove-cell", "solution"}
STATED = re.compile(r"(\*\*Time:\*\* about )(\d+)( minutes)")
LABEL = re.compile(r"^\((ch-[\w-]+)\)=", re.MULTILINE)


def minutes(book):
    """Return the minutes that a notebook takes by the rule, rounded to 5."""
    words = figures = cells = exercises = 0
    for cell in book.cells:
        if cell.cell_type == "markdown":
            exercises += len(re.findall(r"^### Exercise ", cell.source, re.MULTILINE))
            prose = re.sub(r"^\s*(```|:).*$|\$[^$]*\$", " ", cell.source, flags=re.MULTILINE)
            words += len(prose.split())
        elif cell.cell_type == "code":
            cells += not HIDDEN & set(cell.metadata.get("tags", []))
            figures += '"fig-' in json.dumps(cell.metadata)
    total = words / WORDS_A_MINUTE + cells * CELL + figures * FIGURE + exercises * EXERCISE + QUIZ
    return 5 * max(1, round(total / 5))


def opening(book):
    """Return the prose of the first cells, where a chapter says what it needs."""
    return "\n".join(cell.source for cell in book.cells[:4] if cell.cell_type == "markdown")


def stated(book):
    """Return the minutes that a chapter promises, or None."""
    found = STATED.search(opening(book))
    return int(found[2]) if found else None


def needs(book):
    """Return the labels of the chapters that a chapter says it needs."""
    found = re.search(r"\*\*You need\*\*(.*?)\*\*Time:", opening(book), re.DOTALL)
    return re.findall(r"<(ch-[\w-]+)>", found[1]) if found else []


def chapters():
    """Return the path and the notebook of each chapter, in reading order."""
    paths = [path for path in notebooks.toc_notebooks() if "chapters" in path.parts]
    return [(path, nbformat.read(path, as_version=4)) for path in paths]


@functools.cache
def minutes_by_label():
    """Return the minutes of each chapter by its label."""
    return {LABEL.search(opening(book))[1]: minutes(book) for _, book in chapters()}


def hours(labels):
    """Return the hours that chapters take together, by their labels, to half an hour."""
    return round(sum(minutes_by_label()[label] for label in labels) / 30) / 2


def with_hours(text):
    """Return `text` with the hours of each path, a row of a table of chapters."""
    rows = []
    for row in text.split("\n"):
        found = re.match(r"(\|.*\| )[\d.]+( hours \|)$", row)
        labels = re.findall(r"`(ch-[\w-]+)`", row)
        rows.append(f"{found[1]}{hours(labels):g}{found[2]}" if found else row)
    return "\n".join(rows)


def write():
    """Put the minutes of each chapter, and the hours of each path, into the chapters."""
    for path, book in chapters():
        taken = minutes(book)
        for cell in book.cells[:4]:
            cell.source = STATED.sub(rf"\g<1>{taken}\g<3>", cell.source)
        for cell in book.cells:
            if cell.cell_type == "markdown":
                cell.source = with_hours(cell.source)
        notebooks.write(book, path)


def main(arguments):
    """Print the minutes, or write them into the chapters."""
    if arguments == ["write"]:
        write()
    for path, book in chapters():
        print(f"{minutes(book):4d} minutes (stated: {stated(book)})  {path.stem}")


if __name__ == "__main__":
    main(sys.argv[1:])
