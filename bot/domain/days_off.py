"""A team's days off, as an editor types them: a day, or a first and a last day, on each line."""

import re
from collections.abc import Iterable
from datetime import date

from bot.domain.away import Days, read_days
from bot.domain.errors import InvalidInputError

MAX_TYPED = 2000
MAX_LINES = 50


def read_days_off(typed: str, today: date) -> tuple[Days, ...]:
    """Read days off, the soonest first, leaving out those that are over. Raises InvalidInputError."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > MAX_LINES:
        raise InvalidInputError("days_off_many", "days_off", most=MAX_LINES)
    found = {_read(line, today) for line in lines}
    return tuple(sorted((days for days in found if days.last and days.last >= today), key=lambda days: days.first))


def written_days_off(days_off: Iterable[Days]) -> str:
    """Write days off as they may be typed, the same in every language: `2026-12-24 to 2027-01-01`."""
    return "\n".join(
        f"{days.first}" if days.last in {None, days.first} else f"{days.first} to {days.last}" for days in days_off
    )


def _read(line: str, today: date) -> Days:
    dates = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?: to (\d{4}-\d\d-\d\d))?", line)
    try:
        if dates:
            first = date.fromisoformat(dates[1])
            days = Days(first, date.fromisoformat(dates[2]) if dates[2] else first)
        else:
            days = read_days(line, today)
    except (InvalidInputError, ValueError) as error:
        raise InvalidInputError("days_off_unclear", "days_off", typed=line[:60]) from error
    if days.last is None or days.last < days.first:
        raise InvalidInputError("days_off_unclear", "days_off", typed=line[:60])
    return days
