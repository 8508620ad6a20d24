"""Calendars: the days on which somebody, or a whole team, does not work."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.away import Days
from bot.domain.holidays import country_for, holiday_on, weekend_of


class HolidayPolicy(StrEnum):
    """What becomes of an edition whose note would go out on a public holiday, or on a day off of the team."""

    MOVE = "move"
    SKIP = "skip"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class TimeOff:
    """When a series rests: the country whose public holidays count (empty: none's), and the team's own days off."""

    country: str = ""
    days: tuple[Days, ...] = ()
    policy: HolidayPolicy = HolidayPolicy.MOVE


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off of a person or a team. On the weekdays `workdays` they work, whatever the country's weekend is."""

    country: str = ""
    days: tuple[Days, ...] = ()
    workdays: frozenset[int] = frozenset()

    def is_free(self, day: date) -> bool:
        """Say whether `day` is a public holiday or a day off; an ordinary weekend is not."""
        return any(day in days for days in self.days) or bool(holiday_on(self.country, day))

    def is_working(self, day: date) -> bool:
        """Say whether `day` is neither a day off nor of the weekend."""
        is_weekday = day.weekday() in self.workdays or day.weekday() not in weekend_of(self.country)
        return is_weekday and not self.is_free(day)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where somebody is: their IANA zone, and their days off there."""

    zone: str
    calendar: Calendar = Calendar()


def whereabouts(zone: str, chosen: str, time_off: TimeOff, workdays: frozenset[int]) -> Whereabouts:
    """Return where a contributor of a series is, who `chosen` a country or (empty) has not."""
    country = country_for(chosen, zone, time_off.country)
    return Whereabouts(zone, Calendar(country, time_off.days, workdays))
