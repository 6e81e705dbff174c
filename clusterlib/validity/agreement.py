"""How far two partitions of the same observations agree.

Question: is the agreement more than chance would give?
Chapter: 6, Choosing k.
Symbols: a and b labels of the same n observations, N their table of counts.
Sources: Rand 1971; Hubert, Arabie 1985, Comparing partitions; Vinh, Epps, Bailey 2010,
Information theoretic measures for clusterings comparison; Rosenberg, Hirschberg 2007,
V-measure; Franti, Rezaei, Zhao 2014, Centroid index.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_matrix, as_vector
from clusterlib.quantization.information import entropy
from clusterlib.vq.nearest import nearest_codes

__all__ = [
    "adjusted_mutual_information",
    "adjusted_rand_index",
    "centroid_index",
    "contingency",
    "rand_index",
    "v_measure",
]


def contingency(a: ArrayLike, b: ArrayLike) -> np.ndarray:
    """Return how many observations carry each pair of labels.

    Parameters
    ----------
    a, b : array_like, shape (n,)
        Labels of the same observations, at least one; any numbers.

    Returns
    -------
    ndarray, shape (clusters of a, clusters of b), int64
        Rows and columns in the sorted order of the labels.

    Raises
    ------
    ValueError
        If the lengths differ or there is no observation.

    Examples
    --------
    >>> contingency([0, 0, 1, 1], [0, 0, 1, 2])
    array([[2, 0, 0],
           [0, 1, 1]])
    """
    first, second = as_vector("a", a), as_vector("b", b)
    if len(first) != len(second) or not len(first):
        raise ValueError(
            f"`a` has {len(first)} labels and `b` has {len(second)}; "
            "they must label the same observations, at least one."
        )
    rows, i = np.unique(first, return_inverse=True)
    columns, j = np.unique(second, return_inverse=True)
    shape = len(rows), len(columns)
    counts = np.bincount(i * shape[1] + j, minlength=shape[0] * shape[1]).reshape(shape)
    return counts.astype(np.int64)  # products of counts overflow where an index has 32 bits


def _pairs(counts):
    """Return the number of pairs within groups of these sizes."""
    return int((counts * (counts - 1)).sum() // 2)


def _pair_counts(a, b):
    """Return pairs together in both, in a, in b, and all pairs."""
    N = contingency(a, b)
    together = _pairs(N), _pairs(N.sum(axis=1)), _pairs(N.sum(axis=0))
    return (*together, _pairs(N.sum()))


def rand_index(a: ArrayLike, b: ArrayLike) -> float:
    """Return the share of pairs on which two partitions agree: together or apart.

    Parameters
    ----------
    a, b : array_like, shape (n,)
        Labels of the same observations; their names do not matter.

    Returns
    -------
    float
        Between 0 and 1.  Random labels reach .8: see `adjusted_rand_index`.

    Raises
    ------
    ValueError
        If the lengths differ or there is no observation.

    References
    ----------
    W. M. Rand, 1971, Objective criteria for the evaluation of clustering methods.

    Examples
    --------
    >>> round(rand_index([0, 0, 1, 1], [0, 0, 1, 2]), 4)
    0.8333
    """
    both, in_a, in_b, pairs = _pair_counts(a, b)
    return (pairs + 2 * both - in_a - in_b) / pairs if pairs else 1.0


def adjusted_rand_index(a: ArrayLike, b: ArrayLike) -> float:
    """Return the Rand index moved and scaled so that chance gives 0 and identity 1.

    Parameters
    ----------
    a, b : array_like, shape (n,)
        Labels of the same observations; their names do not matter.

    Returns
    -------
    float
        1 for the same partition, about 0 for random ones, negative if they agree less.

    Raises
    ------
    ValueError
        If the lengths differ or there is no observation.

    References
    ----------
    L. Hubert, P. Arabie, 1985, Comparing partitions.

    Examples
    --------
    >>> round(adjusted_rand_index([0, 0, 1, 1], [0, 0, 1, 2]), 4)
    0.5714
    """
    both, in_a, in_b, pairs = _pair_counts(a, b)
    if both == in_a == in_b:
        return 1.0
    expected = in_a * in_b / pairs
    return (both - expected) / ((in_a + in_b) / 2 - expected)


def v_measure(a: ArrayLike, b: ArrayLike) -> float:
    """Return the mutual information of two partitions over the mean of their entropies.

    Parameters
    ----------
    a, b : array_like, shape (n,)
        Labels of the same observations; their names do not matter.

    Returns
    -------
    float
        Between 0 and 1; it is not corrected for chance.

    Raises
    ------
    ValueError
        If the lengths differ or there is no observation.

    References
    ----------
    A. Rosenberg, J. Hirschberg, 2007, V-measure: a conditional entropy-based external
    cluster evaluation measure.

    Examples
    --------
    >>> v_measure([0, 0, 1, 1], [0, 0, 1, 2])
    0.8
    """
    shared, held = _information(contingency(a, b))
    return shared / held if held else 1.0


def _information(N):
    """Return the mutual information and the mean entropy, both in bits."""
    rows, columns = entropy(N.sum(axis=1)), entropy(N.sum(axis=0))
    shared = rows + columns - entropy(N.ravel())
    return max(shared, 0.0), (rows + columns) / 2


def adjusted_mutual_information(a: ArrayLike, b: ArrayLike) -> float:
    """Return the mutual information moved and scaled so that chance gives 0.

    Parameters
    ----------
    a, b : array_like, shape (n,)
        Labels of the same observations; their names do not matter.

    Returns
    -------
    float
        1 for the same partition, about 0 for random ones.

    Raises
    ------
    ValueError
        If the lengths differ or there is no observation.

    References
    ----------
    N. X. Vinh, J. Epps, J. Bailey, 2010, Information theoretic measures for clusterings
    comparison: variants, properties, normalization and correction for chance.

    Examples
    --------
    >>> round(adjusted_mutual_information([0, 0, 1, 1], [0, 0, 1, 2]), 4)
    0.5714
    """
    N = contingency(a, b)
    shared, held = _information(N)
    if N.shape == (1, 1) or N.shape == (N.sum(), N.sum()):
        return 1.0
    expected = _expected_information(N.sum(axis=1), N.sum(axis=0))
    return (shared - expected) / (held - expected) if held > expected else 0.0


def _expected_information(rows, columns):
    """Return the mean mutual information, in bits, over all tables with these sums."""
    n = int(rows.sum())
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    sizes_a, times_a = np.unique(rows, return_counts=True)
    sizes_b, times_b = np.unique(columns, return_counts=True)
    expected = 0.0
    for r, times_r in zip(sizes_a.tolist(), times_a):
        for c, times_c in zip(sizes_b.tolist(), times_b):
            m = np.arange(max(1, r + c - n), min(r, c) + 1)
            log_chance = (
                log_factorial[r] + log_factorial[n - r] + log_factorial[c] + log_factorial[n - c]
                - log_factorial[n] - log_factorial[m] - log_factorial[r - m]
                - log_factorial[c - m] - log_factorial[n - r - c + m]
            )  # fmt: skip
            bits = m / n * np.log2(n * m / (r * c))
            expected += float(times_r * times_c * (bits @ np.exp(log_chance)))
    return expected


def centroid_index(A: ArrayLike, B: ArrayLike) -> int:
    """Return how many clusters of one codebook the other has missed.

    Each code word is assigned to the nearest code word of the other codebook; code words
    there to which none is assigned are orphans.  Both directions are counted, and the
    index is the larger number of orphans.

    Parameters
    ----------
    A, B : array_like, shapes (k, d) and (m, d)
        Two codebooks, for example found and true centres.

    Returns
    -------
    int
        0 if each cluster has its counterpart.

    Raises
    ------
    ValueError
        If a codebook is empty or the dimensions differ.

    References
    ----------
    P. Franti, M. Rezaei, Q. Zhao, 2014, Centroid index: cluster level similarity measure.

    Examples
    --------
    >>> centroid_index([[0.0], [0.1], [9.0]], [[0.0], [5.0], [9.0]])
    1
    """
    first = np.asarray(as_matrix("A", A), dtype=float)
    second = np.asarray(as_matrix("B", B), dtype=float)
    if first.shape[1] != second.shape[1] or not (len(first) and len(second)):
        raise ValueError(
            f"`A` has shape {first.shape} and `B` has shape {second.shape}; both must hold "
            "code words, and of the same dimension."
        )
    return max(len(orphans(first, second)), len(orphans(second, first)))


def orphans(A, B):
    """Return the indices of the rows of B that are nearest to no row of A."""
    return np.setdiff1d(np.arange(len(B)), nearest_codes(A, B))
