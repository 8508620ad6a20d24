"""Who is away, where the rest of a week's work asks."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.calendars import Whereabouts
from bot.domain.editions import Edition
from bot.domain.members import may_be_asked
from bot.domain.people import Person
from bot.domain.reminding import asking_time
from bot.domain.series import Series
from bot.services.dates import drafted_at, whereabouts_in
from bot.services.planning import planned_ask
from storage import away, deliveries, people, prompts, steps
from storage.database import Session


def today_of(zone: str, now: datetime) -> date:
    """Return the date it is in an IANA zone."""
    return now.astimezone(ZoneInfo(zone)).date()


def asked_by(session: Session, series: Series) -> list[str]:
    """Return the contributors of a series who are there to answer, in its order. One not known counts as there."""
    known = people.many(session, series.workspace_id, series.contributors)
    return [each for each in series.contributors if each not in known or may_be_asked(series, known[each])]


def is_off(session: Session, series: Series, person: Person, now: datetime) -> bool:
    """Say whether somebody is away today, or has the day off, where they are."""
    today = today_of(person.zone, now)
    is_free = whereabouts_of(session, series, person).calendar.is_free(today)
    return is_free or bool(away.away_on(session, series.workspace_id, [person.id], today))


def asked_later(session: Session, series: Series, edition: Edition, person: Person, now: datetime) -> datetime | None:
    """Return when somebody may be asked: now, or at a decent time when they are there again.

    None when that would be after the draft.
    """
    known = away.of_person(session, series.workspace_id, person.id, today_of(person.zone, now))
    where = whereabouts_of(session, series, person)
    usual = (edition.cadence or series.cadence).ask.at
    return asking_time(now, where, known, usual=usual, ends_at=drafted_at(session, series, edition))


def was_put_off(session: Session, series: Series, edition: Edition, user_id: str, due_at: datetime) -> bool:
    """Say whether asking somebody, due now, was put off because they were away."""
    planned = planned_ask(session, series, edition, user_id)
    return planned is not None and due_at > planned


def away_for(
    session: Session, series: Series, edition: Edition, user_ids: Collection[str], now: datetime
) -> frozenset[str]:
    """Return those among `user_ids` from whom an edition expects nothing.

    They are away or off now, or they were when the others were asked and have not been asked since.
    """
    places = whereabouts_in(session, series, user_ids)
    there = {user_id: today_of(where.zone, now) for user_id, where in places.items()}
    asked = {prompt.user_id for prompt in prompts.of_edition(session, series.workspace_id, edition.id)}
    ask = (edition.cadence or series.cadence).ask.day_in(edition.period)
    by_day: dict[date, list[str]] = {ask: [user_id for user_id in user_ids if user_id not in asked]}
    for user_id, today in there.items():
        by_day.setdefault(today, []).append(user_id)
    found = (away.away_on(session, series.workspace_id, there, day) for day, there in by_day.items())
    off = (user_id for user_id, where in places.items() if where.calendar.is_free(there[user_id]))
    passed_over = steps.passed_over(session, series.workspace_id, [edition.id])[edition.id]
    return frozenset(off).union(passed_over & frozenset(user_ids), *found)


def excused(session: Session, series: Series, editions: Collection[Edition]) -> dict[int, frozenset[str]]:
    """Return who was away, or had the days off, when each of these editions asked, by the edition's id.

    This is what was recorded at the time: it stays when people come back, and whatever their days off become.
    """
    return steps.passed_over(session, series.workspace_id, [edition.id for edition in editions])


def whereabouts_of(session: Session, series: Series, person: Person) -> Whereabouts:
    """Return where somebody is, and when they have days off in a series."""
    return whereabouts_in(session, series, [person.id]).get(person.id) or Whereabouts(person.zone)


def reminders(session: Session, edition: Edition, user_id: str) -> int:
    """Return how many reminders a contributor has had for an edition."""
    sent = deliveries.keys(session, edition.workspace_id, edition_id=edition.id, kind="reminder")
    return sum(key.startswith(f"edition:{edition.id}:remind:{user_id}:") for key in sent)
