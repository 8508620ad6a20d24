"""What a new series asks, in the words of the catalogue."""

from dataclasses import replace

from bot.domain.series import DEFAULT_QUESTIONS, Question
from bot.rendering.environments import Templates


def usual_questions(templates: Templates) -> tuple[Question, ...]:
    """Return the questions that a series starts with."""
    return tuple(_worded(question, templates) for question in DEFAULT_QUESTIONS)


def _worded(question: Question, templates: Templates) -> Question:
    heading = templates.label(f"series.heading.{question.key}") if question.heading else ""
    return replace(question, ask=templates.label(f"series.question.{question.key}"), heading=heading)
