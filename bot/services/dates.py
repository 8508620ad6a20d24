"""Where people are: their zones, and the days off they have there."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.cadence import instant
from bot.domain.calendars import Whereabouts, whereabouts
from bot.domain.editions import Edition, StepKind
from bot.domain.planning import draft_due, publish_due
from bot.domain.series import AsksIn, Series
from storage import editions, people, steps
from storage.database import Session


def whereabouts_in(session: Session, series: Series, user_ids: Collection[str]) -> dict[str, Whereabouts]:
    """Return where the people that are known among `user_ids` are, and when they have days off in a series."""
    zones = people.zones(session, series.workspace_id, user_ids)
    chosen = people.countries(session, series.workspace_id, user_ids)
    workdays = series.cadence.weekdays
    return {
        user_id: whereabouts(zone, chosen.get(user_id, ""), series.time_off, workdays)
        for user_id, zone in zones.items()
    }


def goes_out_at(session: Session, series: Series, edition: Edition) -> datetime:
    """Return when the note of an edition goes out (UTC): as its step says, which days off may have moved."""
    found = steps.due_at(session, series.workspace_id, [edition.id], StepKind.PUBLISH)
    return found.get(edition.id) or publish_due(edition.cadence or series.cadence, edition.period)


def drafted_at(session: Session, series: Series, edition: Edition) -> datetime:
    """Return when the editors get the draft of an edition (UTC), as its step says."""
    found = steps.due_at(session, series.workspace_id, [edition.id], StepKind.DRAFT)
    return found.get(edition.id) or draft_due(edition.cadence or series.cadence, edition.period)


def asks_at(session: Session, series: Series, edition: Edition, user_id: str, zone: str) -> datetime:
    """Return when somebody in an IANA zone is asked for an edition (UTC): as their step says, else as usual.

    Where the questions are put in the channel, that is when everybody is asked.
    """
    if series.asks_in is AsksIn.CHANNEL:
        user_id, zone = "", series.cadence.zone
    found = steps.due_at(session, series.workspace_id, [edition.id], StepKind.ASK, user_id)
    ask = (edition.cadence or series.cadence).ask
    return found.get(edition.id) or instant(ask.day_in(edition.period), ask.at, zone)


def next_goes_out_at(session: Session, series: Series, edition: Edition) -> datetime:
    """Return when the note after an edition's goes out (UTC), leaving out editions that are skipped for days off."""
    following = editions.following(session, series.workspace_id, edition)
    if following:
        return goes_out_at(session, series, following)
    return publish_due(series.cadence, series.cadence.next_period(edition.period))
