"""Random calls of every public function: data of any type and value, options of any kind.

A call is (page, function, arguments, kinds).  `kinds` says in words what is odd about it, so
that the entries of the page of known differences can name the calls that they speak of.
Call number i depends on nothing but i: it can be repeated alone.
"""

import datetime as dt
import decimal
import fractions
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.cluster import hierarchy

METHODS = ("single", "complete", "average", "weighted", "centroid", "median", "ward")
METRICS = (
    "braycurtis",
    "canberra",
    "chebyshev",
    "cityblock",
    "correlation",
    "cosine",
    "dice",
    "euclidean",
    "hamming",
    "jaccard",
    "jensenshannon",
    "mahalanobis",
    "matching",
    "minkowski",
    "rogerstanimoto",
    "russellrao",
    "seuclidean",
    "sokalsneath",
    "sqeuclidean",
    "yule",
)
OF_TWO = tuple(name for name in METRICS if name != "matching")
ALIASES = ("cheby", "CityBlock", "euclid", "se", "js", "cos", "no such metric", "")


@dataclass
class Call:
    """One call, and what is odd about it."""

    number: int
    page: str
    name: str
    arguments: dict
    kinds: set = field(default_factory=set)


@dataclass(frozen=True)
class Own:
    """A function of the library itself, to be looked up in each."""

    name: str


def gap(u, v, scale=1.0):
    """A metric of the caller's own."""
    return scale * np.abs(u - v).sum()


def at_zero(u, v):
    """A metric that looks at one feature."""
    return float(u[0] != v[0])


# ------------------------------------------------------------------ values

VALUES = {
    "normal": lambda rng, shape: rng.normal(size=shape),
    "whole": lambda rng, shape: rng.integers(0, 4, size=shape).astype(float),
    "signed": lambda rng, shape: rng.integers(-100, 101, size=shape).astype(float),
    "bits": lambda rng, shape: rng.integers(0, 2, size=shape).astype(float),
    "positive": lambda rng, shape: rng.exponential(size=shape),
}
ODD_VALUES = {
    "zeros": lambda rng, shape: np.zeros(shape),
    "constant": lambda rng, shape: np.full(shape, 0.1),
    "huge": lambda rng, shape: rng.normal(size=shape) * 1e200,
    "tiny": lambda rng, shape: rng.normal(size=shape) * 1e-200,
    "far": lambda rng, shape: rng.normal(size=shape) + 1e8,
    "nan": lambda rng, shape: _holed(rng, shape, np.nan),
    "inf": lambda rng, shape: _holed(rng, shape, rng.choice([np.inf, -np.inf])),
}


def _holed(rng, shape, value):
    array = rng.normal(size=shape)
    if array.size:
        array.flat[rng.integers(array.size)] = value
    return array


# ------------------------------------------------------------------ types


def _locked(x):
    x = x.copy()
    x.flags.writeable = False
    return x


