import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.cluster import hierarchy as theirs

from clusterlib.hierarchy import linkage_matrix
from tests.oracles import chain
from tests.strategies import trees

GOOD = np.array([[0.0, 1, 1, 2], [2, 3, 4, 3]])
FAULTS = {
    "more than once": [[0, 1, 1, 2], [1, 3, 4, 3]],
    "before": [[0, 4, 1, 2], [2, 3, 4, 3]],
    "negative ind": [[0, -1, 1, 2], [2, 3, 4, 3]],
    "negative dist": [[0, 1, -1, 2], [2, 3, 4, 3]],
    "negative counts": [[0, 1, 1, -2], [2, 3, 4, 3]],
    "excessive": [[0, 1, 1, 2], [2, 3, 4, 4]],
    "heights that are NaN": [[0, 1, np.nan, 2], [2, 3, 4, 3]],
    "counts that are NaN": [[0, 1, 1, np.nan], [2, 3, 4, 3]],
    "not whole": [[0, 1.5, 1, 2], [2, 3, 4, 3]],
    "4 columns": [[0, 1, 1], [2, 3, 4]],
    "two-dimensional": [0, 1, 1, 2],
    "at least one row": np.zeros((0, 4)),
}


@pytest.mark.parametrize("words", FAULTS)
def test_a_fault_is_named_with_the_argument_and_the_row(words):
    bad = np.array(FAULTS[words], dtype=float)
    assert linkage_matrix.is_valid_linkage(bad) is False
    with pytest.raises(ValueError, match=words) as error:
        linkage_matrix.is_valid_linkage(bad, throw=True, name="Q")
    assert "'Q'" in str(error.value)
    if bad.ndim == 2 and bad.shape[1] == 4 and len(bad):
        assert "row " in str(error.value)
    with pytest.warns(linkage_matrix.ClusterWarning, match=words):
        assert not linkage_matrix.is_valid_linkage(bad, warning=True)
    with pytest.raises(ValueError, match=words):
        linkage_matrix.as_linkage("Q", bad)


@pytest.mark.parametrize("index", [np.nan, np.inf, -np.inf, 1e300, 2.5, -1.0, 4.0])
@pytest.mark.parametrize("column", [0, 1])
def test_wild_indices_are_refused(index, column):
    bad = GOOD.copy()
    bad[0, column] = index
    assert not linkage_matrix.is_valid_linkage(bad)


def test_a_single_row_is_checked_as_well():
    """SciPy takes any table of one row."""
    for bad in ([[0.0, 0, 1, 2]], [[0.0, 7, 1, 2]], [[0.0, 1, -1, 2]], [[0.0, 1, np.nan, 2]]):
        assert not linkage_matrix.is_valid_linkage(bad)
    assert linkage_matrix.is_valid_linkage([[0.0, 1, 1, 2]])
    assert linkage_matrix.is_valid_linkage([[1.0, 0, 0, 2]])


def test_integers_are_no_heights():
    for bad in (GOOD.astype(int), GOOD.astype(np.float32), GOOD.astype(complex), GOOD.astype(bool)):
        assert not linkage_matrix.is_valid_linkage(bad)
        with pytest.raises(TypeError, match=r"doubles.*astype\(float\)"):
            linkage_matrix.is_valid_linkage(bad, throw=True)
    np.testing.assert_array_equal(linkage_matrix.as_linkage("Z", GOOD.astype(int).tolist()), GOOD)
    with pytest.raises(TypeError, match="complex"):
        linkage_matrix.as_linkage("Z", GOOD.astype(complex))


@pytest.mark.parametrize("junk", ["tree", None, {}, [[1], [1, 2]], [["a"] * 4]])
def test_junk_is_no_tree(junk):
    assert not linkage_matrix.is_valid_linkage(junk)
    assert not linkage_matrix.is_valid_im(junk)
    with pytest.raises((ValueError, TypeError)):
        linkage_matrix.as_linkage("Z", junk)
    with pytest.raises((ValueError, TypeError)):
        linkage_matrix.num_obs_linkage(junk)


@given(trees())
@settings(max_examples=60, deadline=None)
def test_valid_trees_agree_with_scipy(Z):
    kept = Z.copy()
    n = len(Z) + 1
    assert linkage_matrix.is_valid_linkage(Z, throw=True) is True
    assert linkage_matrix.is_monotonic(Z) is bool(theirs.is_monotonic(Z))
    assert linkage_matrix.num_obs_linkage(Z) == n
    np.testing.assert_array_equal(linkage_matrix.to_mlab_linkage(Z), theirs.to_mlab_linkage(Z))
    back = linkage_matrix.from_mlab_linkage(linkage_matrix.to_mlab_linkage(Z))
    np.testing.assert_array_equal(back, Z)
    np.testing.assert_array_equal(linkage_matrix.cluster_sizes(Z), Z[:, 3])
    np.testing.assert_array_equal(Z, kept)


