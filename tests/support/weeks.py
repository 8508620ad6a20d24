"""Weeks written for the tests: what people gave, and the notes they become."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.cadence import Cadence
from bot.domain.editions import Answer, Edition, EditionState, Source
from bot.domain.notes import Note, compose
from bot.domain.series import DEFAULT_QUESTIONS, Layout, Numbering, Question, Series
from bot.domain.weeks import Period

NAMES = {"U_ANA": "Ana Okafor", "U_BEN": "Ben Lindqvist", "U_CY": "Cy Marsh"}
WEEK_47 = Period(date(2025, 11, 17), date(2025, 11, 23))
THURSDAY = datetime(2025, 11, 20, 10, tzinfo=UTC)


def series(
    layout: Layout = Layout.PERSONAL, *people: str, questions: tuple[Question, ...] = DEFAULT_QUESTIONS
) -> Series:
    """Return a series of these people, by default of Ana."""
    people = people or ("U_ANA",)
    cadence = Cadence("Europe/London", date(2025, 1, 6))
    numbering = Numbering(season=3, episode=24, count=217)
    return Series(1, "T_TEAM", "C_TEAM", "Weeknotes", cadence, layout, numbering, questions, people, people[:1])


def edition(**fields: Any) -> Edition:  # noqa: ANN401 - any field of an edition
    """Return the edition of week 47, published late, on the Thursday after."""
    published = datetime(2025, 11, 27, 16, 4, tzinfo=UTC)
    known: dict[str, Any] = {"questions": DEFAULT_QUESTIONS, "number": "3.24", "published_at": published, **fields}
    return Edition(1, "T_TEAM", 1, WEEK_47, EditionState.PUBLISHED, **known)


def answer(number: int, question_key: str, text: str, user_id: str = "U_ANA", **fields: Any) -> Answer:  # noqa: ANN401 - any field of an answer
    """Return an answer given `number` minutes after the question."""
    given_at = THURSDAY + timedelta(minutes=number)
    return Answer(number, "T_TEAM", 1, user_id, question_key, Source.THREAD, text, given_at, **fields)


def note(given: Mapping[str, Mapping[str, tuple[str, ...]]], layout: Layout = Layout.PERSONAL, **fields: Any) -> Note:  # noqa: ANN401 - any field of an edition
    """Return the note of what each person gave to each question, one reply after the other."""
    replies = [(user, key, text) for user, keys in given.items() for key, texts in keys.items() for text in texts]
    answers = [answer(number, key, text, user) for number, (user, key, text) in enumerate(replies, 1)]
    return compose(series(layout, *given), edition(**fields), answers, NAMES)
