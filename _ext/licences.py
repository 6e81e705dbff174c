"""Ship the licence of every package whose scripts, styles, fonts or icons the pages carry.

`LICENCES.md` says which files come from where; its test compares the table with
the built book.  MathJax and the bundled scripts of the theme bring their own texts.
"""

import shutil
from importlib.metadata import distribution
from pathlib import Path

PACKAGES = (
    "accessible-pygments",
    "myst-nb",
    "pydata-sphinx-theme",
    "pygments",
    "snowballstemmer",
    "sphinx",
    "sphinx-book-theme",
    "sphinx-copybutton",
    "sphinx-design",
    "sphinx-exercise",
    "sphinx-proof",
    "sphinx-thebe",
    "sphinx-togglebutton",
)
OWN = Path(__file__).resolve().parent.parent / "LICENSE"
NAMES = ("LICENSE", "LICENCE", "COPYING")


def licence_of(package):
    """Return the text of the licence that the installed `package` brings."""
    for file in distribution(package).files:
        if Path(file).stem in NAMES and ".dist-info" in str(file):
            return Path(file.locate()).read_text(encoding="utf-8")
    raise FileNotFoundError(f"the installed {package} brings no licence")


def copy_licences(app, error):
    """Write the licences into the built book."""
    if error or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static" / "licences"
    folder.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        (folder / f"{package}.txt").write_text(licence_of(package), encoding="utf-8")
    shutil.copyfile(OWN, folder / "clusterlib.txt")


def setup(app):
    app.connect("build-finished", copy_licences)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
