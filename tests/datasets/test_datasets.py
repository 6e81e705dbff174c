"""Data sets: the numbers of every recipe, the copies, their licences."""

import builtins
import hashlib
from pathlib import Path

import numpy as np
import pytest
import sklearn.datasets
from matplotlib import get_data_path

from clusterlib import datasets

ROOT = Path(__file__).parents[2]
DATA = ROOT / "clusterlib" / "datasets" / "data"


def nearest_sse(X, C):
    """Return the sum of squared distances to the nearest row of C."""
    return ((X[:, None] - C[None]) ** 2).sum(2).min(1).sum()


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer", "digits"])
def test_real_tables_equal_scikit_learn(name):
    ours = getattr(datasets, name)()
    theirs = getattr(sklearn.datasets, f"load_{name}")()
    np.testing.assert_array_equal(ours.X, theirs.data)
    np.testing.assert_array_equal(ours.labels, theirs.target)
    assert list(ours.feature_names) == [str(f) for f in theirs.feature_names]
    assert list(ours.label_names) == [str(t) for t in theirs.target_names]
    assert ours.X.dtype == float and ours.labels.dtype.kind == "i"


def test_penguins_are_those_of_the_paper():
    penguins = datasets.penguins()
    assert (penguins.X.shape, penguins.labels.dtype.kind) == ((342, 4), "i")
    assert np.bincount(penguins.labels).tolist() == [151, 68, 123]
    means = [penguins.X[penguins.labels == c].mean(axis=0).round(1).tolist() for c in range(3)]
    assert means == [
        [38.8, 18.3, 190.0, 3700.7], [48.8, 18.4, 195.8, 3733.1], [47.5, 15.0, 217.2, 5076.0],
    ]  # fmt: skip


def test_iris_sum():
    assert datasets.iris().X.sum() == pytest.approx(2078.7)


# Of the file in the package palmerpenguins 0.1.6, which no test needs besides.
PENGUINS = "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93"


def test_files_are_unchanged_copies():
    sklearn_root = Path(sklearn.datasets.__file__).parent
    places = [sklearn_root / "data", sklearn_root / "images"]
    places.append(Path(get_data_path()) / "sample_data")
    assert digest(DATA / "penguins.csv") == PENGUINS
    for file in set(DATA.iterdir()) - {DATA / "penguins.csv"}:
        originals = [place / file.name for place in places if (place / file.name).exists()]
        assert len(originals) == 1, file.name
        assert digest(file) == digest(originals[0]), file.name


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_photographs():
    expected = {"hopper": 77.015117, "china": 144.720843, "flower": 66.145236}
    variances = {"hopper": 4747.9997, "china": 6845.6290, "flower": 2788.0456}
    for name, mean in expected.items():
        image = getattr(datasets, name)()
        assert image.dtype == np.uint8 and image.ndim == 3
        grey = np.rint(image @ [0.299, 0.587, 0.114])
        assert grey.mean() == pytest.approx(mean, abs=0.05)
        assert grey.var() == pytest.approx(variances[name], rel=2e-3)
    assert datasets.hopper().shape == (600, 512, 3)
    assert datasets.china().shape == datasets.flower().shape == (427, 640, 3)


def test_distinct_colours():
    for name, count in (("china", 96615), ("flower", 62941)):
        colours = np.unique(getattr(datasets, name)().reshape(-1, 3), axis=0)
        assert len(colours) == pytest.approx(count, rel=0.02)  # JPEG builds differ by a level


def test_missing_pillow_is_named(monkeypatch):
    real_import = builtins.__import__

    def without_pillow(name, *args, **kwargs):
        if name.split(".")[0] == "PIL":
            raise ImportError("No module named 'PIL'")
        return real_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_pillow)
    with pytest.raises(ImportError, match=r"Pillow.*pip install pillow"):
        datasets.china.__wrapped__()


def test_mri():
    mri = datasets.mri()
    assert mri.shape == (256, 256) and mri.dtype == np.uint16
    values = mri.astype(float).ravel()
    sizes = [48644, 16892]
    levels = np.array([2297.127, 31774.189])
    labels = np.abs(values[:, None] - levels).argmin(1)
    assert np.bincount(labels).tolist() == sizes
    assert nearest_sse(values[:, None], levels[:, None]) == pytest.approx(2.338453457e12)


