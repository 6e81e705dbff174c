"""The pages that `clusterlib.source.show` makes."""

import ast
import html
import inspect
import re
import textwrap

import numpy as np
import pytest

from clusterlib import source
from clusterlib.core import checks
from clusterlib.source import Page, show


def plain(markup):
    """Return the text of `markup`, as a browser would show it."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def functions_of_two_modules():
    """Return all functions of two modules, to see many kinds of source."""
    return [
        function
        for module in (checks, source)
        for _, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
    ]


@pytest.mark.parametrize("function", functions_of_two_modules(), ids=lambda f: f.__name__)
def test_code_is_the_source_without_its_docstring(function):
    page = show(function)
    node = ast.parse(inspect.getsource(function)).body[0]
    assert page.docstring == inspect.getdoc(function)
    node.body = node.body[1:]
    assert ast.dump(ast.parse(page.code).body[0]) == ast.dump(node)


@pytest.mark.parametrize("function", functions_of_two_modules(), ids=lambda f: f.__name__)
def test_html_shows_exactly_the_code(function):
    page = show(function)
    markup = page._repr_mimebundle_()["text/html"]
    shown = re.search(r'<div class="highlight"><pre[^>]*>(.*?)</pre>', markup, re.DOTALL)[1]
    assert plain(shown) == page.code


def test_file_and_line_are_those_of_the_file():
    page = show(checks.one_of)
    assert page.file == "clusterlib/core/checks.py"
    lines = inspect.getsource(checks).splitlines()
    assert lines[page.line - 1].startswith("def one_of(")
    assert str(page).startswith(f"# clusterlib/core/checks.py, line {page.line}\ndef one_of(")


def test_a_class_and_a_decorator_are_shown():
    page = show(Page)
    assert page.code.startswith("@dataclass(frozen=True)\nclass Page:\n    name: str")
    assert "Parameters" in page.docstring


def test_a_function_without_docstring_stays_whole():
    def bare(X):
        # why
        return [f"{x} < {0x1F}" for x in X]

    page = show(bare)
    assert page.docstring == ""
    assert page.code == textwrap.dedent(inspect.getsource(bare)).rstrip()
    assert "<details>" not in page._repr_mimebundle_()["text/html"]


def test_markup_in_the_source_is_escaped():
    def risky():
        return "<script>alert(1)</script>"

    markup = show(risky)._repr_mimebundle_()["text/html"]
    assert "<script" not in markup
    assert "&lt;script&gt;" in markup


def test_the_page_needs_no_script():
    markup = show(show)._repr_mimebundle_()["text/html"]
    assert "<script" not in markup
    assert '<b class="k">return</b>' in markup


@pytest.mark.parametrize("value", [np.dot, len, 3, "show", None])
def test_what_has_no_python_source_is_refused(value):
    with pytest.raises(TypeError, match="must be a function or class"):
        show(value)


@pytest.mark.parametrize(("lines", "folded"), [(source.LONG, False), (source.LONG + 1, True)])
def test_a_long_source_is_folded_and_a_short_one_is_not(lines, folded):
    markup = Page("f", "f.py", 1, "def f():" + "\n    x = 1" * (lines - 1), "")._html()
    assert (f"<summary>Source of <code>f</code>, {lines} lines</summary>" in markup) is folded
