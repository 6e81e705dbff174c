"""What several tests share: the built book and a browser that reaches nothing else."""

import functools
import http.server
import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from scipy.cluster import hierarchy

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def book():
    """Return the folder of the built book."""
    folder = ROOT / "_build" / "html"
    if not (folder / "index.html").exists():
        pytest.fail("The book is not built yet; run `make book` first (`make test` does).")
    return folder


@pytest.fixture(scope="session")
def chromium():
    """Start a headless Chromium; without one, say how to get it."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail(
            "The browser tests need Chromium and found none of "
            f"{', '.join(BROWSERS)}; on Debian: apt-get install chromium"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(book):
    """Serve the built book on a local port and return its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    handler = functools.partial(Quiet, directory=str(book))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


class Watch:
    """What a page did that it must not do: other hosts, errors, files that are not there."""

    def __init__(self, allowed):
        self.allowed = allowed
        self.faults = []

    def route(self, route):
        url = route.request.url
        if url.startswith((*self.allowed, "data:", "blob:", "about:")):
            route.continue_()
        else:
            self.faults.append(f"asks another host: {url}")
            route.abort()

    def attach(self, page):
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))
        page.on("response", self._response)

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"console {message.type}: {message.text}")

    def _response(self, response):
        if response.status >= 400:
            self.faults.append(f"status {response.status}: {response.url}")


@pytest.fixture
def open_page(chromium):
    """Return a function that opens an address in a fresh context and watches it.

    The returned page has `page.watch.faults`: requests to other hosts (which are
    blocked), console errors and warnings, script errors and missing files.
    """
    contexts = []

    def open_address(address, *, width=1280, height=900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        own = "file://" if address.startswith("file:") else "/".join(address.split("/")[:3])
        watch = Watch((own, own.replace("http", "ws")))
        context.route("**/*", watch.route)
        page = context.new_page()
        watch.attach(page)
        page.watch = watch
        page.goto(address, wait_until="load")
        return page

    yield open_address
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def palette_of_scipy():
    """Give SciPy its own palette back: a test that shows how it errs may have emptied it."""
    yield
    hierarchy.set_link_color_palette(None)
