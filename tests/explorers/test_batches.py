"""The batch explorer: its states against the package, and the page that repeats them."""

import itertools

import numpy as np
import pytest

from clusterlib import datasets
from clusterlib.explorers import BatchExplorer, batches
from clusterlib.vq.lloyd import lloyd
from clusterlib.vq.nearest import distortion
from tests.browsing import moved, opened, status

ENDS = [0, 1, 9, 10, 15, 40]  # tenths of a pass


@pytest.fixture(scope="module")
def explorer():
    return BatchExplorer()


@pytest.fixture
def root(open_page, tmp_path, explorer):
    root = opened(open_page, tmp_path, explorer)
    yield root
    assert root.page.watch.faults == []


def by_hand(X, C, size, rows):
    """Return the codebook after `rows` rows: each word is the mean of all it was ever given."""
    given = [[] for _ in C]
    for start in range(0, rows - rows % size, size):
        batch = X[np.arange(start, start + size) % len(X)]
        labels = ((batch[:, None] - C) ** 2).sum(axis=2).argmin(axis=1)
        for x, label in zip(batch, labels, strict=True):
            given[label].append(x)
        C = np.array([np.mean(g, axis=0) if g else c for g, c in zip(given, C, strict=True)])
    return C


def test_the_file_holds_all_rows_of_s2_in_another_order():
    X, centres = batches.file()
    s2 = datasets.s_set(2)
    assert np.array_equal(np.sort(X, axis=0), np.sort(np.round(s2.X, 4), axis=0))
    assert not np.array_equal(X, np.round(s2.X, 4))
    assert np.array_equal(centres, s2.centres)


@pytest.mark.parametrize("size", range(1, len(batches.SIZES)))
def test_each_word_is_the_mean_of_its_rows(explorer, size):
    X, centres = batches.file()
    C = explorer.state(seed=1, read=0)["C"]
    for read in (1, 10, 12, 25):
        state = explorer.state(seed=1, size=size, read=read)
        expected = by_hand(X, C, batches.SIZES[size], read * 300)
        assert np.allclose(state["C"], expected, rtol=1e-9)
        ratio = distortion(X, expected) / distortion(X, centres)
        assert state["loss"] == pytest.approx(ratio)


def test_nothing_moves_before_a_batch_is_complete(explorer):
    for read in range(10):
        state = explorer.state(size=5, read=read)
        assert state["moves"] == 0
        assert len(state["last"]) == 0
        assert np.array_equal(state["C"], explorer.state(read=0)["C"])
    assert explorer.state(size=5, read=10)["moves"] == 1


def test_the_largest_batch_and_lloyd_agree_after_one_pass_only(explorer):
    for seed in range(batches.SEEDS):
        one, four = (explorer.state(seed=seed, size=5, read=read) for read in (10, 40))
        assert one["loss"] == pytest.approx(one["full"])
        assert four["loss"] > four["full"]


def test_passes_of_lloyd_are_its_iterations(explorer):
    X, centres = batches.file()
    for start in batches.STARTS:
        C = explorer.state(start=start, seed=0, read=0)["C"]
        for passes in range(5):
            expected = lloyd(X, C, passes).sse / distortion(X, centres) if passes else None
            state = explorer.state(start=start, seed=0, read=10 * passes)
            assert state["full"] == pytest.approx(expected or state["sizes"][0])


def test_the_explanation_tells_what_happens(explorer):
    words = explorer.question.explain
    after = explorer.state(read=10)
    assert f"{after['loss']:.3f} times" in words
    assert f"at {after['full']:.3f};" in words
    losses = batches.full_losses("++", 2)
    assert losses[2] > after["loss"] > losses[3]  # "two passes more"
    for seed, count in [(0, 1), (1, 2)]:
        for size in range(len(batches.SIZES)):
            assert len(explorer.state(seed=seed, size=size, read=40)["orphans"]) == count


def test_small_batches_are_ahead_after_one_pass_of_every_start(explorer):
    for start, seed in itertools.product(batches.STARTS, range(batches.SEEDS)):
        state = explorer.state(start=start, seed=seed, read=10)
        assert state["loss"] < state["full"] + 1e-3


def test_the_page_repeats_the_package(root, explorer):
    for start, seed, size in [("++", 2, 1), ("points", 5, 0), ("greedy ++", 7, 3), ("++", 0, 5)]:
        for read in ENDS:
            values = {"start": start, "seed": seed, "size": size, "read": read}
            page = moved(root, values, "read", "C", "loss", "trace", "sizes", "full", "moves",
                         "rows", "orphans")  # fmt: skip
            state = explorer.state(**values)
            assert np.allclose(page["C"], state["C"], rtol=1e-9)
            for key in ("loss", "trace", "sizes", "full"):
                assert page[key] == pytest.approx(state[key], rel=1e-9)
            assert [page[k] for k in ("moves", "rows", "orphans")] == [
                state[k] for k in ("moves", "rows", "orphans")
            ]


def test_page_and_package_say_the_same(root, explorer):
    for patch in [{"read": 1}, {"size": 4}, {"read": 40}, {"start": "points"}, {"seed": 0}]:
        moved(root, patch, next(iter(patch)))
        values = root.evaluate("r => r.explorer.state.values")
        assert status(root) == explorer.say(explorer.state(**values))


def test_the_page_shows_the_rows_of_the_last_batch(root, explorer):
    for size, read in [(1, 10), (3, 7), (4, 25)]:
        moved(root, {"size": size, "read": read}, "size")
        orange = root.locator("[data-panel=points] path[fill='#E69F00'][opacity='1']")
        drawn = orange.get_attribute("d").count("M")
        assert drawn == len(explorer.state(size=size, read=read)["last"])