PLAIN = {
    "float32": lambda x: x.astype("f"),
    "float16": lambda x: x.astype("e"),
    "longdouble": lambda x: x.astype("g"),
    "int8": lambda x: x.astype("b"),
    "uint8": lambda x: x.astype("B"),
    "int32": lambda x: x.astype("i"),
    "int64": lambda x: x.astype("q"),
    "uint64": lambda x: x.astype("Q"),
    "bool": lambda x: x > 0.5,
    "swapped": lambda x: x.astype(">f8"),
    "fortran": np.asfortranarray,
    "strided": lambda x: np.repeat(x, 2, axis=0)[::2],
    "reversed": lambda x: x[::-1],
    "read-only": _locked,
    "list": lambda x: x.tolist(),
    "tuple": lambda x: tuple(map(tuple, x.tolist())) if x.ndim == 2 else tuple(x.tolist()),
    "matrix": np.asmatrix,
    "frame": lambda x: pd.DataFrame(x) if x.ndim == 2 else pd.Series(x),
    "object": lambda x: x.astype(object),
}
ODD_TYPES = {
    "complex": lambda x: x.astype(complex),
    "text": lambda x: x.astype(str),
    "bytes": lambda x: x.astype("S8"),
    "text in objects": lambda x: x.astype(str).astype(object),
    "decimal": lambda x: np.array([decimal.Decimal(v) for v in x.flat], object).reshape(x.shape),
    "fraction": lambda x: _each(x, lambda v: fractions.Fraction(v) if np.isfinite(v) else None),
    "date": lambda x: np.full(x.shape, np.datetime64("2020-01-01")),
    "delta": lambda x: np.full(x.shape, np.timedelta64(3, "s")),
    "dates in objects": lambda x: _each(x, lambda v: dt.date(2020, 1, 1)),
    "none": lambda x: _each(x, lambda v: None if v > 0.5 else v),
    "pandas NA": lambda x: _each(x, lambda v: pd.NA if v > 0.5 else v),
    "nullable": lambda x: pd.DataFrame(pd.DataFrame(x), dtype="Float64"),
    "masked": lambda x: np.ma.array(x, mask=np.arange(x.size).reshape(x.shape) % 3 == 1),
    "mask of nothing": np.ma.array,
    "sparse": lambda x: sparse.csr_matrix(x) if x.ndim <= 2 else x,
    "set": lambda x: set(x.ravel().tolist()),
    "dict": lambda x: dict(enumerate(x.tolist())) if x.ndim else {},
    "generator": lambda x: (row for row in list(x)) if x.ndim else iter(()),
    "map": lambda x: map(list, x.reshape(len(x), -1)) if x.ndim else map(list, ()),
    "ragged": lambda x: [[1.0], [1.0, 2.0], [3.0]],
    "word": lambda x: "abc",
    "nothing": lambda x: None,
    "0-d": lambda x: np.array(1.5),
    "number": lambda x: 2,
    "one axis more": lambda x: x[None],
    "flat": lambda x: x.ravel(),
    "one row": lambda x: x[:1],
    "no row": lambda x: x[:0],
    "no column": lambda x: x[..., :0],
    "one row less": lambda x: x[:-1],
}


def _each(x, function):
    out = np.empty(x.shape, object)
    for where, value in np.ndenumerate(x):
        out[where] = function(value)
    return out


NUMBERS = {
    "numpy number": np.float64,
    "numpy int": lambda v: np.int64(v) if np.isfinite(v) else v,
    "0-d number": np.array,
    "text number": str,
    "none number": lambda v: None,
    "nan number": lambda v: float("nan"),
    "inf number": lambda v: float("inf"),
    "negative number": lambda v: -v,
    "zero number": lambda v: 0,
    "fraction number": lambda v: v + 0.5,
    "bool number": lambda v: True,
    "list number": lambda v: [v],
    "complex number": complex,
}
FLAGS = (True, False, 0, 1, np.True_, None, 2, "yes", np.array(True), "")


