"""Search the book by section, with excerpts, synonyms and slips, on a server and from disk.

MiniSearch, a library without a server, does the searching (``assets/minisearch.js``).  After the
build the sections of all pages go into ``_static/search_sections.js``: a script, because a page
from disk may not fetch.  Other words for what the book calls otherwise stand in
``search_words.toml``.
"""

import json
import re
import shutil
import tomllib
from pathlib import Path

from bs4 import BeautifulSoup

FOLDER = Path(__file__).parent
ASSETS = FOLDER / "assets"
FILES = ("minisearch.js", "minisearch_LICENSE.txt", "book_search.js")
WORDS = FOLDER / "search_words.toml"
# Scripts of the theme's own search, which would load its index on every page.
OTHERS = re.compile(
    r'<script [^>]*src="[^"]*(?:searchtools|language_data|searchindex)\.js[^"]*"[^>]*></script>\s*'
)
UNREAD = "script, style, template, .headerlink, dl.py pre, [data-explorer]"
PARTS = "section[id], dl.py > dt[id], dl.glossary > dt[id]"


def sections_of(html, path):
    """Return what can be found on a page: address, title and text of each of its parts."""
    page = BeautifulSoup(html, "html.parser")
    article = page.select_one("article")
    title = page.find("h1")
    if article is None or title is None:
        return []
    for element in article.select(UNREAD):
        element.decompose()
    name, found = " ".join(title.get_text().split()), []
    for part in reversed(article.select(PARTS)):  # the innermost first, so each text stands once
        if part.name == "dt":
            heading, body = part, part.find_next_sibling("dd")
            anchor = min(re.findall(r'id="([^"]+)"', str(part)), key=len)
        else:
            heading, body, anchor = part.find(re.compile("^h[1-6]$")), part, part["id"]
        words = " ".join(heading.get_text().split()) if heading else ""
        if part.name == "dt":
            words = words.partition("(")[0]
        if heading:
            heading.extract()
        text = " ".join(body.get_text(" ").split()) if body else ""
        if body:
            body.extract()
        if words or text:
            found.append({"a": f"{path}#{anchor}", "t": words or name, "p": name, "x": text})
    return found[::-1]


def write_index(app, error):
    """Write the sections of all pages, and the scripts that search them."""
    if error or app.builder.format != "html":
        return
    out, found = Path(app.outdir), []
    for name in sorted(app.env.found_docs):
        path = f"{name}.html"
        found += sections_of((out / path).read_text(encoding="utf-8"), path)
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    (out / "_static" / "search_sections.js").write_text(
        f"window.bookSections = {json.dumps(found, ensure_ascii=False, indent=0)};\n"
        f"window.bookWords = {json.dumps(words, ensure_ascii=False)};\n",
        encoding="utf-8",
    )
    for file in FILES:
        shutil.copyfile(ASSETS / file, out / "_static" / file)
    for path in out.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        fewer = OTHERS.sub("", html)
        if path == out / "search.html" and "book_search.js" not in html:
            ours = "".join(
                f'<script defer src="_static/{file}"></script>\n'
                for file in ("minisearch.js", "search_sections.js", "book_search.js")
            )
            fewer = fewer.replace("</head>", f"{ours}</head>")
        if fewer != html:
            path.write_text(fewer, encoding="utf-8")


def setup(app):
    app.connect("build-finished", write_index, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
