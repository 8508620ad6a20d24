"""What may stand in the settings of a series: each check returns what is kept, or says what is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.domain.cadence import Moment
from bot.domain.errors import InvalidInputError
from bot.domain.people import Person, can_be_asked, name_of
from bot.domain.series import Question

MAX_QUESTIONS = 20
MAX_NAME = 80
MAX_ASK = 500
MAX_HEADING = 150
MAX_NUMBER = 1_000_000
MAX_DIGITS = 9
EVERY_WEEKS = (1, 2, 4)


def channel(channel_id: str) -> str:
    """Return the channel, which there must be."""
    if not channel_id:
        raise InvalidInputError("channel_missing", "channel")
    return channel_id


def name(typed: str) -> str:
    """Return the name of a series, without spaces that say nothing."""
    words = " ".join(typed.split())
    if not words:
        raise InvalidInputError("name_missing", "name")
    if len(words) > MAX_NAME:
        raise InvalidInputError("name_too_long", "name", most=MAX_NAME)
    return words


def people(
    user_ids: Iterable[str], known: Mapping[str, Person], field: str, *, before: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the people, each once, refusing those who are not there to answer, unless they were there `before`."""
    chosen = tuple(dict.fromkeys(user_ids))
    if not chosen:
        raise InvalidInputError("people_missing", field)
    added = [user_id for user_id in chosen if user_id not in set(before)]
    refused = [name_of(user_id, known) for user_id in added if not _is_there(known.get(user_id))]
    if refused:
        raise InvalidInputError("people_cannot_be_asked", field, people=refused)
    return chosen


def _is_there(person: Person | None) -> bool:
    return person is not None and can_be_asked(person)


def questions(given: Iterable[Question]) -> tuple[Question, ...]:
    """Return the questions that have a wording, each with a key."""
    kept = [_question(question) for question in given if question.ask.strip()]
    if not kept:
        raise InvalidInputError("questions_missing", "question.ask")
    if len(kept) > MAX_QUESTIONS:
        raise InvalidInputError("too_many_questions", "question.ask", most=MAX_QUESTIONS)
    taken = {question.key for question in kept if question.key}
    return tuple(question if question.key else _keyed(question, taken) for question in kept)


def _question(question: Question) -> Question:
    ask, heading = question.ask.strip(), question.heading.strip()
    for typed, limit, part in ((ask, MAX_ASK, "ask"), (heading, MAX_HEADING, "heading")):
        if len(typed) > limit:
            raise InvalidInputError("words_too_long", f"question.{part}", most=limit)
    return replace(question, ask=ask, heading=heading)


def _keyed(question: Question, taken: set[str]) -> Question:
    """Give a new question a key of its own, made of its heading or wording, and note it in `taken`."""
    words = re.findall(r"[a-z0-9]+", (question.heading or question.ask).casefold())
    stem = "-".join(words)[:40].strip("-") or "question"
    key, copy = stem, 2
    while key in taken:
        key, copy = f"{stem}-{copy}", copy + 1
    taken.add(key)
    return replace(question, key=key)


def every(weeks: int) -> int:
    """Return how many weeks an edition covers."""
    if weeks not in EVERY_WEEKS:
        raise InvalidInputError("rhythm_unknown", "every_weeks")
    return weeks


def order(ask: Moment, remind: Moment, draft: Moment, publish: Moment) -> None:
    """Refuse steps that are not in the order ask, remind, draft, publish."""
    asked, reminded, drafted, published = ((moment.weekday, moment.at) for moment in (ask, remind, draft, publish))
    if published <= asked:
        raise InvalidInputError("publish_before_ask", "publish.at")
    if drafted <= asked:
        raise InvalidInputError("draft_too_early", "draft.at")
    if published <= drafted:
        raise InvalidInputError("publish_too_early", "publish.at")
    if not asked < reminded < published:
        raise InvalidInputError("remind_at_wrong_time", "remind.at")


def within(number: int, most: int, field: str) -> int:
    """Return a number that was chosen from a list, refusing what the list cannot hold."""
    if not 0 <= number <= most:
        raise InvalidInputError("number_out_of_range", field, most=most)
    return number


def whole_number(typed: str, field: str) -> int:
    """Return the whole number that was typed."""
    digits = typed.strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS
    if not is_number or int(digits) > MAX_NUMBER:
        raise InvalidInputError("number_wrong", field)
    return int(digits)
