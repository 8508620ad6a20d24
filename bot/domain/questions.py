"""Arranging the questions of a series: adding, rewording, moving and taking out."""

import hashlib
from collections.abc import Sequence

from bot.domain.errors import ChangedMeanwhileError
from bot.domain.series import Question

Questions = tuple[Question, ...]


def find(questions: Sequence[Question], key: str) -> Question | None:
    """Return the question with this key."""
    return next((question for question in questions if question.key == key), None)


def fingerprint(question: Question | None) -> str:
    """Return what tells whether a question is still the one that somebody was shown."""
    return hashlib.sha256(repr(question).encode()).hexdigest()[:16]


def put(questions: Questions, question: Question, shown: str) -> Questions:
    """Return the questions with one of them reworded, or added when its key is empty.

    `shown` is the fingerprint of the question as it stood when it was reworded. Raises ChangedMeanwhileError when it is
    another now.
    """
    if not question.key:
        return (*questions, question)
    if fingerprint(find(questions, question.key)) != shown:
        raise ChangedMeanwhileError
    return tuple(question if each.key == question.key else each for each in questions)


def moved(questions: Questions, key: str, by: int) -> Questions:
    """Return the questions with one of them moved up (`by` -1) or down (1); at the end it stays where it is."""
    listed = list(questions)
    place = next((n for n, question in enumerate(listed) if question.key == key), None)
    if place is not None:
        listed.insert(max(0, place + by), listed.pop(place))
    return tuple(listed)


def without(questions: Questions, key: str) -> Questions:
    """Return the questions without one of them."""
    return tuple(question for question in questions if question.key != key)
