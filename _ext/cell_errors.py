"""Name chapter and cell where a cell raises, at the end of the build, one line each.

The build runs every notebook to its first fault and goes on with the next, so
that one run shows all faults; a fault is a warning, and a warning fails the build.
"""

import nbformat
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.util import logging

logger = logging.getLogger(__name__)
RULE = "------------------"  # nbclient frames the source of the failing cell with it


def failing_cell(notebook, traceback):
    """Return number and id of the cell whose source stands in `traceback`, or None."""
    for number, cell in enumerate(notebook.cells, start=1):
        if f"{RULE}\n{cell.source.strip()}\n{RULE}" in traceback:
            return number, cell.id
    return None


def name_failures(app, error):
    """Print one line for each notebook that did not run to its end."""
    for name in sorted(getattr(app.env, "found_docs", ())):
        data = NbMetadataCollector.get_exec_data(app.env, name)
        if not data or data["succeeded"]:
            continue
        path = app.env.doc2path(name)
        if not str(path).endswith(".ipynb"):
            continue
        cell = failing_cell(nbformat.read(path, as_version=4), data["traceback"])
        where = "cell {} ({})".format(*cell) if cell else "a cell"
        logger.info("FAILED: %s: %s raises %s", app.env.doc2path(name, False), where, data["error"])


def setup(app):
    app.connect("build-finished", name_failures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
