"""Checks of the exercises: what is wrong, and where to look.

Question: is my answer right, and if not, which way did I go astray?
Chapter: 0, Start here (how to check an exercise).
Symbols: those of the chapter that the exercise belongs to.

An exercise knows its right answer and the mistakes that people make.  A mistake
is not described, it is written down as an answer or as a function of its own;
whoever gives that answer meets the hint that belongs to it.
"""

from clusterlib.exercises.checking import EXERCISES, Outcome, check

__all__ = ["EXERCISES", "Outcome", "check"]
