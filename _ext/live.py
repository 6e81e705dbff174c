"""Make the code cells of the pages live: mark them, and bring the Python that runs them.

`make book` builds the payload into ``_build/live`` (see ``live/build.py``); without it
(``make book LIVE=``) pages stay as they are.  A page with cells gets their sources and three
small files; nothing of the payload loads before the reader asks.
"""

import ast
import json
import os
import re
import shutil
from pathlib import Path

import nbformat
from checked_cells import without_mark
from dark_figures import BRIGHTER, GROUND, PAPER

# A frame tells its height; the script stands in the page, where the policy takes its hash.
FRAME = (
    "<template data-live-frame><script>const tell=()=>parent.postMessage({liveHeight:"
    "document.documentElement.offsetHeight},'*');"
    "new ResizeObserver(tell).observe(document.documentElement);tell()</script></template>\n"
)


def payload(app):
    """Return the folder of the payload, or None if the book is built without."""
    folder = os.environ.get("LIVE_PAYLOAD", "")
    return Path(folder) if folder else None


def cells_of(path):
    """Return the code cells of a notebook that its page shows, as the front end needs them."""
    shown = [
        (index, cell, names_given(cell.source))
        for index, cell in enumerate(nbformat.read(path, as_version=4).cells)
        if cell.cell_type == "code" and cell.source.strip() and "remove-cell" not in tags_of(cell)
    ]
    modules = set().union(*(imported for _, _, (imported, _, _) in shown))
    return [
        {
            "index": index,
            "source": without_mark(cell.source),
            "hasInput": "remove-input" not in tags_of(cell),
            "reason": cell.metadata.get("differs_in_page"),
            "defines": sorted(imported | bound | (changed - modules)),
        }
        for index, cell, (imported, bound, changed) in shown
    ]


def rest_of(path, cells):
    """Return [index, type, source] of the notebook's other cells: its prose, and hidden code."""
    shown = {cell["index"] for cell in cells}
    return [
        [index, cell.cell_type, without_mark(cell.source)]
        for index, cell in enumerate(nbformat.read(path, as_version=4).cells)
        if index not in shown
    ]


def tags_of(cell):
    return cell.metadata.get("tags", [])


def names_given(source):
    """Return the names that a cell imports, binds, and may change by a call or an assignment."""
    imported, bound, changed = set(), set(), set()
    todo = list(ast.parse(source).body)
    while todo:
        node = todo.pop()
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            bound.add(node.name)
            continue  # what is bound inside stays inside
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            imported |= {(a.asname or a.name).split(".")[0] for a in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound.add(node.id)
        elif isinstance(node, ast.Call):
            changed |= base_name(node.func)
        elif isinstance(getattr(node, "ctx", None), ast.Store):
            changed |= base_name(node)
        todo.extend(ast.iter_child_nodes(node))
    return imported, bound, changed


def base_name(node):
    """Return {"x"} for `x.a[0].b`, nothing for a plain name or where no name stands in front."""
    first = node
    while isinstance(first, (ast.Attribute, ast.Subscript)):
        first = first.value
    return {first.id} if isinstance(first, ast.Name) and first is not node else set()


def mark(body, cells):
    """Return the page's `body` with a class on the root of each cell, in order."""
    wanted = iter(cells)
    root = re.compile(r'<div class="cell((?: tag_[\w-]+)*) docutils container">')
    count = len(root.findall(body))
    if count != len(cells):
        raise ValueError(f"the page shows {count} cells and the notebook has {len(cells)}")
    return root.sub(
        lambda m: f'<div class="cell live-cell-{next(wanted)["index"]}{m[1]} docutils container">',
        body,
    )


def make_live(app, pagename, templatename, context, doctree):
    """Add the cells' sources and the front end to a page that has cells."""
    folder, path = payload(app), Path(app.srcdir) / f"{pagename}.ipynb"
    if folder is None or not path.exists():
        return
    cells = cells_of(path)
    if not cells:
        return
    parts = json.loads((folder / "parts.json").read_text())
    up = "../" * pagename.count("/")
    settings = {
        "cells": cells,
        "rest": rest_of(path, cells),
        "address": f"{up}_static/live/",
        "version": parts["version"],
        "size": round(sum(parts["sizes"].values()) / 1e6),
        "title": Path(pagename).name,
        "dark": {"ground": GROUND, "paper": PAPER, "brighter": BRIGHTER},
    }
    text = json.dumps(settings).replace("<", "\\u003c")
    context["body"] = mark(context["body"], cells) + (
        f'<script type="application/json" data-live-page>{text}</script>\n{FRAME}'
        f'<link rel="stylesheet" href="{up}_static/live/page.css" />\n'
        f'<script src="{up}_static/live/codemirror.js" defer></script>\n'
        f'<script src="{up}_static/live/page.js" defer></script>\n'
    )


def copy_payload(app, error):
    """Put the payload beside the pages."""
    folder = payload(app)
    if error or folder is None or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / "live"
    shutil.copytree(folder, target, dirs_exist_ok=True)


def setup(app):
    app.connect("html-page-context", make_live, priority=900)
    app.connect("build-finished", copy_payload)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
