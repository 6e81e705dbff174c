"""Marks and figures: contrast, sizes, and the same bytes each time."""

import subprocess
import sys
import xml.etree.ElementTree as ET

import matplotlib as mpl
import nbformat
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from nbclient import NotebookClient

from clusterlib import datasets, plotting

mpl.use("Agg")


def luminance(colour):
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return float(np.dot(channels, [0.2126, 0.7152, 0.0722]))


def contrast(a, b):
    dark, light = sorted([luminance(a), luminance(b)])
    return (light + 0.05) / (dark + 0.05)


def test_marks_are_told_apart_without_hue():
    assert len(plotting.MARKS) == 8
    for field in ("name", "colour", "marker", "hatch", "dashes"):
        assert len({getattr(m, field) for m in plotting.MARKS}) == 8, field
    assert plotting.MARKS[0].colour == "#0072B2" and plotting.MARKS[5].colour == "#D55E00"


def test_marks_repeat_from_the_ninth_cluster():
    assert plotting.mark_of(8) is plotting.MARKS[0]
    with pytest.raises(ValueError, match="`cluster`"):
        plotting.mark_of(-1)


def test_text_edges_and_lines_stand_out_from_the_paper():
    assert contrast(plotting.INK, plotting.PAPER) > 7
    assert contrast(plotting.NOISE, plotting.PAPER) > 4.5
    for colour in mpl.rcParams["axes.prop_cycle"].by_key()["color"]:
        assert contrast(colour, plotting.PAPER) > 3, colour


def test_figures_are_legible_at_phone_width():
    fig, axes = plotting.panels(2)
    shown = 358 / (fig.get_figwidth() * 96)  # CSS pixels of a phone column
    tick = axes[0].xaxis.get_ticklabels()[0].get_fontsize() * 96 / 72
    assert tick * shown > 10


def test_svg_is_the_same_each_time_and_undated():
    def draw():
        fig, (ax,) = plotting.panels(1)
        plotting.scatter_clusters(ax, datasets.clouds().X, datasets.clouds().labels)
        return plotting.figure_svg(fig)

    first, second = draw(), draw()
    assert first == second
    assert "dc:date" not in first
    assert ET.fromstring(first).tag.endswith("svg")


def test_notebook_shows_the_same_svg_in_each_run():
    cells = [
        "from clusterlib import plotting\nplotting.use_house_style()",
        "fig, (ax,) = plotting.panels(1)\nax = plotting.scatter_clusters(ax, [[0, 0]], [1])",
    ]

    def run():
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
        (output,) = [o for o in notebook.cells[1].outputs if o.output_type == "display_data"]
        return output.data

    first, second = run(), run()
    assert set(first) == {"image/svg+xml", "text/plain"}
    assert first["image/svg+xml"] == second["image/svg+xml"]
    assert "dc:date" not in first["image/svg+xml"]


def test_importing_the_part_imports_no_matplotlib():
    code = "import sys, clusterlib.plotting; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
