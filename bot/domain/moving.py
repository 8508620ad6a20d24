"""Moving the steps of an edition off public holidays and days off, without changing their order.

Everything here is wall-clock time, compared as in the settings, whatever the zones. A whole edition moves by as many
days as its note does; then each person's own days off move what concerns them. Nothing leaves the edition's period.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.cadence import Cadence, Moment
from bot.domain.calendars import Calendar, HolidayPolicy, TimeOff
from bot.domain.weeks import Period

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MORNING = time(8)
"""When somebody is written to on a day on which the usual time would be too late."""


@dataclass(frozen=True, slots=True)
class Week:
    """An edition's note and draft in the series' clock, and what it takes to place the other steps."""

    cadence: Cadence
    period: Period
    moved: timedelta
    draft: datetime
    publish: datetime

    def ask(self, calendar: Calendar) -> datetime:
        """Return when somebody with these days off is asked, in their own clock.

        That is the usual day, or the last working day before it, or else the next one on which the draft is still to
        come. Somebody who has all these days off keeps the usual time, and is passed over then.
        """
        usual = self._usual(self.cadence.ask)
        if self._suits(usual, calendar) and usual < self.draft:
            return usual
        days = (usual.date(), *_days(usual.date(), self.period.start), *_days(usual.date(), self.draft.date()))
        found = _first(days, self.cadence.ask.at, calendar)
        return next((wall for wall in found if wall < self.draft), min(usual, self.draft))

    def remind(self, calendar: Calendar, asked: datetime) -> datetime:
        """Return when somebody `asked` at that time is reminded, in their own clock.

        That is the usual day, or the next working day on which the note is still to come, or the last one before. Where
        there is none it is the time they were asked, at which nobody is reminded.
        """
        usual = self._usual(self.cadence.remind)
        if self._suits(usual, calendar) and asked < usual < self.publish:
            return usual
        later = (usual.date(), *_days(usual.date(), self.publish.date()))
        days = (*later, *(day for day in _days(usual.date(), self.period.start) if day > asked.date()))
        found = _first(days, self.cadence.remind.at, calendar)
        return next((wall for wall in found if asked < wall < self.publish), asked)

    def _usual(self, moment: Moment) -> datetime:
        day = max(moment.day_in(self.period) + self.moved, self.period.start)
        return datetime.combine(day, moment.at)

    def _suits(self, wall: datetime, calendar: Calendar) -> bool:
        """Say whether a usual time may stay: the settings may choose a weekend, but moving does not."""
        day = wall.date()
        return calendar.is_working(day) if self.moved else not calendar.is_free(day)


def publishing_day(cadence: Cadence, period: Period, time_off: TimeOff) -> date | None:
    """Return the day on which an edition's note goes out, or None when the edition is skipped.

    Where the usual day is off, it is the last working day before it in the period, or else the next one after it.
    """
    calendar = team_calendar(cadence, time_off)
    usual = cadence.publish.day_in(period)
    if time_off.policy is HolidayPolicy.IGNORE or not calendar.is_free(usual):
        return usual
    if time_off.policy is HolidayPolicy.SKIP:
        return None
    days = (*_days(usual, period.start), *_days(usual, period.end))
    return next((day for day in days if calendar.is_working(day)), None)


def week_of(cadence: Cadence, period: Period, time_off: TimeOff, day: date) -> Week:
    """Return an edition whose note goes out on `day`. A draft that would come on a day off comes an hour before it."""
    moved = day - cadence.publish.day_in(period)
    publish = datetime.combine(day, cadence.publish.at)
    draft = datetime.combine(cadence.draft.day_in(period) + moved, cadence.draft.at)
    calendar = team_calendar(cadence, time_off)
    is_kept = calendar.is_working(draft.date()) if moved else not calendar.is_free(draft.date())
    if draft.date() < period.start or not (is_kept or time_off.policy is HolidayPolicy.IGNORE):
        draft = max(publish - HOUR, datetime.combine(day, time()))
    return Week(cadence, period, moved, draft, publish)


def team_calendar(cadence: Cadence, time_off: TimeOff) -> Calendar:
    """Return the days off of a series as a whole."""
    return Calendar(time_off.country, time_off.days, cadence.weekdays)


def _days(start: date, end: date) -> Iterator[date]:
    """Yield the days from the one next to `start` to `end`, which may come before it."""
    step = DAY if end > start else -DAY
    return (start + step * n for n in range(1, abs((end - start).days) + 1))


def _first(days: Iterable[date], at: time, calendar: Calendar) -> Iterator[datetime]:
    """Yield the times to choose from: on each working day the usual time, then the morning."""
    return (datetime.combine(day, each) for day in days if calendar.is_working(day) for each in (at, min(at, MORNING)))
