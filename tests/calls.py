"""One good call of every public function: what the tests of robustness start from.

`CALLS` maps "part.module.function" to one or more sets of arguments.  `public` lists the functions
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
from clusterlib import distance, hierarchy, quantization
from clusterlib.distance import boolean, vectors
from clusterlib.hierarchy import trees

mpl.use("Agg")

PAGES = ("clusterlib.vq", "clusterlib.hierarchy", "clusterlib.distance")
PARTS_LEFT_OUT = {
    "tables": "is another name of reports.read_table",
    "explorers": "its functions make HTML of the package's own figures; tests/explorers",
    "exercises": "an answer may be anything at all; tests/exercises",
    "scaling": "has the tests of its own that read, stop and resume",
    "reports": "takes whole files and tables, of which tests/reports has hostile ones",
}
LEFT_OUT = {
    "vq.nearest.nearest_codes": "takes arrays that its caller checked",
    "vq.lloyd.means": "takes arrays that its caller checked",
    "validity.resampling.best_lloyd": "takes arrays that its caller checked",
    "validity.null_models.shuffle_columns": "takes arrays that its caller checked",
    "validity.null_models.principal_box": "takes arrays that its caller checked",
    "validity.null_models.uniform_box": "takes arrays that its caller checked",
    "validity.indices.silhouettes_of_sums": "takes arrays that its caller checked",
    "source.Page": "is what `source.show` returns",
}

X = np.random.default_rng(0).normal(size=(6, 2)).round(3)
U, V = np.array([0.2, 0.3, 0.5]), np.array([0.1, 0.7, 0.2])
B, E = np.array([True, False, True]), np.array([True, True, False])
C, LABELS, BINARY = X[[0, 3]], np.array([0, 0, 1, 1, 2, 2]), np.array([0, 1, 1, 0, 1, 0])
Y = distance.pdist(X)
Z = hierarchy.average(Y)
IMAGE = (np.arange(48.0).reshape(4, 4, 3) * 7) % 256
METHODS = ("single", "complete", "average", "weighted", "centroid", "median", "ward")
QUANTIZER = quantization.ProductQuantizer.train(np.c_[X, X], parts=2, k=2)


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
    "vq.nearest.vq": [{"obs": X, "code_book": C}],
    "vq.nearest.py_vq": [{"obs": X, "code_book": C}],
    "vq.nearest.whiten": [{"obs": X}],
    "vq.nearest.distortion": [{"X": X, "C": C}],
    "vq.lloyd.kmeans": [{"obs": X, "k_or_guess": 2, "rng": 0}, {"obs": X, "k_or_guess": C}],
    "vq.lloyd.kmeans2": [
        {"data": X, "k": 2, "minit": "++", "rng": 0},
        {"data": X, "k": C, "minit": "matrix", "missing": "raise"},
    ],
    "vq.lloyd.lloyd": [{"X": X, "C": C}],
    "vq.swaps.single_moves": [{"X": X, "C": C}],
    "vq.swaps.random_swaps": [{"X": X, "C": C, "swaps": 3, "rng": 0}],
    "vq.medoids.k_medoids": [{"y": Y, "k": 2}],
    "vq.lloyd.lloyd_steps": [{"X": X, "C": C}],
    **{
        f"vq.seeding.{name}": [{"X": X, "k": 2, "rng": 0}]
        for name in ("gaussian", "points", "partition", "maximin", "plus_plus", "parallel",
                     "greedy_plus_plus", "maximin_steps", "plus_plus_steps", "parallel_steps",
                     "greedy_steps")
    },
    "hierarchy.density.hdbscan": [{"X": X, "m": 2}],
    "hierarchy.density.mutual_reachability": [{"X": X, "m": 2}],
    "hierarchy.merging.linkage":
        [{"y": Y, "method": m} for m in METHODS] + [{"y": X, "method": "ward"}],
    **{f"hierarchy.merging.{name}": [{"y": Y}, {"y": X}] for name in METHODS},
    "hierarchy.steps.merge_steps": [{"y": Y, "method": "average"}],
    "hierarchy.leaf_order.optimal_leaf_ordering": [{"Z": Z, "y": Y}, {"Z": Z, "y": X}],
    "hierarchy.trees.to_tree": [{"Z": Z}],
    "hierarchy.trees.leaves_list": [{"Z": Z}],
    "hierarchy.cophenetic.cophenet": [{"Z": Z, "Y": Y}],
    "hierarchy.cophenetic.cophenetic_pairs": [{"Z": Z, "i": [0, 1], "j": [2, 2]}],
    "hierarchy.trees.ClusterNode": [
        {"id": 2, "left": trees.ClusterNode(0), "right": trees.ClusterNode(1), "dist": 1.0}
    ],
    "core.disjoint_sets.DisjointSet": [{"elements": [1, 2, 3]}],
    "hierarchy.linkage_matrix.correspond": [{"Z": Z, "Y": Y}],
    "hierarchy.linkage_matrix.from_mlab_linkage": [{"Z": hierarchy.to_mlab_linkage(Z)}],
    **{
        f"hierarchy.linkage_matrix.{name}": [{"Z": Z}]
        for name in ("is_monotonic", "is_valid_linkage", "num_obs_linkage", "to_mlab_linkage")
    },
    "hierarchy.linkage_matrix.is_valid_im": [{"R": hierarchy.inconsistent(Z)}],
    "hierarchy.linkage_matrix.ClusterWarning": [{}],
    "vq.lloyd.ClusterError": [{}],
    "hierarchy.inconsistency.inconsistent": [{"Z": Z}],
    "hierarchy.inconsistency.maxdists": [{"Z": Z}],
    "hierarchy.inconsistency.maxinconsts": [{"Z": Z, "R": hierarchy.inconsistent(Z)}],
    "hierarchy.inconsistency.maxRstat": [{"Z": Z, "R": hierarchy.inconsistent(Z), "i": 3}],
    "hierarchy.cutting.fcluster": [
        *({"Z": Z, "t": 1.0, "criterion": c} for c in ("inconsistent", "distance")),
        *({"Z": Z, "t": 2, "criterion": c} for c in ("maxclust",)),
        *(
            {"Z": Z, "t": 2, "criterion": c, "monocrit": hierarchy.maxdists(Z)}
            for c in ("monocrit", "maxclust_monocrit")
        ),
        {"Z": Z, "t": 1.0, "R": hierarchy.inconsistent(Z)},
    ],
    "hierarchy.cutting.fclusterdata":
        [{"X": X, "t": 1.0}, {"X": X, "t": 2, "criterion": "maxclust"}],
    "hierarchy.cutting.cut_tree": [{"Z": Z, "n_clusters": [2, 3]}, {"Z": Z, "height": [1.0]}],
    "hierarchy.cutting.leaders": [{"Z": Z, "T": hierarchy.fcluster(Z, 2, "maxclust")}],
    "hierarchy.cutting.is_isomorphic": [{"T1": LABELS, "T2": LABELS + 1}],
    "hierarchy.dendrograms.dendrogram":
        [{"Z": Z, "no_plot": True}, {"Z": Z, "no_plot": True, "p": 3,
                               "truncate_mode": "lastp", "labels": list("abcdef")}],
    "hierarchy.dendrograms.set_link_color_palette": [{"palette": None}],
    "distance.condensed.squareform": [{"X": Y}, {"X": distance.squareform(Y)}],
    "distance.condensed.is_valid_dm": [{"D": distance.squareform(Y)}],
    "distance.condensed.is_valid_y": [{"y": Y}],
    "distance.condensed.num_obs_dm": [{"d": distance.squareform(Y)}],
    "distance.condensed.num_obs_y": [{"Y": Y}],
    "distance.mixed.gower": [{"X": X}, {"X": X, "w": np.arange(1.0, X.shape[1] + 1)}],
    "distance.hausdorff.directed_hausdorff": [{"u": X, "v": C}],
    "distance.pairwise.pdist": [
        *({"X": X, "metric": m, "w": None} for m in sorted(vectors.__all__) if m in
          ("cityblock", "canberra", "euclidean", "hamming", "braycurtis")),
        *({"X": X, "metric": m} for m in ("cosine", "correlation", "jensenshannon")),
        {"X": X, "metric": "minkowski", "p": 3},
        {"X": X, "metric": "seuclidean", "V": X.var(0)},
        {"X": X, "metric": "mahalanobis", "VI": np.eye(2)},
        {"X": X > 0, "metric": "dice"},
        {"X": X, "metric": "euclidean", "out": np.empty(15)},
    ],
    "distance.pairwise.cdist": [
        *({"XA": X, "XB": C, "metric": m, "w": None} for m in ("euclidean", "chebyshev")),
        *({"XA": X, "XB": C, "metric": m} for m in ("cosine", "jensenshannon")),
        {"XA": X, "XB": C, "metric": "minkowski", "p": 3},
        {"XA": X, "XB": C, "metric": "seuclidean", "V": X.var(0)},
        {"XA": X, "XB": C, "metric": "mahalanobis", "VI": np.eye(2)},
        {"XA": X > 0, "XB": C > 0, "metric": "yule"},
    ],
    **{
        f"distance.vectors.{name}": [{"u": U, "v": V}]
        for name in vectors.__all__
        if name not in ("jensenshannon", "seuclidean", "mahalanobis")
    },
    "distance.vectors.jensenshannon": [{"p": U, "q": V}],
    "distance.vectors.seuclidean": [{"u": U, "v": V, "V": V}],
    "distance.vectors.mahalanobis": [{"u": U, "v": V, "VI": np.eye(3)}],
    **{f"distance.boolean.{n}": [{"u": B, "v": E}] for n in boolean.__all__
       if n.islower()},
    "quantization.information.code_bits": [{"n": 100, "k": 4, "word_bits": 8.0}],
    "quantization.information.decibels": [{"ratio": 2.0}],
    "quantization.information.entropy": [{"weights": U}],
    "quantization.information.gaussian_distortion_rate": [{"R": U}],
    "quantization.information.gaussian_rate_distortion": [{"D": 0.5}],
    "quantization.information.high_rate_gaussian": [{"G": 0.08, "n": 2}],
    "quantization.information.index_entropy": [{"labels": LABELS}],
    "quantization.information.psnr": [{"signal": U, "coded": V}],
    "quantization.information.snr_db": [{"signal": U, "coded": V}],
    "quantization.information.shannon_lower_bound": [{"law": "laplace"}],
    "quantization.information.space_filling_gain": [{"cell": "hexagon"}],
    "quantization.scalar.best_uniform": [{"law": "gaussian", "k": 3}],
    "quantization.scalar.entropy_coded_uniform": [{"law": "uniform", "H": 1.0}],
    "quantization.scalar.lloyd_max": [{"law": "uniform", "k": 3}],
    "quantization.scalar.lloyd_max_steps": [{"law": "gaussian", "levels": [-1.0, 1.0]}],
    "quantization.scalar.optimal_levels":
        [{"values": U, "k": 2}, {"values": U, "k": 2, "weights": V}],
    "quantization.scalar.quantizer_for": [{"law": "gaussian", "levels": [-1.0, 1.0]}],
    "quantization.signals.anomaly_score": [{"X": X, "C": C}],
    "quantization.images.code_image": [{"image": IMAGE, "C": IMAGE[0, :2], "block": 1}],
    "quantization.signals.error_rate": [{"sent": LABELS, "decided": BINARY}],
    "quantization.signals.gaussian_score": [{"X": X, "background": X}],
    "quantization.images.grey": [{"image": IMAGE}],
    "quantization.images.image_blocks": [{"image": IMAGE, "block": 2}],
    "quantization.training.lbg": [{"X": X, "k": 3}],
    "quantization.training.lbg_steps": [{"X": X, "k": 3}],
    "quantization.signals.name_cells": [{"labels": LABELS, "known": BINARY, "k": 4}],
    "quantization.images.palette": [{"image": IMAGE, "k": 2}],
    "quantization.signals.qam_channel": [{"n": 5, "degrees": 10.0, "rng": 0}],
    "quantization.signals.qam_constellation": [{"m": 16}],
    "quantization.signals.qam_error_rate": [{"snr_db": 18.0}],
    "quantization.product.recall": [{"distances": distance.cdist(C, X), "nearest": [0, 3], "r": 2}],
    "quantization.signals.rotate": [{"X": X, "degrees": 10.0}],
    "quantization.training.train_code_book": [{"X": X, "k": 2}],
    "quantization.product.ProductQuantizer.train": [{"X": np.c_[X, X], "parts": 2, "k": 2}],
    "quantization.product.ProductQuantizer.encode": [{"X": np.c_[X, X]}],
    "quantization.product.ProductQuantizer.decode": [{"codes": QUANTIZER.encode(np.c_[X, X])}],
    "validity.agreement.adjusted_mutual_information": [{"a": LABELS, "b": BINARY}],
    "validity.agreement.adjusted_rand_index": [{"a": LABELS, "b": BINARY}],
    "validity.detection.auc": [{"truth": BINARY, "scores": X[:, 0]}],
    "validity.detection.roc_curve": [{"truth": BINARY, "scores": X[:, 0]}],
    "validity.indices.calinski_harabasz": [{"X": X, "labels": LABELS}],
    "validity.agreement.centroid_index": [{"A": C, "B": X[:2]}],
    "validity.agreement.contingency": [{"a": LABELS, "b": BINARY}],
    "validity.indices.davies_bouldin": [{"X": X, "labels": LABELS}],
    "validity.resampling.gap_statistic":
        [{"X": X, "k_max": 2, "references": 2, "restarts": 1, "rng": 0}],
    "validity.agreement.rand_index": [{"a": LABELS, "b": BINARY}],
    "validity.indices.silhouette": [{"X": X, "labels": LABELS}],
    "validity.indices.silhouette_samples": [{"X": X, "labels": LABELS}],
    "validity.resampling.stability": [{"X": X, "k": 2, "draws": 2, "restarts": 1, "rng": 0}],
    "validity.resampling.cluster_stability":
        [{"X": X, "cluster": lambda Y: Y.sum(axis=1) > 0, "draws": 2, "rng": 0}],
    "validity.null_models.compare_with_null":
        [{"statistic": np.mean, "X": X, "draws": 2, "rng": 0}],
    "validity.agreement.v_measure": [{"a": LABELS, "b": BINARY}],
    "datasets.types.standardize": [{"X": X}],
    "datasets.synthetic.autoregressive_rows": [{"n": 5, "d": 2}],
    "datasets.synthetic.gaussian_rows": [{"n": 5, "d": 2}],
    "datasets.synthetic.s_set": [{"i": 1}],
    "datasets.worlds.world": [{"name": "moons"}],
    "plotting.clustermaps.clustermap": [{"Z": Z, "X": X, "classes": LABELS}],
    "plotting.clustermaps.tanglegram": [{"Z": Z, "other": Z}],
    "plotting.points.code_words": [{"C": C}],
    "plotting.trees.draw_tree": [{"Z": Z}, {"Z": Z, "labels": LABELS, "names": list("abcdef")}],
    "plotting.style.figure_svg": [{}],
    "plotting.style.panels": [{"count": 3}],
    "plotting.trees.inversions": [{"Z": Z}],
    "plotting.style.mark_error": [{"x": 0.5, "y": 0.5}],
    "plotting.style.mark_of": [{"cluster": 3}],
    "plotting.scores.plot_roc": [{"truth": BINARY, "scores": X[:, 0]}],
    "plotting.points.scatter_clusters": [{"X": X, "labels": LABELS, "C": C}],
    "plotting.scores.silhouette_plot": [{"s": X[:, 0] / 9, "labels": LABELS}],
    "plotting.points.steady_labels": [{"X": X, "labels": LABELS, "previous": BINARY}],
    "plotting.trees.tree_and_heat_map": [{"Z": Z, "D": distance.squareform(Y)}],
    "plotting.cells.voronoi_cells": [{"C": C}],
    "plotting.cells.voronoi_polygons": [{"C": C, "box": (-3.0, 3.0, -3.0, 3.0)}],
    "source.show": [{"function": hierarchy.ward}],
}  # fmt: skip


def public():
    """Return {"part.module.function": function} of everything that a reader is meant to call."""
    found = {}
    for part in (m.name for m in pkgutil.iter_modules(clusterlib.__path__) if m.name[0] != "_"):
        page = importlib.import_module(f"clusterlib.{part}")
        below = pkgutil.walk_packages(getattr(page, "__path__", ()), f"{page.__name__}.")
        for module in [page, *(importlib.import_module(m.name) for m in below)]:
            for name in getattr(module, "__all__", ()):
                value = getattr(module, name)
                text = inspect.getdoc(value) or ""
                meant = module.__name__.endswith(PAGES) or "\nParameters\n" in text
                if callable(value) and meant and part not in PARTS_LEFT_OUT:
                    home = value.__module__.removeprefix("clusterlib.")
                    found[f"{home}.{name}"] = value
    return found


def function_of(name):
    """Return what "part.module.function" names, without its axes if it draws."""
    if ".ProductQuantizer." in name:
        return getattr(QUANTIZER, name.rpartition(".")[2])
    module, _, attribute = name.rpartition(".")
    function = getattr(importlib.import_module(f"clusterlib.{module}"), attribute)
    return drawing(function) if name.startswith("plotting.") else function
