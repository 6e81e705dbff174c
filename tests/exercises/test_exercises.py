"""The checks of the exercises: right answers pass, typical mistakes meet their own hint."""

import numpy as np
import pytest

from clusterlib.exercises import EXERCISES, check
from clusterlib.exercises.checking import Function, Value, evaluate, same

ALL = sorted(EXERCISES)


def right_answer(exercise):
    return exercise.reference if isinstance(exercise, Function) else evaluate(exercise.right)


def mistakes(exercise):
    for wrong, hint in exercise.mistakes:
        yield (wrong if isinstance(exercise, Function) else evaluate(wrong)), hint


@pytest.mark.parametrize("number", ALL)
def test_the_reference_passes(number):
    outcome = check(number, right_answer(EXERCISES[number]))
    assert outcome.passed, outcome
    assert repr(outcome).startswith(f"Exercise {number}: right. ")


@pytest.mark.parametrize("number", ALL)
def test_an_untouched_stub_is_not_yet(number):
    exercise = EXERCISES[number]
    stub = (lambda *arguments: None) if isinstance(exercise, Function) else None
    outcome = check(number, stub)
    assert not outcome.passed
    assert "None" in outcome.hint


@pytest.mark.parametrize("number", ALL)
def test_at_least_three_mistakes_each_meet_their_own_hint(number):
    exercise = EXERCISES[number]
    hints = []
    for wrong, hint in mistakes(exercise):
        outcome = check(number, wrong)
        assert not outcome.passed, (number, wrong)
        assert outcome.hint == hint, (number, wrong, outcome.hint)
        hints.append(hint)
    assert len(hints) >= 3
    assert len(set(hints)) == len(hints)


@pytest.mark.parametrize("number", ALL)
def test_hints_say_more_than_wrong(number):
    exercise = EXERCISES[number]
    for words in (exercise.otherwise, exercise.praise, *(hint for _, hint in exercise.mistakes)):
        assert len(words.split()) >= 3, (number, words)
        assert "wrong" not in words.lower(), (number, words)


@pytest.mark.parametrize("number", [n for n in ALL if isinstance(EXERCISES[n], Function)])
def test_a_function_that_raises_or_changes_its_arguments_is_told_so(number):
    def raises(*arguments):
        raise RuntimeError("lost")

    assert "RuntimeError: lost" in check(number, raises).hint
    reference = EXERCISES[number].reference

    def meddles(*arguments):
        answer = reference(*arguments)
        for argument in arguments:
            if isinstance(argument, np.ndarray):
                argument[...] = 0
            elif isinstance(argument, list):
                argument.clear()
        return answer

    cases = EXERCISES[number].cases()
    if any(isinstance(a, (np.ndarray, list)) for case in cases for a in case):
        assert "copy" in check(number, meddles).hint


def test_an_unknown_number_names_the_known_ones():
    with pytest.raises(ValueError, match="9\\.2"):
        check("99.1", 3)


def test_a_function_is_asked_for_where_a_value_is_given():
    assert "function itself" in check("9.2", 3.0).hint


def test_another_wrong_answer_shows_the_first_difference():
    outcome = check("9.2", lambda dki, dkj, ni, nj: 42.0)
    assert not outcome.passed
    assert "42.0" in outcome.hint
    assert "instead of" in outcome.hint


def test_the_wrong_number_of_values_is_named():
    assert "2 values" in check("9.1", [1, 2]).hint


@pytest.mark.parametrize(
    ("given", "expected", "equal"),
    [
        (1 + 1e-9, 1, True),
        (True, 1, False),
        ("a", "a", True),
        (["x", "y"], frozenset({"y", "x"}), True),
        ([1, 2], [1, 2, 3], False),
        ("1", 1, False),
    ],
)
def test_same(given, expected, equal):
    assert same(given, expected) is equal


def test_values_come_with_a_form():
    for number in ALL:
        exercise = EXERCISES[number]
        if isinstance(exercise, Value):
            assert exercise.form in check(number, None).hint


DOUBLE = Function(
    reference=lambda x: 2 * x,
    cases=lambda: [(np.array([1.0, 2.0]),), (np.array([3.0]),)],
    mistakes=[(lambda x: x**2, "You square. Multiply by two.")],
    otherwise="Multiply by two.",
    praise="Twice.",
)


def change_the_argument(x):
    x *= 2
    return x


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda x: x**2, "You square"),
        (lambda x: x + 1, "instead of [2.0, 4.0]"),
        (lambda x: 1 / 0, "stopped with ZeroDivisionError"),
        (change_the_argument, "Work on a copy"),
        (lambda: 3, "stopped with TypeError"),
        (3, "needs the function itself"),
    ],
)
def test_a_wrong_function_is_told_what_it_did(answer, words):
    passed, hint = DOUBLE.judge(answer)
    assert not passed
    assert words in hint


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([1, 2, 3], "has 3 values; it should be a list of two numbers"),
        ("two", "has 1 values"),
        ([1, 3], "Add the halves"),
        ([2, 1], "other way round"),
        (..., "Put your answer"),
    ],
)
def test_a_wrong_value_is_told_what_is_wrong(answer, words):
    value = Value([1, 2], [([2, 1], "The other way round.")], "Add the halves.", "Yes.",
                  "a list of two numbers")  # fmt: skip
    passed, hint = value.judge(answer)
    assert not passed
    assert words in hint
