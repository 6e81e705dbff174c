"""The machinery of the checks: values, functions, scores and typical mistakes.

Question: how does a check say more than right or wrong?
Chapter: 0, Start here (how to check an exercise).
Symbols: none.
"""

from __future__ import annotations

import copy
import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import numpy as np

from clusterlib.vq.nearest import distortion

__all__ = ["EXERCISES", "Function", "Outcome", "Score", "Value", "check", "same"]

HERE = str(Path(__file__).parent)
CHAPTERS = sorted(m.name[-2:] for m in iter_modules([HERE]) if m.name.startswith("chapter_"))


@dataclass(frozen=True)
class Outcome:
    """What a check found: whether the answer is right, and what to do next."""

    number: str
    passed: bool
    hint: str

    def __repr__(self) -> str:
        return f"Exercise {self.number}: {'right' if self.passed else 'not yet'}. {self.hint}"


def same(given: Any, expected: Any, digits: int | None = None) -> bool:
    """Return whether two answers are equal, numbers to so many `digits` after the point.

    Without `digits`, numbers are compared to a relative 1e-6.  A set is a set of
    words or numbers in any order; upper and lower case are the same word.
    """
    if isinstance(expected, (set, frozenset)):
        several = np.iterable(given) and not isinstance(given, str)
        return several and set(map(plain, given)) == set(map(plain, expected))
    if isinstance(expected, (str, bool)) or isinstance(given, (str, bool, np.bool_)):
        return type(plain(given)) is type(expected) and plain(given) == plain(expected)
    try:
        a, b = np.asarray(given, dtype=float), np.asarray(expected, dtype=float)
    except (TypeError, ValueError):
        return False
    if a.shape != b.shape or any(isinstance(part, str) for part in np.ravel(np.asarray(given))):
        return False
    if digits is None:
        return bool(np.allclose(a, b, rtol=1e-6, atol=1e-9, equal_nan=True))
    return bool((abs(a - b) <= 0.5 * 10.0**-digits * (1 + 1e-6)).all())


def plain(value: Any) -> Any:
    """Return a word without case and outer spaces, a NumPy scalar as Python's; others as is."""
    value = value.item() if isinstance(value, np.generic) else value
    return value.strip().casefold() if isinstance(value, str) else value


def in_form_of(right: Any, answer: Any) -> Any:
    """Return `answer` in the shape of `right`: pairs are as good as a flat list."""
    words = isinstance(right, (str, bool, frozenset)) or isinstance(answer, (str, bool))
    try:
        return answer if words else np.reshape(answer, np.shape(right))
    except (TypeError, ValueError):
        return answer


def type_mistake(answer: Any, right: Any, form: str) -> str:
    """Return what to say of an answer of the wrong type, or nothing if the type will do."""
    answer = plain(answer)
    if isinstance(right, frozenset):
        one = isinstance(answer, (str, int, float))
        return f"Put it in a list, also if it is the only one: [{answer!r}]." if one else ""
    if isinstance(right, bool):
        return "" if isinstance(answer, bool) else "Answer True or False, without quotes."
    if isinstance(right, str):
        return "" if isinstance(answer, str) else f"It should be {form}: one word, in quotes."
    if any(isinstance(part, str) for part in np.ravel(np.asarray(answer, dtype=object))):
        return f"Your answer is text. Drop the quotes: it should be {form}."
    try:
        np.asarray(answer, dtype=float)
    except (TypeError, ValueError):
        return f"Your answer is {answer!r}; it should be {form}."
    return ""


@dataclass(frozen=True)
class Value:
    """An exercise whose answer is a number, a list of numbers, a word or a set of words.

    `right` and the wrong answers in `mistakes` may be functions without
    arguments, so that they are computed only when somebody asks.
    """

    right: Any
    mistakes: Sequence[tuple[Any, str]]
    otherwise: str
    praise: str
    form: str = "a number"
    digits: int | None = None  # after the point, as the exercise asks; None is exact

    def judge(self, answer: Any) -> tuple[bool, str]:
        """Return whether `answer` is right, and the words for it."""
        if answer is None or answer is ...:
            return False, f"Put your answer in place of None: {self.form}."
        right = evaluate(self.right)
        if same(in_form_of(right, answer), right, self.digits):
            return True, self.praise
        for wrong, hint in self.mistakes:
            if same(answer, evaluate(wrong)):
                return False, hint
        if hint := type_mistake(answer, right, self.form):
            return False, hint
        if not isinstance(right, (str, bool, frozenset)) and np.size(answer) != np.size(right):
            return False, f"Your answer has {np.size(answer)} values; it should be {self.form}."
        if self.digits is not None and same(answer, right, self.digits - 1):
            return False, f"Near. It should be right to {self.digits} digits after the point."
        return False, self.otherwise


