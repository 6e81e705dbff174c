"""The staircase explorer: what its question claims, and the page against the package."""

import itertools

import numpy as np
import pytest
from scipy.cluster import hierarchy as scipy_hierarchy

from clusterlib.explorers import StaircaseExplorer
from clusterlib.explorers import staircase as stairs
from tests.browsing import drag, moved, opened, status

CASES = list(itertools.product(stairs.SETS, stairs.METHODS))


@pytest.fixture
def root(open_page, tmp_path):
    root = opened(open_page, tmp_path, StaircaseExplorer())
    yield root
    assert root.page.watch.faults == []


def test_what_the_question_claims():
    explorer = StaircaseExplorer()
    state = explorer.state(data="clouds", method="ward", k=3)
    errors = (state["left"]["k-means"], state["left"]["tree"], state["drawn"])
    assert errors == tuple(sorted(errors))
    assert [f"{error:.1f} %" in explorer.question.explain for error in errors] == [True] * 3
    start = explorer.state(k=3, code="tree")["labels"]
    end = explorer.state(k=3, code="k-means")["labels"]
    assert (start != end).any()  # some points do not lie nearest to the mean of their part


@pytest.mark.parametrize(("data", "method"), CASES[:8] + CASES[8::3])
def test_curves_fall_from_all_to_nothing_and_k_means_is_the_lower(data, method):
    X, _, Z, curves, _ = stairs.errors_left(data, method)
    tree, k_means = curves["tree"], curves["k-means"]
    assert tree[0] == k_means[0] == pytest.approx(100)
    assert tree[-1] == k_means[-1] == pytest.approx(0)
    assert (np.diff(tree) <= 1e-9).all()  # a split never raises the error
    assert (np.array(k_means) <= np.array(tree) + 1e-9).all()
    total = ((X - X.mean(axis=0)) ** 2).sum()
    for k in (2, 5, 17):
        labels = scipy_hierarchy.cut_tree(Z, k).ravel()
        parts = [X[labels == c] for c in range(k)]
        left = sum(((part - part.mean(axis=0)) ** 2).sum() for part in parts)
        assert tree[k - 1] == pytest.approx(100 * left / total)


def test_page_and_package_say_the_same(root):
    explorer = StaircaseExplorer()
    for (data, method), k in zip(CASES[::2], itertools.cycle((1, 2, 7, 40, 12))):
        for code in stairs.CODES:
            patch = {"data": data, "method": method, "k": k, "code": code}
            page = moved(root, patch, "k", "values", "labels", "C")
            mine = explorer.state(**page["values"])
            assert status(root) == explorer.say(mine)
            assert page["labels"] == mine["labels"].tolist()
            assert np.allclose(page["C"], mine["C"], atol=1e-6)


def test_the_ring_and_the_cut_can_be_dragged(root):
    page, k = root.page, "r => r.explorer.state.values.k"
    drag(page, root.locator("[data-handle=k]"), 150, 0)
    assert root.evaluate(k) > 10
    height = root.locator("[data-panel=tree] svg").bounding_box()["height"]
    drag(page, root.locator("[data-handle=cut]"), 0, -height)
    assert root.evaluate(k) == 1


def test_without_a_question_it_moves_at_once(open_page, tmp_path):
    explorer = StaircaseExplorer(ask=False)
    assert explorer.question is None
    root = opened(open_page, tmp_path, explorer)
    assert root.locator("input[type=range]:visible").count() == 1
    drag(root.page, root.locator("[data-handle=k]"), 100, 0)
    assert root.evaluate("r => r.explorer.state.values.k") > 3
