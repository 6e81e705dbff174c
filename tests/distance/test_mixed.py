"""Gower's distances: by hand, against plain loops, and where columns are missing."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics.pairwise import manhattan_distances

from clusterlib.distance import gower, squareform
from clusterlib.hierarchy import is_valid_linkage, linkage


def by_loops(rows, categorical, weights):
    """Return the distances as Gower wrote them: one pair, one column at a time."""
    columns = list(zip(*rows, strict=True))
    spans = [
        1 if kind else (max(k := [v for v in c if v is not None], default=0) - min(k, default=0))
        for c, kind in zip(columns, categorical, strict=True)
    ]
    out = []
    for i, a in enumerate(rows):
        for b in rows[i + 1 :]:
            above = below = 0.0
            for u, v, kind, span, w in zip(a, b, categorical, spans, weights, strict=True):
                if u is None or v is None:
                    continue
                above += w * (float(u != v) if kind else abs(u - v) / (span or 1))
                below += w
            out.append(above / below)
    return out


ROW = st.tuples(
    st.integers(-50, 50),  # never missing: each pair shares a column
    st.one_of(st.none(), st.integers(0, 9)),
    st.one_of(st.none(), st.sampled_from(["red", "green", "blue"])),
)


@given(rows=st.lists(ROW, min_size=2, max_size=9), w=st.tuples(*[st.integers(1, 5)] * 3))
def test_the_formula_of_gower(rows, w):
    categorical = [False, False, True]
    expected = by_loops(rows, categorical, w)
    assert gower(rows, categorical, w=w) == pytest.approx(expected)
    frame = pd.DataFrame(rows, columns=["a", "b", "c"])
    assert gower(frame, categorical, w=w) == pytest.approx(expected)


def test_numbers_alone_are_the_city_block_over_ranges():
    X = np.random.default_rng(0).normal(size=(30, 4))
    scaled = (X - X.min(axis=0)) / np.ptp(X, axis=0)
    assert squareform(gower(X)) == pytest.approx(manhattan_distances(scaled) / 4, abs=1e-12)


def test_a_table_of_people_by_hand():
    people = pd.DataFrame(
        {"age": [20, 30, 60], "town": ["Ulm", "Bonn", "Ulm"], "smokes": [True, False, None]}
    )
    # ages 10/40, 40/40, 30/40; towns 1, 0, 1; smoking 1, unknown, unknown
    assert gower(people, [False, True, True]) == pytest.approx(
        [(0.25 + 1 + 1) / 3, (1 + 0) / 2, (0.75 + 1) / 2]
    )
    assert is_valid_linkage(linkage(gower(people), "average"))


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT])
def test_every_missing_value_is_missing(missing):
    assert gower([[1, missing], [3, "x"], [2, "y"]]) == pytest.approx([1, 0.5, 0.75])


def test_a_constant_column_brings_no_rows_apart():
    assert gower([[1, 5], [2, 5], [3, 5]]) == pytest.approx([0.25, 0.5, 0.25])


@pytest.mark.parametrize(
    ("X", "categorical", "message"),
    [
        ([[1, None], [None, "x"]], None, "rows 0 and 1 of `X` share no column"),
        ([[1.0], [np.inf]], None, "column 0 of `X` holds an infinite value"),
        ([["a"], ["b"]], [False], "column 0 of `X` holds values that are no numbers"),
        ([1, 2], None, r"`X` has shape \(2,\)"),
        ([[1], [2]], [True, False], r"`categorical` has shape \(2,\)"),
        ([[1], [2]], [1], "`categorical` .* dtype int"),
    ],
)
def test_bad_arguments_are_named(X, categorical, message):
    with pytest.raises(ValueError, match=message):
        gower(X, categorical)