@dataclass(frozen=True)
class Function:
    """An exercise whose answer is a function; mistakes are functions as well."""

    reference: Callable[..., Any]
    cases: Callable[[], Sequence[tuple]]
    mistakes: Sequence[tuple[Callable[..., Any], str]]
    otherwise: str
    praise: str

    def judge(self, answer: Any) -> tuple[bool, str]:
        """Return whether `answer` behaves like the reference, and the words for it."""
        if not callable(answer):
            return False, f"The check needs the function itself; it was given {answer!r}."
        given = []
        for case in self.cases():
            arguments = copy.deepcopy(case)
            try:
                with np.errstate(all="ignore"):  # the hint says what is wrong
                    given.append(answer(*arguments))
            except Exception as error:  # a learner's function may raise anything
                return False, (
                    f"Your function stopped with {type(error).__name__}: {error}. "
                    f"The first argument was {brief(case[0])}."
                )
            if given[-1] is None:
                return False, "Your function returns None. Replace the three dots; end with return."
            if not all(same_argument(a, b) for a, b in zip(arguments, case, strict=True)):
                return False, "Your function changes its arguments. Work on a copy."
        if self.agrees(given, self.reference):
            return True, self.praise
        for wrong, hint in self.mistakes:
            if self.agrees(given, wrong):
                return False, hint
        return False, f"{self.otherwise} {self.first_difference(given)}"

    def agrees(self, given: Sequence[Any], function: Callable[..., Any]) -> bool:
        """Return whether `function` gives what was `given` on every case."""
        return all(
            same(mine, function(*copy.deepcopy(case)))
            for mine, case in zip(given, self.cases(), strict=True)
        )

    def first_difference(self, given: Sequence[Any]) -> str:
        """Return a sentence on the first case where the answer differs."""
        for mine, case in zip(given, self.cases(), strict=True):
            expected = self.reference(*copy.deepcopy(case))
            if not same(mine, expected):
                inputs = ", ".join(brief(argument) for argument in case)
                return f"For ({inputs}) it gives {brief(mine)} instead of {brief(expected)}."
        return ""


@dataclass(frozen=True)
class Score:
    """An exercise that any answer passes whose `loss` is at most `target`."""

    loss: Callable[[Any], float]
    target: float
    right: Any  # one answer that passes
    otherwise: str
    praise: str
    form: str

    def judge(self, answer: Any) -> tuple[bool, str]:
        """Return whether `answer` loses little enough, and the words for it."""
        if answer is None or answer is ...:
            return False, f"Put your answer in place of None: {self.form}."
        try:
            loss = float(self.loss(answer))
        except (TypeError, ValueError, IndexError) as error:
            return False, f"Your answer has no score ({error}). It should be {self.form}."
        if loss <= self.target:
            return True, f"Your score is {loss:.4g}. {self.praise}"
        return False, f"Your score is {loss:.4g}, not {self.target:.4g} or less. {self.otherwise}"


def error_of_words(X: Any, words: Any, shape: tuple[int, ...], kind: str) -> float:
    """Return the distortion of X, coded by a learner's code words, which must have `shape`."""
    words = np.asarray(words, dtype=float)
    if words.shape != shape:
        raise ValueError(f"its shape is {words.shape}, not {shape}")
    return distortion(X, words, kind)


def evaluate(value: Any) -> Any:
    """Return `value`, called first if it is a function."""
    return value() if callable(value) else value


def same_argument(a: Any, b: Any) -> bool:
    """Return whether an argument is as it was before the call; a generator may move on."""
    if isinstance(b, np.random.Generator):
        return True
    if isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(map(same_argument, a, b))
    return bool(np.array_equal(a, b)) if isinstance(b, np.ndarray) else bool(a == b)


def of_python(value: Any) -> Any:
    """Return `value` without the types of NumPy, and its numbers to four digits."""
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return type(value)(map(of_python, value)) if type(value) in (list, tuple) else value
    return round(value, 4) + 0.0 if isinstance(value, float) else value  # + 0.0: no minus zero


def brief(value: Any) -> str:
    """Return a short text for `value`."""
    text = repr(of_python(value))
    return text if len(text) <= 60 else text[:57] + "..."


class _Exercises(Mapping):
    """All exercises by number; a chapter is imported when one of its exercises is asked for."""

    def __getitem__(self, number: str) -> Value | Function | Score:
        return self.chapter(str(number).split(".")[0].zfill(2))[number]

    def __iter__(self):
        for chapter in CHAPTERS:
            yield from self.chapter(chapter)

    def __len__(self) -> int:
        return sum(len(self.chapter(chapter)) for chapter in CHAPTERS)

    @staticmethod
    def chapter(chapter: str) -> Mapping[str, Value | Function | Score]:
        if chapter not in CHAPTERS:
            raise KeyError(chapter)
        return importlib.import_module(f"clusterlib.exercises.chapter_{chapter}").EXERCISES


EXERCISES: Mapping[str, Value | Function | Score] = _Exercises()


def check(number: str, answer: Any) -> Outcome:
    """Check an answer to an exercise.

    Parameters
    ----------
    number : str
        Chapter and exercise, for example ``"9.2"``.
    answer : object
        A number, a list, a word or a function, as the exercise asks.

    Returns
    -------
    Outcome
        With `passed` and a `hint` that says what is wrong and where to look.

    Raises
    ------
    ValueError
        If there is no exercise of that number with a check.

    Examples
    --------
    >>> from clusterlib.exercises import check
    >>> check("9.1", [2, 4, 7])
    Exercise 9.1: not yet. The last height is not a gap between neighbours. Complete linkage ...
    >>> check("9.1", [2, 4, 9]).passed
    True
    """
    try:
        exercise = EXERCISES[number]
    except KeyError:
        known = ", ".join(EXERCISES)
        raise ValueError(f"`number` is {number!r}; it must be one of {known}.") from None
    return Outcome(number, *exercise.judge(answer))
