"""Join the ES modules of a page into one classic script: pages from disk may not load modules.

Each module keeps to plain forms: `import { a } from "./b.js";` and `export` before a
declaration.  The modules come in the order in which they need each other, inside one function.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parent / "page"
IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(async )?(function|class|const)\b)", re.MULTILINE)


def modules(name, before=()):
    """Return the names of the modules that `name` needs, and itself, in order of need."""
    if name in before:
        raise ValueError(f"{name} imports itself: {' '.join(before)}")
    order = []
    for needed in IMPORT.findall((PAGE / name).read_text(encoding="utf-8")):
        order += [m for m in modules(needed, (*before, name)) if m not in order]
    return [*order, name]


def joined(name):
    """Return the module `name` with all that it needs as one script."""
    parts = [(PAGE / m).read_text(encoding="utf-8") for m in modules(name)]
    code = "\n".join(EXPORT.sub("", IMPORT.sub("", part)) for part in parts)
    if left := re.search(r"^(import|export)\b.*", code, re.MULTILINE):
        raise ValueError(f"this form of module is not known: {left[0]}")
    return f'(() => {{\n"use strict";\n{code}}})();\n'


def page_script():
    """Return the script of the pages; the source of the worker is a string in it."""
    start = f"startPage({json.dumps(joined('worker.js'))});\n"
    return joined("page.js").removesuffix("})();\n") + start + "})();\n"
