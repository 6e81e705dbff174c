"""Say where two builds of the same commit differ.

    same_pages.py FIRST SECOND      compare two folders of built pages
    same_pages.py                   build the repository twice, elsewhere, and compare

Every file must be the same, byte by byte.  Nothing is set aside: no page carries
the time of its build.
"""

from __future__ import annotations

import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHOWN = 3  # differing lines shown of each file


def first_lines(a, b):
    """Return the first lines in which two texts differ, cut to a readable length."""
    lines = list(difflib.unified_diff(a.splitlines(), b.splitlines(), n=0, lineterm=""))
    return [line[:200] for line in lines[2:] if not line.startswith("@@")][: 2 * SHOWN]


def differences(first, second):
    """Return a sentence for each file that is not the same in two folders."""
    folders = [Path(first), Path(second)]
    names = [{p.relative_to(f).as_posix() for p in f.rglob("*") if p.is_file()} for f in folders]
    found = [f"{name}: only in one of the builds" for name in sorted(names[0] ^ names[1])]
    for name in sorted(names[0] & names[1]):
        a, b = ((folder / name).read_bytes() for folder in folders)
        if a != b:
            lines = first_lines(a.decode(errors="replace"), b.decode(errors="replace"))
            found.append("\n    ".join([f"{name}: differs", *lines]))
    return found


def build_twice(source, scratch):
    """Build the book of `source` twice and return the two folders of pages."""
    folders = [Path(scratch) / name / "html" for name in ("first", "second")]
    for folder in folders:  # in processes of their own, so that no set keeps its order
        build = [sys.executable, ROOT / "scripts" / "build_book.py", source, folder]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    return folders


def main(*folders):
    """Compare and return the exit status."""
    with tempfile.TemporaryDirectory() as scratch:
        found = differences(*(folders or build_twice(ROOT, scratch)))
    print(*found, sep="\n", end="\n" if found else "")
    print("The builds differ." if found else "The builds are the same.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
