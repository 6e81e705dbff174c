"""Build the book strictly: every warning of Sphinx is a failure, and all are shown.

    build_book.py [SOURCE [OUTPUT]]      the repository into _build/html, unless told
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from jupyter_book.sphinx import build_sphinx

ROOT = Path(__file__).resolve().parent.parent


def main(source=ROOT, output=None):
    """Build and return the exit status."""
    source = Path(source).resolve()
    output = Path(output).resolve() if output else source / "_build" / "html"
    output.mkdir(parents=True, exist_ok=True)
    failed = build_sphinx(
        source,
        output,
        noconfig=True,  # the configuration is _config.yml, not conf.py
        path_config=source / "_config.yml",
        confoverrides={"latex_individualpages": False},
        warningiserror=True,
        keep_going=True,
        jobs=os.cpu_count(),
    )
    if failed:
        print("The book has faults: see the warnings above.", file=sys.stderr)
        return 1
    print(f"The book is ready: {output / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
