"""Days of the past, as people write them: `2026-01-31`, `31 January`, `Jan 31 2026`, `today`, `yesterday`."""

import re
from calendar import month_name
from datetime import date, timedelta

from bot.domain.errors import InvalidInputError

DAY = timedelta(days=1)
A_YEAR = timedelta(days=364)
"""To the last day before the same one again, whatever the year."""
ABBREVIATED = 3
"""Letters by which a month is known."""
LEAP_YEARS = 9
"""How many years back a 29 February may be."""


def read_past_day(typed: str, today: date) -> date:
    """Read a day. One without its year is the latest that is not still to come. Raises InvalidInputError."""
    words = _tidied(typed)
    near = {"today": today, "now": today, "yesterday": today - DAY}
    found = near.get(words) or _by_numbers(words) or _by_month(words, today)
    if found is None:
        raise InvalidInputError("day_not_understood", typed=typed[:60])
    return found


def read_last_day(typed: str, first: date, today: date) -> date:
    """Read a day of the past that is not before `first`: one without its year may then still be to come."""
    day = read_past_day(typed, today)
    return day if day >= first or first > today else _by_month(_tidied(typed), first + A_YEAR) or day


def months_before(day: date, months: int) -> date:
    """Return the day so many months earlier, or the last one of that month."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 27, -1):
        if found := _date(years, month + 1, number):
            return found
    return date(years, month + 1, min(day.day, 28))


def _tidied(typed: str) -> str:
    return " ".join(typed.casefold().replace(",", " ").split()).rstrip(".")


def _by_numbers(words: str) -> date | None:
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words, re.ASCII)
    return _date(*map(int, found.groups())) if found else None


def _by_month(words: str, today: date) -> date | None:
    found = re.fullmatch(r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[a-z]+)\.?(?: (?P<year>\d{4}))?", words, re.ASCII)
    found = found or re.fullmatch(
        r"(?P<month>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?: (?P<year>\d{4}))?", words, re.ASCII
    )
    month = _month(found["month"]) if found else None
    if found is None or month is None:
        return None
    if found["year"]:
        return _date(int(found["year"]), month, int(found["day"]))
    latest = (_date(today.year - ago, month, int(found["day"])) for ago in range(min(LEAP_YEARS, today.year)))
    return next((day for day in latest if day and day <= today), None)


def _month(word: str) -> int | None:
    names = [name.casefold() for name in month_name]
    return next((n for n, name in enumerate(names) if len(word) >= ABBREVIATED and name.startswith(word)), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
