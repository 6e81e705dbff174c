"""Distances between sets: counting where two vectors of yes and no agree.

Question: how unlike are two lists of properties that are present or absent?
Chapter: 8, Distances.
Symbols: X observations; u, v two vectors; w one weight a feature; tt, tf, ft, ff how many
features (or how much weight) are true in both, in u only, in v only, in neither.

All six measures are fractions made of the same four counts; they differ in whether an
absence shared by both says anything (ff) and in how much a disagreement weighs.  Counting
is a matrix product: with 1 for true and 0 for false, tt of all pairs of a block is A' B.

The functions of two vectors also take numbers between 0 and 1 as degrees of truth
(except `jaccard`, which asks only whether an entry is zero).

Sources: Jaccard 1901; Dice 1945; Russell and Rao 1940; Rogers and Tanimoto 1960; Sokal and
Sneath 1963; Yule 1912; Kosub 2019 (the triangle inequality of Jaccard's distance).
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_pair, as_real_pair, as_weights

__all__ = [
    "BOOLEAN_FORMULAS",
    "dice",
    "jaccard",
    "rogerstanimoto",
    "russellrao",
    "sokalsneath",
    "yule",
]


def _dice(tt, tf, ft, _ff):
    return (tf + ft) / (2 * tt + tf + ft)


def _jaccard(tt, tf, ft, _ff):
    either = tt + tf + ft
    return np.where(either == 0, 0, (tf + ft) / either)


def _rogers_tanimoto(tt, tf, ft, ff):
    return 2 * (tf + ft) / (tt + ff + 2 * (tf + ft))


def _russell_rao(tt, tf, ft, ff):
    return (tf + ft + ff) / (tt + tf + ft + ff)


def _sokal_sneath(tt, tf, ft, _ff):
    return 2 * (tf + ft) / (tt + 2 * (tf + ft))


def _yule(tt, tf, ft, ff):
    return np.where(tf * ft == 0, 0, 2 * tf * ft / (tt * ff + tf * ft))


def _counts(A, B, w):
    """Return tt, tf, ft, ff of each pair of a column of A and a column of B."""
    yes, no = (A, 1 - A) if w is None else (A * w[:, None], (1 - A) * w[:, None])
    return yes.T @ B, yes.T @ (1 - B), no.T @ B, no.T @ (1 - B)


def _prepared(fraction, X, w):
    """Return the truth of X with the block function of `fraction`; see `formulas.FORMULAS`."""

    def block(A, B, out):
        out[...] = fraction(*_counts(A, B, w))
        return out

    return (X != 0).astype(X.dtype), block


def _prepared_degrees(X, w):
    """Dice's measure also takes degrees of truth in whole tables."""
    return X, _prepared(_dice, X, w)[1]


BOOLEAN_FORMULAS = {
    "dice": _prepared_degrees,
    "jaccard": partial(_prepared, _jaccard),
    "rogerstanimoto": partial(_prepared, _rogers_tanimoto),
    "russellrao": partial(_prepared, _russell_rao),
    "sokalsneath": partial(_prepared, _sokal_sneath),
    "yule": partial(_prepared, _yule),
}


def _of_pair(fraction, u, v, w):
    u, v = as_real_pair(u, v)
    w = as_weights("w", w, len(u))
    with np.errstate(all="ignore"):
        counts = _counts(u.astype(float)[:, None], v.astype(float)[:, None], w)
        return float(fraction(*(count[0, 0] for count in counts)))


