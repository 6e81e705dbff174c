"""Build the book strictly: every warning of Sphinx is a failure, and all are shown.

    build_book.py [SOURCE [OUTPUT]]

The repository is built into _build/html, unless told otherwise.  First the notebooks run, as
many at a time as there are processors, into a cache beside the pages; Sphinx reads them there.
A notebook that fails is not kept: Sphinx runs it again and says where it fails.  The cache knows
changes of a notebook but none of the package, so `make book` drops it after such.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import redirect_stderr
from pathlib import Path

from jupyter_book.sphinx import build_sphinx
from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor
from notebooks import TIMEOUT, toc_notebooks

ROOT = Path(__file__).resolve().parent.parent


class NamingCells:
    """A stream that says ``cell 3, line 4`` where MyST-NB says ``30004``."""

    def __init__(self, stream):
        self.stream = stream

    def write(self, text):
        """Write `text` with the places renamed."""
        return self.stream.write(re.sub(r"(\.ipynb):(\d+)(\d{4})\b", self._place, text))

    @staticmethod
    def _place(match):
        return f"{match[1]}, cell {match[2]}, line {max(int(match[3]) - 1, 1)}"

    def __getattr__(self, name):
        return getattr(self.stream, name)


def run_notebooks(source, folder):
    """Run the notebooks of a book that the cache in `folder` does not hold yet."""
    cache = get_cache(folder)
    for path in toc_notebooks(source / "_toc.yml"):
        cache.add_nb_to_project(str(path))
    load_executor("local-parallel", cache).run_and_cache(timeout=TIMEOUT)


def main(source=ROOT, output=None):
    """Build and return the exit status."""
    source = Path(source).resolve()
    output = Path(output).resolve() if output else source / "_build" / "html"
    output.mkdir(parents=True, exist_ok=True)
    os.environ.pop("MPLBACKEND", None)  # another backend would leave the pages without pictures
    os.environ["CLUSTERLIB_STATIC_PAGE"] = "1"  # live explorers say that a page has no kernel
    executed = output.parent / ".executed"
    run_notebooks(source, executed)
    with redirect_stderr(NamingCells(sys.stderr)):
        failed = build_sphinx(
            source,
            output,
            noconfig=True,  # the configuration is _config.yml, not conf.py
            path_config=source / "_config.yml",
            confoverrides={
                "latex_individualpages": False,
                "nb_execution_mode": "cache",
                "nb_execution_cache_path": str(executed),
            },
            warningiserror=True,
            keep_going=True,
        )
    if failed:
        print("The book has faults: see the warnings above.", file=sys.stderr)
        return 1
    print(f"The book is ready: {output / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
