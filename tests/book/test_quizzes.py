"""The right option of a quiz is told by what it says, not by its place or its length."""

import ast
import re
from collections import Counter

import pytest
from pages import NOTEBOOKS, notebook

from clusterlib.explorers import Quiz

SHARE = 0.35  # of all quizzes of the book


def quizzes(name):
    """Return the quizzes of a notebook."""
    cells = [c.source for c in notebook(name).cells if c.source.startswith("Quiz(")]
    calls = [ast.parse(source).body[0].value for source in cells]
    return [
        Quiz(*map(ast.literal_eval, call.args),
             **{k.arg: ast.literal_eval(k.value) for k in call.keywords})
        for call in calls
    ]  # fmt: skip


def is_longest(quiz):
    """Return whether the right answer has more letters than every other answer."""
    lengths = [len(answer) for answer in quiz.answers]
    right = lengths.pop(quiz.right)
    return right > max(lengths)


ALL = [quiz for name in NOTEBOOKS for quiz in quizzes(name)]


def test_no_place_is_right_too_often():
    places = Counter(quiz.right for quiz in ALL)
    assert max(places.values()) <= SHARE * len(ALL), places


@pytest.mark.parametrize("part", [range(6), range(6, 14)], ids=["0-5", "6-13"])
def test_the_longest_answer_is_not_right_too_often(part):
    names = [name for name in NOTEBOOKS if int(name.rpartition("/")[2][:2]) in part]
    found = [quiz for name in names for quiz in quizzes(name)]
    longest = [quiz.question for quiz in found if is_longest(quiz)]
    assert len(longest) <= SHARE * len(found), longest


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_feedback_is_an_explanation(name):
    """The page itself says whether an answer is right; the feedback says why."""
    for quiz in quizzes(name):
        for answer, feedback in quiz.answers.items():
            opening = re.match(r"(yes|no|right|correct)[.,:;]", feedback.lower())
            assert not opening, (answer, feedback)


def test_a_quiz_keeps_its_answers_in_an_order_of_its_own():
    words = {"a": "Because.", "bb": "Since.", "ccc": "As.", "dddd": "For."}
    places = {Quiz(f"Question {n}?", words, right=2).right for n in range(20)}
    assert len(places) == 4
    quiz = Quiz("Question?", words, right=2)
    assert list(quiz.answers)[quiz.right] == "ccc"
    assert quiz.answers == words
