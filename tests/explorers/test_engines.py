"""Every explorer in Chromium, Firefox and WebKit: an answer opens it, a key moves it."""

import pytest

from clusterlib import explorers
from tests.sampling import sample

ALL = [getattr(explorers, name) for name in explorers.__all__ if name.endswith("Explorer")]
ALL.remove(explorers.Explorer)
SLIDER = ".clx-controls input[type=range]"
SHOWN = """() => document.querySelector('.clx-main svg').innerHTML
  + document.querySelector('[role=status]').textContent"""
READY = """css => [...document.querySelectorAll(css)].find((s) => s.checkVisibility()
  && s.min !== s.max && (s.id ||= 'moved'))?.id"""


@pytest.mark.parametrize("kind", sample(ALL, 2), ids=lambda kind: kind.__name__)
def test_an_answer_opens_it_and_a_key_moves_it(read, tmp_path, kind):
    explorer = kind()
    path = tmp_path / f"{explorer.name}.html"
    path.write_text(explorer.page(), encoding="utf-8")
    reader = read(path.as_uri())
    reader.seen(".clx-ask input[type=radio]")
    assert reader.js(READY, SLIDER) is None  # hidden until the answer
    reader.click(f".clx-ask input[value='{explorer.question.answer}']")
    slider = f"[id='{reader.wait(READY, SLIDER)}']"
    assert reader.text(".clx-verdict").startswith("Right: ")
    before = reader.js(SHOWN)
    low = reader.js("css => (s => +s.value <= +s.min)(document.querySelector(css))", slider)
    reader.press(slider, "ArrowRight" if low else "ArrowLeft")
    reader.wait(f"before => ({SHOWN})() !== before", before, seconds=10)
    assert reader.faults == []


@pytest.mark.parametrize(
    ("kind", "handle", "right", "down"),
    [
        (explorers.StaircaseExplorer, "k", 120, 0),
        (explorers.UltrametricExplorer, "6", 0, 60),
        (explorers.ReachabilityExplorer, "cut", 0, 80),
        (explorers.ClustermapExplorer, "rows", 0, 24),
        (explorers.TanglegramExplorer, "28", 0, 0),
        (explorers.NumberLineExplorer, "7", -60, 0),
        (explorers.VoronoiExplorer, "0", 40, 20),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_what_can_be_dragged_is_dragged(read, tmp_path, kind, handle, right, down):
    path = tmp_path / f"{kind.name}.html"
    path.write_text(kind().page(), encoding="utf-8")
    reader = read(path.as_uri())
    reader.seen(".clx-ask input[type=radio]")
    reader.click(".clx-ask input[type=radio]")
    values = "() => JSON.stringify(document.querySelector('.clx').explorer.state.values)"
    before = reader.js(values)
    reader.drag(f".clx-main [data-handle='{handle}']", right, down)
    reader.wait(f"before => ({values})() !== before", before, seconds=10)
    assert reader.faults == []
