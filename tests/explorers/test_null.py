"""The null explorer: what its question claims, and the page against the package."""

import itertools

import numpy as np
import pytest

from clusterlib.explorers import NullExplorer, null
from tests.browsing import moved, opened, status

CASES = list(itertools.product(null.SETS, null.MODELS))


@pytest.fixture(scope="module")
def explorer():
    return NullExplorer()


def test_what_the_question_claims(explorer):
    shuffled = explorer.state(data="tilted", model="shuffle", k=2)
    assert f"{shuffled['real']:.3f}" == "0.526"
    assert explorer.question.ask.count("0.526") == 2
    assert (shuffled["reached"], len(shuffled["null"])) == (0, 39)
    boxed = explorer.state(data="tilted", model="principal box", k=2)
    assert (boxed["reached"], len(boxed["null"])) == (37, 39)


def reached(explorer, data, model):
    return [explorer.state(data=data, model=model, k=k)["reached"] for k in null.KS]


def test_what_chapter_6_says_of_clouds_and_noise(explorer):
    for model in null.MODELS:
        assert reached(explorer, "clouds", model)[1] == 0  # k = 3
    noise = [count for model in null.MODELS for count in reached(explorer, "uniform", model)]
    assert (len(noise), noise.count(0)) == (10, 1)
    assert explorer.state(data="uniform", model="shuffle", k=2)["reached"] == 0


@pytest.mark.parametrize(("data", "model"), CASES)
def test_reference_sets_are_those_of_the_comparison(data, model):
    seen, comparison = null.judged(data, model)
    X, *sets = (table for table, _ in seen)
    assert len(sets) == len(comparison.null) == null.DRAWS
    assert all(table.shape == X.shape == (null.N, 2) for table in sets)
    if model == "shuffle":
        for table in sets:
            assert np.array_equal(np.sort(table, axis=0), np.sort(X, axis=0))
    # The picture has room for 13 dots above each other.
    for column in comparison.null.T:
        assert np.unique(np.rint(column / 0.01), return_counts=True)[1].max() <= 13


def test_page_and_package_say_the_same(open_page, tmp_path, explorer):
    root = opened(open_page, tmp_path, explorer)
    for (data, model), k, shown in zip(CASES, (2, 3, 4, 5, 6, 2), (1, 2, 10, 39, 20, 39),
                                       strict=True):  # fmt: skip
        patch = {"data": data, "model": model, "k": k, "shown": shown}
        page = moved(root, patch, "k", "values", "labels", "lastLabels", "null")
        state = explorer.state(**page["values"])
        assert status(root) == explorer.say(state)
        assert page["labels"] == state["labels"].tolist()
        assert page["lastLabels"] == state["last_labels"].tolist()
        assert page["null"] == pytest.approx(state["null"].tolist(), abs=1e-6)
        assert root.locator("[data-panel=null] .mk").count() == shown
    assert root.page.watch.faults == []
