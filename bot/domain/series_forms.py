"""The form that makes or changes a series: what a person chose, and the series that comes of it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.bank import read_bank, written_bank
from bot.domain.cadence import (
    DEFAULT_ASK,
    DEFAULT_DRAFT,
    DEFAULT_PUBLISH,
    DEFAULT_REMIND,
    Cadence,
    Moment,
)
from bot.domain.errors import InvalidInputError
from bot.domain.numbering import validate_template
from bot.domain.people import Person, can_be_asked, name_of
from bot.domain.series import DEFAULT_QUESTIONS, Layout, Numbering, Question, Series
from bot.domain.weeks import monday_of
from bot.domain.zones import UTC_ZONE, read_zone

MAX_QUESTIONS = 20
MAX_NAME = 80
MAX_ASK = 500
MAX_HEADING = 150
MAX_TEMPLATE = 150
MAX_NUMBER = 1_000_000
EVERY_WEEKS = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class SeriesForm:
    """What was chosen and typed, not yet checked.

    A question whose `ask` is empty is to be removed; one whose `key` is empty is new. `season` and `next_number` are
    as typed; `next_number` is the episode, or the running count when the number template counts without episodes.
    `shown_numbers` are the two as the form showed them: left as they were, they change nothing. `bank` is the question
    bank as typed (see `bot.domain.bank`). With `follows_channel` everyone in the channel is asked, whoever was chosen.
    """

    channel_id: str
    name: str
    contributors: tuple[str, ...]
    editors: tuple[str, ...] = ()
    questions: tuple[Question, ...] = DEFAULT_QUESTIONS
    zone: str = UTC_ZONE
    ask: Moment = DEFAULT_ASK
    remind: Moment = DEFAULT_REMIND
    draft: Moment = DEFAULT_DRAFT
    publish: Moment = DEFAULT_PUBLISH
    every_weeks: int = 1
    layout: Layout = Layout.BY_PERSON
    number_template: str = field(default_factory=lambda: Numbering().number_template)
    title_template: str = field(default_factory=lambda: Numbering().title_template)
    season: str = "1"
    next_number: str = "1"
    needs_approval: bool = False
    shown_numbers: tuple[str, str] = ("", "")
    asks_guests: bool = True
    follows_channel: bool = False
    draws_question: bool = False
    bank: str = ""


def form_of(series: Series) -> SeriesForm:
    """Return the form filled with the settings of a series."""
    cadence, numbering = series.cadence, series.numbering
    season = str(numbering.season)
    next_number = str(numbering.count if _counts(numbering.number_template) else numbering.episode)
    return SeriesForm(
        channel_id=series.channel_id,
        name=series.name,
        contributors=series.contributors,
        editors=series.editors,
        questions=series.questions,
        zone=cadence.zone,
        ask=cadence.ask,
        remind=cadence.remind,
        draft=cadence.draft,
        publish=cadence.publish,
        every_weeks=cadence.every_weeks,
        layout=series.layout,
        number_template=numbering.number_template,
        title_template=numbering.title_template,
        season=season,
        next_number=next_number,
        needs_approval=series.needs_approval,
        shown_numbers=(season, next_number),
        asks_guests=series.asks_guests,
        follows_channel=series.follows_channel,
        draws_question=series.draws_question,
        bank=written_bank(series.bank),
    )


def new_series(workspace_id: str, creator: str, form: SeriesForm, people: Mapping[str, Person], today: date) -> Series:
    """Return the series a form describes, without an id yet. Raises InvalidInputError naming the field."""
    blank = Series(
        0, workspace_id, form.channel_id, "", Cadence(UTC_ZONE, monday_of(today)), form.layout, Numbering(), (), (), ()
    )
    return changed_series(blank, replace(form, editors=form.editors or (creator,)), people, today)


def changed_series(series: Series, form: SeriesForm, people: Mapping[str, Person], today: date) -> Series:
    """Return `series` with the settings of the form. Raises InvalidInputError naming the field."""
    return replace(
        series,
        channel_id=_channel(form.channel_id),
        name=_name(form.name),
        contributors=_contributors(series, form, people),
        editors=_askable(form.editors, people, "editors"),
        questions=_questions(form.questions, series.questions or DEFAULT_QUESTIONS),
        cadence=_cadence(series.cadence, form, today),
        layout=form.layout,
        numbering=_numbering(series.numbering, form),
        needs_approval=form.needs_approval,
        asks_guests=form.asks_guests,
        follows_channel=form.follows_channel,
        draws_question=form.draws_question,
        bank=_bank(form),
    )


def _contributors(series: Series, form: SeriesForm, people: Mapping[str, Person]) -> tuple[str, ...]:
    """Return the people chosen; who is in the channel is none of the form's business."""
    if form.follows_channel:
        return series.contributors
    chosen = _askable(form.contributors, people, "contributors")
    guests = [name_of(user_id, people) for user_id in chosen if people[user_id].is_guest]
    if guests and not form.asks_guests:
        raise InvalidInputError("guests_left_out", "contributors", names=guests)
    return chosen


