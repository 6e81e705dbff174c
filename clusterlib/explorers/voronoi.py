"""The vector explorer: code words in the plane, their cells, and the price in bits.

Question: why quantize pairs of numbers when you can quantize numbers?
Chapter: 2, Codebooks: vector quantization.
Symbols: X pairs of Gaussian numbers, C codebook of k words, rho correlation, R bits per number.

The error is measured on the pairs shown, and counted a number, not a pair.  They
are not drawn at random but laid out evenly: among as many random pairs, 16 words
would learn the accidents of the draw (D = .103, but .114 on fresh pairs), and the
picture would promise too much.  The bound is that of Shannon for Gaussian pairs,
by reverse water-filling.
"""

from __future__ import annotations

import functools
from statistics import NormalDist

import numpy as np

from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.placed_words import (
    AXES,
    place_controls,
    positions,
    replaced,
    words_of_text,
)
from clusterlib.explorers.shared.scenes import rounded
from clusterlib.quantization import lbg
from clusterlib.quantization.scalar import lloyd_max
from clusterlib.vq.nearest import distortion

__all__ = ["VoronoiExplorer", "bound", "grid_words"]

N, K_MAX = 1500, 16
RHOS = (0.0, 0.5, 0.9)


@functools.cache
def noise():
    """Return the pairs of independent numbers behind all three sets, to four decimals.

    Multiples of two irrational numbers fill the unit square evenly; the inverse of the
    normal distribution function turns them into Gaussian numbers of mean 0 and variance 1.
    """
    plastic = 1.324717957244746  # the root of x**3 = x + 1
    steps = np.outer(np.arange(1, N + 1), [1 / plastic, 1 / plastic**2])
    Z = np.vectorize(NormalDist().inv_cdf)((0.5 + steps) % 1)
    return np.round((Z - Z.mean(axis=0)) / Z.std(axis=0), 4)


def pairs(rho):
    """Return the pairs with correlation `rho`."""
    z = noise()
    return np.column_stack([z[:, 0], rho * z[:, 0] + np.sqrt(1 - rho**2) * z[:, 1]])


def grid_shape(k):
    """Return the columns and rows of the most square grid of `k` words.

    Examples
    --------
    >>> grid_shape(12), grid_shape(13)
    ((4, 3), (13, 1))
    """
    rows = max(d for d in range(1, k + 1) if k % d == 0 and d * d <= k)
    return k // rows, rows


def grid_words(rho, k):
    """Return the product of two best scalar quantizers, `k` words in all, whatever `rho` is."""
    del rho  # a grid does not see the correlation: that is its weakness
    columns, rows = (lloyd_max("gaussian", side).levels for side in grid_shape(k))
    return np.round([[x, y] for y in rows for x in columns], 4)


@functools.cache
def split_words(rho, k):
    """Return the codebook that splitting finds for the pairs."""
    return np.round(lbg(pairs(rho), k), 4)


def bound(R, rho):
    """Return the least D per number at `R` bits per number, for Gaussian pairs.

    Examples
    --------
    >>> float(bound(1.0, 0.0)), round(float(bound(2.0, 0.9)), 6)
    (0.25, 0.027243)
    """
    low, high = 1 - rho, 1 + rho
    D = np.sqrt(low * high) * 4.0 ** -np.asarray(R, float)
    one = high * 16.0 ** -np.asarray(R, float)  # all bits go to the wide direction
    return np.where(low >= D, D, (one + low) / 2)


PLANE = ((-4.0, -4.0), (4.0, 4.0))  # the corners of the picture
PLACES = {"grid": grid_words, "lbg": split_words}


