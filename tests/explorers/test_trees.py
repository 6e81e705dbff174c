"""The explorers of merges, of the five criteria and of leaf order, against hand-worked numbers."""

import itertools

import numpy as np
import pytest
from scipy.cluster import hierarchy as scipy_hierarchy
from scipy.spatial.distance import pdist, squareform

from clusterlib.explorers import (
    CriteriaExplorer,
    LeafOrderExplorer,
    MergesExplorer,
    criteria,
    leaf_order,
    merges,
)
from tests.browsing import opened


def after(root, patch, key, show):
    """Return the expression `show` of the page's state `s` after `patch`."""
    moved = "(r, [patch, key]) => { r.explorer.send(patch, key); const s = r.explorer.state;"
    script = f"{moved} return {show}; }}"
    return root.evaluate(script, [patch, key])


# ---------------------------------------------------------------- merge by merge


@pytest.mark.parametrize(("data", "method"), list(itertools.product(merges.SETS, merges.RULES)))
def test_each_merge_joins_the_nearest_pair(data, method):
    X, _, states = merges.book_states(data, method)
    for state in states[:-1]:
        D, (x, y) = state["D"], state["pair"]
        off = ~np.eye(len(D), dtype=bool)
        assert D[x, y] == pytest.approx(D[off].min())
        assert D[x, y] == pytest.approx(state["height"])
    assert states[-1]["members"] == [list(range(len(X)))]
    assert [s["height"] for s in states[:-1]] == pytest.approx(
        scipy_hierarchy.linkage(X, method)[:, 2].tolist()
    )


@pytest.mark.parametrize("method", merges.RULES)
def test_the_terms_add_up(method):
    _, _, states = merges.book_states("chain", method)
    for state in states[1:]:
        for _, a, b, c, e, d_x, d_y, d_xy, new in state["terms"]:
            assert a * d_x + b * d_y + c * d_xy + e * abs(d_x - d_y) == pytest.approx(new, abs=1e-9)


def test_centres_are_the_means_that_centroid_linkage_measures():
    X, _, states = merges.book_states("chain", "centroid")
    for state in states:
        assert np.allclose(state["centres"], [X[m].mean(axis=0) for m in state["members"]])
        assert np.allclose(state["D"], squareform(pdist(state["centres"])))


def test_the_line_and_the_triangle():
    heights = {
        m: [s["height"] for s in merges.book_states("line", m)[2][:-1]] for m in merges.RULES
    }
    assert heights["single"] == [1, 2, 4, 5]
    assert heights["average"] == pytest.approx([1, 2.5, 5, 8.16666667])
    assert heights["ward"] == pytest.approx([1, 2.88675135, 5, 12.65174560])
    assert merges.book_states("triangle", "centroid")[1][:, 2].tolist() == pytest.approx([4, 3.5])
    pairs = {m: merges.book_states("line", m)[1][2, :2].tolist() for m in merges.RULES}
    assert pairs.pop("single") == [3, 6]
    assert set(map(tuple, pairs.values())) == {(3, 4)}


def test_the_page_tells_the_merges_of_the_package(open_page, tmp_path):
    explorer = MergesExplorer()
    root = opened(open_page, tmp_path, explorer)
    for data, method, step in [
        ("line", "single", 0),
        ("chain", "ward", 7),
        ("twelve", "median", 11),
    ]:
        values = {"data": data, "method": method, "step": step}
        after(root, values, "step", "0")
        root.page.wait_for_timeout(300)
        mine = explorer.say(explorer.state(**values))
        assert root.locator("[role=status]").inner_text() == mine


# ---------------------------------------------------------------- five criteria


