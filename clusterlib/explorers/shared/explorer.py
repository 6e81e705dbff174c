"""What all explorers share: the page they travel in.

Question: how does one object become a figure in a page, a notebook and a mail?
Chapter: 0, Start here (how to use an explorer).
Symbols: as in the modules that an explorer shows.

An explorer has four parts: `data` (everything its front end needs, as JSON),
`state` (the picture's content for one position of the controls), `draw` (that
state as a static picture) and `say` (the same in a sentence).  The front end is
one ES module, joined from the ``*.js`` files (`clusterlib.explorers.shared.bundle`), without a
build step.  An explorer's `name` is the stem of its files, with hyphens.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
import os
import zlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib import resources

from clusterlib.explorers.shared.bundle import join_modules

__all__ = ["Explorer", "frontend_module", "rich"]

STATIC_PAGE = "CLUSTERLIB_STATIC_PAGE"  # set by the build of the book: no kernel will answer


def to_json(value):
    """Return `value` as compact JSON that is safe inside a script element."""
    text = json.dumps(value, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def rich(text):
    """Return `text` as HTML: escaped, with `code` between backticks."""
    parts = html.escape(text).split("`")
    if len(parts) % 2 == 0:
        raise ValueError(f"`text` is {text!r}; it must hold an even number of backticks.")
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))


def svg_address(svg):
    """Return a picture as an address that holds it whole."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


@functools.cache
def read_part(name, package="clusterlib.explorers"):
    """Return the text of a front-end file of a folder of the package."""
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")


def frontend_sources():
    """Return the ES modules of the front end: source by path."""
    files = resources.files("clusterlib.explorers")
    return {
        folder + entry.name: entry.read_text(encoding="utf-8")
        for folder in ("", "shared/")
        for entry in files.joinpath(folder).iterdir()
        if entry.name.endswith(".js")
    }


@functools.cache
def frontend_module(more=()):
    """Return the source of the front end: one ES module for all explorers.

    `more` are pairs (path, source) of modules for one page; those called ``.../start.js``
    export a function `start`, which runs once the explorers have begun.
    """
    sources = frontend_sources() | dict(more)
    starts = "".join(f" modules[{to_json(path)}].start();" for path, _ in more
                     if path.endswith("/start.js"))  # fmt: skip
    views = ", ".join(
        f"{to_json(path[:-3].replace('_', '-'))}: modules[{to_json(path)}].view"
        for path in sorted(sources)
        if "/" not in path
    )
    return (
        f"{join_modules(sources)}\n"
        f"const STYLE = {to_json(read_part('shared/explorer.css'))};\n"
        f'export const start = () => {{ modules["shared/mount.js"].start({{ {views} }}, STYLE);'
        f"{starts} }};\n"
        "start();\n"
    )


@functools.cache
def frontend_script(more=()):
    """Return the script element that carries the front end, deflated; a page needs it once.

    The module travels inside the page, because pages opened from a disk may not
    import a file beside them.
    """
    code = base64.b64encode(zlib.compress(frontend_module(more).encode(), 9)).decode()
    return (
        '<script type="module" data-clx-frontend>'
        f'const packed=Uint8Array.from(atob("{code}"),(c)=>c.charCodeAt(0));'
        "const text=await new Response(new Blob([packed]).stream().pipeThrough("
        'new DecompressionStream("deflate"))).text();'
        'const front=await import("data:text/javascript;charset=utf-8,"+encodeURIComponent(text));'
        "front.start()</script>"
    )


@dataclass(frozen=True)
class Question:
    """What the reader is asked before the figure shows its outcome.

    `options` maps each option to the reply that it gets: why it is right, or the
    misconception behind it.  `answer` is the index of the right one; `explain` follows
    every reply.  `before` and `after` are values of the controls: what the figure shows
    while it asks, and once it has been answered.
    """

    ask: str
    options: Mapping[str, str]
    answer: int
    explain: str = ""
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)

    def payload(self) -> dict:
        """Return the question as the front end takes it: the options in their order."""
        return {**asdict(self), "options": [list(pair) for pair in self.options.items()]}


