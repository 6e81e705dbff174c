"""Arguments that nobody expects, each by a name and a function that makes it."""

import array
import datetime as dt

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import as_strided
from scipy import sparse

TABLE = np.random.default_rng(1).normal(size=(6, 2)).round(2)
ROW = np.array([3.0, 1.0, 2.0, 4.0, 2.5, 0.5])
TREE = np.array([[0, 1, 1.0, 2], [2, 3, 2.0, 2], [6, 7, 3.0, 4], [4, 8, 4.0, 5], [5, 9, 5.0, 6]])


class Sub(np.ndarray):
    """A subclass whose operators mean something else."""

    def __mul__(self, other):
        raise RuntimeError("an operator of the subclass was used")

    __rmul__ = __sub__ = __rsub__ = __imul__ = __mul__


class Duck:
    """Converts to an array, and is none."""

    def __array__(self, dtype=None, copy=None):
        return np.array(ROW, dtype=dtype)


class Broken:
    """Fails when it is converted."""

    def __array__(self, dtype=None, copy=None):
        raise ValueError("no array today")

    def __repr__(self):
        return "<broken>"


def with_entry(base, where, value):
    """Return a copy of `base` with one other entry."""
    changed = base.copy()
    changed[where] = value
    return changed


def locked(base):
    """Return a read-only copy."""
    copy = base.copy()
    copy.flags.writeable = False
    return copy


def unaligned(base):
    """Return a copy that starts at an odd byte."""
    room = np.zeros(base.nbytes + 1, dtype=np.uint8)
    copy = room[1:].view(base.dtype).reshape(base.shape)
    copy[...] = base
    return copy


VALUES = {"nan": np.nan, "inf": np.inf, "-inf": -np.inf, "huge": 1.7e308, "tiny": 5e-324,
          "negative": -1.5, "two to the 63": 2.0**63}  # fmt: skip
TYPES = ("bool", "int8", "uint8", "int64", "uint64", "float16", "float32", "longdouble",
         "complex128", ">f8", "object", "datetime64[s]", "S3", "U3")  # fmt: skip


def variants(x):
    """Return makers of arrays that are nearly `x`: of its shape, each with one thing wrong."""
    middle = tuple(size // 2 for size in x.shape)
    numbers = x.astype(float) if x.dtype.kind in "biuf" else np.zeros(x.shape)
    return {
        **{f"{v} in it": lambda v=v: with_entry(numbers, middle, VALUES[v]) for v in VALUES},
        **{f"as {t}": lambda t=t: numbers.astype(t) for t in TYPES},
        **{how.__name__: lambda how=how: how(x) for how in (locked, unaligned, np.asfortranarray)},
        "times 1e200": lambda: numbers * 1e200,
        "times 1e-200": lambda: numbers * 1e-200,
        "all equal": lambda: np.full(x.shape, 0.1),
        "negative": lambda: -numbers,
        "reversed": lambda: x.copy()[::-1],
        "strided": lambda: np.repeat(x, 2, axis=0)[::2],
        "partly masked": lambda: np.ma.array(x, mask=np.arange(x.size).reshape(x.shape) % 3 == 1),
        "a subclass of it": lambda: x.copy().view(Sub),
        "one row less": x[:-1].copy,
        "one row more": lambda: np.concatenate([x, x[-1:]]),
        "one axis more": x[None].copy,
        "as a list": x.tolist,
        "as a frame": lambda: pd.DataFrame(x if x.ndim < 3 else x[0]),
    }


ARRAYS = {
    "no entries": lambda: np.empty(0),
    "no rows": lambda: np.empty((0, 2)),
    "no columns": lambda: np.empty((6, 0)),
    "one entry": lambda: np.ones(1),
    "one by one": lambda: np.ones((1, 1)),
    "one row": lambda: np.ones((1, 2)),
    "no dimensions": lambda: np.array(1.0),
    "three dimensions": lambda: np.ones((2, 3, 2)),
    "32 dimensions": lambda: np.ones((1,) * 32),
    "ragged list": lambda: [[1.0], [1.0, 2.0]],
    "list of lists": TABLE.tolist,
    "tuple": lambda: tuple(ROW),
    "list of text": lambda: list("abcdef"),
    "list of None": lambda: [None] * 6,
    "objects": lambda: np.array([object()] * 6),
    "objects in a table": lambda: np.array([[object()] * 2] * 6),
    "numbers as objects": lambda: TABLE.astype(object),
    "huge whole numbers": lambda: [[10**400, 1]] * 6,
    "64 bits": lambda: np.array([[2**63 - 1, -(2**63)]] * 6),
    "structured": lambda: np.zeros(6, dtype=[("a", float), ("b", int)]),
    "equal": lambda: np.ones((6, 2)),
    "zeros": lambda: np.zeros(6),
    "huge and tiny": lambda: np.array([[1e300, 1e-300]] * 3 + [[-1e300, 1e-310]] * 3),
    "masked": lambda: np.ma.array(TABLE, mask=TABLE > 1),
    "masked row": lambda: np.ma.array(ROW, mask=ROW > 2),
    "nothing masked": lambda: np.ma.array(TABLE),
    "matrix": lambda: np.asmatrix(TABLE),
    "subclass": lambda: TABLE.view(Sub),
    "subclass row": lambda: ROW.view(Sub),
    "duck": Duck,
    "broken": Broken,
    "frame": lambda: pd.DataFrame(TABLE, columns=["a", "b"], index=list("uvwxyz")),
    "frame with text": lambda: pd.DataFrame({"a": ROW, "b": list("uvwxyz")}),
    "frame with holes": lambda: pd.DataFrame({"a": pd.array([1, None] * 3, dtype="Int64")}),
    "series": lambda: pd.Series(ROW, index=list("uvwxyz")),
    "categories": lambda: pd.Series(pd.Categorical(list("abcabc"))),
    "sparse": lambda: sparse.csr_array(TABLE),
    "memory": lambda: memoryview(ROW.copy()),
    "array.array": lambda: array.array("d", ROW),
    "range": lambda: range(6),
    "generator": lambda: (x for x in ROW),
    "set": lambda: set(ROW.tolist()),
    "dict": lambda: {"a": 1.0},
    "overlapping": lambda: as_strided(ROW.copy(), (5, 2), (8, 8)),
    "one number spread": lambda: np.broadcast_to(2.0, (6, 2)),
    **{f"tree with child {v}": lambda v=v: with_entry(TREE, (2, 0), v)
       for v in (-1, 0, 0.5, 8, 99, 1e300, np.nan)},
    **{f"tree with size {v}": lambda v=v: with_entry(TREE, (3, 3), v)
       for v in (-1, 0, 4, 5.5, 99, np.inf)},
}  # fmt: skip

SCALARS = {
    repr(value)[:40]: lambda value=value: value
    for value in (
        None, True, 0, 1, -1, 2, 7, 10**30, -(10**30), 0.0, -0.0, 0.5, 2.0, -2.5, 1e20, 1e300,
        5e-324, float("nan"), float("inf"), float("-inf"), 1j, "", "a", "euclidean", "\0", b"a",
        np.int8(3), np.uint64(2), np.float32(2), np.float16(np.inf), np.bool_(True), np.str_("a"),
        np.datetime64("2020-01-01"), dt.date(2020, 1, 1), object, len, ..., [], {}, (),
    )
}  # fmt: skip

HOSTILE = ARRAYS | SCALARS
