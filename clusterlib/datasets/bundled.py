"""Real data that travels with the package; nothing is fetched.

Question: does the idea survive real measurements?
Chapter: 0, Start here.
Symbols: X observations, labels the class of each observation.
Sources: `SOURCES`, one entry a bundled file; the licence texts stand in ``licences``.
"""

from __future__ import annotations

import csv
import gzip
import io
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from clusterlib.datasets.types import Dataset, PriceTable, read_only

__all__ = [
    "SOURCES",
    "breast_cancer",
    "china",
    "digits",
    "flower",
    "hopper",
    "iris",
    "penguins",
    "mri",
    "stocks",
    "wine",
]


class Source(NamedTuple):
    """Where a bundled file comes from, and on which terms."""

    source: str
    licence: str


_SKLEARN = "copy of scikit-learn"
_MATPLOTLIB = "sample data of Matplotlib"
_UCI = "CC BY 4.0 (UCI repository); copy BSD-3-Clause (scikit-learn)"

#: File name -> source and licence.  `LICENCES.md` is this table in prose.
SOURCES = {
    "iris.csv": Source(
        "Fisher 1936, The use of multiple measurements in taxonomic problems; " + _SKLEARN, _UCI
    ),
    "penguins.csv": Source(
        "Gorman, Williams, Fraser 2014, Sexual dimorphism of Antarctic penguins, Palmer Station; "
        "copy of palmerpenguins",
        "CC0",
    ),
    "wine_data.csv": Source("Forina et al. 1988, PARVUS, UCI wine data; " + _SKLEARN, _UCI),
    "breast_cancer.csv": Source(
        "Wolberg, Mangasarian, Street 1995, Breast Cancer Wisconsin (Diagnostic); " + _SKLEARN,
        _UCI,
    ),
    "digits.csv.gz": Source(
        "Alpaydin, Kaynak 1998, Optical Recognition of Handwritten Digits, test set; " + _SKLEARN,
        _UCI,
    ),
    "china.jpg": Source(
        "Photograph by danielbuechele, flickr photo 6061409035; " + _SKLEARN, "CC BY 2.0"
    ),
    "flower.jpg": Source(
        "Photograph from the flickr page of vultilion, photo 6056698931 "
        "(scikit-learn's note names danielbuechele); " + _SKLEARN,
        "CC BY 2.0",
    ),
    "grace_hopper.jpg": Source(
        "Official portrait of Grace Hopper, United States Navy; " + _MATPLOTLIB, "public domain"
    ),
    "Stocks.csv": Source(
        "Monthly prices 1990 to 2022, Yahoo Finance; " + _MATPLOTLIB, "Matplotlib licence"
    ),
    "s1045.ima.gz": Source(
        "Magnetic resonance slice of a head; " + _MATPLOTLIB, "Matplotlib licence"
    ),
}


def _bytes(filename):
    return (files("clusterlib.datasets") / "data" / filename).read_bytes()


def _labelled(name, filename, feature_names, label_names, text, skip=0):
    """Return comma-separated `text`, last column the label, as a Dataset."""
    table = np.loadtxt(io.StringIO(text), delimiter=",", skiprows=skip)
    return Dataset(
        name=name,
        X=read_only(np.ascontiguousarray(table[:, :-1])),
        labels=read_only(table[:, -1].astype(int)),
        label_names=tuple(label_names),
        feature_names=tuple(feature_names),
        source=SOURCES[filename].source,
        licence=SOURCES[filename].licence,
    )


def _headed(name, filename, feature_names):
    """Return a file whose first line is: rows, columns, then the label names."""
    text = _bytes(filename).decode()
    label_names = text.split("\n", 1)[0].strip().split(",")[2:]
    return _labelled(name, filename, feature_names, label_names, text, skip=1)


def _photograph(filename):
    try:
        from PIL import Image
    except ImportError as error:
        raise ImportError(
            f"Reading {filename} needs Pillow, which is not installed; "
            "install it with: pip install pillow"
        ) from error
    with Image.open(io.BytesIO(_bytes(filename))) as image:
        return read_only(np.array(image.convert("RGB")))


@cache
def iris() -> Dataset:
    """Return Fisher's 150 irises: 4 lengths in cm, 3 species of 50 flowers.

    Returns
    -------
    Dataset
        ``X`` of shape (150, 4).

    References
    ----------
    R. A. Fisher, 1936, The use of multiple measurements in taxonomic problems.

    Examples
    --------
    >>> round(float(iris().X.sum()), 1), iris().label_names
    (2078.7, ('setosa', 'versicolor', 'virginica'))
    """
    names = [f"{part} {side} (cm)" for part in ("sepal", "petal") for side in ("length", "width")]
    return _headed("iris", "iris.csv", names)


