"""What may hold the data, in every function of SciPy's three pages: one table, run through.

`reference/containers.csv` says for each kind of container whether it counts as its numbers or is
refused by name.  Each argument that holds data is given in each kind, all others as arrays.
"""

import csv
import importlib
import inspect

import numpy as np
import pandas as pd
import pytest
from notebooks import ROOT
from scipy import sparse

from tests.calls import CALLS, PAGES, function_of, public
from tests.described import number
from tests.differential import equal, plain
from tests.outcomes import PAGES as SCIPYS

FILE = ROOT / "reference" / "containers.csv"
TABLE = list(csv.reader(FILE.read_text(encoding="utf-8").splitlines()))[1:]
OUTCOMES = {kind: outcomes for kind, *outcomes in TABLE}


WORD = "word"


class Holder:
    """Converts to an array, and is none."""

    def __init__(self, x):
        self.x = x

    def __array__(self, dtype=None, copy=None):
        return np.array(self.x, dtype=dtype)


class Kind(np.ndarray):
    """A subclass that does nothing else."""


def objects(x, fill):
    """Return an array of objects, every second one replaced."""
    out = np.asarray(x, dtype=object).copy()
    out.flat[1::2] = fill
    return out


def frame(x):
    return pd.DataFrame(x) if x.ndim == 2 else pd.Series(x)


def gapped(x):
    wide = np.zeros((2 * len(x), *x.shape[1:]), x.dtype.newbyteorder(">"))
    wide[::2] = x
    wide.flags.writeable = False
    return wide[::2]


MADE = {
    "list": [lambda x: x.tolist()],
    "tuple": [lambda x: tuple(map(tuple, x.tolist())) if x.ndim == 2 else tuple(x.tolist())],
    "array of single precision": [lambda x: x.astype("f")],
    "array of objects that are numbers": [lambda x: x.astype(object)],
    "array in another byte order, read-only or with gaps": [gapped],
    "subclass of an array": [lambda x: x.view(Kind)],
    "matrix of NumPy": [lambda x: np.asmatrix(x) if x.ndim == 2 else x],
    "memoryview": [lambda x: memoryview(np.ascontiguousarray(x))],
    "object with `__array__`": [Holder],
    "DataFrame or Series of pandas": [frame],
    "DataFrame of nullable numbers": [lambda x: frame(x).convert_dtypes()],
    "masked array without masked entries": [np.ma.array],
    "text that is numbers": [lambda x: x.astype(str), lambda x: x.astype("S")],
    "masked array with masked entries": [
        lambda x: np.ma.array(x, mask=np.arange(x.size).reshape(x.shape) % 3 == 1)
    ],
    "DataFrame or array with NA": [
        lambda x: objects(x, pd.NA),
        lambda x: frame(objects(x, pd.NA)),
    ],
    "dates, times": [
        lambda x: np.full(x.shape, np.datetime64("2020-01-01")),
        lambda x: np.full(x.shape, np.timedelta64(3, "s")),
    ],
    "text that is no number": [lambda x: np.full(x.shape, "a"), lambda x: WORD],
    "dict": [lambda x: dict(enumerate(x.tolist()))],
    "set": [lambda x: set(x.ravel().tolist())],
    "generator": [lambda x: (row for row in x), lambda x: map(list, np.atleast_2d(x))],
    "sparse matrix": [sparse.csr_matrix, lambda x: sparse.coo_array(np.atleast_2d(x))],
    "ragged list": [lambda x: [[1.0], [1.0, 2.0]]],
    "None": [lambda x: None],
    "single number or array without axes": [lambda x: 2.5, lambda x: np.array(2.5)],
}
LABELS = ("T1", "T2")
# Where SciPy's functions do something else, these do the same.
LENGTH_ONLY = ("is_valid_y", "num_obs_y")  # entries are not looked at
DOUBLES = ("is_valid_linkage", "is_valid_im", "is_monotonic", "num_obs_linkage", "correspond")
NOT_DOUBLES = {
    "array of single precision",
    "array of objects that are numbers",
    "array in another byte order, read-only or with gaps",
    "DataFrame of nullable numbers",
    "text that is numbers",
}
ENTRIES_CHANGED = {
    "masked array with masked entries",
    "DataFrame or array with NA",
    "dates, times",
    "text that is no number",
}
NO_NUMBERS = {"DataFrame or array with NA", "dates, times", "text that is no number"}
SINGLE = "single number or array without axes"