def test_stocks():
    stocks = datasets.stocks()
    assert stocks.prices.shape == (391, 10) and stocks.dates.shape == (391,)
    assert stocks.names[:3] == ("IBM", "AAPL", "MSFT")
    complete = [
        name for name, column in zip(stocks.names, stocks.prices.T) if not np.isnan(column).any()
    ]
    assert complete == ["IBM", "AAPL", "MSFT", "XRX", "ADBE", "^GSPC", "^IXIC"]
    months = ~np.isnan(stocks.prices).any(axis=1)
    assert months.sum() == 71
    indices = np.diff(np.log(stocks.prices[:, [8, 9]]), axis=0)
    assert 1 - np.corrcoef(indices.T)[0, 1] == pytest.approx(0.1470956582)


def test_clouds():
    X = datasets.clouds().X
    np.testing.assert_allclose(X[0], [1.43331826, 5.84905422], atol=1e-8)
    np.testing.assert_allclose(X.sum(0), [173.80353454, 350.16012146], atol=1e-8)
    assert ((X - X.mean(0)) ** 2).sum() == pytest.approx(1606.222704, abs=1e-6)
    labels = datasets.clouds().labels
    assert np.bincount(labels).tolist() == [45, 30, 25]
    own_means = sum(((X[labels == j] - X[labels == j].mean(0)) ** 2).sum() for j in range(3))
    assert own_means == pytest.approx(387.6628322)


def test_clouds_are_the_global_recipe_and_leave_the_global_state_alone():
    np.random.seed(12345678)
    parts = [
        np.random.multivariate_normal([0, 6], [[2, 1], [1, 1.5]], 45),
        np.random.multivariate_normal([2, 0], [[1, -1], [-1, 3]], 30),
        np.random.multivariate_normal([6, 4], [[5, 0], [0, 1.2]], 25),
    ]
    z = np.concatenate(parts)
    np.random.shuffle(z)
    before = np.random.get_state()[1].copy()
    X = datasets.clouds.__wrapped__().X
    np.testing.assert_array_equal(np.random.get_state()[1], before)
    np.testing.assert_array_equal(X, z)


def test_small_sets_by_hand():
    twelve = datasets.twelve_points().X
    assert ((twelve - twelve.mean(0)) ** 2).sum() == 72
    six = datasets.six_points().X
    assert nearest_sse(six, six[:2]) == 98
    assert datasets.five_on_a_line().X.ravel().tolist() == [0, 1, 3, 7, 12]


@pytest.mark.parametrize(
    ("i", "total"), [(1, 3052.201387), (2, 3051.92737), (3, 3051.653354), (4, 3051.379338)]
)
def test_s_sets(i, total):
    data = datasets.s_set(i)
    assert data.X.shape == (3000, 2) and data.centres.shape == (15, 2)
    assert data.X.sum() == pytest.approx(total, abs=1e-6)
    gaps = np.hypot(*(data.centres[:, None] - data.centres[None]).transpose(2, 0, 1))
    assert gaps[~np.eye(15, dtype=bool)].min() >= 0.15


def test_unbalanced_and_d32():
    assert datasets.unbalanced().X.sum() == pytest.approx(4429.361868, abs=1e-6)
    assert np.bincount(datasets.unbalanced().labels).tolist() == [2000] * 3 + [100] * 5
    assert datasets.d32().X.sum() == pytest.approx(16346.62354, abs=1e-5)
    assert datasets.d32().X.shape == (1024, 32)


@pytest.mark.parametrize("i", [0, 5, -1, 1.5, True, "1", None])
def test_s_set_refuses_other_numbers(i):
    with pytest.raises((ValueError, TypeError), match="`i`"):
        datasets.s_set(i)


def test_uniform_noise():
    X = datasets.uniform_noise().X
    assert ((X - X.mean(0)) ** 2).sum() == pytest.approx(80.634406, abs=1e-6)


