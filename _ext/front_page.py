"""What the front page shows: a living picture, a card for each chapter, the paths, the mark.

``{living-picture}`` is an explorer that works at once; ``{chapter-cards}`` names each chapter
with its picture, its minutes and what the learner has done of it, on the page of a part the
chapters beside it; ``{learning-paths}`` repeats
the table of paths of chapter 0.  The social card is drawn when the build ends.
"""

import html
import re
from pathlib import Path

import nbformat
import numpy as np
import thumbnails
import yaml
from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from notebooks import ROOT, toc_notebooks
from reading_time import minutes

from clusterlib import datasets
from clusterlib.explorers import StaircaseExplorer
from clusterlib.explorers.shared.explorer import frontend_script

TITLE = re.compile(r"^# (\d+\w*) (.+)$", re.MULTILINE)
PATHS = re.compile(r"^\| you are .*\n(?:\|.*\n)+", re.MULTILINE)
PROMISE = "Build clustering from a single number to a tree, and move every figure."


def living_picture():
    """Return the explorer of the front page: from one code word to a whole tree."""
    return StaircaseExplorer(uid="front", ask=False)


def card(path, up=""):
    """Return the card of the chapter at `path`, for a page from which `up` leads to the root."""
    book = nbformat.read(path, as_version=4)
    number, title = next(
        found.groups() for cell in book.cells if (found := TITLE.search(cell.source))
    )
    place = path.relative_to(ROOT).with_suffix(".html").as_posix()
    return (
        f'<li><a class="chapter-card" href="{up}{place}">{thumbnails.thumbnail(path.stem)}'
        f'<span class="chapter-name"><b>{number}</b> {html.escape(title)}</span>'
        f'<span class="chapter-facts">{minutes(book)} minutes'
        f'<span data-course-page="{path.stem}"></span></span></a></li>'
    )


def parts():
    """Return the caption of each part of the book that has chapters, and their paths."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    chapters = {path.relative_to(ROOT).as_posix(): path for path in toc_notebooks()}
    found = [
        (part["caption"], [chapters[c["file"]] for c in part["chapters"] if c["file"] in chapters])
        for part in toc["parts"]
    ]
    return [(caption, paths) for caption, paths in found if paths]


class LivingPicture(Directive):
    """The explorer of the front page."""

    def run(self):
        """Return the explorer with its front end."""
        return [nodes.raw("", living_picture().html() + frontend_script(), format="html")]


class ChapterCards(Directive):
    """The cards of the chapters, part by part; on the page of a part, those beside it."""

    def run(self):
        """Return a heading and a list for each part."""
        env = self.state.document.settings.env
        here, up = (ROOT / env.docname).parent, "../" * env.docname.count("/")
        out = []
        for caption, paths in parts():
            if here not in (ROOT, paths[0].parent):
                continue
            for path in paths:
                env.note_dependency(str(path))
            heading = f'<p class="chapter-part">{caption}</p>' if here == ROOT else ""
            cards = "".join(card(path, up) for path in paths)
            out.append(f'{heading}<ul class="chapter-cards">{cards}</ul>')
        return [nodes.raw("", "".join(out), format="html")]


class LearningPaths(Directive):
    """The table of paths, as chapter 0 has it."""

    def run(self):
        """Return the table as parsed Markdown."""
        path = ROOT / "chapters" / "00_start_here.ipynb"
        self.state.document.settings.env.note_dependency(str(path))
        text = "\n\n".join(c.source + "\n" for c in nbformat.read(path, as_version=4).cells)
        node = nodes.container(classes=["learning-paths"])
        table = StringList(PATHS.search(text)[0].splitlines(), "learning-paths")
        self.state.nested_parse(table, 0, node)
        return [node]


def draw_card(path):
    """Draw the social card: title, promise, and the tree of three clouds."""
    from matplotlib.figure import Figure

    from clusterlib.hierarchy import fcluster, linkage
    from clusterlib.plotting import PAPER, draw_tree

    fig = Figure(figsize=(12, 6.3), dpi=100, facecolor=PAPER)
    X = datasets.clouds().X[::3]
    Z = linkage(X, "ward")
    ax = fig.add_axes((0.05, 0.06, 0.9, 0.56))
    draw_tree(ax, Z, labels=fcluster(Z, 4, "maxclust") - 1)
    ax.axhline(np.mean(Z[-4:-2, 2]), color="#1A1A1A", linestyle="--", linewidth=2)
    ax.set_axis_off()
    fig.text(0.05, 0.85, "From Codebooks to Dendrograms", fontsize=40, fontweight="bold")
    fig.text(0.05, 0.73, PROMISE, fontsize=21)
    fig.savefig(path, metadata={"Software": None})


def add_meta(app, pagename, templatename, context, doctree):
    """Say in the head of each page what it shows where a link to it is shared."""
    up = context["pathto"]("_static/social_card.png", 1)
    title = html.escape(re.sub(r"<[^>]*>", "", context.get("title", "")) or app.config.project)
    context["metatags"] = context.get("metatags", "") + (
        f'<meta property="og:title" content="{title}" />\n'
        f'<meta property="og:description" content="{PROMISE}" />\n'
        f'<meta property="og:type" content="book" />\n'
        f'<meta property="og:image" content="{app.config.html_baseurl or ""}{up}" />\n'
    )


def write_card(app, error):
    """Draw the social card beside the other files of the pages."""
    if not error and app.builder.format == "html":
        draw_card(Path(app.outdir) / "_static" / "social_card.png")


def setup(app):
    app.add_directive("living-picture", LivingPicture)
    app.add_directive("chapter-cards", ChapterCards)
    app.add_directive("learning-paths", LearningPaths)
    app.connect("html-page-context", add_meta)
    app.connect("build-finished", write_card)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
