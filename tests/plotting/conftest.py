"""Each picture of these tests is drawn in the style of the book."""

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from clusterlib import plotting


@pytest.fixture(autouse=True)
def house_style():
    with mpl.rc_context():
        plotting.use_house_style()
        yield
        plt.close("all")