class Explorer(ABC):
    """A figure with controls; the base of every explorer.

    Subclasses set `name`, `title`, `caption` and `question` and define `data`,
    `controls`, `state`, `draw` and `say`.

    Parameters
    ----------
    uid : str, optional
        Name of this figure in the page's address, needed when the same explorer
        stands twice on one page; by default the explorer's `name`.

    See Also
    --------
    clusterlib.explorers.CutExplorer : cut a tree by height or by number.
    """

    name = ""
    title = ""
    caption = ""
    question: Question | None = None

    def __init__(self, uid: str | None = None) -> None:
        self.uid = self.name if uid is None else uid

    # -- what a subclass defines ------------------------------------------------
    @abstractmethod
    def data(self) -> dict:
        """Return all that the front end needs, ready for JSON."""

    @abstractmethod
    def controls(self, **values) -> list[dict]:
        """Return the controls for `values`: dicts with kind, key, label and options or range."""

    def change(self, values: dict, key: str) -> dict:
        """Return `values` after the reader has moved `key`; ties one control to another."""
        return values

    @abstractmethod
    def state(self, before: dict | None = None, **values) -> dict:
        """Return what the picture shows for one position of the controls.

        `before` is the state of the frame before, so that clusters keep their marks.
        """

    @abstractmethod
    def draw(self, state: dict) -> str:
        """Return `state` as a static picture, in SVG."""

    @abstractmethod
    def say(self, state: dict) -> str:
        """Return `state` in one or two sentences."""

    # -- what every explorer does -------------------------------------------------
    @property
    def alt(self) -> str:
        """The default frame in words, for readers who do not see the picture."""
        return f"{self.title}. {self.say(self.state())} {self.caption}"

    def payload(self) -> dict:
        """Return `data` with title, question and the labels of the controls added."""
        question = None if self.question is None else self.question.payload()
        values = self.state()["values"]
        labels = {spec["key"]: spec["label"] for spec in self.controls(**values)}
        return {**self.data(), "title": self.title, "question": question, "labels": labels}

    def html(self) -> str:
        """Return the explorer as a piece of HTML, without the front end."""
        return (
            f'<div class="clx" data-explorer="{html.escape(self.name)}" '
            f'id="x-{html.escape(self.uid)}">'
            f'<figure class="clx-static"><img alt="{html.escape(self.alt)}" '
            f'src="{svg_address(self.draw(self.state()))}">'
            f"<figcaption>{rich(self.title)}. {rich(self.caption)} "
            "(The controls need JavaScript and a trusted notebook.)</figcaption></figure>"
            f'<script type="application/json">{to_json(self.payload())}</script></div>'
        )

    def __repr__(self) -> str:
        return f"<explorer {self.name!r}: {self.title}>"

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/plain": repr(self), "text/html": self.html() + frontend_script()}

    def page(self) -> str:
        """Return a stand-alone HTML page that holds only this explorer."""
        return page(self.title, self)

    def live(self):
        """Return the explorer on ipywidgets, computed by the running kernel.

        In a page built from the notebook there is no kernel; there, the result is
        one line that says so.
        """
        if os.environ.get(STATIC_PAGE):
            return Note("The live version runs in JupyterLab: there is no kernel in this page.")
        from clusterlib.explorers.shared.live import live_widget

        return live_widget(self)


class Note:
    """One line of text in the place of something that this page cannot show."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/plain": self.text, "text/html": f"<p><em>{html.escape(self.text)}</em></p>"}


@functools.cache
def policy(more=()):
    """Return the Content-Security-Policy of a page: no host, and no script but the front end."""
    own = base64.b64encode(hashlib.sha256(frontend_module(more).encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{own}'; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def page(title, *parts, lang="en", more=()):
    """Return a stand-alone, offline HTML page made of `parts`: explorers or pieces of HTML.

    The front end stands in it as it is, so that the page's policy can allow this script
    by its hash and forbid every other.  `more` are modules that only this page needs.
    """
    body = "\n".join(p.html() if isinstance(p, Explorer) else p for p in parts)
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(more)}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>"
        ":root{color-scheme:light dark}body{margin:0 auto;max-width:66rem;padding:1rem;"
        "font-family:system-ui,sans-serif;background:Canvas;color:CanvasText}"
        "h1{overflow-wrap:anywhere}"
        f"</style></head><body><main>\n<h1>{html.escape(title)}</h1>\n{body}\n</main>"
        f'<script type="module" data-clx-frontend>{frontend_module(more)}</script></body></html>\n'
    )
