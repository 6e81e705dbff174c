from clusterlib.core.progress import told


def test_results_pass_and_are_counted():
    calls = []
    results = told(iter("abcde"), 5, lambda done, total: calls.append((done, total)), every=2)
    assert list(results) == list("abcde")
    assert calls == [(2, 5), (4, 5), (5, 5)]


def test_a_round_of_results_counts_as_many():
    calls = []
    rounds = told([[1, 2], [3], [4, 5]], 5, lambda *call: calls.append(call), 2, len)
    assert list(rounds) == [[1, 2], [3], [4, 5]]
    assert calls == [(2, 5), (5, 5)]


def test_nobody_to_tell_costs_nothing():
    results = iter("abc")
    assert told(results, 3, None) is results