def functions():
    """Return the functions of the three pages that take data, with one good call each."""
    pages = tuple(page.removeprefix("clusterlib.") for page in PAGES)
    for name in sorted(public()):
        if name.startswith(pages) and name in CALLS:
            for call in CALLS[name][:2]:
                if any(isinstance(value, np.ndarray) for value in call.values()):
                    yield name, call
                    break


GOOD = dict(functions())


def is_scipys(name):
    """Tell whether SciPy's page has a function of this name."""
    page, function = name.partition(".")[0], name.rpartition(".")[2]
    return function in importlib.import_module(SCIPYS[page]).__all__


NAMES = [name for name in GOOD if is_scipys(name)]


def arguments_of(name):
    return [key for key, value in GOOD[name].items() if isinstance(value, np.ndarray)]


def expected(kind, name, argument, given):
    """Return what the table says of an argument, or what SciPy's function does instead."""
    function = name.rpartition(".")[2]
    numbers, verdict, labels = OUTCOMES[kind]
    what = verdict if function.startswith("is_valid_") else numbers
    if function in DOUBLES and argument != "Y" and kind in NOT_DOUBLES:
        return "not valid" if function.startswith("is_valid_") else "refused"
    if function in LENGTH_ONLY and kind in NO_NUMBERS and not isinstance(given, str):
        return "its numbers"
    if function in ("squareform", "hamming") and not isinstance(given, str):
        what = "anything" if kind in {*NO_NUMBERS, "array of objects that are numbers"} else what
        what = "anything" if function == "squareform" and kind.startswith("text") else what
        what = "refused by pandas" if function == "hamming" and "NA" in kind else what
    if (kind == SINGLE and (function, argument) in SINGLE_TAKEN) or (
        given is WORD and function == "squareform"
    ):
        return "anything"
    if kind == "None" and (function, argument) == ("cophenet", "Y"):
        return "anything"
    if (function, argument) == ("leaders", "T"):
        return "its numbers" if kind in INT32 else "refused"
    if argument in LABELS and isinstance(given, str):
        return "refused"
    return labels if argument in LABELS else what


INT32 = {
    "subclass of an array",
    "matrix of NumPy",
    "memoryview",
    "object with `__array__`",
    "DataFrame or Series of pandas",
    "DataFrame of nullable numbers",
    "masked array without masked entries",
}
SINGLE_TAKEN = {
    ("squareform", "X"),
    ("jensenshannon", "q"),
    ("from_mlab_linkage", "Z"),
    ("to_mlab_linkage", "Z"),
}


@pytest.mark.parametrize("kind", OUTCOMES)
@pytest.mark.parametrize("name", NAMES)
def test_the_table_says_what_happens(name, kind):
    function, call = function_of(name), GOOD[name]
    for argument in arguments_of(name):
        for make in MADE[kind]:
            base = call[argument].astype(float) if call[argument].dtype == bool else call[argument]
            changed = call | {argument: make(base)}
            what = expected(kind, name, argument, changed[argument])
            if what == "refused":
                with pytest.raises((ValueError, TypeError), match=rf"\b{argument}\b"):
                    function(**changed)
                continue
            if what == "refused by pandas":
                with pytest.raises(TypeError, match="NA"):
                    function(**changed)
                continue
            if what == "not valid":
                assert function(**changed) is False
                continue
            want, got = function(**call), function(**changed)
            if what == "anything" or (what == "its entries" and kind in ENTRIES_CHANGED):
                continue
            digits = 1e-5 if kind == "array of single precision" else 0
            assert_same(got, want, digits)


def assert_same(got, want, digits):
    """Assert equality, or to some digits: type and shape are as they were even then."""
    got, want = number(plain(got)), number(plain(want))
    if not digits:
        assert equal(got, want)
    elif isinstance(want, (tuple, list)):
        assert type(got) is type(want)
        for pair in zip(got, want, strict=True):
            assert_same(*pair, digits)
    elif isinstance(want, dict):
        assert_same(list(got.items()), list(want.items()), digits)
    elif isinstance(want, (np.ndarray, float)):
        assert np.shape(got) == np.shape(want)
        np.testing.assert_allclose(got, want, rtol=digits, atol=digits)
    else:
        assert equal(got, want)


def test_the_table_has_every_kind_and_the_test_every_function():
    assert OUTCOMES.keys() == MADE.keys()
    assert len(NAMES) > 55
    for name in NAMES:
        assert inspect.signature(function_of(name)).parameters.keys() >= set(arguments_of(name))
    assert {what for row in OUTCOMES.values() for what in row} == {
        *("its numbers", "its entries", "refused", "not valid"),
    }