class Maker:
    """Makes one call: data and options, now and then odd ones, from one random generator."""

    def __init__(self, rng):
        self.rng, self.kinds = rng, set()
        self.odd = rng.random() < 0.4  # else nothing but what any script may give

    def pick(self, options):
        return options[self.rng.integers(len(options))]

    def chance(self, p):
        return self.rng.random() < p

    def data(self, *shape, values=None):
        """Return numbers of a shape, of an arbitrary type."""
        label = values or self.pick(list(VALUES))
        make = VALUES[label]
        if self.odd and self.chance(0.15):
            label = self.pick(list(ODD_VALUES))
            make = ODD_VALUES[label]
            self.kinds.add(label)
        return self.dress(make(self.rng, shape))

    def dress(self, array):
        """Return an array in another type, container or shape."""
        types = PLAIN if not (self.odd and self.chance(0.3)) else ODD_TYPES
        if not self.chance(0.5):
            return array
        label = self.pick(list(types))
        try:
            with np.errstate(all="ignore"):
                dressed = types[label](array)
        except (TypeError, ValueError, IndexError, OverflowError):
            return array
        self.kinds.add(label)
        return dressed

    def number(self, value):
        """Return a number, now and then as something that is nearly one."""
        if not (self.odd and self.chance(0.25)):
            return value
        label = self.pick(list(NUMBERS))
        self.kinds.add(label)
        return NUMBERS[label](value)

    def flag(self):
        if not (self.odd and self.chance(0.3)):
            return bool(self.rng.integers(2))
        value = self.pick(FLAGS)
        if not isinstance(value, bool):
            self.kinds.add("odd flag")
        return value

    def word(self, *words):
        if not (self.odd and self.chance(0.15)):
            return self.pick(words)
        self.kinds.add("odd word")
        return self.pick((None, "nonsense", 0, b"single", np.str_(self.pick(words) or "")))

    def maybe(self, **options):
        """Keep each option with an even chance; call what makes it."""
        return {key: make() for key, make in options.items() if self.chance(0.5)}

    def size(self, low=2, high=8):
        return int(self.rng.integers(low, high))

    # -------------------------------------------------------------- trees

    def tree(self, n, dressed=True):
        """Return a linkage matrix of n observations, now and then spoilt."""
        label = self.pick(("normal", "whole"))
        y = np.abs(VALUES[label](self.rng, n * (n - 1) // 2))
        Z = hierarchy.linkage(y, self.pick(METHODS))
        if self.odd and self.chance(0.15):
            self.kinds.add("spoilt tree")
            Z[self.rng.integers(len(Z)), self.rng.integers(4)] = self.pick(
                (-1.0, 0.5, 0.0, 99.0, np.nan, np.inf, 1.0)
            )
        return self.dress(Z) if dressed else Z

    def condensed(self, n):
        label = self.pick(("normal", "whole", "positive"))
        y = np.abs(VALUES[label](self.rng, n * (n - 1) // 2))
        if self.odd and self.chance(0.1):
            label = self.pick(list(ODD_VALUES))
            self.kinds.add(label)
            y = ODD_VALUES[label](self.rng, len(y))
        return self.dress(y)

    def square(self, n):
        D = hierarchy.distance.squareform(np.abs(self.rng.normal(size=n * (n - 1) // 2)))
        if self.odd and self.chance(0.3):
            self.kinds.add("no distances")
            D[self.rng.integers(n), self.rng.integers(n)] = self.pick((1.0, 1e-12, np.nan, np.inf))
        return self.dress(D)

    def labels(self, n):
        return self.dress(self.rng.integers(0, 3, n).astype(self.pick(("i", "q", "i4"))))

    def metric(self, d):
        """Return a metric and its keywords."""
        if self.chance(0.15):
            return self.pick((gap, at_zero)), self.maybe(scale=lambda: 2.0) if self.odd else {}
        name = self.pick(METRICS)
        if self.odd and self.chance(0.1):
            self.kinds.add("odd metric")
            return self.pick((*ALIASES, None, 3, b"euclidean", len)), {}
        keywords = {}
        if self.chance(0.3):
            keywords = self.pick(
                (
                    {"w": lambda: self.weights(d)},
                    {"p": lambda: self.number(self.pick((1, 2, 3, 0.5)))},
                    {"V": lambda: self.weights(d)},
                    {"VI": lambda: np.eye(d) + 0.1},
                )
            )
        if name == "minkowski" and self.chance(0.5):
            keywords = {"p": lambda: self.number(self.pick((1, 2, 3, np.inf, 0.5, 1.5)))}
        if name in OF_TWO and self.chance(0.25):
            self.kinds.add("own metric")
            if name == "jensenshannon":
                keywords = {"base": lambda: self.number(2)}
            if name in ("seuclidean", "mahalanobis"):  # alone they need their keyword
                keywords = (
                    {"V": lambda: self.weights(d)}
                    if name[0] == "s"
                    else {"VI": lambda: np.eye(d) + 0.1}
                )
            name = Own(name)
        made = {key: make() for key, make in keywords.items()}
        self.kinds |= {f"keyword {key}" for key in made}
        return name, made

    def weights(self, d):
        w = self.rng.exponential(size=d)
        if self.odd and self.chance(0.2):
            self.kinds.add("odd weights")
            w = self.pick((np.zeros(d), -w, w[:-1], w[0], np.full(d, np.nan), w.tolist(), w[None]))
        return w

    def seed(self):
        return self.pick(({"rng": 7}, {"seed": 7}, {"rng": np.int64(3)}))


# ------------------------------------------------------------------ one maker per function


def of_vq(make):
    n, d, k = make.size(), make.size(1, 7), make.size(1, 4)
    return {
        "obs": make.data(n, d),
        "code_book": make.data(k, d),
        **make.maybe(check_finite=make.flag),
    }


def of_whiten(make):
    return {"obs": make.data(make.size(), make.size(1, 4)), **make.maybe(check_finite=make.flag)}


def of_kmeans(make):
    n, d, k = make.size(3, 9), make.size(1, 4), make.size(1, 4)
    start = make.number(k) if make.chance(0.5) else make.data(k, d)
    return {
        "obs": make.data(n, d),
        "k_or_guess": start,
        **make.seed(),
        **make.maybe(
            iter=lambda: make.number(make.size(1, 4)),
            thresh=lambda: make.pick((1e-5, 0.1, 1)),
            check_finite=make.flag,
        ),
    }


def of_kmeans2(make):
    n, d, k = make.size(3, 9), make.size(1, 4), make.size(1, 4)
    start = make.number(k) if make.chance(0.6) else make.data(k, d)
    return {
        "data": make.data(n, d),
        "k": start,
        **make.seed(),
        **make.maybe(
            iter=lambda: make.number(make.size(1, 4)),
            check_finite=make.flag,
            minit=lambda: make.word("random", "points", "++", "matrix"),
            missing=lambda: make.word("warn", "raise"),
        ),
    }


def of_linkage(make):
    n, d = make.size(2, 9), make.size(1, 5)
    y = make.data(n, d) if make.chance(0.6) else make.condensed(n)
    return {
        "y": y,
        **make.maybe(
            method=lambda: make.word(*METHODS),
            metric=lambda: make.metric(d)[0],
            optimal_ordering=make.flag,
        ),
    }


def of_shortcut(make):
    n = make.size(2, 9)
    return {"y": make.data(n, make.size(1, 5)) if make.chance(0.5) else make.condensed(n)}


CRITERIA = ("inconsistent", "distance", "maxclust", "monocrit", "maxclust_monocrit")


def of_fcluster(make):
    n = make.size()
    Z = make.tree(n)
    R = _moments(make, n)
    return {
        "Z": Z,
        "t": make.number(make.pick((1, 2, 0.5, 1.2, 3.0))),
        **make.maybe(
            criterion=lambda: make.word(*CRITERIA),
            depth=lambda: make.number(2),
            R=lambda: R,
            monocrit=lambda: make.data(n - 1, values="positive"),
        ),
    }


def _moments(make, n):
    R = hierarchy.inconsistent(make.tree(n, dressed=False)) if not make.odd else None
    return make.dress(np.abs(make.rng.normal(size=(n - 1, 4))) if R is None else R)


def of_fclusterdata(make):
    n, d = make.size(2, 9), make.size(1, 5)
    return {
        "X": make.data(n, d),
        "t": make.number(make.pick((1, 2, 0.5))),
        **make.maybe(
            criterion=lambda: make.word(*CRITERIA[:3]),
            metric=lambda: make.metric(d)[0],
            depth=lambda: make.number(2),
            method=lambda: make.word(*METHODS),
        ),
    }


def of_cut_tree(make):
    n = make.size()
    cuts = make.pick(("n_clusters", "height", None, "both"))
    counts = make.number(1) if make.chance(0.5) else make.dress(make.rng.integers(1, n + 1, 2))
    heights = make.number(0.7) if make.chance(0.5) else make.data(2, values="positive")
    both = {"n_clusters": counts, "height": heights}
    chosen = both if cuts == "both" else {cuts: both[cuts]} if cuts else {}
    return {"Z": make.tree(n), **chosen}


def of_dendrogram(make):
    n = make.size()
    names = make.pick((list("abcdefghij")[:n], np.arange(n), tuple(range(n)), list(range(n - 1))))
    return {
        "Z": make.tree(n),
        "no_plot": True,
        **make.maybe(
            p=lambda: make.number(make.pick((1, 2, 3, 30))),
            truncate_mode=lambda: make.word(None, "lastp", "level"),
            color_threshold=lambda: make.number(make.pick((0.5, 1, 2))),
            get_leaves=make.flag,
            orientation=lambda: make.word("top", "left"),
            labels=lambda: names,
            count_sort=lambda: make.pick((True, False, "ascending", "descending")),
            show_leaf_counts=make.flag,
            above_threshold_color=lambda: "k",
            show_contracted=make.flag,
            leaf_label_func=lambda: str,
            link_color_func=lambda: lambda k: f"C{k % 7}",
        ),
    }


def _of_tree(make):
    return {"Z": make.tree(make.size())}


def _with(make, **others):
    n = make.size()
    return {"Z": make.tree(n), **{key: value(n) for key, value in others.items()}}


def of_pdist(make):
    d = make.size(1, 5)
    metric, keywords = make.metric(d)
    n = make.size(1, 7)
    return {
        "X": make.data(n, d),
        **({} if make.chance(0.1) else {"metric": metric} | keywords),
        **_unknown(make),
        **_out(make, (n * (n - 1) // 2,)),
    }


def of_cdist(make):
    d, a, b = make.size(1, 5), make.size(1, 6), make.size(1, 6)
    metric, keywords = make.metric(d)
    return {
        "XA": make.data(a, d),
        "XB": make.data(b, d),
        "metric": metric,
        **keywords,
        **_unknown(make),
        **_out(make, (a, b)),
    }


def _unknown(make):
    if not (make.odd and make.chance(0.05)):
        return {}
    make.kinds.add("unknown keyword")
    return {"nonsense": 1}


def _out(make, shape):
    if not make.chance(0.1):
        return {}
    make.kinds.add("out")
    return {"out": make.pick((np.empty(shape), np.empty(shape, "f"), np.empty((2, *shape))))}


def of_two_vectors(name):
    def build(make):
        d = make.size(1, 6)
        both = {"u": make.data(d), "v": make.data(d)}
        if name == "seuclidean":
            return both | {"V": make.weights(d)}
        if name == "mahalanobis":
            return both | {"VI": make.data(d, d)}
        if name == "jensenshannon":
            shape = (d,) if make.chance(0.7) else (d, 2)
            return {
                "p": make.data(*shape, values="positive"),
                "q": make.data(*shape),
                **make.maybe(base=lambda: make.number(2), keepdims=make.flag),
            }
        more = {"p": lambda: make.number(3)} if name == "minkowski" else {}
        more |= {"centered": make.flag} if name == "correlation" else {}
        return both | make.maybe(w=lambda: make.weights(d), **more)

    return build


def of_squareform(make):
    n = make.size(1, 6)
    X = make.condensed(n) if make.chance(0.5) else make.square(n)
    return {
        "X": X,
        **make.maybe(force=lambda: make.word("no", "tomatrix", "tovector"), checks=make.flag),
    }


def _verdict(make):
    return make.maybe(throw=make.flag, warning=make.flag, name=lambda: make.word("D", "x", None))


def of_hausdorff(make):
    d = make.size(1, 4)
    return {
        "u": make.data(make.size(1, 6), d),
        "v": make.data(make.size(1, 6), d),
        **make.maybe(rng=lambda: 3),
    }


def of_node(make):
    return {
        "id": make.number(make.size(0, 5)),
        **make.maybe(dist=lambda: make.number(1.5), count=lambda: make.number(1)),
    }


MAKERS = {
    "vq": {"vq": of_vq, "whiten": of_whiten, "kmeans": of_kmeans, "kmeans2": of_kmeans2},
    "hierarchy": {
        "ClusterNode": of_node,
        "DisjointSet": lambda make: make.maybe(
            elements=lambda: make.pick(([1, 2, 3], "abc", (1, 1, 2), {1, 2}, 3, None, [[1], [2]]))
        ),
        **dict.fromkeys(METHODS, of_shortcut),
        "linkage": of_linkage,
        "cophenet": lambda make: _with(make) | make.maybe(Y=lambda: make.condensed(make.size())),
        "correspond": lambda make: _with(make, Y=make.condensed),
        "cut_tree": of_cut_tree,
        "dendrogram": of_dendrogram,
        "fcluster": of_fcluster,
        "fclusterdata": of_fclusterdata,
        "from_mlab_linkage": lambda make: {
            "Z": make.dress(
                hierarchy.to_mlab_linkage(make.tree(make.size(), dressed=False))
                if not make.odd
                else np.array([[1, 2, 0.5], [3, 4, make.pick((1.0, 0.1))]])
            )
        },
        "inconsistent": lambda make: (
            _of_tree(make) | make.maybe(d=lambda: make.number(make.size(0, 4)))
        ),
        "is_isomorphic": lambda make: {"T1": make.labels(4), "T2": make.labels(4)},
        "is_monotonic": _of_tree,
        "is_valid_im": lambda make: {"R": _moments(make, make.size()), **_verdict(make)},
        "is_valid_linkage": lambda make: _of_tree(make) | _verdict(make),
        "leaders": lambda make: _with(make, T=make.labels),
        "leaves_list": _of_tree,
        "maxRstat": lambda make: _with(
            make, R=lambda n: _moments(make, n), i=lambda n: make.number(make.size(0, 5))
        ),
        "maxdists": _of_tree,
        "maxinconsts": lambda make: _with(make, R=lambda n: _moments(make, n)),
        "num_obs_linkage": _of_tree,
        "optimal_leaf_ordering": lambda make: (
            _with(make, y=lambda n: make.condensed(n) if make.chance(0.5) else make.data(n, 2))
            | make.maybe(metric=lambda: make.metric(2)[0])
        ),
        "set_link_color_palette": lambda make: {
            "palette": make.pick((None, ["c", "m"], ("r",), np.array(["b"]), "rgb", {"r"}, 3))
        },
        "to_mlab_linkage": _of_tree,
        "to_tree": lambda make: _of_tree(make) | make.maybe(rd=make.flag),
    },
    "distance": {
        "pdist": of_pdist,
        "cdist": of_cdist,
        **{name: of_two_vectors(name) for name in OF_TWO},
        "squareform": of_squareform,
        "is_valid_dm": lambda make: {
            "D": make.square(make.size(1, 5)),
            **_verdict(make),
            **make.maybe(tol=lambda: make.number(0.1)),
        },
        "is_valid_y": lambda make: {"y": make.condensed(make.size(1, 5)), **_verdict(make)},
        "num_obs_dm": lambda make: {"d": make.square(make.size(1, 5))},
        "num_obs_y": lambda make: {"Y": make.condensed(make.size(1, 5))},
        "directed_hausdorff": of_hausdorff,
    },
}
FUNCTIONS = [(page, name) for page, makers in MAKERS.items() for name in makers]
OFTEN = [("distance", name) for name in ("pdist", "cdist")] * 6 + [("hierarchy", "linkage")] * 4


def call_number(i):
    """Return call number i."""
    rng = np.random.default_rng([15, i])
    page, name = [*FUNCTIONS, *OFTEN][rng.integers(len(FUNCTIONS) + len(OFTEN))]
    make = Maker(rng)
    with np.errstate(all="ignore"):
        arguments = MAKERS[page][name](make)
    return Call(i, page, name, arguments, make.kinds)