def test_bridge_and_rings():
    bridge, rings = datasets.bridge(), datasets.rings()
    g = np.random.default_rng(0)
    A, B = g.normal([0, 0], 0.5, (60, 2)), g.normal([6, 0], 0.5, (60, 2))
    np.testing.assert_array_equal(bridge.X[:120], np.vstack([A, B]))
    assert bridge.X[120].tolist() == [1.2, 0] and bridge.X[132].tolist() == [4.8, 0]
    assert (bridge.labels == -1).sum() == 13
    t = g.uniform(0, 2 * np.pi, 300)
    np.testing.assert_allclose(np.arctan2(rings.X[:, 1], rings.X[:, 0]) % (2 * np.pi), t)
    radius = np.hypot(*rings.X.T)
    assert radius[:100].mean() == pytest.approx(1, abs=0.05)
    assert radius[100:].mean() == pytest.approx(3, abs=0.05)


def test_rows():
    np.testing.assert_array_equal(
        datasets.gaussian_rows(50, 3), np.random.default_rng(10).standard_normal((50, 3))
    )
    x = datasets.autoregressive_rows(20000, 4, seed=11).ravel()
    assert np.corrcoef(x[1:], x[:-1])[0, 1] == pytest.approx(0.9, abs=0.005)
    assert x.var() == pytest.approx(1, abs=0.05)
    fresh = (x[1:] - 0.9 * x[:-1]) / np.sqrt(0.19)
    e = np.random.default_rng(11).standard_normal(80000)
    np.testing.assert_allclose(fresh, e[1:], atol=1e-12)
    assert x[0] == e[0]


def test_autoregressive_rows_refuses_a_wild_rho():
    for rho in (1.5, -2, float("nan")):
        with pytest.raises(ValueError, match="`rho`"):
            datasets.autoregressive_rows(3, 2, rho=rho)


def test_arrays_cannot_be_written():
    names = set(datasets.__all__) - {
        "SOURCES",
        "WORLDS",
        "Dataset",
        "PriceTable",
        "standardize",
        "s_set",
        "gaussian_rows",
        "autoregressive_rows",
        "world",
    }
    made = [getattr(datasets, name)() for name in sorted(names)]
    for data in made + [datasets.world(name) for name in datasets.WORLDS]:
        array = getattr(data, "X", getattr(data, "prices", data))
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_standardize():
    X = datasets.wine().X
    Y = datasets.standardize(X)
    np.testing.assert_allclose(Y, (X - X.mean(0)) / X.std(0), atol=1e-12)
    assert (Y**2).sum() == pytest.approx(2314)
    np.testing.assert_array_equal(datasets.standardize([[0.1, 1], [0.1, 3], [0.1, 2]])[:, 0], 0)


def test_standardize_refuses():
    with pytest.raises(ValueError, match="`X`"):
        datasets.standardize([[1.0, np.nan]])
    with pytest.raises(ValueError, match="`X`"):
        datasets.standardize([1.0, 2.0])
    with pytest.raises(ValueError, match="no rows"):
        datasets.standardize(np.empty((0, 3)))


def licence_faults(shipped, table):
    """Return the rows in which `table` differs from the sources of the files `shipped`."""
    cells = [tuple(c.strip() for c in line.strip("|").split("|")) for line in table.splitlines()]
    rows = {row for row in cells if row[0][:1] == "`" and len(row) == 3}
    known = {name: (f"`{name}`", s.source, s.licence) for name, s in datasets.SOURCES.items()}
    return rows ^ {known.get(name, (f"`{name}`", "", "")) for name in shipped}


def test_licence_table_equals_what_is_shipped():
    shipped = {file.name for file in DATA.iterdir()}
    assert licence_faults(shipped, (ROOT / "LICENCES.md").read_text(encoding="utf-8")) == set()
    assert shipped == set(datasets.SOURCES)
    assert sum(file.stat().st_size for file in DATA.iterdir()) < 1_000_000


def test_a_file_without_licence_is_found():
    shipped = {file.name for file in DATA.iterdir()}
    table = (ROOT / "LICENCES.md").read_text(encoding="utf-8")
    assert licence_faults({*shipped, "new.csv"}, table) == {("`new.csv`", "", "")}
    assert len(licence_faults(shipped - {"iris.csv"}, table)) == 1
    assert len(licence_faults(shipped, table.replace("Fisher 1936", "Fisher 1963"))) == 2


def test_photographers_are_credited():
    assert "danielbuechele" in datasets.SOURCES["china.jpg"].source
    assert "vultilion" in datasets.SOURCES["flower.jpg"].source
