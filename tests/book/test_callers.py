"""Every public function has a caller: another module, a chapter, or a script of the project.

Those that have none are listed, and the lists are exact: a function that gains a caller leaves
them, and a new one needs a caller or a reason.
"""

import ast
import importlib
import inspect

from notebooks import ROOT, toc_notebooks
from pages import notebook

FILES = sorted(p for p in (ROOT / "clusterlib").rglob("*.py") if p.stem != "__init__")
SCIPYS = {
    name
    for page in ("scipy.cluster.vq", "scipy.cluster.hierarchy", "scipy.spatial.distance")
    for name in importlib.import_module(page).__all__
}
# For readers and their own data; chapters speak of them or show what they are built on.
FOR_READERS = {
    "hierarchy.cophenetic.cophenetic_pairs",
    "plotting.scores.plot_roc",
    "plotting.style.figure_svg",
    "plotting.trees.inversions",
    "quantization.information.gaussian_rate_distortion",
    "quantization.scalar.quantizer_for",
    "scaling.dask_chunks.as_dask",
    "scaling.hamerly_bounds.hamerly",
    "validity.null_models.principal_box",
    "validity.null_models.uniform_box",
    "vq.seeding.parallel_steps",
}
# Steps of a public function that its tests look at alone.
FOR_TESTS = {
    "core.checks.as_random_state",
    "core.threads.thread_count",
    "explorers.choosing_k.best_known",
    "explorers.cut.cut_state",
    "explorers.leaf_order.flipped",
    "explorers.leaf_order.neighbour_sum",
    "explorers.merges.merge_states",
    "explorers.shared.bundle.module_order",
    "explorers.shared.placed_words.words_as_text",
    "explorers.shared.scenes.crowd_silhouettes",
    "explorers.shared.scenes.plane",
    "explorers.voronoi.grid_words",
    "hierarchy.dendrograms.link_colors",
    "hierarchy.dendrograms.prune",
    "hierarchy.dendrograms.sides_in_order",
    "reports.profiles.effect_sizes",
    "reports.spaces.principal",
    "scaling.dask_chunks.need",
}


def used(source):
    """Return the names that `source` reads, plain or as attributes."""
    nodes = list(ast.walk(ast.parse(source)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def public_functions(path):
    """Return the functions of a module that its `__all__` names; SciPy's need no caller."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    module = importlib.import_module(name)
    return {
        f"{name.removeprefix('clusterlib.')}.{each}"
        for each in set(getattr(module, "__all__", ())) - SCIPYS
        if inspect.isfunction(getattr(module, each))
    }


def uncalled(callers):
    """Return the public functions that only their own file uses; `callers` are (file, names)."""
    return {
        name
        for path in FILES
        for name in public_functions(path)
        if not any(name.rpartition(".")[2] in names for file, names in callers if file != path)
    }


def callers():
    """Return files of the project, tests and benchmarks left out, and the names that each uses."""
    scripts = [p for folder in ("_ext", "scripts", "live", "assignments")
               for p in (ROOT / folder).rglob("*.py")]  # fmt: skip
    found = [(path, used(path.read_text(encoding="utf-8"))) for path in (*FILES, *scripts)]
    for path in toc_notebooks():
        cells = (cell.source for cell in notebook(path).cells if cell.cell_type == "code")
        found.append((path, set().union(*map(used, cells))))
    return found


def test_every_public_function_has_a_caller():
    assert uncalled(callers()) == FOR_READERS | FOR_TESTS


def test_a_function_without_a_caller_is_found():
    silent = [(path, names - {"linkage_intervals"}) for path, names in callers()]
    assert "hierarchy.leaf_intervals.linkage_intervals" in uncalled(silent)
