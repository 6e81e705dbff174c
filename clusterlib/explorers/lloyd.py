"""The Lloyd explorer: assign, move, and one step back.

Question: what do Lloyd's two steps do, and why do they stop?
Chapter: 4, k-means: Lloyd's two steps.
Symbols: X observations, C code words, k, labels, SSE.

The steps are those of `lloyd_steps`.  Code words can be dragged anywhere, which
no table can hold, so the page repeats the two steps for them; the tests compare
both.
"""

from __future__ import annotations

import functools

import numpy as np

from clusterlib import datasets
from clusterlib.core.checks import whole_number
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.placed_words import (
    AXES,
    place_controls,
    positions,
    replaced,
    words_of_text,
)
from clusterlib.explorers.shared.scenes import rounded, scene
from clusterlib.vq.lloyd import lloyd_steps

__all__ = ["LloydExplorer"]

K_MAX = 8
RECTANGLE = np.array([[0.0, 0], [0, 1], [4, 0], [4, 1]])
SETS = ("rectangle", *datasets.WORLDS)
TITLES = {"rectangle": "four corners of a rectangle"}


@functools.cache
def book_points(data):
    """Return the points of one of the book's sets, to four decimals."""
    return RECTANGLE if data == "rectangle" else np.round(datasets.world(data).X, 4)


def corners(X):
    """Return the corners of a picture of `X`, with a little room around the points."""
    low, high = X.min(axis=0), X.max(axis=0)
    room = 0.05 * np.where(high > low, high - low, 1.0)
    return low - room, high + room


class LloydExplorer(Explorer):
    """Lloyd's algorithm by half steps, from code words that the reader places.

    Parameters
    ----------
    X : array_like of shape (n, 2), optional
        Your observations, of two features; by default the sets of chapter 4.
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import LloydExplorer
    >>> explorer = LloydExplorer()
    >>> explorer.say(explorer.state(data="rectangle", k=2, step=2))
    'Step 2 of 3, code words moved. SSE 16. Sizes 2, 2. Code word 1 stands at 2, 0.'
    """

    name = "lloyd"
    title = "Lloyd, step and step back"
    caption = (
        "Large marks are the code words; each point takes the mark of the nearest one. "
        "The trace never rises."
    )
    question = Question(
        ask="Four points are the corners of a rectangle. Both code words stand on its long "
        "middle line, one above the other. What happens next?",
        options={
            "they move to the two short sides": "That would be far better, but neither step "
            "looks ahead: each only improves on what stands there.",
            "nothing": "Each code word is the mean of its two corners, and each corner is "
            "nearest to its own word.",
            "one of them loses all points": "Each word is nearest to two corners, so both keep "
            "theirs.",
        },
        answer=1,
        explain="It is a fixed point with SSE 16. The short sides would give SSE 1. Drag one word "
        "a little to the left and run again.",
        before={"data": "rectangle", "k": 2, "step": 1},
        after={"data": "rectangle", "k": 2, "step": 3},
    )

    def __init__(self, X=None, uid=None):
        super().__init__(uid)
        self._own = None if X is None else scene(X).X
        if self._own is not None:
            if self._own.shape[1] != 2:
                raise ValueError(
                    f"`X` has shape {self._own.shape}; code words can be dragged in a plane "
                    "only. Give two features, or use KExplorer."
                )
            self.question = None

    @property
    def names(self):
        """The names of the data sets."""
        return ["yours"] if self._own is not None else list(SETS)

    def points(self, data):
        """Return the observations of data set `data`."""
        return book_points(data) if self._own is None else np.round(self._own, 4)

    def start(self, data, k):
        """Return the first code words: the first points, or the trap of the rectangle."""
        if data == "rectangle" and k == 2:
            return np.array([[2.0, 0], [2, 1]])
        return (
            np.unique(self.points(data), axis=0)[:k] if data == "yours" else self.points(data)[:k]
        )

    def values(self):
        """Return the values of the default frame."""
        return {"data": self.names[0], "k": min(3, len(self.points(self.names[0]))), "words": "",
                "word": 0, "step": 1}  # fmt: skip

    def state(self, before=None, **values):
        values = {**self.values(), **values}
        X = self.points(values["data"])
        values["k"] = min(whole_number("k", values["k"], 1), len(X), K_MAX)
        words = values["words"]
        C = words_of_text(words) if words else self.start(values["data"], values["k"])
        values["k"] = len(C)
        values["word"] = min(values["word"], len(C) - 1)
        run = list(lloyd_steps(X, C))
        values["step"] = min(values["step"], len(run))
        now = run[values["step"] - 1] if values["step"] else None
        labels = np.full(len(X), -1) if now is None else now.labels
        values |= positions(C if now is None else now.C, values["word"], *corners(X))
        return {
            "values": values, "X": X, "C": C if now is None else now.C, "labels": labels,
            "trace": [s.sse for s in run], "half": now.step if now else "start",
            "sizes": np.bincount(labels[labels >= 0], minlength=len(C)).tolist(),
        }  # fmt: skip

    def change(self, values, key):
        if key in ("data", "k"):
            values["words"], values["step"] = "", 1
        if key == "data" and values["data"] == "rectangle":
            values["k"] = 2
        if key in AXES:
            state = self.state(**values)
            values["words"] = replaced(state["C"], values, key, *corners(state["X"]))
            values["step"] = 0
        return values

    def controls(self, **values):
        state = self.state(**values)
        return [
            {"kind": "range", "key": "step", "label": "Half step", "min": 0,
             "max": len(state["trace"])},
            {"kind": "range", "key": "k", "label": "k", "min": 1,
             "max": min(K_MAX, len(state["X"]))},
            {"kind": "select", "key": "data", "label": "Data", "options": self.names},
            *place_controls(state["values"]["k"], ("place from left to right",
                                                   "place from bottom to top")),
        ]  # fmt: skip

    def say(self, state):
        step, last = state["values"]["step"], len(state["trace"])
        head = f"Step {step} of {last}"
        word = state["values"]["word"]
        at = f" Code word {word + 1} stands at {', '.join(f'{v:.3g}' for v in state['C'][word])}."
        if not step:
            count = f"{len(state['C'])} code word{'s' * (len(state['C']) > 1)}"
            return f"{head}, {count} placed, no point assigned yet.{at}"
        done = "labels assigned" if state["half"] == "assign" else "code words moved"
        end = " Nothing changes any more." if step == last else ""
        sizes = ", ".join(map(str, state["sizes"]))
        return f"{head}, {done}. SSE {state['trace'][step - 1]:.4g}. Sizes {sizes}.{end}{at}"

    def draw(self, state):
        steps = range(1, len(state["trace"]) + 1)
        step = state["values"]["step"]
        return svg.grid([
            (1.3 * svg.W, svg.points(state["X"], state["labels"], state["C"],
                                               "points and code words", "x", "y")),
            (1.2 * svg.W, svg.curve(steps, state["trace"], step - 1 if step else None,
                                              "SSE by half step", "half step")),
        ])  # fmt: skip

    def data(self):
        return {
            "start": self.values(),
            "kmax": K_MAX,
            "sets": {
                name: {
                    "title": "your data" if name == "yours" else TITLES.get(name, name),
                    "points": rounded(self.points(name)),
                    "starts": [
                        rounded(self.start(name, k))
                        for k in range(1, min(K_MAX, len(self.points(name))) + 1)
                    ],
                }
                for name in self.names
            },
        }