@given(trees(min_n=3))
@settings(max_examples=60, deadline=None)
def test_broken_trees_agree_with_scipy(Z):
    rng = np.random.default_rng(len(Z))
    for _ in range(5):
        bad = Z.copy()
        bad[rng.integers(len(Z)), rng.integers(4)] = rng.integers(-2, 2 * len(Z) + 3)
        assert linkage_matrix.is_valid_linkage(bad) == theirs.is_valid_linkage(bad)


def test_a_long_chain_is_valid():
    Z = chain(20_000)
    assert linkage_matrix.is_valid_linkage(Z)
    assert linkage_matrix.is_monotonic(Z)


def test_is_valid_im():
    R = theirs.inconsistent(theirs.linkage(np.random.default_rng(0).random((9, 2))))
    assert linkage_matrix.is_valid_im(R, throw=True)
    parts = ("means", "standard deviations", "counts")
    for column, part in enumerate(parts):
        for value in (-1.0, np.nan):
            bad = R.copy()
            bad[3, column] = value
            assert not linkage_matrix.is_valid_im(bad)
            with pytest.raises(ValueError, match=f"'Q'.*{part}.*row 3"):
                linkage_matrix.is_valid_im(bad, throw=True, name="Q")
            with pytest.warns(linkage_matrix.ClusterWarning, match=part):
                linkage_matrix.is_valid_im(bad, warning=True)
    with pytest.raises(TypeError, match="doubles"):
        linkage_matrix.is_valid_im(R.astype(int), throw=True)
    with pytest.raises(ValueError, match="4 columns"):
        linkage_matrix.is_valid_im(R[:, :3], throw=True)


def test_a_predicate_is_silent_by_default():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not linkage_matrix.is_valid_linkage(FAULTS["before"])
        assert not linkage_matrix.is_valid_im([[-1.0, 0, 0, 0]])


def test_correspond():
    assert linkage_matrix.correspond(GOOD, [1.0, 2, 3]) is True
    assert linkage_matrix.correspond(GOOD, [1.0]) is False
    with pytest.raises(ValueError, match="`Y` has length 2"):
        linkage_matrix.correspond(GOOD, [1.0, 2.0])
    with pytest.raises(ValueError, match="`Y` has shape"):
        linkage_matrix.correspond(GOOD, np.zeros((3, 3)))


@pytest.mark.parametrize(
    "bad",
    [
        [[1, 2, 1.0], [10**6, 4, 3.0]],
        [[0, 1, 1.0], [2, 3, 2.0]],
        [[1, 2, 1.0], [1, 3, 2.0]],
        [[1, 1.5, 1.0], [3, 4, 2.0]],
        [[1, np.nan, 1.0], [3, 4, 2.0]],
        [[1, 2, -1.0], [3, 4, 2.0]],
        [[1, 2], [3, 4]],
        [[0, 1, 1.0, 2], [2, 3, 2.0, 3]],
        [1.0, 2, 3],
    ],
)
def test_from_mlab_linkage_refuses_what_is_no_tree(bad):
    """SciPy's range check lets these through, and some end the interpreter (scipy#25341)."""
    with pytest.raises(ValueError, match=r"MATLAB|not|NaN|negative|before|once"):
        linkage_matrix.from_mlab_linkage(bad)


def test_empty_tables_come_back_as_copies():
    for empty in (np.zeros(0), np.zeros((0, 3))):
        again = linkage_matrix.from_mlab_linkage(empty)
        assert again.shape == empty.shape
        assert again is not empty
    assert linkage_matrix.to_mlab_linkage(np.zeros(0)).shape == (0,)


@pytest.mark.parametrize("check", [linkage_matrix.is_valid_linkage, linkage_matrix.is_valid_im])
@pytest.mark.parametrize("make", [lambda Z: Z.astype(object), lambda Z: Z.astype(str), list])
def test_a_check_answers_for_any_dtype_and_any_name(check, make):
    """Numbers as objects or text raised a TypeError from within."""
    Z = np.array([[0, 1, 1.0, 2.0]])
    expected = make is list
    assert check(make(Z)) is expected
    assert check(make(Z), name=b"Z") is expected
    assert check(make(Z), name=3) is expected
