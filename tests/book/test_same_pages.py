"""The same commit builds the same pages twice."""

from same_pages import build_twice, differences, main
from test_extensions import scratch_book

# What may differ: a drawing, the names in an explorer, a line in pieces, random numbers.
CELL = """\
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from clusterlib.explorers import SeedingExplorer
print("one", end=" ", flush=True)  # the kernel sends it in two pieces
print("line", np.random.default_rng(3).random(2))
display(SeedingExplorer())
plt.rcParams["svg.fonttype"] = "none"
_ = plt.plot([1, 2])
plt.show()
"""
PROSE = "Good {cite:t}`lloyd1982`, $x$.\n\n```{bibliography}\n```\n\n:::{dropdown} More\nText.\n:::"


def test_a_book_builds_the_same_twice(tmp_path):
    source = tmp_path / "book"
    source.mkdir()
    scratch_book(source, (CELL, PROSE))
    first, second = build_twice(source, tmp_path)
    page = (first / "chapters" / "00.html").read_text(encoding="utf-8")
    for part in ("data-explorer", "<img", "1982", "sd-card", "one line [0.0856"):
        assert part in page
    assert differences(first, second) == []


def test_a_difference_is_found(tmp_path, capsys):
    for name, time in (("first", 1), ("second", 2)):
        folder = tmp_path / name / "chapters"
        folder.mkdir(parents=True)
        (folder / "a.html").write_text("<p>the same</p>")
        (folder / "b.html").write_text(f"<p>the same</p>\n<p>built at {time}</p>")
    (tmp_path / "second" / "c.html").write_text("")
    folders = tmp_path / "first", tmp_path / "second"
    assert differences(*folders) == [
        "c.html: only in one of the builds",
        "chapters/b.html: differs\n    -<p>built at 1</p>\n    +<p>built at 2</p>",
    ]
    assert main(*folders) == 1
    assert "The builds differ." in capsys.readouterr().out
    assert main(folders[0], folders[0]) == 0
