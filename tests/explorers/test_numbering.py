"""Numbers of clusters that stay while the cut moves."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clusterlib.explorers.shared.numbering import split_numbers
from clusterlib.hierarchy import fcluster, linkage
from tests.oracles import groups


@given(st.integers(0, 10**6), st.sampled_from(["single", "average", "centroid", "ward"]))
def test_one_split_renames_only_the_part_split_off(seed, method):
    X = np.random.default_rng(seed).normal(size=(25, 3))
    Z = linkage(X, method)
    order = np.arange(1, len(Z) + 1, dtype=float)  # cut by the order of merges: no ties
    before = np.zeros(len(X), dtype=int)
    for k in range(1, len(X) + 1):
        labels = fcluster(Z, len(Z) + 1.5 - k, "monocrit", monocrit=order)
        shown = split_numbers(Z, labels - 1)
        assert groups(shown) == groups(labels)
        assert sorted(set(shown.tolist())) == list(range(k))
        moved = shown != before
        assert set(shown[moved].tolist()) <= {k - 1}
        if k > 1:  # the larger part keeps the number
            old = before[moved][0]
            assert (shown == old).sum() >= moved.sum()
        before = shown
