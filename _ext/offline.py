"""Serve everything from the book's own folder, MathJax included.

MathJax is nobody's code in this repository: the pinned package
``sphinx-mathjax-offline`` brings it, and the part that pages need (one script
and its fonts, 1.5 MB of 24) is copied into the built book with its licence.
"""

from importlib.metadata import distribution
from pathlib import Path
from shutil import copyfile, copytree

MATHJAX = ("tex-mml-chtml.js", "output/chtml/fonts/woff-v2")
LICENCE = Path(__file__).parent / "mathjax_licence.txt"


def mathjax_folder():
    """Return the folder of MathJax in the installed package."""
    package = distribution("sphinx-mathjax-offline")
    return Path(package.locate_file("sphinx-mathjax-offline/static/mathjax"))


def copy_mathjax(app, error):
    """Copy the needed part of MathJax, layout kept, into the built book."""
    if error or app.builder.format != "html":
        return
    source, target = mathjax_folder(), Path(app.outdir) / "_static" / "mathjax"
    for name in MATHJAX:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if (source / name).is_dir():
            copytree(source / name, target / name, dirs_exist_ok=True)
        else:
            copyfile(source / name, target / name)
    copyfile(LICENCE, target / "LICENSE")


def keep_own_scripts(app, pagename, templatename, context, doctree):
    """Drop the script of a live-code service, and scripts that come twice."""
    seen, kept = set(), []
    for script in context.get("script_files", []):
        body = getattr(script, "attributes", {}).get("body") or ""
        name = str(getattr(script, "filename", script)).split("?")[0]
        if "THEBE_JS_URL" in body or "thebe" in name or (name, body) in seen:
            continue
        seen.add((name, body))
        kept.append(script)
    context["script_files"][:] = kept


def setup(app):
    app.connect("html-page-context", keep_own_scripts, priority=999)
    app.connect("build-finished", copy_mathjax)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
