"""Explorers, quizzes, search and reports do the same in Chromium, Firefox and WebKit."""

import time

import pytest
from pages import CHAPTERS

from clusterlib import datasets, explorers
from clusterlib.reports import explore
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
QUIZZES = """() => [...document.querySelectorAll('.clx-quiz')]
  .map((quiz) => [...quiz.querySelectorAll('.option input')].map((input) => input.id))"""
FEEDBACK = """() => [...document.querySelectorAll('.clx-quiz .feedback')]
  .filter((e) => e.checkVisibility()).map((e) => e.parentElement.querySelector('input').id)"""
ROWS = """() => [...document.querySelectorAll('[data-part=rows] tbody tr')]
  .map((row) => [...row.cells].map((cell) => cell.innerText.replace('\u2212', '-')))"""
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


@pytest.mark.parametrize("name", sample(CHAPTERS, 7))
def test_a_quiz_shows_the_feedback_of_the_answer(book, read, name):
    reader = read((book / name).as_uri())
    reader.seen(".clx-quiz")
    answered = []
    for answers in reader.js(QUIZZES)[:2]:
        for answer in answers:
            reader.click(f"label[for='{answer}']")
            assert reader.js(FEEDBACK) == [*answered, answer]
        answered.append(answers[-1])
    assert answered
    assert reader.faults == []


def test_search_finds_a_page(book, read):
    reader = read(f"{(book / 'search.html').as_uri()}?q=dendrogram")
    found = "() => [...document.querySelectorAll('#search-results li a')].map((a) => a.href)"
    assert any("dendrograms" in address for address in reader.wait(found))
    assert reader.faults == []


def test_a_report_follows_the_cut(read, tmp_path):
    wine = datasets.wine()
    path = tmp_path / "wine.html"
    explore(wine.X, wine.labels, title="Wine").save(path)
    reader = read(path.as_uri())
    reader.seen("[data-part=clustermap] svg")
    reader.seen("[data-part=rows] tbody tr")
    (place, _), *_ = reader.js(SLIDERS)
    before = settled(reader)
    reader.press(f"[data-place='{place}']", "PageDown")
    changed(reader, before)
    head = reader.button("silhouette")
    column = reader.js("css => document.querySelector(css).closest('th').cellIndex", head)
    reader.click(head)
    values = reader.wait(
        f"(j) => {{ const v = ({ROWS})().map((row) => +row[j]);"
        " return v.every((x, i) => !i || v[i - 1] <= x) && v; }",
        column,
    )
    assert len(values) == 25
    reader.write("[data-part=rows] [type=search]", "no such row")
    reader.wait("() => document.querySelector('[data-part=rows]').innerText.includes('No row')")
    assert reader.faults == []
