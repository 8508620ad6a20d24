"""Days, times and names as people read them, in the words and the order of the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.cadence import Moment
from bot.domain.weeks import Period
from bot.rendering.labels import Labels


@dataclass(frozen=True, slots=True)
class Wording:
    """Writes days, times and names."""

    labels: Labels

    def day(self, value: date, *, year: bool = False) -> str:
        """Write a date as people say it: `Friday 7 March`, with `year` `Friday 7 March 2025`."""
        return self.labels.one("dates.day_in_year" if year else "dates.day", self._parts(value))

    def plain_day(self, value: date, *, year: bool = False) -> str:
        """Write a date without its weekday: `7 March`, with `year` `7 March 2025`."""
        return self.labels.one("dates.plain_day_in_year" if year else "dates.plain_day", self._parts(value))

    def dates(self, period: Period) -> str:
        """Write the dates of a period, saying no month or year twice: `3–9 March 2025`, `30 June – 6 July 2025`."""
        first, last = period.start, period.end
        form = "over_years" if first.year != last.year else "in_year" if first.month != last.month else "in_month"
        return self.labels.one(f"dates.{form}", {"first": self._parts(first), "last": self._parts(last)})

    def week(self, period: Period) -> str:
        """Name a period by ISO week: `week 47`, or `weeks 46–47`."""
        first, last = period.start.isocalendar(), period.end.isocalendar()
        if first[:2] == last[:2]:
            return self.labels.one("dates.week", {"week": last.week})
        return self.labels.one("dates.weeks", {"first": first.week, "last": last.week})

    def spoken(self, instant: datetime, zone: str) -> str:
        """Write an aware instant as wall-clock time in an IANA zone: `Friday 6 March at 16:00`."""
        local = instant.astimezone(ZoneInfo(zone))
        return self.labels.one("dates.moment", {"date": self.day(local), "time": _clock(local.time())})

    def weekly(self, moment: Moment) -> str:
        """Write a weekday and time: `Thursday at 10:00`."""
        weekday = self.weekdays[moment.weekday]
        return self.labels.one("dates.weekly", {"weekday": weekday, "time": _clock(moment.at)})

    def names(self, people: Iterable[str], joined_by: str = "and") -> str:
        """Write names as a sentence does: `Ana`, `Ana and Ben`, `Ana, Ben and Cy`; `joined_by` is `and` or `or`."""
        *others, last = list(people) or [""]
        return self.labels.one(f"dates.{joined_by}", {"others": ", ".join(others), "last": last}) if others else last

    @property
    def weekdays(self) -> tuple[str, ...]:
        """Return the names of the weekdays, from Monday."""
        return self.labels.several("dates.weekdays")

    def _parts(self, value: date) -> dict[str, object]:
        months = self.labels.several("dates.months")
        weekday, month = self.weekdays[value.weekday()], months[value.month - 1]
        return {"weekday": weekday, "day": value.day, "month": month, "year": value.year}


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
