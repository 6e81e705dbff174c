from clusterlib.core.progress import Bar, Parts, told


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


def test_a_bar_fills_and_ends_its_line(capsys):
    bar = Bar()
    bar(1, 2)
    bar(2, 2)
    lines = capsys.readouterr().err.split("\r")[1:]
    assert [line.count("#") for line in lines] == [0, 15, 30]
    assert [line[-1] == "\n" for line in lines] == [False, False, True]


def test_parts_tell_how_far_the_one_under_way_has_come():
    calls = []
    parts = Parts(lambda *call: calls.append(call), 2, steps=10)
    for done in (1, 2, 4):
        parts.within(done, 4)
    parts()
    parts()
    assert calls == [(2, 20), (5, 20), (10, 20), (20, 20)]


def test_parts_without_anybody_to_tell():
    parts = Parts(None, 3)
    parts.within(1, 2)
    parts()
    assert parts.done == 1
