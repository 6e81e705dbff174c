"""Put a Content-Security-Policy into every page: nothing from any other host, no stray script.

``'self'`` serves a site, ``file:`` a book opened from disk.  Scripts come from the book's own
files; the few that the theme and MathJax write into a page are allowed by their hashes, once
the page is finished.  A page with live cells may also compile the Python of the pages and run
it in a worker of its own.  Styles may stand in the page: MathJax and the explorers set them.
"""

import base64
import hashlib
import re
from pathlib import Path

import explorer_frontend

BEFORE_ANY = "default-src 'none'"  # until the page is finished
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
NO_SCRIPT = re.compile(r"""\bsrc=|\btype=["']?(?!module\b|text/javascript\b|["'])""", re.IGNORECASE)
WRITES = re.compile(r'<script\b[^>]* data-writes="([^"]*)"')  # into a window that it opens
META = re.compile(r"<meta [^>]*Content-Security-Policy[^>]*>")
PLACE = '<meta http-equiv="Content-Security-Policy" content="{}" />'
# The theme writes these into attributes, which no hash allows; `buttons.js` does the same.
HANDLERS = {"window.print()": "print", "toggleFullScreen()": "fullscreen"}
BUTTONS = Path(__file__).parent / "assets" / "buttons.js"


def inline_scripts(html):
    """Return the text of every script that stands in `html` itself; data are no scripts."""
    return [text for attributes, text in SCRIPT.findall(html) if not NO_SCRIPT.search(attributes)]


def hash_of(script):
    """Return the hash of a script as a policy names it."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def policy_of(html):
    """Return the policy of the finished page `html`."""
    live = "data-live-page" in html
    own = {hash_of(script) for script in inline_scripts(html)}
    own |= {name for names in WRITES.findall(html) for name in names.split()}
    if live:  # the frames of its outputs obey the same policy
        own |= {hash_of(f"({explorer_frontend.function()})()"), "'wasm-unsafe-eval'"}
    workers = "blob:" if live else "'none'"
    return (
        "default-src 'self' file: data: blob:; "
        f"script-src 'self' file: {' '.join(sorted(own))}; "
        "style-src 'self' file: 'unsafe-inline'; "
        f"worker-src {workers}; "
        "connect-src 'self' file: data: blob:; "
        "object-src 'none'; "
        "base-uri 'none'; "
        "form-action 'self' file:"
    )


def sealed(html):
    """Return the page `html` with its policy, and its handlers in attributes as marks."""
    for code, mark in HANDLERS.items():
        html = html.replace(f'onclick="{code}"', f'data-does="{mark}"')
    meta = PLACE.format(policy_of(html))
    return META.sub(lambda _: meta, html)


def add_policy(app, pagename, templatename, context, doctree):
    """Add a place for the policy to the head of the page."""
    context["metatags"] = f"{PLACE.format(BEFORE_ANY)}\n" + context.get("metatags", "")


def seal_pages(app, error):
    """Give every page of the built book its policy, after all that changes pages."""
    if error or app.builder.format != "html":
        return
    (Path(app.outdir) / "_static" / "buttons.js").write_bytes(BUTTONS.read_bytes())
    for path in Path(app.outdir).rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        if META.search(html):
            path.write_text(sealed(html), encoding="utf-8")


def setup(app):
    app.add_js_file("buttons.js", loading_method="defer")
    app.connect("html-page-context", add_policy)
    app.connect("build-finished", seal_pages, priority=990)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
