"""What became different when settings were saved, and what that means for the edition under way."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.cadence import Cadence
from bot.domain.editions import Edition, EditionState
from bot.domain.planning import first_period
from bot.domain.series import Series


class Aspect(StrEnum):
    """What may be different about a series: each comes into force in its own way."""

    CHANNEL = "channel"
    PEOPLE = "people"
    EDITORS = "editors"
    QUESTIONS = "questions"
    TIMES = "times"
    PLACE = "place"
    NOTE = "note"
    PUBLISHING = "publishing"


UNDER_WAY = frozenset({EditionState.COLLECTING, EditionState.CLOSED})


def changed_between(before: Series, after: Series) -> frozenset[Aspect]:
    """Return what is different."""
    parts = {
        Aspect.CHANNEL: (before.channel_id, after.channel_id),
        Aspect.PEOPLE: (_asked(before), _asked(after)),
        Aspect.EDITORS: (before.editors, after.editors),
        Aspect.QUESTIONS: (_questions(before), _questions(after)),
        Aspect.TIMES: ((before.cadence, before.time_off), (after.cadence, after.time_off)),
        Aspect.PLACE: (before.asks_in, after.asks_in),
        Aspect.NOTE: ((before.layout, before.numbering), (after.layout, after.numbering)),
        Aspect.PUBLISHING: (_publishing(before), _publishing(after)),
    }
    return frozenset(aspect for aspect, (one, other) in parts.items() if one != other)


def _asked(series: Series) -> tuple[object, ...]:
    return series.contributors, series.follows_channel, series.asks_guests


def _questions(series: Series) -> tuple[object, ...]:
    return series.questions, series.bank if series.draws_question else ()


def _publishing(series: Series) -> tuple[object, ...]:
    how = series.needs_approval, series.reminder_limit, series.grace_days
    return *how, series.takes_turns, series.wants_second_eyes


def kept_cadence(edition: Edition, before: Cadence, after: Cadence, now: datetime) -> Cadence | None:
    """Return the cadence that an edition keeps when its series takes up another, or None when it takes it up too.

    One under way ends as it began. One that is only planned takes up the new times, unless by these it would have been
    asked for already: then it is asked as it was planned.
    """
    if edition.state in UNDER_WAY:
        return edition.cadence or before
    today = now.astimezone(ZoneInfo(after.zone)).date()
    is_present = edition.period.start <= today
    is_asked_for = first_period(after, now).start > edition.period.start
    return (edition.cadence or before) if is_present and is_asked_for else None
