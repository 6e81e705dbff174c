import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib.hierarchy.lance_williams import RULES
from tests.strategies import METHODS

# The table of Lance and Williams, written out a second time: (a_x, a_y, b, c).
TABLE = {
    "single": lambda x, y, k: (0.5, 0.5, 0, -0.5),
    "complete": lambda x, y, k: (0.5, 0.5, 0, 0.5),
    "average": lambda x, y, k: (x / (x + y), y / (x + y), 0, 0),
    "weighted": lambda x, y, k: (0.5, 0.5, 0, 0),
    "centroid": lambda x, y, k: (x / (x + y), y / (x + y), -x * y / (x + y) ** 2, 0),
    "median": lambda x, y, k: (0.5, 0.5, -0.25, 0),
    "ward": lambda x, y, k: ((x + k) / (x + y + k), (y + k) / (x + y + k), -k / (x + y + k), 0),
}
sizes = st.integers(1, 50)
distances = st.floats(0, 100)


def test_each_rule_stands_in_the_table():
    assert list(RULES) == list(TABLE)
    assert {name for name in METHODS if RULES[name].squared} == {"centroid", "median", "ward"}
    assert {name for name in METHODS if not RULES[name].monotone} == {"centroid", "median"}
    assert all(rule.meaning for rule in RULES.values())


@pytest.mark.parametrize("method", RULES)
@given(distances, distances, distances, sizes, sizes, sizes)
@settings(max_examples=40, deadline=None)
def test_an_update_is_the_formula_with_its_coefficients(method, d_x, d_y, d_xy, x, y, k):
    """One formula, seven rows of coefficients."""
    a, b, c, e = RULES[method].coefficients(x, y, k)
    np.testing.assert_allclose((a, b, c, e), TABLE[method](x, y, k), rtol=1e-15)
    roots = RULES[method].squared and not RULES[method].on_squares
    by_formula = a * d_x + b * d_y + c * d_xy + e * abs(d_x - d_y)
    if roots and by_formula < 0:  # no distances of clusters that may merge
        return
    args = (d**0.5 if roots else d for d in (np.array([d_x]), np.array([d_y]), d_xy))
    value = RULES[method].update(*args, float(x), float(y), np.array([float(k)]))
    np.testing.assert_allclose(value ** (2 if roots else 1), [by_formula], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("method", [m for m, rule in RULES.items() if rule.monotone])
@given(distances, distances, distances, sizes, sizes, sizes)
@settings(max_examples=40, deadline=None)
def test_a_monotone_rule_brings_no_cluster_nearer(method, d_x, d_y, d_xy, x, y, k):
    """Reducible: what the chain relies on."""
    d_x, d_y = max(d_x, d_xy), max(d_y, d_xy)
    d = RULES[method].update(
        np.array([d_x]), np.array([d_y]), d_xy, float(x), float(y), np.array([float(k)])
    )
    assert d[0] >= min(d_x, d_y) * (1 - 1e-12)


def test_rules_on_squares_measure_means():
    """Centroid, median and ward of points: the formula against the definition."""
    rng = np.random.default_rng(0)
    A, B, K = rng.normal(size=(3, 2)), rng.normal(size=(5, 2)), rng.normal(size=(4, 2))

    def square(p, q):
        return ((p - q) ** 2).sum()

    def ward(P, Q):
        n, m = len(P), len(Q)
        return 2 * n * m / (n + m) * square(P.mean(0), Q.mean(0))

    a, b, k = A.mean(0), B.mean(0), K.mean(0)
    ends = [(a, k), (b, k), (a, b)]
    args = *(np.array(square(p, q)) ** 0.5 * np.ones(1) for p, q in ends), 3.0, 5.0, 4.0
    AB = np.vstack((A, B))
    np.testing.assert_allclose(RULES["centroid"].update(*args) ** 2, square(AB.mean(0), k))
    np.testing.assert_allclose(RULES["median"].update(*args) ** 2, square((a + b) / 2, k))
    args = ward(A, K), ward(B, K), ward(A, B), 3.0, 5.0, np.array(4.0)
    np.testing.assert_allclose(RULES["ward"].update(*args), ward(AB, K))
