"""The form that makes or changes a series: what a person chose, and the series that comes of it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import series_checks as checked
from bot.domain.bank import read_bank, written_bank
from bot.domain.cadence import (
    DEFAULT_ASK,
    DEFAULT_DRAFT,
    DEFAULT_PUBLISH,
    DEFAULT_REMIND,
    Cadence,
    Moment,
)
from bot.domain.calendars import HolidayPolicy, TimeOff
from bot.domain.days_off import read_days_off, written_days_off
from bot.domain.errors import ChangedMeanwhileError, InvalidInputError
from bot.domain.holidays import NOWHERE, country_of_zone, read_country
from bot.domain.numbering import next_numbers, title_of_next, tried
from bot.domain.people import Person, name_of
from bot.domain.planning import first_period
from bot.domain.series import DEFAULT_QUESTIONS, AsksIn, Layout, Numbering, Question, Series
from bot.domain.weeks import monday_of
from bot.domain.zones import UTC_ZONE, read_zone

MAX_TEMPLATE = 150
MAX_REMINDERS = 3
MAX_GRACE_DAYS = 28


@dataclass(frozen=True, slots=True)
class SeriesForm:
    """What was chosen and typed, not yet checked.

    A question whose `key` is empty is new. `season` and `next_number` are of a new series, as typed; `next_number` is
    the episode, or the running count when the number template counts without episodes. `bank`, `country` and `days_off`
    are as typed (see `bot.domain.bank`, `bot.domain.holidays`, `bot.domain.days_off`). With `follows_channel` everyone
    in the channel is asked, whoever was chosen.
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
    reminder_limit: int = 1
    grace_days: int = 7
    takes_turns: bool = False
    wants_second_eyes: bool = False
    asks_in: AsksIn = AsksIn.DIRECT_MESSAGES
    asks_guests: bool = True
    follows_channel: bool = False
    draws_question: bool = False
    bank: str = ""
    country: str = ""
    days_off: str = ""
    holiday_policy: HolidayPolicy = HolidayPolicy.MOVE


def form_of(series: Series) -> SeriesForm:
    """Return the form filled with the settings of a series."""
    cadence, numbering = series.cadence, series.numbering
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
        needs_approval=series.needs_approval,
        reminder_limit=series.reminder_limit,
        grace_days=series.grace_days,
        takes_turns=series.takes_turns,
        wants_second_eyes=series.wants_second_eyes,
        asks_in=series.asks_in,
        asks_guests=series.asks_guests,
        follows_channel=series.follows_channel,
        draws_question=series.draws_question,
        bank=written_bank(series.bank),
        country=series.time_off.country,
        days_off=written_days_off(series.time_off.days),
        holiday_policy=series.time_off.policy,
    )


def new_series(workspace_id: str, creator: str, form: SeriesForm, people: Mapping[str, Person], today: date) -> Series:
    """Return the series a form describes, without an id yet. Raises InvalidInputError naming the field."""
    blank = Series(
        0, workspace_id, form.channel_id, "", Cadence(UTC_ZONE, monday_of(today)), form.layout, Numbering(), (), (), ()
    )
    form = replace(form, editors=form.editors or (creator,), country=form.country or country_of_zone(form.zone))
    series = changed_series(blank, form, people, today)
    return replace(series, numbering=next_numbers(series.numbering, form.season, form.next_number))


def first_title(form: SeriesForm, headline: str, now: datetime) -> str:
    """Return how the title of the first note would look, if it had this headline. Raises InvalidInputError."""
    today = now.astimezone(ZoneInfo(read_zone(form.zone))).date()
    cadence = _cadence(Cadence(UTC_ZONE, monday_of(today)), form, today)
    numbering = next_numbers(_templates(Numbering(), form), form.season, form.next_number)
    return title_of_next(numbering, first_period(cadence, now), headline)


def changed_series(series: Series, form: SeriesForm, people: Mapping[str, Person], today: date) -> Series:
    """Return `series` with the settings of the form. Raises InvalidInputError naming the field."""
    return replace(
        series,
        channel_id=checked.channel(form.channel_id),
        name=checked.name(form.name),
        contributors=_contributors(series, form, people),
        editors=checked.people(form.editors, people, "editors", before=series.editors),
        questions=checked.questions(form.questions),
        cadence=_cadence(series.cadence, form, today),
        layout=form.layout,
        numbering=_templates(series.numbering, form),
        needs_approval=form.needs_approval,
        reminder_limit=checked.within(form.reminder_limit, MAX_REMINDERS, "reminder_limit"),
        grace_days=checked.within(form.grace_days, MAX_GRACE_DAYS, "grace_days"),
        takes_turns=form.takes_turns,
        wants_second_eyes=form.wants_second_eyes,
        asks_in=form.asks_in,
        asks_guests=form.asks_guests,
        follows_channel=form.follows_channel,
        draws_question=form.draws_question,
        bank=_bank(form),
        time_off=_time_off(series.time_off, form, today),
    )


def fingerprint(form: SeriesForm, fields: Iterable[str]) -> str:
    """Return what tells whether some of the settings are still those that somebody was shown."""
    shown = "\n".join(f"{name}={getattr(form, name)!r}" for name in sorted(fields))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def filled_in(form: SeriesForm, values: Mapping[str, Any], shown: str) -> SeriesForm:
    """Return the form with these values in it.

    `shown` is the fingerprint of what stood there when they were typed. Raises ChangedMeanwhileError when somebody
    else has changed it since, unless to the same.
    """
    filled = replace(form, **values)
    if filled != form and shown != fingerprint(form, values):
        raise ChangedMeanwhileError
    return filled


def _contributors(series: Series, form: SeriesForm, people: Mapping[str, Person]) -> tuple[str, ...]:
    """Return the people chosen; who is in the channel is none of the form's business."""
    if form.follows_channel:
        return series.contributors
    chosen = checked.people(form.contributors, people, "contributors", before=series.contributors)
    guests = [name_of(user_id, people) for user_id in chosen if user_id in people and people[user_id].is_guest]
    if guests and not form.asks_guests:
        raise InvalidInputError("guests_left_out", "contributors", names=guests)
    return chosen


def _time_off(before: TimeOff, form: SeriesForm, today: date) -> TimeOff:
    country = before.country if form.country == before.country else read_country(form.country)
    return TimeOff("" if country == NOWHERE else country, read_days_off(form.days_off, today), form.holiday_policy)


def _bank(form: SeriesForm) -> tuple[Question, ...]:
    bank = read_bank(form.bank)
    if form.draws_question and not bank:
        raise InvalidInputError("bank_empty", "bank")
    return bank


def _cadence(before: Cadence, form: SeriesForm, today: date) -> Cadence:
    every_weeks = checked.every(form.every_weeks)
    checked.order(form.ask, form.remind, form.draft, form.publish)
    anchor = before.anchor if every_weeks == before.every_weeks else monday_of(today)
    return Cadence(read_zone(form.zone), anchor, every_weeks, form.ask, form.remind, form.draft, form.publish)


def _templates(before: Numbering, form: SeriesForm) -> Numbering:
    """Return the numbering with the form's templates; a note may go out, and take its number, at any moment."""
    return tried(before, form.number_template, form.title_template)
