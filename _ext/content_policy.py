"""Put a Content-Security-Policy into every page: nothing from any other host.

``'self'`` serves a site, ``file:`` a book opened from disk.  Inline scripts and
styles are allowed because the pages carry the explorers' data and module, and
the theme its start-up code; ``data:`` holds pictures and modules in the page.
``'wasm-unsafe-eval'`` and ``worker-src blob:`` let the page's own Python run.
"""

POLICY = (
    "default-src 'self' file: data: blob: 'unsafe-inline' 'wasm-unsafe-eval'; "
    "worker-src blob:; "
    "connect-src 'self' file: data: blob:; "
    "object-src 'none'; "
    "base-uri 'none'; "
    "form-action 'self' file:"
)


def add_policy(app, pagename, templatename, context, doctree):
    """Add the policy to the head of the page."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}" />\n'
    context["metatags"] = meta + context.get("metatags", "")


def setup(app):
    app.connect("html-page-context", add_policy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