class VoronoiExplorer(Explorer):
    """Code words that can be dragged over Gaussian pairs, with rate and distortion.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import VoronoiExplorer
    >>> explorer = VoronoiExplorer()
    >>> grid, free = (explorer.state(place=p, k=16)["D"] for p in ("grid", "lbg"))
    >>> bool(free < grid)
    True
    """

    name = "voronoi"
    title = "Voronoi codebook"
    caption = "Each cell holds the pairs that share a code word."
    question = Question(
        ask="The two numbers of a pair are independent. Can 16 free code words beat a 4 x 4 grid?",
        options={
            "no": "Independence leaves no memory to use, but the shape of the cells and the place "
            "of the words are still free.",
            "yes, a little": "Free cells can be rounder than rectangles, and they need not pave "
            "the empty corners.",
            "yes, by half": "That takes dependence: with correlation .9 the error falls by more "
            "than half.",
        },
        answer=1,
        explain="The error per number is .1082 against .1175 on random pairs, at 2 bits per "
        "number.",
        before={"place": "grid"},
        after={"place": "lbg"},
    )

    def state(self, before=None, **values):
        values = {"rho": 0.0, "k": 16, "place": "grid", "words": "", "word": 0, **values}
        X = pairs(values["rho"])
        C = (words_of_text(values["words"]) if values["words"]
             else PLACES[values["place"]](values["rho"], values["k"]))  # fmt: skip
        values["k"], values["word"] = len(C), min(values["word"], len(C) - 1)
        values |= positions(C, values["word"], *PLANE)
        R = float(np.log2(len(C))) / 2
        return {"values": values, "X": X, "C": C, "R": R, "D": distortion(X, C) / 2 / N,
                "bound": float(bound(R, values["rho"]))}  # fmt: skip

    def change(self, values, key):
        if key in ("k", "rho", "place"):
            values["words"] = ""
        if key in AXES:
            values["words"] = replaced(self.state(**values)["C"], values, key, *PLANE)
        return values

    def controls(self, **values):
        k = self.state(**values)["values"]["k"]
        return [
            {"kind": "range", "key": "k", "label": "Code words", "min": 1, "max": K_MAX},
            {"kind": "select", "key": "place", "label": "Place", "options": list(PLACES)},
            {"kind": "select", "key": "rho", "label": "Correlation", "options": list(RHOS)},
            *place_controls(k, ("first number", "second number")),
        ]

    def say(self, state):
        word = state["values"]["word"]
        at = ", ".join(f"{v:.3g}" for v in state["C"][word])
        k = len(state["C"])
        lost = max(10 * np.log10(state["D"] / state["bound"]), 0.0)
        columns, rows = grid_shape(k)
        is_grid = k > 1 and state["values"]["place"] == "grid" and not state["values"]["words"]
        grid = f" in a grid of {columns} x {rows}" if is_grid else ""
        return (
            f"{k} code word{'s' * (k > 1)}{grid}, {state['R']:.3g} bits per number: "
            f"D = {state['D']:.4f} per number, the bound is {state['bound']:.4f}, so "
            f"{lost:.2f} dB are lost. Code word {word + 1} "
            f"stands at {at}."
        )

    def draw(self, state):
        ks = range(1, K_MAX + 1)
        rho = state["values"]["rho"]
        D = [10 * np.log10(distortion(pairs(rho), split_words(rho, k)) / 2 / N) for k in ks]
        points = svg.points(state["X"][::2], None, None, "pairs and code words", "first",
                                 "second", r=3, words=state["C"])  # fmt: skip
        curve = svg.curve([np.log2(k) / 2 for k in ks], D, len(state["C"]) - 1,
                               "D in dB of split codebooks", "bits per number")  # fmt: skip
        return svg.grid([(1.2 * svg.W, points), (svg.W, curve)])

    def data(self):
        ks = range(1, K_MAX + 1)
        rates = [round(0.05 * i, 2) for i in range(41)]
        return {
            "noise": rounded(noise()), "kmax": K_MAX, "rates": rates, "rhos": list(RHOS),
            "grid": [rounded(grid_words(0.0, k)) for k in ks],
            "lbg": [[rounded(split_words(rho, k)) for k in ks] for rho in RHOS],
            "bound": [rounded(bound(np.array(rates), rho), 6) for rho in RHOS],
            "D": {place: [[round(distortion(pairs(rho), words(rho, k)) / 2 / N, 6) for k in ks]
                          for rho in RHOS] for place, words in PLACES.items()},
        }  # fmt: skip
