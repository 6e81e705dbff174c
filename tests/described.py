"""What an entry of the page of known differences may ask about a call.

The `when` of an entry is an expression with the names of a `Case`.  It describes what happens
here: the argument is refused by its name, or the answer is SciPy's for the same data in another
form, or it obeys the definition.  So a wrong answer hides behind no entry.
"""

import inspect
from types import SimpleNamespace

import numpy as np
from scipy.cluster import hierarchy as scipy_hierarchy
from scipy.cluster import vq as scipy_vq
from scipy.spatial import distance as scipy_distance

from clusterlib import distance
from clusterlib.hierarchy import fcluster, linkage
from clusterlib.hierarchy.lance_williams import RULES
from tests.oracles import assert_merges_closest

BOOLEAN = ("dice", "jaccard", "rogerstanimoto", "russellrao", "sokalsneath", "yule")
ALIASES = {"cos": "cosine", "js": "jensenshannon", "se": "seuclidean"}
POSITIONS = ("obs", "data", "code_book", "k_or_guess", "k", "X", "XA", "XB", "y", "Y", "u", "v")
DATA = (*POSITIONS, "Z", "R", "T", "D", "d", "p", "q", "V", "VI", "w", "monocrit", "T1", "T2")


def as_numbers(value):
    """Return data as plain float64, whatever they are."""
    if np.ndim(value) == 0 or isinstance(value, (set, dict, str)):
        return value
    return np.array(value, dtype=np.float64)


def plain(given):
    """Return arguments with data as plain float64."""
    return {key: as_numbers(value) if key in DATA else value for key, value in given.items()}


def by_row(given):
    """Return arguments with each row of the data in units of its own."""

    def scaled(rows):
        size = np.abs(rows).max(axis=-1, keepdims=True, initial=0)
        return rows / np.where(size > 0, size, 1)

    keys = (*POSITIONS, "p", "q")
    return {k: scaled(v) if k in keys and np.ndim(v) else v for k, v in plain(given).items()}


def by_column(given):
    """Return arguments with each column of the tables in units of its own."""
    tables = {key: as_numbers(given[key]) for key in ("X", "XA", "XB", "y") if key in given}
    size = np.abs(np.concatenate(list(tables.values()))).max(axis=0)
    return plain(given) | {key: x / np.where(size > 0, size, 1) for key, x in tables.items()}


def number(value):
    """Return a value with all numbers as float64."""
    if isinstance(value, (tuple, list)):
        return type(value)(map(number, value))
    if isinstance(value, np.ndarray) and value.dtype.kind in "SU":
        return value.astype(np.float64)
    known = isinstance(value, float) or (
        isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "biuf"
    )
    return np.asarray(value, dtype=np.float64) if known else value


def times(value, factor, tree):
    """Return a value with its lengths in other units; those of a tree are its heights."""
    if isinstance(value, tuple):
        return tuple(times(entry, factor, tree) for entry in value)
    array = np.asarray(value)
    if array.dtype.kind != "f":
        return value
    if tree and array.ndim == 2:
        return array * [1, 1, factor, 1]
    return array * factor


def close(a, b, rtol=1e-6, atol=1e-7):
    """Tell whether numbers agree to some digits; undefined ones agree with each other."""
    with np.errstate(all="ignore"):
        return bool(np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True))


def shape(value):
    """Return the shape of what may be no array at all."""
    try:
        return np.shape(value)
    except ValueError:
        return ()


def undefined(rows):
    return ~np.isfinite(rows).all(axis=-1)


def constant(rows):
    return np.ptp(rows, axis=-1) == 0


def no_distribution(rows):
    return ~(rows.sum(axis=-1) > 0) | (rows < 0).any(axis=-1)


