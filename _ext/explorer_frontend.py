"""Keep the shared front end of the explorers in one file for all pages.

Each explorer's output is complete in itself, so it works alone in JupyterLab and in a report:
it carries the module that draws it, marked ``data-clx-frontend``.  A page of the book loads
``_static/explorers.js`` once instead.  That is a plain script, because a page opened from disk
may not load a module, and it keeps its own function at hand for the frames of live cells.
"""

import re
from pathlib import Path

from clusterlib.explorers.shared.explorer import frontend_module

FRONTEND = re.compile(
    r"<(script|style)\b(?=[^>]*\bdata-clx-frontend\b)[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
NAME = "window.clxFrontEnd"


def function():
    """Return the front end as a function."""
    return f"function () {{\n{frontend_module().replace('export const start', 'const start')}}}"


def shared(html, up):
    """Return `html` with one link to the front end in place of all copies of it."""
    link = f'<script defer src="{up}_static/explorers.js" data-clx-frontend></script>'
    return FRONTEND.sub("", html) + (link if FRONTEND.search(html) else "")


def once_a_page(app, pagename, templatename, context, doctree):
    """Clean the body of the page."""
    context["body"] = shared(context.get("body", ""), "../" * pagename.count("/"))


def write_frontend(app, error):
    """Write the front end beside the pages."""
    if error or app.builder.format != "html":
        return
    path = Path(app.outdir) / "_static" / "explorers.js"
    path.write_text(f"{NAME} = {function()};\n{NAME}();\n", encoding="utf-8")


def setup(app):
    app.connect("html-page-context", once_a_page)
    app.connect("build-finished", write_frontend)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
