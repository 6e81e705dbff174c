"""One good call of every public function: what the tests of robustness start from.

`CALLS` maps "room.function" to one or more sets of arguments.  `public` lists the functions
that must be in it: those whose docstring has a section "Parameters", and all names of the
three pages of SciPy.  So a new function cannot be forgotten.
"""

import functools
import importlib
import inspect
import pkgutil

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

import clusterlib
from clusterlib import codebooks, distance, hierarchy, metrics_boolean, pairs, trees

mpl.use("Agg")

PAGES = ("vq", "hierarchy", "distance")
ROOMS_LEFT_OUT = {
    "explorers": "its functions make HTML of the package's own figures; test_explorers_*",
    "exercises": "an answer may be anything at all; test_exercises",
    "scaling": "has the tests of its own that read, stop and resume",
}
LEFT_OUT = {
    "nearest.nearest_codes": "takes arrays that its caller checked",
    "lloyd.means": "takes arrays that its caller checked",
    "validity.best_lloyd": "takes arrays that its caller checked",
    "source.Page": "is what `source.show` returns",
    "tables.read_table": "takes a file, of which test_tables has hostile ones",
}

X = np.random.default_rng(0).normal(size=(6, 2)).round(3)
U, V = np.array([0.2, 0.3, 0.5]), np.array([0.1, 0.7, 0.2])
B, E = np.array([True, False, True]), np.array([True, True, False])
C, LABELS, BINARY = X[[0, 3]], np.array([0, 0, 1, 1, 2, 2]), np.array([0, 1, 1, 0, 1, 0])
Y = distance.pdist(X)
Z = hierarchy.average(Y)
IMAGE = (np.arange(48.0).reshape(4, 4, 3) * 7) % 256
METHODS = ("single", "complete", "average", "weighted", "centroid", "median", "ward")
QUANTIZER = codebooks.ProductQuantizer.train(np.c_[X, X], parts=2, k=2)


def axes():
    """Return fresh axes."""
    return Figure(figsize=(2, 2)).add_subplot()


CANVAS = {"ax": axes, "fig": functools.partial(Figure, figsize=(2, 2))}


def drawing(function):
    """Return `function` without its axes or figure, which are fresh in each call."""
    signature = inspect.signature(function)
    made = [name for name in signature.parameters if name in CANVAS]

    @functools.wraps(function)
    def draw(**arguments):
        return function(**{name: CANVAS[name]() for name in made}, **arguments)

    rest = [p for p in signature.parameters.values() if p.name not in made]
    draw.__signature__ = signature.replace(parameters=rest)
    return draw


