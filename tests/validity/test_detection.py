"""ROC curves against scikit-learn and hand values."""

import numpy as np
import pytest
import sklearn.metrics as sk
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib import validity

few = settings(max_examples=40, deadline=None)


@few
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 6)), min_size=2, max_size=50))
def test_roc_equals_scikit_learn(rows):
    truth, scores = map(list, zip(*rows))
    truth[0], truth[1] = True, False
    ours = validity.roc_curve(truth, scores)
    theirs = sk.roc_curve(truth, scores, drop_intermediate=False)
    for a, b in zip(ours, theirs):
        np.testing.assert_allclose(a, b)
    assert validity.auc(truth, scores) == pytest.approx(sk.roc_auc_score(truth, scores))


def test_auc_counts_ties_half():
    assert validity.auc([1, 0], [5, 5]) == 0.5
    targets, background = [3, 5], [1, 3, 4]
    wins = [(t > b) + 0.5 * (t == b) for t in targets for b in background]
    assert validity.auc([1, 1, 0, 0, 0], targets + background) == pytest.approx(np.mean(wins))


def test_roc_refuses():
    for truth, scores in (([0, 1], [1]), ([1, 1], [1, 2]), ([0, 2], [1, 2]), ([0, 1], [1, np.nan])):
        with pytest.raises(ValueError, match=r"`truth`|`scores`"):
            validity.roc_curve(truth, scores)