@cache
def penguins() -> Dataset:
    """Return 342 penguins of three species at Palmer Station: 3 lengths in mm and a mass in g.

    They are the penguins of the file ``penguins.csv`` of which all four were measured; it has
    344 rows, and also holds island, sex and year.

    Returns
    -------
    Dataset
        ``X`` of shape (342, 4).

    References
    ----------
    K. B. Gorman, T. D. Williams, W. R. Fraser, 2014, Ecological sexual dimorphism and
    environmental variability within a community of Antarctic penguins (genus Pygoscelis),
    PLoS ONE 9(3), e90081.

    Examples
    --------
    >>> penguins().X.mean(axis=0).round(2), penguins().label_names
    (array([  43.92,   17.15,  200.92, 4201.75]), ('Adelie', 'Chinstrap', 'Gentoo'))
    """
    rows = list(csv.DictReader(io.StringIO(_bytes("penguins.csv").decode())))
    names = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")
    whole = [row for row in rows if all(row[name] != "NA" for name in names)]
    species, labels = np.unique([row["species"] for row in whole], return_inverse=True)
    X = np.array([[float(row[name]) for name in names] for row in whole])
    return Dataset(
        name="penguins",
        X=read_only(X),
        labels=read_only(labels.astype(int)),
        label_names=tuple(species.tolist()),
        feature_names=names,
        source=SOURCES["penguins.csv"].source,
        licence=SOURCES["penguins.csv"].licence,
    )


@cache
def wine() -> Dataset:
    """Return 178 wines from three cultivars of one region: 13 chemical measurements.

    Returns
    -------
    Dataset
        ``X`` of shape (178, 13), features on very different scales.

    Examples
    --------
    >>> wine()
    Dataset wine: 178 observations, 13 features, 3 classes
    """
    names = (
        "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium,total_phenols,flavanoids,"
        "nonflavanoid_phenols,proanthocyanins,color_intensity,hue,"
        "od280/od315_of_diluted_wines,proline"
    )
    return _headed("wine", "wine_data.csv", names.split(","))


@cache
def breast_cancer() -> Dataset:
    """Return 569 tumours, malignant or benign: 30 measurements of cell nuclei.

    Returns
    -------
    Dataset
        ``X`` of shape (569, 30): ten quantities, each as mean, error and worst value.

    Examples
    --------
    >>> breast_cancer().feature_names[::10]
    ('mean radius', 'radius error', 'worst radius')
    """
    quantities = [
        "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity",
        "concave points", "symmetry", "fractal dimension",
    ]  # fmt: skip
    forms = ("mean {}", "{} error", "worst {}")
    names = [form.format(quantity) for form in forms for quantity in quantities]
    return _headed("breast_cancer", "breast_cancer.csv", names)


@cache
def digits() -> Dataset:
    """Return 1797 handwritten digits of 8 x 8 pixels, grey levels 0 to 16.

    Returns
    -------
    Dataset
        ``X`` of shape (1797, 64); ``X.reshape(-1, 8, 8)`` are the pictures.

    Examples
    --------
    >>> digits().X.shape, float(digits().X.max())
    ((1797, 64), 16.0)
    """
    text = gzip.decompress(_bytes("digits.csv.gz")).decode()
    names = [f"pixel_{row}_{column}" for row in range(8) for column in range(8)]
    return _labelled("digits", "digits.csv.gz", names, map(str, range(10)), text)


@cache
def china() -> np.ndarray:
    """Return a photograph of the Summer Palace in Beijing.

    Returns
    -------
    ndarray, shape (427, 640, 3), uint8
        Red, green and blue of each pixel, read-only.

    Raises
    ------
    ImportError
        If Pillow is not installed (extra ``plot``).

    Examples
    --------
    >>> china().shape
    (427, 640, 3)
    """
    return _photograph("china.jpg")


@cache
def flower() -> np.ndarray:
    """Return a photograph of a dahlia.

    Returns
    -------
    ndarray, shape (427, 640, 3), uint8
        Red, green and blue of each pixel, read-only.

    Raises
    ------
    ImportError
        If Pillow is not installed (extra ``plot``).

    Examples
    --------
    >>> flower().shape
    (427, 640, 3)
    """
    return _photograph("flower.jpg")


@cache
def hopper() -> np.ndarray:
    """Return the official portrait of Grace Hopper.

    Returns
    -------
    ndarray, shape (600, 512, 3), uint8
        Red, green and blue of each pixel, read-only.

    Raises
    ------
    ImportError
        If Pillow is not installed (extra ``plot``).

    Examples
    --------
    >>> hopper().shape
    (600, 512, 3)
    """
    return _photograph("grace_hopper.jpg")


@cache
def mri() -> np.ndarray:
    """Return one slice of a head, seen by magnetic resonance.

    Returns
    -------
    ndarray, shape (256, 256), uint16
        Grey levels, multiples of 256, read-only.

    Examples
    --------
    >>> mri().shape, mri().dtype
    ((256, 256), dtype('uint16'))
    """
    levels = np.frombuffer(gzip.decompress(_bytes("s1045.ima.gz")), "<u2")
    return read_only(levels.astype(np.uint16).reshape(256, 256))


@cache
def stocks() -> PriceTable:
    """Return 391 monthly prices of eight shares and two indices, 1990 to 2022.

    Rows of the file without any price (dividend days) are left out.

    Returns
    -------
    PriceTable
        ``prices`` of shape (391, 10); NaN before a share was traded.

    Examples
    --------
    >>> stocks()
    PriceTable stocks: 391 dates from 1990-01-01, 10 series
    """
    lines = _bytes("Stocks.csv").decode().splitlines()
    header, *rows = csv.reader(line for line in lines if not line.startswith("#"))
    rows = [row for row in rows if any(row[1:])]
    return PriceTable(
        name="stocks",
        dates=read_only(np.array([row[0] for row in rows], "datetime64[D]")),
        prices=read_only(np.array([[float(v or "nan") for v in row[1:]] for row in rows])),
        names=tuple(header[1:]),
        source=SOURCES["Stocks.csv"].source,
        licence=SOURCES["Stocks.csv"].licence,
    )
