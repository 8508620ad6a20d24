"""Weeks and the periods editions cover (ISO 8601: a week starts on Monday, week 1 holds the year's first Thursday)."""

from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A run of whole ISO weeks, from the Monday `start` to the Sunday `end`, both included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        """Say whether `day` falls in the period."""
        return self.start <= day <= self.end

    @property
    def label(self) -> str:
        """Name the period by ISO week: `week 47`, or `weeks 46–47`."""
        first, last = self.start.isocalendar(), self.end.isocalendar()
        if first.week == last.week and first.year == last.year:
            return f"week {last.week}"
        return f"weeks {first.week}–{last.week}"


def monday_of(day: date) -> date:
    """Return the Monday of the ISO week `day` falls in."""
    return day - timedelta(days=day.weekday())


def week_a_year_before(day: date) -> Period:
    """Return the ISO week with the number of `day`'s, a year before; of a year without a week 53, its last week."""
    year, week, _ = day.isocalendar()
    last = date(year - 1, 12, 28).isocalendar().week
    return period_of_weeks(date.fromisocalendar(year - 1, min(week, last), 1), 1)


def period_of_weeks(first_monday: date, weeks: int) -> Period:
    """Return the period of `weeks` whole weeks that starts on `first_monday`."""
    return Period(first_monday, first_monday + weeks * WEEK - timedelta(days=1))
