import itertools

import pytest

from clusterlib.core.pairs import row_starts, things_of_pairs


@pytest.mark.parametrize("n", [1, 2, 3, 10])
def test_pairs_stand_row_by_row(n):
    start = row_starts(n).tolist()
    pairs = itertools.combinations(range(n), 2)
    assert [start[i] + j for i, j in pairs] == list(range(n * (n - 1) // 2))


@pytest.mark.parametrize("n", [2, 3, 1000, 2**31])
def test_the_root_of_a_length_is_taken_in_whole_numbers(n):
    m = n * (n - 1) // 2
    assert things_of_pairs(m) == n
    assert n == 2 or things_of_pairs(m + 1) == 0
