"""Labels of the book's figures, measured where a phone shows them: large enough, whole, apart."""

import itertools

import pytest
from matplotlib.figure import Figure

from clusterlib.plotting import figure_svg

PHONE = 342  # pixels that a figure gets on a screen of 390
SMALLEST = 8  # pixels of type

# Matplotlib draws a label as a group of glyphs, with its words in a comment before them.
LABELS = """([drawings, width]) => drawings.map((text) => {
  const host = document.body.appendChild(document.createElement("div"));
  host.innerHTML = text;
  const svg = host.querySelector("svg"), all = svg.viewBox.baseVal.width;
  svg.setAttribute("width", Math.min(width, all * 96 / 72));
  svg.removeAttribute("height");
  const frame = svg.getBoundingClientRect(), labels = [];
  for (const group of svg.querySelectorAll('g[id^="text_"]')) {
    const glyphs = group.querySelector('g[transform*="scale"]');
    if (!glyphs) continue;
    const words = [...group.childNodes].find((node) => node.nodeType === Node.COMMENT_NODE);
    const points = 100 * glyphs.getAttribute("transform").match(/scale\\(([\\d.]+)/)[1];
    const box = group.getBoundingClientRect();
    labels.push({
      words: words?.data.trim() ?? "", size: points * frame.width / all,
      left: box.left - frame.left, right: box.right - frame.left,
      top: box.top - frame.top, bottom: box.bottom - frame.top,
    });
  }
  host.remove();
  return { width: frame.width, height: frame.height, labels };
})"""


def measured(page, drawings):
    """Return width, height and labels of each drawing, in pixels of a phone."""
    return page.evaluate(LABELS, [drawings, PHONE])


def small(figure):
    return [
        f"{a['words']}: {a['size']:.1f} pixels" for a in figure["labels"] if a["size"] < SMALLEST
    ]


def cut(figure):
    """Return the labels that leave the picture by more than a pixel."""
    return [
        a["words"]
        for a in figure["labels"]
        if min(a["left"], a["top"]) < -1
        or a["right"] > figure["width"] + 1
        or a["bottom"] > figure["height"] + 1
    ]


def overlapping(figure):
    """Return the pairs of labels that share more than a pixel in both directions."""
    return [
        (a["words"], b["words"])
        for a, b in itertools.combinations(figure["labels"], 2)
        if min(a["right"], b["right"]) - max(a["left"], b["left"]) > 1
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > 1
    ]


@pytest.fixture(scope="module")
def figures(book, chromium):
    """Return the measured figures of the built book by their file."""
    drawn = {}
    for path in sorted((book / "_images").glob("*.svg")):
        text = path.read_text(encoding="utf-8")
        if 'id="text_1"' in text and not path.stem.endswith("-dark"):
            drawn[path.name] = text
    page = chromium.new_page()
    found = dict(zip(drawn, measured(page, list(drawn.values())), strict=True))
    page.close()
    return found


@pytest.mark.parametrize("fault", [small, cut, overlapping])
def test_no_label_of_a_figure_has_a_fault(figures, fault):
    assert len(figures) > 50 and sum(len(f["labels"]) for f in figures.values()) > 1000
    assert {name: fault(figure) for name, figure in figures.items() if fault(figure)} == {}


def test_each_figure_has_a_variant_for_dark_pages(book, figures):
    assert [n for n in figures if not (book / "_images" / f"{n[:-4]}-dark.svg").exists()] == []


def test_faults_are_found(chromium):
    figure = Figure(figsize=(5.4, 3))
    figure.text(0.1, 0.5, "tiny", size=5)
    figure.text(0.95, 0.8, "leaves the page", size=12)
    figure.text(0.5, 0.3, "first", size=12)
    figure.text(0.52, 0.31, "second", size=12)
    page = chromium.new_page()
    (found,) = measured(page, [figure_svg(figure)])
    page.close()
    assert [words.split(":")[0] for words in small(found)] == ["tiny"]
    assert cut(found) == ["leaves the page"]
    assert overlapping(found) == [("first", "second")]
