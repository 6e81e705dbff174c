"""Two indexes of the book, made from its notebooks: the exercises and the figures.

``{exercise-index}`` lists each heading "Exercise 5.1, by hand" with a link to it and its topic,
from ``reference/exercise_topics.toml``; an exercise without a topic fails the build.
``{figure-index}`` lists the first sentence of each figure's alt text, which says what is
to be seen, with a link to the section that shows it.  Nothing can be missing.
"""

import re
import tomllib

import nbformat
from docutils import nodes
from docutils.parsers.rst import Directive
from notebooks import ROOT, toc_notebooks

TOPICS = ROOT / "reference" / "exercise_topics.toml"
EXERCISE = re.compile(r"^#+\s+(Exercise\s+(\d+)\.(\d+)\b.*)$", re.MULTILINE)
HEADING = re.compile(r"^#+\s+(.+)$", re.MULTILINE)


def title_of(notebook):
    """Return the title of a notebook: its first heading."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := HEADING.search(cell.source)):
            return found[1]
    raise ValueError("a chapter has no title")


def exercises(notebook):
    """Yield text, heading and topic of each exercise."""
    topics = tomllib.loads(TOPICS.read_text(encoding="utf-8"))
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for found in EXERCISE.finditer(cell.source):
                yield found[1], found[1], topics[f"{found[2]}.{found[3]}"]


def figures(notebook):
    """Yield the first sentence of each alt text and the heading above the figure; no topic."""
    heading = title_of(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for found in HEADING.finditer(cell.source):
                heading = found[1]
        alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
        if alt:
            yield re.split(r"(?<=[.;:])\s", " ".join(alt.split()))[0].rstrip(";:"), heading, ""


class BookIndex(Directive):
    """A list of entries, chapter by chapter."""

    entries = None

    def run(self):
        """Return the list."""
        env = self.state.document.settings.env
        result = []
        for path in toc_notebooks():
            notebook = nbformat.read(path, as_version=4)
            docname = path.relative_to(ROOT).with_suffix("").as_posix()
            env.note_dependency(str(path))
            env.note_dependency(str(TOPICS))
            uri = env.app.builder.get_relative_uri(env.docname, docname)
            found = list(type(self).entries(notebook))
            if not found:
                continue
            result.append(nodes.rubric("", title_of(notebook)))
            items = nodes.bullet_list()
            for text, heading, topic in found:
                link = nodes.reference(
                    "", text, internal=True, refuri=f"{uri}#{nodes.make_id(heading)}"
                )
                words = [link, nodes.Text(f": {topic}")] if topic else [link]
                items += nodes.list_item("", nodes.paragraph("", "", *words))
            result.append(items)
        return result


class ExerciseIndex(BookIndex):
    """All exercises of the book."""

    entries = staticmethod(exercises)


class FigureIndex(BookIndex):
    """All figures of the book, by what they show."""

    entries = staticmethod(figures)


def setup(app):
    """Register the two directives."""
    app.add_directive("exercise-index", ExerciseIndex)
    app.add_directive("figure-index", FigureIndex)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
