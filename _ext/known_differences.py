"""The known differences from SciPy, from the table that the tests hold against both.

``{known-differences} vq`` shows the entries of one page of `reference/known_differences.toml`:
what differs, an example with both outcomes, and the report.  The tests that hold each entry
stand in the table only: a reader has no use for their names.
"""

import importlib
import tomllib

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from notebooks import ROOT

FILE = ROOT / "reference" / "known_differences.toml"
REPORTS = "https://github.com/scipy/scipy/issues/"


def link_to(page, name):
    """Return a reference to the page's function `name`, where the book documents it."""
    home = getattr(importlib.import_module(f"clusterlib.{page}"), name).__module__
    return f"{{py:obj}}`{name} <{home}.{name}>`"


def markdown(page, entry):
    """Return one difference as lines of Markdown."""
    names = ", ".join(link_to(page, name) for name in entry["functions"])
    reports = [f"[{r}]({REPORTS}{r.partition('#')[2]})" for r in entry.get("reports", ())]
    lines = [f"{names}: {entry['text']} " + (f"({', '.join(reports)})" if reports else ""), ""]
    if "call" in entry:
        outcomes = [f"# SciPy: {entry['scipy']}", f"# here:  {entry['here']}"]
        lines += ["```python", *entry["call"].strip().splitlines(), *outcomes, "```", ""]
    else:
        lines += [f"No example: {entry['unshown']}.", ""]
    return lines


class KnownDifferences(Directive):
    """All differences of one page."""

    required_arguments = 1

    def run(self):
        """Return the entries as a container of parsed Markdown."""
        self.state.document.settings.env.note_dependency(str(FILE))
        page = self.arguments[0]
        node = nodes.container(classes=["known-differences"])
        for entry in tomllib.loads(FILE.read_text(encoding="utf-8"))[page]:
            self.state.nested_parse(StringList(markdown(page, entry), str(FILE)), 0, node)
        return [node]


def setup(app):
    """Register the directive."""
    app.add_directive("known-differences", KnownDifferences)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