CALLS = {
    "nearest.vq": [{"obs": X, "code_book": C}],
    "nearest.py_vq": [{"obs": X, "code_book": C}],
    "nearest.whiten": [{"obs": X}],
    "nearest.distortion": [{"X": X, "C": C}],
    "lloyd.kmeans": [{"obs": X, "k_or_guess": 2, "rng": 0}, {"obs": X, "k_or_guess": C}],
    "lloyd.kmeans2": [
        {"data": X, "k": 2, "minit": "++", "rng": 0},
        {"data": X, "k": C, "minit": "matrix", "missing": "raise"},
    ],
    "lloyd.lloyd": [{"X": X, "C": C}],
    "lloyd.lloyd_steps": [{"X": X, "C": C}],
    **{
        f"seeding.{name}": [{"X": X, "k": 2, "rng": 0}]
        for name in ("gaussian", "points", "partition", "maximin", "plus_plus", "parallel",
                     "greedy_plus_plus", "maximin_steps", "plus_plus_steps", "parallel_steps",
                     "greedy_steps")
    },
    "merging.linkage": [{"y": Y, "method": m} for m in METHODS] + [{"y": X, "method": "ward"}],
    **{f"merging.{name}": [{"y": Y}, {"y": X}] for name in METHODS},
    "merging.merge_steps": [{"y": Y, "method": "average"}],
    "leaforder.optimal_leaf_ordering": [{"Z": Z, "y": Y}, {"Z": Z, "y": X}],
    "trees.to_tree": [{"Z": Z}],
    "trees.leaves_list": [{"Z": Z}],
    "trees.cophenet": [{"Z": Z, "Y": Y}],
    "trees.ClusterNode": [
        {"id": 2, "left": trees.ClusterNode(0), "right": trees.ClusterNode(1), "dist": 1.0}
    ],
    "unions.DisjointSet": [{"elements": [1, 2, 3]}],
    "links.correspond": [{"Z": Z, "Y": Y}],
    "links.from_mlab_linkage": [{"Z": hierarchy.to_mlab_linkage(Z)}],
    **{
        f"links.{name}": [{"Z": Z}]
        for name in ("is_monotonic", "is_valid_linkage", "num_obs_linkage", "to_mlab_linkage")
    },
    "links.is_valid_im": [{"R": hierarchy.inconsistent(Z)}],
    "links.ClusterWarning": [{}],
    "lloyd.ClusterError": [{}],
    "inconsistency.inconsistent": [{"Z": Z}],
    "inconsistency.maxdists": [{"Z": Z}],
    "inconsistency.maxinconsts": [{"Z": Z, "R": hierarchy.inconsistent(Z)}],
    "inconsistency.maxRstat": [{"Z": Z, "R": hierarchy.inconsistent(Z), "i": 3}],
    "cutting.fcluster": [
        *({"Z": Z, "t": 1.0, "criterion": c} for c in ("inconsistent", "distance")),
        *({"Z": Z, "t": 2, "criterion": c} for c in ("maxclust",)),
        *(
            {"Z": Z, "t": 2, "criterion": c, "monocrit": hierarchy.maxdists(Z)}
            for c in ("monocrit", "maxclust_monocrit")
        ),
        {"Z": Z, "t": 1.0, "R": hierarchy.inconsistent(Z)},
    ],
    "cutting.fclusterdata": [{"X": X, "t": 1.0}, {"X": X, "t": 2, "criterion": "maxclust"}],
    "cutting.cut_tree": [{"Z": Z, "n_clusters": [2, 3]}, {"Z": Z, "height": [1.0]}],
    "cutting.leaders": [{"Z": Z, "T": hierarchy.fcluster(Z, 2, "maxclust")}],
    "cutting.is_isomorphic": [{"T1": LABELS, "T2": LABELS + 1}],
    "dendrograms.dendrogram": [{"Z": Z, "no_plot": True}, {"Z": Z, "no_plot": True, "p": 3,
                               "truncate_mode": "lastp", "labels": list("abcdef")}],
    "dendrograms.set_link_color_palette": [{"palette": None}],
    "condensed.squareform": [{"X": Y}, {"X": distance.squareform(Y)}],
    "condensed.is_valid_dm": [{"D": distance.squareform(Y)}],
    "condensed.is_valid_y": [{"y": Y}],
    "condensed.num_obs_dm": [{"d": distance.squareform(Y)}],
    "condensed.num_obs_y": [{"Y": Y}],
    "hausdorff.directed_hausdorff": [{"u": X, "v": C}],
    "distance.pdist": [
        *({"X": X, "metric": m, "w": None} for m in sorted(pairs.__all__) if m in
          ("cityblock", "canberra", "euclidean", "hamming", "braycurtis")),
        *({"X": X, "metric": m} for m in ("cosine", "correlation", "jensenshannon")),
        {"X": X, "metric": "minkowski", "p": 3},
        {"X": X, "metric": "seuclidean", "V": X.var(0)},
        {"X": X, "metric": "mahalanobis", "VI": np.eye(2)},
        {"X": X > 0, "metric": "dice"},
        {"X": X, "metric": "euclidean", "out": np.empty(15)},
    ],
    "distance.cdist": [
        *({"XA": X, "XB": C, "metric": m, "w": None} for m in ("euclidean", "chebyshev")),
        *({"XA": X, "XB": C, "metric": m} for m in ("cosine", "jensenshannon")),
        {"XA": X, "XB": C, "metric": "minkowski", "p": 3},
        {"XA": X, "XB": C, "metric": "seuclidean", "V": X.var(0)},
        {"XA": X, "XB": C, "metric": "mahalanobis", "VI": np.eye(2)},
        {"XA": X > 0, "XB": C > 0, "metric": "yule"},
    ],
    **{
        f"pairs.{name}": [{"u": U, "v": V}]
        for name in pairs.__all__
        if name not in ("as_order", "jensenshannon", "seuclidean", "mahalanobis")
    },
    "pairs.jensenshannon": [{"p": U, "q": V}],
    "pairs.seuclidean": [{"u": U, "v": V, "V": V}],
    "pairs.mahalanobis": [{"u": U, "v": V, "VI": np.eye(3)}],
    **{f"metrics_boolean.{n}": [{"u": B, "v": E}] for n in metrics_boolean.__all__
       if n.islower()},
    "information.code_bits": [{"n": 100, "k": 4, "word_bits": 8.0}],
    "information.decibels": [{"ratio": 2.0}],
    "information.entropy": [{"weights": U}],
    "information.gaussian_distortion_rate": [{"R": U}],
    "information.gaussian_rate_distortion": [{"D": 0.5}],
    "information.high_rate_gaussian": [{"G": 0.08, "n": 2}],
    "information.index_entropy": [{"labels": LABELS}],
    "information.psnr": [{"signal": U, "coded": V}],
    "information.snr_db": [{"signal": U, "coded": V}],
    "information.shannon_lower_bound": [{"law": "laplace"}],
    "information.space_filling_gain": [{"cell": "hexagon"}],
    "quantizers.best_uniform": [{"law": "gaussian", "k": 3}],
    "quantizers.entropy_coded_uniform": [{"law": "uniform", "H": 1.0}],
    "quantizers.lloyd_max": [{"law": "uniform", "k": 3}],
    "quantizers.lloyd_max_steps": [{"law": "gaussian", "levels": [-1.0, 1.0]}],
    "quantizers.optimal_levels": [{"values": U, "k": 2}, {"values": U, "k": 2, "weights": V}],
    "quantizers.quantizer_for": [{"law": "gaussian", "levels": [-1.0, 1.0]}],
    "codebooks.anomaly_score": [{"X": X, "C": C}],
    "codebooks.code_image": [{"image": IMAGE, "C": IMAGE[0, :2], "block": 1}],
    "codebooks.error_rate": [{"sent": LABELS, "decided": BINARY}],
    "codebooks.gaussian_score": [{"X": X, "background": X}],
    "codebooks.grey": [{"image": IMAGE}],
    "codebooks.image_blocks": [{"image": IMAGE, "block": 2}],
    "codebooks.lbg": [{"X": X, "k": 3}],
    "codebooks.lbg_steps": [{"X": X, "k": 3}],
    "codebooks.name_cells": [{"labels": LABELS, "known": BINARY, "k": 4}],
    "codebooks.palette": [{"image": IMAGE, "k": 2}],
    "codebooks.qam_channel": [{"n": 5, "degrees": 10.0, "rng": 0}],
    "codebooks.qam_constellation": [{"m": 16}],
    "codebooks.qam_error_rate": [{"snr_db": 18.0}],
    "codebooks.recall": [{"distances": distance.cdist(C, X), "nearest": [0, 3], "r": 2}],
    "codebooks.rotate": [{"X": X, "degrees": 10.0}],
    "codebooks.train_code_book": [{"X": X, "k": 2}],
    "codebooks.ProductQuantizer.train": [{"X": np.c_[X, X], "parts": 2, "k": 2}],
    "codebooks.ProductQuantizer.encode": [{"X": np.c_[X, X]}],
    "codebooks.ProductQuantizer.decode": [{"codes": QUANTIZER.encode(np.c_[X, X])}],
    "validity.adjusted_mutual_information": [{"a": LABELS, "b": BINARY}],
    "validity.adjusted_rand_index": [{"a": LABELS, "b": BINARY}],
    "validity.auc": [{"truth": BINARY, "scores": X[:, 0]}],
    "validity.roc_curve": [{"truth": BINARY, "scores": X[:, 0]}],
    "validity.calinski_harabasz": [{"X": X, "labels": LABELS}],
    "validity.centroid_index": [{"A": C, "B": X[:2]}],
    "validity.contingency": [{"a": LABELS, "b": BINARY}],
    "validity.davies_bouldin": [{"X": X, "labels": LABELS}],
    "validity.gap_statistic": [{"X": X, "k_max": 2, "references": 2, "restarts": 1, "rng": 0}],
    "validity.rand_index": [{"a": LABELS, "b": BINARY}],
    "validity.silhouette": [{"X": X, "labels": LABELS}],
    "validity.silhouette_samples": [{"X": X, "labels": LABELS}],
    "validity.stability": [{"X": X, "k": 2, "draws": 2, "restarts": 1, "rng": 0}],
    "validity.v_measure": [{"a": LABELS, "b": BINARY}],
    "datasets.standardize": [{"X": X}],
    "datasets.autoregressive_rows": [{"n": 5, "d": 2}],
    "datasets.gaussian_rows": [{"n": 5, "d": 2}],
    "datasets.s_set": [{"i": 1}],
    "plotting.code_words": [{"C": C}],
    "plotting.draw_tree": [{"Z": Z}, {"Z": Z, "labels": LABELS, "names": list("abcdef")}],
    "plotting.figure_svg": [{}],
    "plotting.panels": [{"count": 3}],
    "plotting.inversions": [{"Z": Z}],
    "plotting.mark_error": [{"x": 0.5, "y": 0.5}],
    "plotting.mark_of": [{"cluster": 3}],
    "plotting.plot_roc": [{"truth": BINARY, "scores": X[:, 0]}],
    "plotting.scatter_clusters": [{"X": X, "labels": LABELS, "C": C}],
    "plotting.silhouette_plot": [{"s": X[:, 0] / 9, "labels": LABELS}],
    "plotting.steady_labels": [{"X": X, "labels": LABELS, "previous": BINARY}],
    "plotting.tree_and_heat_map": [{"Z": Z, "D": distance.squareform(Y)}],
    "plotting.voronoi_cells": [{"C": C}],
    "plotting.voronoi_polygons": [{"C": C, "box": (-3.0, 3.0, -3.0, 3.0)}],
    "source.show": [{"function": hierarchy.ward}],
}  # fmt: skip


def public():
    """Return {"room.function": function} of everything that a reader is meant to call."""
    found, seen = {}, set()
    rooms = [m.name for m in pkgutil.iter_modules(clusterlib.__path__) if m.name[0] != "_"]
    for room in sorted(rooms, key=lambda name: name in PAGES):  # the pages only collect
        module = importlib.import_module(f"clusterlib.{room}")
        for name in getattr(module, "__all__", ()):
            value = getattr(module, name)
            text = inspect.getdoc(value) or ""
            meant = room in PAGES or "\nParameters\n" in text
            if callable(value) and meant and room not in ROOMS_LEFT_OUT and id(value) not in seen:
                seen.add(id(value))
                home = value.__module__.removeprefix("clusterlib.").split(".")[0]
                found[f"{home}.{name}"] = value
    return found


def function_of(name):
    """Return what "room.function" names, without its axes if it draws."""
    if name.startswith("codebooks.ProductQuantizer."):
        return getattr(QUANTIZER, name.rpartition(".")[2])
    room, _, attribute = name.partition(".")
    function = getattr(importlib.import_module(f"clusterlib.{room}"), attribute)
    return drawing(function) if room == "plotting" else function
