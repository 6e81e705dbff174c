"""Join the modules of a page into one classic script: pages from disk may not load modules."""

from __future__ import annotations

import json
from pathlib import Path

from clusterlib.explorers.shared.bundle import join_modules

PAGE = Path(__file__).resolve().parent / "page"
WORKER = {"interpreter.js", "wasi.js", "worker.js"}  # what runs beside the page


def script(names, last=""):
    """Return the modules `names` as one script that ends with the line `last`."""
    joined = join_modules({name: (PAGE / name).read_text(encoding="utf-8") for name in names})
    return f'(() => {{\n"use strict";\n{joined}\n{last}}})();\n'


def page_script():
    """Return the script of the pages; the source of the worker is a string in it."""
    names = {path.name for path in PAGE.glob("*.js")} - WORKER
    return script(names, f'modules["page.js"].startPage({json.dumps(script(WORKER))});\n')
