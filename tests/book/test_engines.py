"""Explorers, quizzes, search and reports do the same in Chromium, Firefox and WebKit."""

import time

import pytest

from clusterlib import explorers
from tests.sampling import sample

ALL = [getattr(explorers, name) for name in explorers.__all__ if name.endswith("Explorer")]
ALL.remove(explorers.Explorer)
SHOWN = """() => {
  const all = (css) => [...document.querySelectorAll(css)];
  const place = (e) => e.tagName === 'CANVAS' ? e.toDataURL() : e.outerHTML;
  return [all('.clx-panel svg, .clx-panel canvas, .clx-panel img').map(place).join(''),
    all('[role=status]').map((e) => e.textContent).join('|')];
}"""
SLIDERS = """() => {
  const found = [...document.querySelectorAll('input[type=range]')];
  found.forEach((slider, i) => { slider.dataset.place = i; });
  return found.filter((s) => s.checkVisibility() && !s.disabled && s.min !== s.max)
    .map((s) => [s.dataset.place, s.value === s.max ? 'Home' : 'End']);
}"""
WIDE = "() => document.documentElement.scrollWidth - innerWidth"


def begin(reader):
    """Skip the questions of a page's explorers, as soon as they stand there."""
    reader.seen("[data-explorer] .clx-body")
    asked = ".clx-ask button.clx-quiet"
    for _ in range(reader.js("css => document.querySelectorAll(css).length", asked)):
        reader.click(asked)  # which takes the button away


def settled(reader):
    """Return what the explorers show once it has been the same for half a second."""
    last, since = None, 0
    while since < 4:
        now = reader.js(SHOWN)
        since = since + 1 if now == last and all(now) else 0
        last = now
        time.sleep(0.13)
    return last


def changed(reader, before):
    """Wait until picture and numbers differ from `before`."""
    reader.wait(f"(old) => ({SHOWN})().every((now, i) => now !== old[i])", before, seconds=20)


@pytest.mark.parametrize("kind", sample(ALL, 4), ids=lambda kind: kind.__name__)
def test_an_explorer_answers_keys_and_mouse(read, tmp_path, kind):
    explorer = kind()
    path = tmp_path / f"{explorer.name}.html"
    path.write_text(explorer.page(), encoding="utf-8")
    reader = read(path.as_uri(), width=460, height=800)
    begin(reader)
    first = settled(reader)
    for place, key in reader.js(SLIDERS)[:2]:
        slider = f"[data-place='{place}']"
        before = settled(reader)
        reader.press(slider, key)
        changed(reader, before)
        before = settled(reader)
        reader.click(slider, 0.75 if key == "Home" else 0.25)
        changed(reader, before)
    reader.click(reader.button("Reset"))
    reader.wait(f"(first) => ({SHOWN})().every((now, i) => now === first[i])", first)
    assert reader.js(WIDE) <= 0
    assert reader.faults == []
