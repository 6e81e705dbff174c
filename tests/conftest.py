"""What several tests share: the built book and a browser that reaches nothing else."""

import functools
import http.server
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from scipy.cluster import hierarchy

from tests import engines
from tests.sampling import WHOLE

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def book():
    """Return the folder of the built book."""
    folder = ROOT / "_build" / "html"
    if not (folder / "index.html").exists():
        pytest.fail("The book is not built yet; run `make book` first (`make test` does).")
    return folder


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright):
    """Start a headless Chromium; without one, say how to get it."""
    path = engines.program("chromium")
    if path is None:
        pytest.fail(engines.missing("chromium"))
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture(scope="session", params=engines.PROGRAMS)
def engine(request, playwright):
    """Start each engine in turn; one that a developer has not installed is skipped outside CI."""
    if engines.program(request.param) is None:
        refuse = pytest.fail if WHOLE else pytest.skip
        refuse(engines.missing(request.param))
    with engines.running(request.param, playwright) as new_reader:
        yield new_reader


@pytest.fixture
def read(engine):
    """Return a function that opens an address in each of the three engines, for a fresh reader.

    What a reader can do with the page is in `tests.engines.Reader`; `faults` lists script errors,
    what the console was told, and what did not load (other hosts never do).
    """
    readers = []

    def open_address(address, *, width=1280, height=900):
        reader = engine(width, height)
        readers.append(reader)
        reader.open(address)
        return reader

    yield open_address
    for reader in readers:
        reader.close()


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