def _bank(form: SeriesForm) -> tuple[Question, ...]:
    bank = read_bank(form.bank)
    if form.draws_question and not bank:
        raise InvalidInputError("bank_empty", "bank")
    return bank


def _channel(channel_id: str) -> str:
    if not channel_id:
        raise InvalidInputError("channel_missing", "channel")
    return channel_id


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name:
        raise InvalidInputError("name_missing", "name")
    if len(name) > MAX_NAME:
        raise InvalidInputError("name_too_long", "name", most=MAX_NAME)
    return name


def _askable(user_ids: Iterable[str], people: Mapping[str, Person], field_name: str) -> tuple[str, ...]:
    """Return the people, each once, refusing those who are not there to answer."""
    chosen = tuple(dict.fromkeys(user_ids))
    if not chosen:
        raise InvalidInputError("people_missing", field_name)
    refused = [name_of(user_id, people) for user_id in chosen if not _is_askable(people.get(user_id))]
    if refused:
        raise InvalidInputError("people_cannot_be_asked", field_name, people=refused)
    return chosen


def _is_askable(person: Person | None) -> bool:
    return person is not None and can_be_asked(person)


def _questions(given: Iterable[Question], before: Iterable[Question]) -> tuple[Question, ...]:
    """Return the questions that are kept, each with a key, as optional as those they were `before`."""
    is_optional = {question.key: question.is_optional for question in before}
    kept = [
        replace(_checked(place, question), is_optional=is_optional.get(question.key, True))
        for place, question in enumerate(given)
        if question.ask.strip()
    ]
    if not kept:
        raise InvalidInputError("questions_missing", "question.0.ask")
    if len(kept) > MAX_QUESTIONS:
        raise InvalidInputError("too_many_questions", f"question.{MAX_QUESTIONS}.ask", most=MAX_QUESTIONS)
    taken = {question.key for question in kept if question.key}
    return tuple(question if question.key else _keyed(question, taken) for question in kept)


def _checked(place: int, question: Question) -> Question:
    ask, heading = question.ask.strip(), question.heading.strip()
    for typed, limit, part in ((ask, MAX_ASK, "ask"), (heading, MAX_HEADING, "heading")):
        if len(typed) > limit:
            raise InvalidInputError("words_too_long", f"question.{place}.{part}", most=limit)
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


def _cadence(before: Cadence, form: SeriesForm, today: date) -> Cadence:
    if form.every_weeks not in EVERY_WEEKS:
        raise InvalidInputError("rhythm_unknown", "every_weeks")
    _check_order(form)
    anchor = before.anchor if form.every_weeks == before.every_weeks else monday_of(today)
    return Cadence(read_zone(form.zone), anchor, form.every_weeks, form.ask, form.remind, form.draft, form.publish)


def _check_order(form: SeriesForm) -> None:
    """Refuse steps that are not in the order ask, remind, draft, publish."""
    ask, remind, draft, publish = (
        (moment.weekday, moment.at) for moment in (form.ask, form.remind, form.draft, form.publish)
    )
    if draft <= ask:
        raise InvalidInputError("draft_too_early", "draft.at")
    if publish <= draft:
        raise InvalidInputError("publish_too_early", "publish.at")
    if not ask < remind < publish:
        raise InvalidInputError("remind_at_wrong_time", "remind.at")


def _numbering(before: Numbering, form: SeriesForm) -> Numbering:
    validate_template(form.number_template, field="number_template")
    validate_template(form.title_template, is_title=True, field="title_template")
    season = _whole_number(form.season, "season")
    number = _whole_number(form.next_number, "next_number")
    templates = replace(
        before, number_template=form.number_template.strip(), title_template=form.title_template.strip()
    )
    is_same_kind = _counts(before.number_template) == _counts(form.number_template)
    if is_same_kind and (form.season, form.next_number) == form.shown_numbers:
        return templates  # a note may have gone out, and taken its number, while the form was open
    templates = replace(templates, season=season)
    return replace(templates, count=number) if _counts(form.number_template) else replace(templates, episode=number)


def _counts(number_template: str) -> bool:
    """Say whether a number template counts all notes, without seasons and episodes."""
    return "{count" in number_template and "{episode" not in number_template


def _whole_number(typed: str, field_name: str) -> int:
    digits = typed.strip()
    if not (digits.isascii() and digits.isdigit() and int(digits[:9]) <= MAX_NUMBER and len(digits) <= 9):  # noqa: PLR2004
        raise InvalidInputError("number_wrong", field_name)
    return int(digits)
