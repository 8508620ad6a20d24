"""A series as the columns of its row, and back."""

from datetime import date
from typing import Any

from bot.domain.away import Days
from bot.domain.bank import bank_question
from bot.domain.cadence import Cadence, Moment
from bot.domain.calendars import HolidayPolicy, TimeOff
from bot.domain.series import AsksIn, Layout, Numbering, Question, Series, Shape
from storage.models import QuestionRow, SeriesRow


def settings_columns(series: Series) -> dict[str, Any]:
    """Return the columns of what editors set; the channel, the rota and the lists are kept apart."""
    cadence = series.cadence
    return {
        "name": series.name,
        "zone": cadence.zone,
        "anchor": cadence.anchor,
        "every_weeks": cadence.every_weeks,
        **_moment_columns("ask", cadence.ask),
        **_moment_columns("remind", cadence.remind),
        **_moment_columns("draft", cadence.draft),
        **_moment_columns("publish", cadence.publish),
        "layout": series.layout.value,
        **numbering_columns(series.numbering),
        "needs_approval": series.needs_approval,
        "reminder_limit": series.reminder_limit,
        "grace_days": series.grace_days,
        "is_paused": series.is_paused,
        "takes_turns": series.takes_turns,
        "wants_second_eyes": series.wants_second_eyes,
        "asks_in": series.asks_in.value,
        "asks_guests": series.asks_guests,
        "follows_channel": series.follows_channel,
        "draws_question": series.draws_question,
        "bank": [{"ask": question.ask, "heading": question.heading} for question in series.bank],
        **_time_off_columns(series.time_off),
    }


def _moment_columns(step: str, moment: Moment) -> dict[str, Any]:
    return {f"{step}_weekday": moment.weekday, f"{step}_at": moment.at}


def numbering_columns(numbering: Numbering) -> dict[str, Any]:
    """Return the columns of the templates, the season and the numbers to come."""
    return {
        "number_template": numbering.number_template,
        "title_template": numbering.title_template,
        "season": numbering.season,
        "next_episode": numbering.episode,
        "next_count": numbering.count,
    }


def _time_off_columns(time_off: TimeOff) -> dict[str, Any]:
    days = [[each.first.isoformat(), (each.last or each.first).isoformat()] for each in time_off.days]
    return {"country": time_off.country, "days_off": days, "holiday_policy": time_off.policy.value}


def _time_off(row: SeriesRow) -> TimeOff:
    days = tuple(Days(date.fromisoformat(first), date.fromisoformat(last)) for first, last in row.days_off)
    return TimeOff(row.country, days, HolidayPolicy(row.holiday_policy))


def series_of(row: SeriesRow, questions: list[QuestionRow], contributors: list[str], editors: list[str]) -> Series:
    """Return the series that a row and its lists hold."""
    return Series(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        channel_id=row.channel_id,
        name=row.name,
        cadence=_cadence(row),
        layout=Layout(row.layout),
        numbering=Numbering(row.number_template, row.title_template, row.season, row.next_episode, row.next_count),
        questions=tuple(Question(q.key, q.ask, q.heading, Shape(q.shape), q.is_optional) for q in questions),
        contributors=tuple(contributors),
        editors=tuple(editors),
        needs_approval=row.needs_approval,
        reminder_limit=row.reminder_limit,
        grace_days=row.grace_days,
        is_paused=row.is_paused,
        takes_turns=row.takes_turns,
        wants_second_eyes=row.wants_second_eyes,
        rota=tuple(row.rota),
        asks_in=AsksIn(row.asks_in),
        asks_guests=row.asks_guests,
        follows_channel=row.follows_channel,
        draws_question=row.draws_question,
        bank=tuple(bank_question(each["ask"], each["heading"]) for each in row.bank),
        time_off=_time_off(row),
    )


def _cadence(row: SeriesRow) -> Cadence:
    return Cadence(
        row.zone,
        row.anchor,
        row.every_weeks,
        ask=Moment(row.ask_weekday, row.ask_at),
        remind=Moment(row.remind_weekday, row.remind_at),
        draft=Moment(row.draft_weekday, row.draft_at),
        publish=Moment(row.publish_weekday, row.publish_at),
    )