class Case:
    """One call, our outcome and SciPy's, and what can be asked about them."""

    def __init__(self, call, ours, scipys, run, equal):
        self.call, self.ours, self.scipys = call, ours, scipys
        self.run, self.equal = run, equal  # `run(change)` is SciPy's outcome of changed arguments

    def names(self):
        """Return what an expression may use."""
        methods = inspect.getmembers(self, inspect.ismethod)
        helpers = (np, close, shape, undefined, constant, no_distribution)
        helpers += (inversions, least_to_root)
        return {
            **{name: method for name, method in methods if name[0] != "_"},
            **{helper.__name__: helper for helper in helpers},
            **self.call.arguments,
            "given": SimpleNamespace(**self.call.arguments),
            "arguments": self.call.arguments,
            "kinds": self.call.kinds,
            "name": self.call.name,
            "ours": self.ours,
            "scipys": self.scipys,
            "np": np,
            "equal": self.equal,
            "BOOLEAN": BOOLEAN,
        }

    def metric_name(self):
        """Return the name of the metric, whether given as name or as function."""
        metric = self.call.arguments.get("metric", self.call.name)
        metric = metric if isinstance(metric, str) else getattr(metric, "name", "")
        return ALIASES.get(metric, metric)

    # we refuse

    def refused(self, *words):
        """Tell whether we refuse the call in words of our own, with one of `words` among them."""
        text = self.ours.text
        return bool(self.ours.error and self.ours.meant and any(word in text for word in words))

    # SciPy's answer to the same in another form

    def _gives(self, change):
        again = self.run(change)
        if again.error or self.ours.error:
            return False
        if self.call.page == "distance" and self.metric_name() in ("cosine", "correlation"):
            return np.shape(again.value) == np.shape(self.ours.value) and close(
                self.ours.value, again.value, 1e-10, 1e-15
            )
        return bool(self.equal(number(self.ours.value), number(again.value)))

    def converted(self):
        """Tell whether SciPy gives our answer for the same data as plain float64."""
        return self._gives(plain)

    def with_options(self, **changes):
        """Tell whether SciPy gives our answer for other options."""
        return self._gives(lambda given: plain(given) | changes)

    def without(self, *names):
        """Tell whether SciPy gives our answer without some options."""

        def fewer(given):
            return plain({key: value for key, value in given.items() if key not in names})

        return self._gives(fewer)

    def closely(self):
        """Tell whether SciPy gives our answer for float64, to the digits of single precision."""
        again = self.run(plain)
        if again.error or self.ours.error or type(self.ours.value) is not type(again.value):
            return False
        if isinstance(again.value, tuple):
            return all(
                close(*pair, 1e-5) for pair in zip(self.ours.value, again.value, strict=True)
            )
        return close(self.ours.value, again.value, 1e-5)

    def plainly(self):
        """Return SciPy's outcome for the same data as plain float64."""
        return self.run(plain)

    def scipys_error(self):
        """Return the name of the error that SciPy raises for the same data as plain float64."""
        error = self.run(plain).error
        return error.__name__ if error else ""

    def recounted(self):
        """Tell whether SciPy gives our answer for the tree with its counts put right."""

        def right(given):
            given = plain(given)
            Z = given["Z"].copy()
            for row, (i, j) in enumerate(Z[:, :2].astype(int)):
                n = len(Z) + 1
                Z[row, 3] = sum(1 if k < n else Z[k - n, 3] for k in (i, j))
            return given | {"Z": Z}

        return self._gives(right) or (self.call.name == "cut_tree" and self.single_cuts(right))

    def rescaled(self):
        """Tell whether our answer is SciPy's for data in other units, put back into the old ones.

        A result grows with the units as a number (not at all), as a length or as a square.  Where
        only directions or shares count, each row has units of its own.
        """
        if self.metric_name() in ("cosine", "correlation", "jensenshannon"):
            return self._gives(by_row)
        if self.metric_name() == "seuclidean" and "V" not in self.call.arguments:
            return self._gives(by_column)
        arguments = self.call.arguments.items()
        given = [as_numbers(v) for k, v in arguments if k in POSITIONS and np.ndim(v)]
        size = max((np.abs(x[np.isfinite(x)]).max(initial=0) for x in given), default=0)
        if self.ours.error or not size:
            return False
        unit = 2.0 ** np.floor(np.log2(size))

        def smaller(given):
            scaled = {k: v / unit for k, v in plain(given).items() if k in POSITIONS and np.ndim(v)}
            return plain(given) | scaled

        again = self.run(smaller)
        with np.errstate(all="ignore"):
            tree = self.call.page == "hierarchy"
            backs = [times(again.value, factor, tree) for factor in (1, unit)]
            backs.append(times(backs[1], unit, tree))
            ours = number(self.ours.value)
            return not again.error and any(self.equal(ours, number(back)) for back in backs)

    # the definition

    def _odd(self, is_odd):
        """Return which pairs have an odd row, in the shape of the distances."""
        a = self.call.arguments
        one, other = [
            np.atleast_2d(as_numbers(a[next(k for k in keys if k in a)]))
            for keys in (("X", "XA", "u", "p"), ("X", "XB", "v", "q"))
        ]
        odd = is_odd(one)[:, None] | is_odd(other)
        if "X" in a:
            return odd[np.triu_indices(len(odd), 1)]
        return odd if "XA" in a else odd[0, 0]

    def apart_only_where(self, is_odd):
        """Tell whether pairs without an odd row are as far apart as SciPy says."""
        odd, again = self._odd(is_odd), self.run(plain)
        if self.ours.error:
            return False
        if again.error:
            return bool(np.all(odd))
        ours, scipys = (np.asarray(out.value, dtype=float) for out in (self.ours, again))
        return bool(ours.shape == scipys.shape and np.any(odd) and close(ours[~odd], scipys[~odd]))

    def undefined_only_where(self, is_odd):
        """Tell whether only pairs with an odd row are at a distance that is not finite."""
        with np.errstate(all="ignore"):
            strange = ~np.isfinite(np.asarray(self.ours.value, dtype=float))
        return bool(np.any(strange) and not np.any(strange & ~self._odd(is_odd)))

    def pair_by_pair(self):
        """Tell whether a table holds what SciPy's function of two vectors says of its rows."""
        a = plain(self.call.arguments)
        of_two = getattr(scipy_distance, self.metric_name())
        one, other = (a["X"], a["X"]) if "X" in a else (a["XA"], a["XB"])
        with np.errstate(all="ignore"):
            table = np.array([[of_two(u, v) for v in other] for u in one])
        if "X" in a:
            table = table[np.triu_indices(len(table), 1)]
        return close(self.ours.value, table)

    def degrees(self):
        """Tell whether Dice's measure is that of degrees of truth with weights."""
        a = plain(self.call.arguments)
        one, other = (a["X"], a["X"]) if "X" in a else (a["XA"], a["XB"])
        w = np.asarray(a.get("w", np.ones(one.shape[1])))
        u, v = one[:, None], other[None]
        either = (w * (u * (1 - v) + (1 - u) * v)).sum(-1)
        with np.errstate(all="ignore"):
            table = either / (2 * (w * u * v).sum(-1) + either)
        return close(self.ours.value, table[np.triu_indices(len(table), 1)] if "X" in a else table)

    def best_of(self):
        """Tell whether k-means gives the distortion of its own codebook, no worse than SciPy's."""
        obs = as_numbers(self.call.arguments["obs"])
        again = self.run(lambda given: plain(given) | {"iter": int(given.get("iter", 20))})
        obs = obs[:, None] if obs.ndim == 1 else obs
        mine, distortion = self.ours.value
        other = again.value[0]
        means = [
            scipy_vq.vq(obs, np.asarray(book, dtype=float).reshape(len(book), -1))[1].mean()
            for book in (mine, other)
        ]
        same = np.shape(mine) == np.shape(other) and close(mine, other)
        return close(distortion, means[0]) and (same or means[0] <= means[1] * (1 + 1e-6))

    def joins_closest(self, rtol=1e-9):
        """Tell whether each merge of a tree joins a closest pair."""
        a = plain(self.call.arguments)
        metric = self.metric_name() if "metric" in a else "euclidean"
        y = a["y"] if a["y"].ndim == 1 else scipy_distance.pdist(a["y"], metric)
        rule = RULES[a.get("method", "single") if self.call.name == "linkage" else self.call.name]
        try:
            D = scipy_distance.squareform(y)
            assert_merges_closest(self.ours.value, D, rule.update, rule.on_squares, rtol)
        except AssertionError:
            return False
        return True

    def cut_by(self, monocrit):
        """Tell whether the labels are SciPy's cut by `monocrit`, the lowest if a count is asked."""
        a = plain(self.call.arguments)
        if a["criterion"] == "monocrit":
            return self.with_options(monocrit=monocrit)
        cuts = (
            scipy_hierarchy.fcluster(a["Z"], t, "monocrit", monocrit=monocrit)
            for t in (-np.inf, *np.sort(monocrit))
        )
        lowest = next((labels for labels in cuts if labels.max() <= float(a["t"])), None)
        return np.array_equal(self.ours.value, lowest)

    def cut_of_own_tree(self):
        """Tell whether the labels are those of `linkage` and `fcluster`, which are compared."""
        a = plain(self.call.arguments)
        metric = a.get("metric", "euclidean")
        metric = getattr(distance, metric.name) if hasattr(metric, "name") else metric
        Z = linkage(a["X"], a.get("method", "single"), metric=metric)
        rest = {key: a[key] for key in ("criterion", "depth") if key in a}
        return np.array_equal(self.ours.value, fcluster(Z, a["t"], **rest))

    def turned_in_other_units(self):
        """Tell whether only the sides differ from SciPy's order for distances in other units."""
        return self.call.name in ("optimal_leaf_ordering", "linkage") and self.turned(
            lambda given: (
                plain(given) | {"y": by_row({"y": np.ravel(given["y"])})["y"]}
                if np.ndim(given["y"]) == 1
                else plain(given)
                | {"y": as_numbers(given["y"]) / np.abs(as_numbers(given["y"])).max()}
            )
        )

    def turned(self, change=plain):
        """Tell whether only the sides of the merges differ, in whatever units the heights are."""
        again = self.run(change)
        if self.ours.error or again.error:
            return False
        ours, scipys = (Z / [1, 1, Z[:, 2].max() or 1, 1] for Z in (self.ours.value, again.value))
        if change is plain:
            ours, scipys = self.ours.value, again.value
        return self.equal(np.sort(ours[:, :2]), np.sort(scipys[:, :2])) and self.equal(
            ours[:, 2:], scipys[:, 2:]
        )

    def nearest(self):
        """Tell whether each observation has the distance of a nearest code word."""
        a = plain(self.call.arguments)
        obs, book = (x[:, None] if x.ndim == 1 else x for x in (a["obs"], a["code_book"]))
        D = scipy_distance.cdist(obs, book)
        labels, distances = self.ours.value
        mine = D[np.arange(len(obs)), labels]
        finite = np.isfinite(distances).all()
        return (
            finite and close(distances, D.min(axis=1), 1e-10) and close(mine, D.min(axis=1), 1e-10)
        )

    def single_cuts(self, change=plain):
        """Tell whether each column is SciPy's cut for its count alone."""
        a = plain(self.call.arguments)
        key = "height" if a.get("height") is not None else "n_clusters"
        cuts = range(len(a["Z"]) + 1, 0, -1) if a.get(key) is None else np.ravel(a[key]).tolist()
        alone = [
            self.run(lambda given, cut=cut: {"Z": change(given)["Z"], key: cut}) for cut in cuts
        ]
        if self.ours.error or any(cut.error for cut in alone):
            return False
        columns = [cut.value[:, 0] for cut in alone]
        return self.equal(self.ours.value, np.stack(columns, axis=1).astype(self.ours.value.dtype))


def least_to_root(Z, monocrit):
    """Return for each merge the least number from it up to the root."""
    least, n = np.array(monocrit, dtype=float), len(Z) + 1
    for merge in range(n - 2, -1, -1):
        for child in np.asarray(Z)[merge, :2].astype(int) - n:
            if child >= 0:
                least[child] = min(least[child], least[merge])
    return least


def inversions(Z):
    """Tell whether a merge is lower than the one before it."""
    heights = np.asarray(Z, dtype=float)[:, 2]
    return bool((np.diff(heights) < 0).any())
