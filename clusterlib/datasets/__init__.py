"""Data sets of the book: real ones with their licences, made ones with their seeds.

Question: on which data may you check a claim, offline and for good?
Chapter: 0, Start here.
Symbols: X observations, labels the class of each observation.
Sources: ``clusterlib.datasets.SOURCES`` names source and licence of every bundled file.

The photographs decode through Pillow, which comes with the extra ``plot``;
all other data need NumPy only.
"""

from clusterlib.datasets.bundled import (
    SOURCES,
    breast_cancer,
    china,
    digits,
    flower,
    hopper,
    iris,
    mri,
    penguins,
    stocks,
    wine,
)
from clusterlib.datasets.synthetic import (
    autoregressive_rows,
    bridge,
    clouds,
    d32,
    five_on_a_line,
    gaussian_rows,
    rings,
    s_set,
    six_points,
    twelve_points,
    unbalanced,
    uniform_noise,
)
from clusterlib.datasets.types import Dataset, PriceTable, standardize
from clusterlib.datasets.worlds import WORLDS, world

__all__ = [
    "SOURCES",
    "WORLDS",
    "Dataset",
    "PriceTable",
    "autoregressive_rows",
    "breast_cancer",
    "bridge",
    "china",
    "clouds",
    "d32",
    "digits",
    "five_on_a_line",
    "flower",
    "gaussian_rows",
    "hopper",
    "iris",
    "penguins",
    "mri",
    "rings",
    "s_set",
    "six_points",
    "standardize",
    "stocks",
    "twelve_points",
    "unbalanced",
    "uniform_noise",
    "wine",
    "world",
]
