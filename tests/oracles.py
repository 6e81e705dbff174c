"""Slow, plain definitions that the tests compare with."""

import itertools

import numpy as np


def groups(labels):
    """Return a labelling as a set of frozensets of positions: names do not matter."""
    found = {}
    for i, label in enumerate(np.asarray(labels).ravel().tolist()):
        found.setdefault(label, set()).add(i)
    return {frozenset(group) for group in found.values()}


def chain(n):
    """Return the tree in which leaf 2 joins the pair 0, 1, then leaf 3, and so on."""
    return np.column_stack(
        (
            np.r_[0, np.arange(2, n)],
            np.r_[1, np.arange(n, 2 * n - 2)],
            np.arange(1, n),
            np.arange(2, n + 1),
        )
    ).astype(float)


def members(Z):
    """Return the leaves below each node, from left to right."""
    n = len(Z) + 1
    below = [(leaf,) for leaf in range(n)]
    for left, right in np.asarray(Z)[:, :2].astype(int).tolist():
        below.append(below[left] + below[right])
    return below


def orders(Z):
    """Return all 2^(n-1) leaf orders of a small tree."""
    n = len(Z) + 1
    found = [[(leaf,)] for leaf in range(n)]
    for left, right in np.asarray(Z)[:, :2].astype(int).tolist():
        pairs = list(itertools.product(found[left], found[right]))
        found.append([a + b for a, b in pairs] + [b + a for a, b in pairs])
    return found[-1]


def merges_by_definition(D, method):
    """Return a tree by searching all pairs at each step: Lance and Williams' formula, O(n^3).

    Ties go to the pair whose indices come first.
    """
    squared = method in ("centroid", "median", "ward")
    d = {frozenset(p): float(D[p]) for p in itertools.combinations(range(len(D)), 2)}
    if squared:
        d = {pair: value**2 for pair, value in d.items()}
    size, Z = dict.fromkeys(range(len(D)), 1), []
    while len(size) > 1:
        i, j = min(itertools.combinations(sorted(size), 2), key=lambda p: d[frozenset(p)])
        new, h, ni, nj = len(D) + len(Z), d[frozenset((i, j))], size.pop(i), size.pop(j)
        for k, nk in size.items():
            a, b, c, e = {
                "single": (1 / 2, 1 / 2, 0, -1 / 2),
                "complete": (1 / 2, 1 / 2, 0, 1 / 2),
                "average": (ni / (ni + nj), nj / (ni + nj), 0, 0),
                "weighted": (1 / 2, 1 / 2, 0, 0),
                "centroid": (ni / (ni + nj), nj / (ni + nj), -ni * nj / (ni + nj) ** 2, 0),
                "median": (1 / 2, 1 / 2, -1 / 4, 0),
                "ward": ((ni + nk) / (ni + nj + nk), (nj + nk) / (ni + nj + nk),
                         -nk / (ni + nj + nk), 0),
            }[method]  # fmt: skip
            x, y = d[frozenset((i, k))], d[frozenset((j, k))]
            d[frozenset((new, k))] = a * x + b * y + c * h + e * abs(x - y)
        size[new] = ni + nj
        Z.append((i, j, h**0.5 if squared else h, ni + nj))
    return np.array(Z, dtype=float)


def assert_merges_closest(Z, D, update, squared, rtol=1e-9):
    """Replay a tree: each merge joins a closest pair, whichever of several it is."""
    n = len(D)
    D = D**2 if squared else D.copy()
    np.fill_diagonal(D, np.inf)
    where, size = dict(zip(range(n), range(n), strict=True)), np.ones(n)
    scale = D[np.isfinite(D)].max()
    for new, (left, right, height, both) in enumerate(Z.tolist(), n):
        i, j = where.pop(int(left)), where.pop(int(right))
        h = height**2 if squared else height
        np.testing.assert_allclose(D[i, j], h, rtol=rtol, atol=rtol * scale)
        np.testing.assert_allclose(D.min(), h, rtol=rtol, atol=rtol * scale)
        row = update(D[i], D[j], D[i, j], size[i], size[j], size)
        row[~np.isfinite(D[i]) | ~np.isfinite(D[j])] = np.inf
        D[j] = D[:, j] = row
        D[i] = D[:, i] = np.inf
        size[j] += size[i]
        assert size[j] == both
        where[new] = j
