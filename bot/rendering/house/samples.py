"""A made-up note, to try a house template on before the series has one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.domain.editions import Answer, Edition, EditionState, Source
from bot.domain.notes import Note, compose
from bot.domain.numbering import number_of
from bot.domain.series import Series
from bot.rendering.environments import Templates


def sample_note(series: Series, today: date, templates: Templates) -> Note:
    """Return a note of this week in which two people, whom nobody knows, answered each question."""
    people = {f"U{n}": name for n, name in enumerate(templates.words.labels.several("style.people"))}
    period = series.cadence.period_on(today)
    edition = Edition(
        0,
        series.workspace_id,
        series.id,
        period,
        EditionState.COLLECTING,
        series.questions,
        headline=templates.label("settings.note.example_headline"),
        introduction=templates.label("style.introduction"),
    )
    given = list(_answers(series, tuple(people), today, templates))
    made_up = replace(series, contributors=tuple(people))
    return compose(made_up, edition, given, people, number=number_of(series.numbering, period))


def _answers(series: Series, people: tuple[str, ...], today: date, templates: Templates) -> Iterator[Answer]:
    at = datetime.combine(today, time(12), UTC)
    for person in people:
        for question in series.questions:
            text = templates.label(f"style.answer.{question.shape.value}")
            yield Answer(0, series.workspace_id, 0, person, question.key, Source.THREAD, text, at)
