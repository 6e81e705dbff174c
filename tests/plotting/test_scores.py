"""Pictures of silhouettes and ROC curves."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from clusterlib import datasets, plotting, validity

mpl.use("Agg")


def test_silhouette_bars_hold_each_value_once():
    X, labels = datasets.iris().X, datasets.iris().labels
    s = validity.silhouette_samples(X, labels)
    _, (ax,) = plotting.panels(1)
    plotting.silhouette_plot(ax, s, labels)
    assert len(ax.collections) == 3
    for cluster, bars in enumerate(ax.collections):
        assert tuple(bars.get_facecolor()[0][:3]) == to_rgb(plotting.MARKS[cluster].colour)
        assert (bars.get_hatch() or "") == plotting.MARKS[cluster].hatch
        widths = bars.get_paths()[0].vertices[:, 0]
        assert widths.max() == pytest.approx(s[labels == cluster].max())
    assert ax.lines[0].get_xdata()[0] == pytest.approx(s.mean())


def test_roc_picture_shares_the_line_of_chance():
    truth, scores = [0, 1, 0, 1, 1], [1, 2, 3, 4, 5]
    _, (ax,) = plotting.panels(1)
    plotting.plot_roc(ax, truth, scores, "first")
    plotting.plot_roc(ax, truth, [1, 1, 2, 2, 2], "second", mark=5)
    assert len(ax.lines) == 3
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), validity.roc_curve(truth, scores)[1])
    assert ax.lines[2].get_color() == plotting.MARKS[5].colour
