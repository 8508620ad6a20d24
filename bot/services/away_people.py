"""Who is away, where the rest of a week's work asks."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.editions import Edition
from bot.domain.people import Person
from bot.domain.series import Series
from storage import away, people, prompts
from storage.database import Session


def today_of(zone: str, now: datetime) -> date:
    """Return the date it is in an IANA zone."""
    return now.astimezone(ZoneInfo(zone)).date()


def is_away(session: Session, workspace_id: str, person: Person, now: datetime) -> bool:
    """Say whether somebody is away today, where they are."""
    return bool(away.away_on(session, workspace_id, [person.id], today_of(person.zone, now)))


def away_for(
    session: Session, series: Series, edition: Edition, user_ids: Collection[str], now: datetime
) -> frozenset[str]:
    """Return those among `user_ids` from whom an edition expects nothing.

    They are away now, or they were away when the others were asked and have not been asked since.
    """
    by_day: dict[date, list[str]] = {}
    for user_id, zone in people.zones(session, series.workspace_id, user_ids).items():
        by_day.setdefault(today_of(zone, now), []).append(user_id)
    asked = {prompt.user_id for prompt in prompts.of_edition(session, series.workspace_id, edition.id)}
    by_day.setdefault(series.cadence.ask.day_in(edition.period), []).extend(set(user_ids) - asked)
    found = (away.away_on(session, series.workspace_id, there, day) for day, there in by_day.items())
    return frozenset().union(*found)
