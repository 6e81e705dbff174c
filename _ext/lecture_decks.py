"""A lecture deck for each chapter, made of the built page itself, on reveal.js.

Each heading of the chapter becomes a slide with the first words of its section; each figure,
explorer, table, formula and quiz question becomes a slide of its own.  The prose goes into the
speaker's notes.  Cells follow their tags: what the page hides, and solutions, stay out.  A deck
stands beside its page, so pictures and links are the same, and it cannot differ from it.
"""

import ast
import copy
import functools
import re
import shutil
from importlib.resources import files
from pathlib import Path

import content_policy
import tall_figures
from bs4 import BeautifulSoup, NavigableString

ASSETS = Path(__file__).parent / "assets"
LEAD = 45  # words of a paragraph that may stand on a slide
LINES = 14  # lines of code that can be read from the last row
PRINTED = 24  # lines of output
SENTENCE = re.compile(r"(?<=[.?!]) ")
REVEALJS = files("sphinx_revealjs") / "_static" / "revealjs"
WINDOW = re.compile(r'document\.write\(("(?:[^"\\]|\\.)*")\)')
REVEAL = ("dist/reveal.js", "dist/reveal.css", "plugin/notes/notes.js", "LICENSE")
SHOWN = "figure, [data-explorer], .clx-quiz, div.math, table, .admonition, .proof, img, pre"
STYLES = ("theme.css", "pygments.css", "mystnb", "book.css", "proof.css", "sphinx-design")
HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1.0"/>
{policy}
<title>{title}: slides</title>
{styles}
<link rel="stylesheet" href="{up}_static/reveal/dist/reveal.css"/>
<link rel="stylesheet" href="{up}_static/deck.css"/>
{scripts}
<script defer src="{up}_static/reveal/dist/reveal.js"></script>
<script defer data-writes="{written}" src="{up}_static/reveal/plugin/notes/notes.js"></script>
<script defer src="{up}_static/deck.js"></script>
</head>
<body>
<main class="reveal"><div class="slides bd-content">
{slides}
</div></main>
{frontend}
</body>
</html>
"""


def words(element):
    """Return the number of words of an element."""
    return len(element.get_text(" ").split())


def lines(element):
    """Return the number of lines of a box of code or output."""
    return len(element.get_text().strip().splitlines())


def first_sentences(paragraph):
    """Return the first sentences of a paragraph, at most `LEAD` words, or nothing if none is."""
    kept = copy.copy(paragraph)
    kept.clear()
    best = ""
    for part in paragraph.contents:
        if isinstance(part, NavigableString):
            *sentences, rest = SENTENCE.split(part)
            for sentence in sentences:
                kept.append(f"{sentence} ")
                best = str(kept) if words(kept) <= LEAD else best
            kept.append(rest)
        else:
            kept.append(copy.copy(part))
    return str(paragraph) if words(paragraph) <= LEAD else best


def is_shown(block):
    """Return whether a block of a section may stand on a slide: no hidden code, no solution."""
    classes = " ".join(block.get("class", []))
    if "tag_solution" in classes or block.name == "details":
        return False
    if "cell" in block.get("class", []):
        source = block.select_one(".cell_input pre")
        hidden = "tag_hide" in classes or block.select_one("details .cell_input") is not None
        output = block.select_one(".cell_output")
        short = source is not None and lines(source) <= LINES
        if output and any(lines(text) > PRINTED for text in output.select("pre")):
            return False
        return bool(block.select(".cell_output img, .cell_output table, [data-explorer], .clx-quiz")
                    or (output and not hidden and short))  # fmt: skip
    return bool(block.select_one(SHOWN)) or block.name in ("figure", "table", "ul", "ol")


def on_slide(block, folder):
    """Return a copy of a block as a slide shows it: without long or hidden sources."""
    block = copy.copy(block)
    for image in block.select("img.only-light"):
        file = folder / image["src"]
        if file.suffix == ".svg" and file.exists():
            halves = tall_figures.beside_each_other(file.read_text("utf-8"), image)
            if halves:
                image.replace_with(BeautifulSoup(halves, "html.parser"))
    for extra in block.select("details, .toggle-button, .copybtn, a.headerlink"):
        if not extra.select_one("[data-explorer]"):
            extra.decompose()
    for source in block.select(".cell_input"):
        if lines(source) > LINES or block.select_one("img"):
            source.decompose()
    return block


def slide(heading, level, body, notes):
    """Return the HTML of one slide."""
    said = "".join(str(note) for note in notes)
    title = f"<h{level}>{heading}</h{level}>"
    return f'<section>{title}{body}<aside class="notes">{said}</aside></section>'


def slides_of(section, folder, level=2):
    """Return the slides of a section of a page and of the sections inside it."""
    heading = section.find(re.compile("^h[1-6]$"), recursive=False)
    title = "".join(str(part) for part in heading.contents if getattr(part, "name", "") != "a")
    blocks = [b for b in section.find_all(True, recursive=False) if b is not heading]
    own = [block for block in blocks if block.name != "section"]
    shown = [block for block in own if is_shown(block)]
    prose = [block for block in own if block.name == "p"]
    lead = [first_sentences(p) for p in prose[: 2 if level == 1 else 1]]
    made = [slide(title, level, "".join(lead), prose)]
    for block in shown:
        notes = block.find_previous_siblings("p", limit=1)
        made.append(slide(title, 3, str(on_slide(block, folder)), notes))
    for inner in blocks:
        if inner.name == "section":
            made += slides_of(inner, folder, min(level + 1, 3))
    return made


def deck(html, up, folder):
    """Return the deck of a built page in `folder` as HTML."""
    page = BeautifulSoup(html, "html.parser")
    frontend = [str(e) for e in page.select("[data-clx-frontend]")]
    for element in page.select("[data-clx-frontend], script[data-live-page], .course-done"):
        element.decompose()
    section = page.select_one("article section")
    styles = [
        str(link)
        for link in page.select('link[rel="stylesheet"]')
        if any(style in link["href"] for style in STYLES)
    ]
    scripts = [str(s) for s in page.select("head script") if "mathjax" in str(s).lower()]
    policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')
    made = slides_of(section, folder, 1)
    return HEAD.format(
        policy=policy or "",
        title=section.h1.find(string=True).strip(),
        styles="\n".join(styles),
        up=up,
        scripts="\n".join(scripts),
        slides="\n".join(made),
        frontend="\n".join(frontend),
        written=" ".join(map(content_policy.hash_of, notes_scripts())),
    )


@functools.cache
def notes_scripts():
    """Return the scripts that the notes plugin writes into the window that it opens."""
    plugin = (REVEALJS / "plugin/notes/notes.js").read_text(encoding="utf-8")
    page = WINDOW.search(plugin)[1].replace(r"<\/", "</")  # the one escape that Python lacks
    return content_policy.inline_scripts(ast.literal_eval(page))


def name_of(page):
    """Return the file of the deck of a page, beside it."""
    return f"{page}.slides.html"


def write_decks(app, error):
    """Write a deck beside each chapter that is a notebook, and reveal.js once."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for file in ("deck.css", "deck.js"):
        shutil.copyfile(ASSETS / file, out / "_static" / file)
    for file in REVEAL:
        target = out / "_static" / "reveal" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(REVEALJS / file), target)
    for name in sorted(app.env.found_docs):
        if name.startswith("chapters/") and (Path(app.srcdir) / f"{name}.ipynb").exists():
            page = out / f"{name}.html"
            made = deck(page.read_text(encoding="utf-8"), "../" * name.count("/"), page.parent)
            (out / name_of(name)).write_text(made, encoding="utf-8")


def setup(app):
    """Write the decks when the pages are there."""
    app.connect("build-finished", write_decks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
