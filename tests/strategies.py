"""Inputs for property tests: random, tied, degenerate, in all number types."""

import numpy as np
from hypothesis import strategies as st
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist

from clusterlib import datasets

METHODS = ("single", "complete", "average", "weighted", "centroid", "median", "ward")


@st.composite
def points(draw, min_n=2, max_n=24, max_d=3):
    """Draw observations; about half of them on a small grid, with ties and duplicates."""
    n, d = draw(st.integers(min_n, max_n)), draw(st.integers(1, max_d))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.integers(0, 4, (n, d)).astype(float) if draw(st.booleans()) else rng.random((n, d))


def shaped(kind, n, d, rng, *, side, apart):
    """Return n points of the order of 1: normal, tied, collinear, near-duplicate or heavy-tailed.

    The lattice has `side` points a side; near-duplicates lie `apart` from each other.
    """
    X = rng.normal(size=(n, d))
    if kind == "lattice":
        X = rng.integers(0, side, (n, d)).astype(float)
    elif kind == "line":
        X = np.outer(rng.random(n), np.ones(d))
    elif kind == "tiny":
        X = np.repeat(rng.random((n // 5 + 1, d)), 5, axis=0)[:n] + apart * X
    elif kind == "heavy":
        X = rng.standard_t(1, size=(n, d))
    elif kind == "offset":
        X = 1 + 1e-7 * X
    return X / max(np.abs(X).max(), 1e-3)


@st.composite
def trees(draw, methods=METHODS, **size):
    """Draw a linkage matrix; half of them with the sides of some rows swapped."""
    X = draw(points(**size))
    Z = hierarchy.linkage(pdist(X), draw(st.sampled_from(methods)))
    if draw(st.booleans()):
        flip = np.random.default_rng(draw(st.integers(0, 99))).random(len(Z)) < 0.5
        Z[flip, :2] = Z[flip, 1::-1]
    return Z


def data_of(name):
    """Return rows and classes of a data set by its name; "wine std" stands for scaled columns."""
    plain = {"clouds": datasets.clouds, "uniform": datasets.uniform_noise}
    data = plain.get(name, getattr(datasets, name.split()[0], None))()
    return (datasets.standardize(data.X) if name.endswith("std") else data.X), data.labels