def test_the_same_t_under_five_criteria():
    explorer = CriteriaExplorer()
    for t, distance in [(2, 119), (3, 65), (4, 45)]:
        counts = explorer.state(data="wine", t=criteria.T.index(t))["counts"]
        assert [counts[c] for c in ("maxclust", "distance", "inconsistent")] == [t, distance, 1]
    counts = {
        t: explorer.state(data="iris", t=criteria.T.index(t))["counts"] for t in (0.8, 1.15, 20)
    }
    assert [counts[t]["inconsistent"] for t in (0.8, 1.15)] == [53, 15]
    assert counts[20]["distance"] == 2
    R = explorer.state(data="twelve", merge=8)["R"][8]
    assert R.tolist() == pytest.approx([2.7851638631, 2.5879773408, 3, 1.1547005384])


@pytest.mark.parametrize("data", criteria.DATA)
def test_the_page_cuts_as_the_package_does(open_page, tmp_path, data):
    explorer = CriteriaExplorer()
    root = opened(open_page, tmp_path, explorer)
    after(root, {"data": data}, "data", "0")
    for t in range(len(criteria.T)):
        flat = after(
            root,
            {"t": t},
            "t",
            "Object.fromEntries(Object.entries(s.flat).map(([c, f]) => [c, f.labels]))",
        )
        state = explorer.state(data=data, t=t)
        for criterion, labels in flat.items():
            pairs = set(zip(labels, state["labels"][criterion].tolist(), strict=True))
            assert len(pairs) == len(set(labels)) == state["counts"][criterion]


# ---------------------------------------------------------------- leaf order


def test_orders_of_the_twelve_points():
    explorer = LeafOrderExplorer()
    state = explorer.state(data="twelve", method="ward")
    assert state["order"].tolist() == [2, 0, 1, 5, 3, 4, 8, 6, 7, 11, 9, 10]
    assert (state["sum"], state["best"]) == pytest.approx((18.79669128, 14.0))
    assert state["r"] == pytest.approx(0.81475972)


def test_stocks():
    state = LeafOrderExplorer().state(data="stocks", method="average", flips="optimal")
    assert state["Z"][:, 2].tolist() == pytest.approx(
        [0.14709566, 0.37469115, 0.50634296, 0.51429415, 0.60044529, 0.61613129]
    )
    assert (state["sum"], state["r"]) == pytest.approx((2.686881, 0.798511), abs=1e-6)


def test_swapping_arms_changes_no_cophenetic_distance():
    y, _, Z, _, _ = leaf_order.book_tree("twelve", "average")
    before = scipy_hierarchy.cophenet(Z)
    for seed in range(5):
        flips = np.random.default_rng(seed).integers(0, 2, len(Z))
        assert np.allclose(scipy_hierarchy.cophenet(leaf_order.flipped(Z, flips)), before)
    assert leaf_order.neighbour_sum(Z, y) > 0


def test_the_page_swaps_as_the_package_does(open_page, tmp_path):
    explorer = LeafOrderExplorer()
    root = opened(open_page, tmp_path, explorer)
    for data, method in itertools.product(leaf_order.SETS, leaf_order.METHODS):
        Z = explorer.state(data=data, method=method)["Z"]
        after(root, {"data": data, "method": method}, "data", "0")
        for seed in range(3):
            bits = np.random.default_rng(seed).integers(0, 2, len(Z))
            flips = "".join(map(str, bits))
            order, total = after(root, {"flips": flips}, "flips", "[s.order, s.total]")
            state = explorer.state(data=data, method=method, flips=flips)
            assert order == state["order"].tolist()
            assert total == pytest.approx(state["sum"], abs=1e-3)
        root.get_by_role("button", name="Optimal order").click()
        total = root.evaluate("r => r.explorer.state.total")
        assert total == pytest.approx(state["best"], abs=1e-3)


def test_a_click_on_a_merge_swaps_its_arms(open_page, tmp_path):
    root = opened(open_page, tmp_path, LeafOrderExplorer())
    before = root.evaluate("r => r.explorer.state.order")
    root.locator("circle[data-handle='10']").click()
    assert root.evaluate("r => r.explorer.state.order") == before[6:] + before[:6]
