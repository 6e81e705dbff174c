"""Questions with feedback for every answer, in a page without a kernel.

Question: did I understand it?
Chapter: 0, Start here (how to use the book).
Symbols: none.

A quiz is a fieldset of radio buttons.  The right answer stands in no place of its own: the
answers are rotated by a number that follows from the question, except numbers, which keep
their order.  Choosing an answer shows its feedback by
a rule of the style sheet, so no script is needed; all answers stand folded
below, for print and for readers whose browser shows no style.
"""

from __future__ import annotations

import html
import zlib

from clusterlib.core.checks import whole_number
from clusterlib.explorers.shared.explorer import rich

__all__ = ["Quiz"]

STYLE = (
    ".clx-quiz{margin:1rem 0;max-width:48rem}.clx-quiz fieldset{border:1px solid;border-radius:6px;"
    "padding:.4rem .9rem .6rem;margin:0;min-width:0}.clx-quiz legend{font-weight:600;"
    "padding:0;font-size:1rem;width:100%;float:left;margin:.2rem 0}.clx-quiz legend+*{clear:both}"
    ".clx-quiz .option{display:grid;grid-template-columns:28px 1fr;align-items:start}"
    ".clx-quiz .option>input{width:20px;height:20px;margin:12px 0 0;accent-color:#0072B2}"
    ".clx-quiz .option>label{min-height:44px;padding:10px 0 8px;cursor:pointer;margin:0}"
    ".clx-quiz .feedback{display:none;grid-column:2;margin:0 0 .5rem;padding-left:.7rem;"
    "border-left:4px solid #D55E00}.clx-quiz .right .feedback{border-color:#009E73}"
    ".clx-quiz input:checked~.feedback{display:block}.clx-quiz summary{cursor:pointer;"
    "min-height:44px;padding-top:10px}.clx-quiz code{color:inherit;background:transparent}"
)


class Quiz:
    """One question with feedback for every answer.

    Parameters
    ----------
    question : str
        The question; `code` stands between backticks.
    answers : dict of str to str
        Each answer with its feedback: why it is right, or what it confuses.
    right : int
        Index of the right answer, from 0.
    uid : str, optional
        Name of the quiz in the page; by default it follows from the question.

    Examples
    --------
    >>> from clusterlib.explorers import Quiz
    >>> Quiz(
    ...     "What is `t` in `fcluster(Z, t)`?",
    ...     {"a height": "Only with the criterion `distance`.",
    ...      "an inconsistency coefficient": "The default criterion is `inconsistent`."},
    ...     right=1,
    ... )
    Quiz: What is `t` in `fcluster(Z, t)`?
      (a) an inconsistency coefficient
      (b) a height
    """

    def __init__(
        self, question: str, answers: dict[str, str], right: int, uid: str | None = None
    ) -> None:
        if not isinstance(answers, dict) or len(answers) < 2:
            raise ValueError(
                f"`answers` is {answers!r}; it must map at least two answers to their feedback."
            )
        for words in (question, *answers, *answers.values()):
            if not isinstance(words, str) or not words.strip():
                raise ValueError(f"A question, an answer or a feedback is {words!r}; write it out.")
        self.question = question
        self.right = whole_number("right", right, 0)
        if self.right >= len(answers):
            raise ValueError(
                f"`right` is {right}; with {len(answers)} answers it must be "
                f"at most {len(answers) - 1}."
            )
        self._rotate(answers)
        self.uid = uid or f"quiz-{zlib.crc32(question.encode()):08x}"
        self.html()  # a forgotten backtick is found here, not in the page

    def _rotate(self, answers):
        """Give the answers their places; the right one keeps its words, not its place."""
        turn = zlib.crc32(self.question.encode()) % len(answers)
        if all(answer.strip("`").replace(".", "").isdecimal() for answer in answers):
            turn = 0
        pairs = list(answers.items())
        self.answers = dict(pairs[turn:] + pairs[:turn])
        self.right = (self.right - turn) % len(answers)

    def __repr__(self) -> str:
        options = (f"\n  ({chr(97 + i)}) {answer}" for i, answer in enumerate(self.answers))
        return f"Quiz: {self.question}" + "".join(options)

    def html(self) -> str:
        """Return the quiz as a piece of HTML that needs no script."""
        uid, options, listed = html.escape(self.uid), [], []
        for i, (answer, feedback) in enumerate(self.answers.items()):
            is_right = i == self.right
            verdict = "Right." if is_right else "Not this one."
            options.append(
                f'<div class="option{" right" * is_right}">'
                f'<input type="radio" name="{uid}" id="{uid}-{i}">'
                f'<label for="{uid}-{i}">{rich(answer)}</label>'
                f'<p class="feedback"><strong>{verdict}</strong> {rich(feedback)}</p></div>'
            )
            mark = " (right)" if is_right else ""
            listed.append(f"<li><strong>{rich(answer)}</strong>{mark}: {rich(feedback)}</li>")
        return (
            f'<div class="clx-quiz" id="{uid}"><style>{STYLE}</style>'
            f"<fieldset><legend>{rich(self.question)}</legend>{''.join(options)}"
            f"<details><summary>All answers with feedback</summary><ul>{''.join(listed)}</ul>"
            "</details></fieldset></div>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/plain": repr(self), "text/html": self.html()}
