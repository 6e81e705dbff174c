"""Keep the shared front end of the explorers once a page.

Each explorer's output is complete in itself, so it works alone in JupyterLab
and in a report: it carries the module and the style that draw it, marked
``data-clx-frontend``.  A page needs them once; the module starts every
explorer of the page that is not ready yet.
"""

import re

FRONTEND = re.compile(
    r"<(script|style)\b(?=[^>]*\bdata-clx-frontend\b)[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)


def keep_first(html):
    """Return `html` with only the first of each kind of front-end element."""
    seen = set()

    def once(match):
        kind = match[1].lower()
        if kind in seen:
            return ""
        seen.add(kind)
        return match[0]

    return FRONTEND.sub(once, html)


def once_a_page(app, pagename, templatename, context, doctree):
    """Clean the body of the page."""
    if "data-clx-frontend" in context.get("body", ""):
        context["body"] = keep_first(context["body"])


def setup(app):
    app.connect("html-page-context", once_a_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
