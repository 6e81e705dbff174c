"""Show a function as a page: its source, its file and its line.

Question: what does the function that I have just built look like in the package?
Chapter: 0, Start here.
Symbols: none.

A chapter first builds the smallest version of an algorithm and then shows the
real one with ``show(function)``, read from the package at that moment, so the
page and the code cannot differ.  The docstring is folded away: the reader has
the chapter around it.
"""

from __future__ import annotations

import ast
import builtins
import html
import inspect
import io
import keyword
import textwrap
import tokenize
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Page", "show"]

LONG = 20  # lines of source that a page shows unfolded
_CALLABLE = "a function or class that is written in Python"


@dataclass(frozen=True)
class Page:
    """The source of one function or class, without its docstring.

    Parameters
    ----------
    name : str
        Name of the function.
    file : str
        File of the package that holds it, such as ``clusterlib/lloyd.py``.
    line : int
        Line of the file where it starts.
    code : str
        Its source without the docstring.
    docstring : str
        Its docstring, or an empty string.

    Examples
    --------
    >>> from clusterlib.source import show
    >>> page = show(show)
    >>> page.name, page.file
    ('show', 'clusterlib/source.py')
    """

    name: str
    file: str
    line: int
    code: str
    docstring: str

    def __str__(self) -> str:
        return f"# {self.file}, line {self.line}\n{self.code}"

    __repr__ = __str__

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        """Return the page as HTML and as plain text, for Jupyter."""
        return {"text/html": self._html(), "text/plain": str(self)}

    def _html(self):
        """Return the page as HTML whose colours need no script."""
        name, lines = html.escape(self.name), len(self.code.splitlines())
        code = f'<div class="highlight"><pre tabindex="0">{_coloured(self.code)}</pre></div>'
        if lines > LONG:
            code = _folded(f"Source of <code>{name}</code>, {lines} lines", code)
        docstring = f'<pre tabindex="0">{html.escape(self.docstring)}</pre>'
        fold = _folded(f"Docstring of <code>{name}</code>", docstring) if self.docstring else ""
        return (
            '<figure class="clusterlib-source">'
            f"<figcaption><code>{html.escape(self.file)}</code>, line {self.line}</figcaption>"
            f"{code}{fold}</figure>"
        )


def _folded(summary, content):
    """Return `content` behind a line that opens it."""
    return f"<details><summary>{summary}</summary>{content}</details>"


def show(function: Callable) -> Page:
    """Return the source of a function or class as a page that Jupyter displays.

    Parameters
    ----------
    function : function or class
        Anything that is written in Python.

    Returns
    -------
    page : Page
        Displayed as highlighted HTML with file and line; the docstring is folded, and the
        source too if it has more than 20 lines.

    Raises
    ------
    TypeError
        If `function` has no Python source.

    Examples
    --------
    >>> from clusterlib.source import show
    >>> print(show(show).code)
    def show(function: Callable) -> Page:
        source, line = _source_of(function)
        code, docstring = _without_docstring(source)
        return Page(function.__name__, _file_of(function), line, code, docstring)
    """
    source, line = _source_of(function)
    code, docstring = _without_docstring(source)
    return Page(function.__name__, _file_of(function), line, code, docstring)


def _source_of(function):
    """Return source and first line of `function`, or say what could be shown."""
    if not (inspect.isfunction(function) or inspect.isclass(function)):
        raise TypeError(f"`function` is {function!r}; it must be {_CALLABLE}.")
    try:
        lines, first = inspect.getsourcelines(function)
    except (OSError, TypeError):
        raise TypeError(f"`function` is {function!r}; it must be {_CALLABLE}.") from None
    return textwrap.dedent("".join(lines)), first


def _file_of(function):
    """Return the file of `function` as it is called in the repository."""
    path = Path(inspect.getsourcefile(inspect.unwrap(function)))
    parts = function.__module__.split(".")
    depth = len(parts) + (path.stem == "__init__")
    return "/".join(path.parts[-depth:]) if len(parts) > 1 else path.name


def _without_docstring(source):
    """Return `source` without the docstring of its function or class, and the docstring."""
    node = ast.parse(source).body[0]
    first = node.body[0]
    docstring = ast.get_docstring(node)
    if docstring is None or len(node.body) == 1:
        return source.rstrip(), docstring or ""
    lines = source.splitlines()
    del lines[first.lineno - 1 : first.end_lineno]
    while not lines[first.lineno - 1].strip():
        del lines[first.lineno - 1]
    return "\n".join(lines).rstrip(), docstring


def _coloured(code):
    """Return `code` as HTML; the classes are those of Pygments, so that the book's theme fits."""
    lines = code.splitlines(keepends=True)
    pieces, row, column = [], 1, 0
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.start == token.end or not token.string.strip():
            continue
        pieces.append(html.escape(_between(lines, (row, column), token.start)))
        pieces.append(_element(token))
        row, column = token.end
    return "".join(pieces)


def _between(lines, start, end):
    """Return the text from place `start` to place `end`, each a pair (row, column)."""
    if start[0] == end[0]:
        return lines[start[0] - 1][start[1] : end[1]]
    middle = "".join(lines[start[0] : end[0] - 1])
    return lines[start[0] - 1][start[1] :] + middle + lines[end[0] - 1][: end[1]]


def _element(token):
    """Return the HTML of one token; where no style is known, keywords are bold all the same."""
    text = html.escape(token.string)
    if token.type == tokenize.COMMENT:
        return f'<i class="c1">{text}</i>'
    if token.type == tokenize.STRING or tokenize.tok_name[token.type].startswith("FSTRING"):
        return f'<span class="s1">{text}</span>'
    if token.type == tokenize.NUMBER:
        return f'<span class="mi">{text}</span>'
    if token.type == tokenize.NAME and keyword.iskeyword(token.string):
        return f'<b class="k">{text}</b>'
    if token.type == tokenize.NAME and hasattr(builtins, token.string):
        return f'<span class="nb">{text}</span>'
    return text
