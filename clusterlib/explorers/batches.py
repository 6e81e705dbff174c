"""The batch explorer: the same rows in the same order, cut into batches of another size.

Question: how many rows must be read before the codebook may move?
Chapter: 7, More data than memory.
Symbols: X observations in the order in which they are read, C codebook, k.

The file is read from front to back, four times.  `minibatch_steps` moves after each batch,
`lloyd_steps` after each pass; the page repeats the arithmetic of both.
"""

from __future__ import annotations

import functools
import itertools

import numpy as np

from clusterlib.explorers import seeding
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.scenes import rounded
from clusterlib.scaling.minibatch import minibatch_steps, read_batches
from clusterlib.validity.agreement import orphans
from clusterlib.vq.lloyd import lloyd_steps
from clusterlib.vq.nearest import distortion
from clusterlib.vq.seeding import SEEDINGS

__all__ = ["BatchExplorer"]

PASSES, TENTHS = 4, 10  # the reader stops at each tenth of a pass
SIZES = (10, 30, 100, 300, 1500, 3000)
SEEDS = 8
STARTS = ("points", "++", "greedy ++")


def rows():
    """Return the rows of S2, to the four decimals that a page carries, and the true centres."""
    X, centres = seeding.stage(False)
    return np.round(X, 4), centres


@functools.cache
def file():
    """Return the rows as they lie in the file, well shuffled, and the true centres."""
    X, centres = rows()
    return X[np.random.default_rng(7).permutation(len(X))], centres


@functools.cache
def first(name, seed):
    """Return the codebook with which every run of this method and seed starts."""
    X, centres = rows()
    return np.round(SEEDINGS[name](X, len(centres), np.random.default_rng([7, seed])), 4)


def loss(C):
    """Return the squared error of all rows, as a multiple of that of the true centres."""
    X, centres = file()
    return distortion(X, C) / distortion(X, centres)


@functools.cache
def books(start, seed, size):
    """Return the codebook at each tenth of a pass; it moves when a batch is complete."""
    X, _ = file()
    C = first(start, seed)
    stream = itertools.chain.from_iterable(read_batches(X, size) for _ in range(PASSES))
    moved = [C, *(batch.C for batch in minibatch_steps(stream, C))]
    stops = np.arange(PASSES * TENTHS + 1) * len(X) // TENTHS
    return [moved[read // size] for read in stops]


@functools.cache
def losses(start, seed, size):
    """Return the loss at each tenth of a pass."""
    each = {id(C): C for C in books(start, seed, size)}
    known = {name: loss(C) for name, C in each.items()}
    return [known[id(C)] for C in books(start, seed, size)]


@functools.cache
def full_losses(start, seed):
    """Return the loss of Lloyd's algorithm after each pass; it stays when nothing moves."""
    X, _ = file()
    steps = lloyd_steps(X, first(start, seed))
    ends = [loss(s.C) for s in itertools.islice(steps, 2 * PASSES + 1) if s.step == "assign"]
    return ends + ends[-1:] * (PASSES + 1 - len(ends))


class BatchExplorer(Explorer):
    """Mini-batches of six sizes against Lloyd's algorithm, for the same rows read.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import BatchExplorer
    >>> state = BatchExplorer().state(size=1, read=10)
    >>> state["rows"], state["moves"]
    (3000, 100)
    """

    name = "batches"
    title = "Rows read and moves made"
    caption = "A ring marks a true centre that no code word has found."
    question = Question(
        ask="Each of the 3000 rows has been read once. Lloyd's algorithm has moved once, "
        "batches of 30 rows have moved a hundred times. Whose codebook is better?",
        options={
            "Lloyd's": "It did see all rows before it moved, but it moved only once, from a poor "
            "start.",
            "that of the batches": "Most rows repeat what others have said, so a move after "
            "30 is nearly as good as a move after all, and there are a hundred of them.",
            "both alike": "Both read the same rows, but a codebook improves by moving, not by "
            "reading.",
        },
        answer=1,
        explain="After one pass the batches of 30 stand at 0.996 times the squared error of the "
        "true centres, Lloyd's algorithm at 1.254; it needs two passes more. No size of batch "
        "repairs a start: with seed 0 one centre has no code word at the end.",
    )

    def state(self, before=None, **values):
        values = {"start": "++", "seed": 2, "size": 1, "read": 1, **values}
        at, run, read = SIZES[values["size"]], (values["start"], values["seed"]), values["read"]
        X, centres = file()
        rows = read * len(X) // TENTHS
        C = books(*run, at)[read]
        done = rows // at * at  # rows of complete batches
        return {"values": values, "X": X, "C": C, "centres": centres, "rows": rows,
                "moves": rows // at, "last": range(max(done - at, 0), done),
                "loss": losses(*run, at)[read], "trace": losses(*run, at),
                "sizes": [losses(*run, size)[read] for size in SIZES],
                "full": full_losses(*run)[read // TENTHS],
                "orphans": orphans(C, centres).tolist()}  # fmt: skip

    def controls(self, **values):
        return [
            {"kind": "select", "key": "start", "label": "Start", "options": list(STARTS)},
            {"kind": "range", "key": "seed", "label": "Seed", "min": 0, "max": SEEDS - 1},
            {"kind": "range", "key": "size", "label": "Batch size, 10 to 3000", "min": 0,
             "max": len(SIZES) - 1},
            {"kind": "range", "key": "read", "label": "Tenths of a pass read", "min": 0,
             "max": PASSES * TENTHS},
        ]  # fmt: skip

    def say(self, state):
        values, missed = state["values"], len(state["orphans"])
        return (
            f"{seeding.NAMES[values['start']]}, seed {values['seed']}, batches of "
            f"{SIZES[values['size']]}: {state['rows']} rows read, "
            f"{state['moves']} move{'' if state['moves'] == 1 else 's'}, squared error "
            f"{state['loss']:.3f} times that of the true centres, {missed} of "
            f"{len(state['centres'])} without a code word. Lloyd's algorithm on all rows, "
            f"{values['read'] // TENTHS} of {PASSES} passes: {state['full']:.3f}."
        )

    def draw(self, state):
        read = state["values"]["read"]
        picture = svg.points(
            state["X"][::3], None, None, "Code words in blue", "x", "y", r=2.0,
            words=state["C"], rings=state["centres"][state["orphans"]])  # fmt: skip
        passes = np.arange(len(state["trace"])) / TENTHS
        trace = svg.curve(passes, state["trace"], read, "error / that of the true centres",
                               "passes over the rows")  # fmt: skip
        tally = svg.bars([*state["sizes"], state["full"]], [*SIZES, "Lloyd"],
                              state["values"]["size"], "the same rows read, batches of",
                              w=1.3 * svg.W)  # fmt: skip
        panels = [(svg.W, picture), (svg.W, trace), (1.3 * svg.W, tally)]
        return svg.grid(panels)

    def data(self):
        X, centres = file()
        return {
            "points": rounded(X), "centres": rounded(centres), "sizes": list(SIZES),
            "passes": PASSES, "tenths": TENTHS, "ideal": distortion(X, centres),
            "names": {name: seeding.NAMES[name] for name in STARTS},
            "starts": {name: [rounded(first(name, seed)) for seed in range(SEEDS)]
                       for name in STARTS},
        }  # fmt: skip
