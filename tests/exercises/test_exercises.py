"""The checks of the exercises: right answers pass, typical mistakes meet their own hint."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from clusterlib.exercises import EXERCISES, check
from clusterlib.exercises.checking import Function, Score, Value, brief, evaluate, same

ROOT = Path(__file__).resolve().parents[2]
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


@pytest.mark.parametrize("number", [n for n in ALL if not isinstance(EXERCISES[n], Score)])
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
    hints = [hint for _, hint in getattr(exercise, "mistakes", ())]
    for words in (exercise.otherwise, exercise.praise, *hints):
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
        (" Flower", "flower", True),
        (np.True_, True, True),
    ],
)
def test_same(given, expected, equal):
    assert same(given, expected) is equal


@pytest.mark.parametrize(
    ("given", "equal"),
    [(1.291, True), (1.29099, True), (1.2914, True), (1.29, False), (1.292, False)],
)
def test_an_answer_is_right_to_the_digits_asked_for(given, equal):
    assert same(given, np.sqrt(5 / 3), digits=3) is equal
    assert check("0.3", given).passed is equal


def test_an_answer_cut_too_early_is_told_so():
    assert "3 digits" in check("0.3", 1.29).hint


@pytest.mark.parametrize(
    ("number", "answer", "words"),
    [
        ("0.3", "1.291", "Drop the quotes"),
        ("2.1", ["1.5", "1", "6", "5"], "Drop the quotes"),
        ("9.3", "median", "Put it in a list, also if it is the only one: ['median']"),
        ("13.5", 3, "Put it in a list"),
        ("8.3", "False", "without quotes"),
        ("3.4", 2, "in quotes"),
        ("0.3", len, "it should be a number"),
    ],
)
def test_a_mistake_of_type_is_told_apart(number, answer, words):
    outcome = check(number, answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_pairs_are_as_good_as_a_flat_list():
    assert check("2.1", [[1.5, 1], [6, 5]]).passed
    assert check("0.3", [1.291]).passed


VALUES = [n for n in ALL if type(EXERCISES[n]) is Value]
NUMBERS = r"(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?"


def parts(exercise):
    """Return the numbers of the right answer, or none if it is made of words."""
    right = evaluate(exercise.right)
    words = isinstance(right, (str, bool, frozenset))
    return [] if words else np.ravel(right).astype(float).tolist()


@pytest.mark.parametrize("number", VALUES)
def test_a_number_of_the_praise_passes_its_own_check(number):
    exercise = EXERCISES[number]
    right = parts(exercise)
    for shown in re.findall(NUMBERS, exercise.praise):
        value = float(shown.replace(",", ""))
        for place, part in enumerate(right):
            if abs(value - part) <= 0.002 * abs(part):
                answer = [*right[:place], value, *right[place + 1 :]]
                assert check(number, answer).passed, (number, shown)


@pytest.mark.parametrize("number", VALUES)
def test_an_exercise_asks_for_the_digits_that_it_checks(number):
    exercise = EXERCISES[number]
    if any(abs(part - round(part, 2)) > 1e-9 for part in parts(exercise)):
        assert exercise.digits is not None, "no learner can type all digits of the answer"
    if exercise.digits is not None:
        assert NAMES[exercise.digits] in exercise_text(number)


NAMES = {2: "two decimals", 3: "three decimals", 4: "four decimals"}


def exercise_text(number):
    """Return the words of the notebook's exercise."""
    (path,) = ROOT.glob(f"chapters/**/{number.partition('.')[0].zfill(2)}_*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    text = "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    return re.search(rf"### Exercise {re.escape(number)},(.*?)(?=\n###? |\Z)", text, re.S)[1]


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
        ("two", "Drop the quotes"),
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


def test_a_wrong_function_that_numpy_would_warn_of_gets_the_hint_alone(recwarn):
    outcome = check("1.2", lambda counts: -(np.asarray(counts) * np.log2(counts)).sum())
    assert "drop zeros" in str(outcome)
    assert not recwarn.list


def test_a_hint_shows_plain_numbers():
    assert brief(np.float64(-0.0)) == "0.0"
    assert brief((np.float64(7.70012679), np.int64(3))) == "(7.7001, 3)"
    assert brief(np.array([[1.00004, 2.0]])) == "[[1.0, 2.0]]"
    assert brief(["a", None]) == "['a', None]"
