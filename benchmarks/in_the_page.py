"""Measure the Python of the pages in Chromium, as a reader meets it, and print a table.

    python benchmarks/in_the_page.py [BOOK]

BOOK is the folder of the built book.  Times are those of this computer as it is now; the
ratios are the best of five runs each, in the page and beside it in turn.
"""

import contextlib
import functools
import http.server
import shutil
import sys
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FIRST = "chapters/3_hierarchy/09_linkage.html"
SECOND = "chapters/3_hierarchy/10_dendrograms.html"
SETUP = """import time
import numpy as np
from clusterlib.hierarchy import linkage
from clusterlib.vq import kmeans2
def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
rng = np.random.default_rng(0)
few, many, flat = (rng.normal(size=(n, 2)) for n in (300, 2000, 10_000))
"""
CALLS = {
    "Ward of 300 points": "linkage(few, 'ward')",
    "Ward of 2,000 points": "linkage(many, 'ward')",
    "kmeans2 of 10,000 x 2, k = 5": "kmeans2(flat, 5, rng=0)",
}
FIGURE = """import matplotlib.pyplot as plt
plt.plot([1, 2], [3, 5])
plt.show()"""
ROUNDS = 5


@contextlib.contextmanager
def served(folder):
    """Serve `folder` on a local port and give its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


class Chapter:
    """An open chapter, run through its first cell with an editor."""

    def __init__(self, page, address):
        self.page = page
        page.goto(address)
        page.locator("[data-live-status=off]").wait_for()
        self.cell = page.locator("[data-live-cell]:has(.cm-content)").first
        for folded in self.cell.locator("details:not([open]) > summary").all():
            folded.click()

    def run(self, text):
        """Run `text`, and return the seconds from the click to the result, and what it shows."""
        self.cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        runs = int(self.page.locator("[data-live-runs]").count() and self.runs())
        start = time.perf_counter()
        self.cell.locator("[data-live=run]").first.click()
        self.page.locator(f'[data-live-runs="{runs + 1}"]').wait_for()
        return time.perf_counter() - start, self.cell.locator("[data-live-output]").inner_text()

    def runs(self):
        """Return how many runs the page has ended."""
        return self.page.locator("[data-live-runs]").get_attribute("data-live-runs")


def ratios(chapter):
    """Yield (what, seconds in the page, its ratio to the seconds beside the page)."""
    native = {}
    exec(SETUP, native)
    chapter.run(SETUP)
    for what, call in CALLS.items():
        program = f"seconds(lambda: {call})"
        pairs = [
            (float(chapter.run(program)[1]), eval(program, native))
            for _ in range(ROUNDS)
        ]
        inside, beside = (min(times) for times in zip(*pairs, strict=True))
        yield what, inside, inside / beside


def peak_memory(browser):
    """Return the most memory, in MiB, that the process of a tab has had; None where no /proc is."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    states = [
        Path(f"/proc/{process['id']}/status")
        for process in processes
        if process["type"] == "renderer"
    ]
    peaks = [
        int(line.split()[1]) // 1024
        for state in states if state.exists()
        for line in state.read_text().splitlines() if line.startswith("VmHWM")
    ]  # fmt: skip
    return max(peaks, default=None)


def measured(book):
    """Yield the lines of the table: what, how much, and the aim."""
    path = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))))
    with served(book) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(300_000)
        first = Chapter(page, f"{site}/{FIRST}")
        yield "click to first result", f"{first.run('6 * 7')[0]:.1f} s", "5 s"
        yield "first figure", f"{first.run(FIGURE)[0]:.1f} s", ""
        yield "second figure", f"{first.run(FIGURE)[0]:.1f} s", ""
        for what, inside, ratio in ratios(first):
            yield what, f"{inside * 1000:.0f} ms, {ratio:.1f} x native", "2.5 x native"
        page.wait_for_function(KEPT)
        second = Chapter(page, f"{site}/{SECOND}")
        yield "click to first result, second page", f"{second.run('6 * 7')[0]:.1f} s", "2 s"
        memory = peak_memory(browser)
        yield "peak memory of the tab", f"{memory} MiB" if memory else "not known here", ""
        browser.close()


KEPT = """async () => { const [name] = await caches.keys();
  return name && (await (await caches.open(name)).keys()).length === 3; }"""


def main():
    """Print the table."""
    book = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "_build" / "html"
    if not (book / "_static" / "live").exists():
        raise SystemExit("The book has no Python in its pages: run `make book` first.")
    for what, found, aim in measured(book):
        print(f"{what:36s} {found:28s} {aim and f'aim: {aim}'}", flush=True)


if __name__ == "__main__":
    main()
