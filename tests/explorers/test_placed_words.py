"""Code words placed by sliders: the word goes where the slider says, and no other word moves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib.explorers import (
    LloydExplorer,
    LloydMaxExplorer,
    VoronoiExplorer,
)
from clusterlib.explorers.shared.placed_words import (
    positions,
    replaced,
    words_as_text,
    words_of_text,
)


@given(st.integers(0, 100), st.integers(0, 2), st.sampled_from(["wx", "wy"]))
def test_a_slider_reads_what_was_placed(place, word, key):
    C, corners = [[0.0, 0], [1, 2], [3, 3]], ((-1.0, -2.0), (4.0, 4.0))
    moved = words_of_text(replaced(C, {"word": word, key: place}, key, *corners))
    assert positions(moved, word, *corners)[key] == place
    others = [i for i in range(3) if i != word]
    np.testing.assert_array_equal(moved[others], np.array(C)[others])


def test_words_survive_their_text():
    C = np.array([[0.125, -3.0], [100, 1e-3]])
    np.testing.assert_array_equal(words_of_text(words_as_text(C)), C)


@pytest.mark.parametrize(
    ("explorer", "axis"), [(LloydExplorer(), 0), (VoronoiExplorer(), 0), (VoronoiExplorer(), 1)]
)
def test_a_live_slider_moves_a_code_word(explorer, axis):
    key = ("wx", "wy")[axis]
    sliders = {c.description: c for c in explorer.live().children[0].children}
    sliders["Code word to place"].value = 1
    slider = [c for name, c in sliders.items() if name.startswith("Its")][axis]
    slider.value = 90
    before = explorer.state()
    state = explorer.state(**explorer.change({**before["values"], "word": 1, key: 90}, key))
    assert slider.value == 90 == state["values"][key]
    assert state["C"][1, axis] > before["C"][1, axis]
    np.testing.assert_allclose(np.delete(state["C"], 1, 0), np.delete(before["C"], 1, 0), atol=1e-3)


def test_a_live_slider_moves_a_level_between_its_neighbours():
    controls = {c.description: c for c in LloydMaxExplorer().live().children[0].children}
    place = next(c for name, c in controls.items() if name.startswith("Its place"))
    controls["Level to place"].value = 2
    low, high = place.min, place.max
    place.value = high
    assert controls["Place"].value not in ("", "best")
    levels = np.array([float(v) for v in controls["Place"].value.split()])
    assert np.all(np.diff(levels) > 0)
    assert levels[2] == pytest.approx(high / 50)
    assert (place.min, place.max) == (low, high)