def dice(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> float:
    """Return the Dice dissimilarity (tf + ft) / (2 tt + tf + ft) of two boolean vectors.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Vectors of booleans, or of degrees of truth between 0 and 1.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    float
        0 for equal sets, 1 for sets with nothing in common, NaN for two empty sets.

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.

    References
    ----------
    Dice, L. R. (1945). Measures of the amount of ecologic association between species.

    Examples
    --------
    >>> from clusterlib.distance import dice
    >>> dice([True, False, True, True, False], [True, True, False, True, False])
    0.3333333333333333
    """
    return _of_pair(_dice, u, v, w)


def jaccard(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> np.float64:
    """Return the Jaccard distance (tf + ft) / (tt + tf + ft) of two boolean vectors.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Vectors of booleans; numbers count as true unless they are 0.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    numpy.float64
        The share of the features of either set that are not in both; 0 for two empty sets.

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.

    References
    ----------
    Jaccard, P. (1901). Étude comparative de la distribution florale.
    Kosub, S. (2019). A note on the triangle inequality for the Jaccard distance.

    Examples
    --------
    >>> from clusterlib.distance import jaccard
    >>> float(jaccard([1, 0, 1, 1, 0], [1, 1, 0, 1, 0]))
    0.5
    """
    u, v = as_pair(u, v)
    return np.float64(_of_pair(_jaccard, u != 0, v != 0, w))


def rogerstanimoto(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> float:
    """Return the Rogers-Tanimoto dissimilarity r / (tt + ff + r) with r = 2 (tf + ft).

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Vectors of booleans, or of degrees of truth between 0 and 1.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    float
        0 for equal vectors, 1 for opposite ones, NaN without features or weight.

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.

    References
    ----------
    Rogers, D. J. and Tanimoto, T. T. (1960). A computer program for classifying plants.

    Examples
    --------
    >>> from clusterlib.distance import rogerstanimoto
    >>> rogerstanimoto([1, 0, 0], [1, 1, 0])
    0.5
    """
    return _of_pair(_rogers_tanimoto, u, v, w)


def russellrao(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> float:
    """Return the Russell-Rao dissimilarity: the share of features that are not in both sets.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Vectors of booleans, or of degrees of truth between 0 and 1.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    float
        (n - tt) / n for n features.  A set is at distance 0 from itself only if it is full.

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.

    References
    ----------
    Russell, P. F. and Rao, T. R. (1940). On habitat and association of species.

    Examples
    --------
    >>> from clusterlib.distance import russellrao
    >>> russellrao([1, 0, 0, 1], [1, 1, 0, 0])
    0.75
    """
    u, v = (x.astype(float) for x in as_real_pair(u, v))
    w = as_weights("w", w, len(u))
    n = len(u) if w is None else w.sum()  # the four counts of large numbers cancel
    with np.errstate(all="ignore"):
        return float(np.float64(n - (u * v if w is None else w * u * v).sum()) / n)


def sokalsneath(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> np.float64:
    """Return the Sokal-Sneath dissimilarity r / (tt + r) with r = 2 (tf + ft).

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Vectors of booleans, or of degrees of truth between 0 and 1.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    numpy.float64
        0 for equal sets, 1 for sets with nothing in common.

    Raises
    ------
    ValueError
        If neither vector has a true entry, if they are no vectors of one length, or if a
        weight is negative.

    References
    ----------
    Sokal, R. R. and Sneath, P. H. A. (1963). Principles of Numerical Taxonomy.

    Examples
    --------
    >>> from clusterlib.distance import sokalsneath
    >>> float(sokalsneath([1, 0, 0], [0, 1, 0]))
    1.0
    """
    u, v = as_pair(u, v)
    weights = as_weights("w", w, len(u))
    either = (u != 0) | (v != 0)
    if not (either if weights is None else either & (weights > 0)).any():
        raise ValueError(
            "The Sokal-Sneath dissimilarity is not defined for two vectors that are entirely false."
        )
    return np.float64(_of_pair(_sokal_sneath, u, v, w))


def yule(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> float:
    """Return the Yule dissimilarity 2 tf ft / (tt ff + tf ft) of two boolean vectors.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Vectors of booleans, or of degrees of truth between 0 and 1.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    float
        From 0 (one set within the other) to 2 (opposite sets).

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.

    References
    ----------
    Yule, G. U. (1912). On the methods of measuring association between two attributes.

    Examples
    --------
    >>> from clusterlib.distance import yule
    >>> yule([1, 0, 1, 0], [1, 1, 0, 0])
    1.0
    """
    return _of_pair(_yule, u, v, w)
