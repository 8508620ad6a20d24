"""Being away: the days on which somebody is not asked, and reading them however people write them."""

import re
from calendar import month_name
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.errors import InvalidInputError
from bot.domain.upcoming import WEEKDAYS
from bot.domain.vocabulary import ENGLISH, Vocabulary
from bot.domain.weeks import WEEK, monday_of

DAY = timedelta(days=1)
LONGEST_ECHO = 60
MONTHS = tuple(month.casefold() for month in month_name[1:])
LONG_AGO = timedelta(days=92)
"""Nobody says so late that they are away: days over a turn of the year that began earlier are in the wrong order."""
YEARS_AHEAD = 8
"""How far the next 29 February can be."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days somebody is away, the first and the last included; without a last one, until they say they are back."""

    first: date
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        """Say whether they are away on `day`."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Away:
    """Days somebody is away, as they are kept."""

    id: int
    user_id: str
    days: Days


@dataclass(frozen=True, slots=True)
class _Named:
    """A day as it was named: a weekday, or a day of a month, perhaps without its year; or `day` itself."""

    day: date | None = None
    weekday: int | None = None
    month_day: tuple[int, int] | None = None


def read_days(typed: str, today: date, vocabulary: Vocabulary = ENGLISH) -> Days:
    """Read the days somebody says they are away. Raises InvalidInputError with a sentence that shows how to write them.

    `today` is the date where they are. A weekday is the next one to come; a date without a year is the next one that
    does not leave all the days in the past; `from` without an end is until they say they are back.
    """
    words = _tidied(vocabulary.english(typed))
    is_open = words.startswith("from ") and " to " not in words
    words = words.removeprefix("from ")
    try:
        found = _whole(words, today) or _shared_month(words, today) or _range(words, today)
    except (ValueError, OverflowError) as error:  # such as 31 April, or the year 0
        raise _unreadable(typed) from error
    if found is None:
        raise _unreadable(typed)
    return Days(found.first) if is_open else checked(found, today)


def checked(days: Days, today: date) -> Days:
    """Return the days when they make sense. Raises InvalidInputError, naming the form's field, when they do not."""
    if days.last and days.last < days.first:
        raise InvalidInputError("days_in_wrong_order", "last")
    if days.last and days.last < today:
        raise InvalidInputError("days_are_over", "last")
    return days


def _unreadable(typed: str) -> InvalidInputError:
    echo = " ".join(typed.split())
    echo = f"{echo[:LONGEST_ECHO]}…" if len(echo) > LONGEST_ECHO else echo
    return InvalidInputError("days_not_understood", typed=echo)


def _unclear(typed: str, one: date, other: date) -> InvalidInputError:
    return InvalidInputError("day_is_ambiguous", typed=typed, one=one, other=other)


def _tidied(typed: str) -> str:
    """Return what was typed in lower case, with one word, `to`, for everything that stands between two days."""
    words = " ".join(typed.casefold().replace(",", " ").split()).rstrip(".! ")
    words = re.sub(r"\s*[–—]\s*|\s+-\s+|(?<=[a-z])-|-(?=[a-z])", " to ", words)
    words = re.sub(r"\b(?:until|untill|till|til|through|thru)\b", "to", words)
    return " ".join(words.split())


def _whole(words: str, today: date) -> Days | None:
    """Read the words that name days by themselves."""
    if words == "this week":
        return Days(today, monday_of(today) + WEEK - DAY)
    if words == "next week":
        return Days(monday_of(today) + WEEK, monday_of(today) + 2 * WEEK - DAY)
    return None


def _shared_month(words: str, today: date) -> Days | None:
    """Read two days of one month: `3 to 14 aug`, `3-14 august 2026`, `aug 3-14`."""
    between = r"(\d{1,2})(?:st|nd|rd|th)?\s*(?:-|\bto\b)\s*(\d{1,2})(?:st|nd|rd|th)?"
    month, year = r"(?:of )?([a-z]+)\.?", r"(?: (\d{4}))?"
    if found := re.fullmatch(rf"{between} {month}{year}", words):
        first, last, name, said = found.groups()
    elif found := re.fullmatch(rf"{month} {between}{year}", words):
        name, first, last, said = found.groups()
    else:
        return None
    tail = f" {said}" if said else ""
    return _range(f"{first} {name}{tail} to {last} {name}{tail}", today)


def _range(words: str, today: date) -> Days | None:
    """Read one day, a first and a last day, or a last day alone (`to monday`)."""
    before, to, after = (part.strip() for part in f" {words} ".partition(" to "))
    if not to:
        only = _named(words, today)
        return _one_day(only, today) if only else None
    start, end = _named(before, today) if before else _Named(day=today), _named(after, today)
    if start is None or end is None:
        return None
    return _between(start, end, today)


def _one_day(named: _Named, today: date) -> Days:
    day = next(_choices(named, today, today))
    return Days(day, day)


def _between(start: _Named, end: _Named, today: date) -> Days:
    """Return the first days that are not over already: of `20 Dec to 5 Jan`, those which today is among or before.

    Of two first days before the same last one (29 February does not come every year), the nearer is meant.
    """
    found = None
    for first in _choices(start, today, _year_before(today)):
        if found and found.last and today <= found.last < first:
            break
        after = first + DAY if end.weekday is not None else first
        last = next(_choices(end, today, after))
        found = Days(first, last)
    if found is None or found.last is None:
        raise ValueError
    if found.first < today - LONG_AGO and start.month_day and end.month_day and found.first.year < found.last.year:
        raise InvalidInputError("days_in_wrong_order", "last")
    return found


def _year_before(day: date) -> date:
    return day - timedelta(days=366)


def _choices(named: _Named, today: date, since: date) -> Iterator[date]:
    """Yield the dates a day as named may be, soonest first, from `since` on (a weekday never lies in the past)."""
    if named.day:
        yield named.day
    elif named.weekday is not None:
        start = max(since, today)
        yield start + timedelta(days=(named.weekday - start.weekday()) % 7)
    elif named.month_day:
        for year in range(since.year, since.year + YEARS_AHEAD + 2):
            day = _date_or_none(year, *named.month_day)
            if day and day >= since:
                yield day


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _named(words: str, today: date) -> _Named | None:
    """Read one day."""
    words = words.removeprefix("on ").strip()
    near = {"today": today, "now": today, "tomorrow": today + DAY}
    if words in near:
        return _Named(day=near[words])
    return _weekday(words, today) or _by_numbers(words, today) or _by_month(words)


def _weekday(words: str, today: date) -> _Named | None:
    """Read `monday`, `mon`, or `next monday`, which is next week's."""
    is_next = words.startswith("next ")
    number = _number_of(words.removeprefix("next "), [name.casefold() for name in WEEKDAYS])
    if number is None:
        return None
    return _Named(day=monday_of(today) + WEEK + number * DAY) if is_next else _Named(weekday=number)


def _by_month(words: str) -> _Named | None:
    """Read `3 aug`, `aug 3rd`, `3rd of august 2026`, with or without its weekday, which is taken on trust."""
    first, _, rest = words.partition(" ")
    if rest and _number_of(first, [name.casefold() for name in WEEKDAYS]) is not None:
        words = rest
    found = re.fullmatch(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)? ?(?:of )?([a-z]+)\.?(?: (\d{4}))?", words)
    if found:
        number, name, year = found.groups()
    elif found := re.fullmatch(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?", words):
        name, number, year = found.groups()
    else:
        return None
    month = _number_of(name, MONTHS)
    return None if month is None else _dated(int(number), month + 1, year)


def _by_numbers(words: str, today: date) -> _Named | None:
    """Read `2026-08-14`, and `14/08` or `14.8.2026` when only one of the numbers can be the month."""
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words):
        year, month, day = map(int, found.groups())
        return _Named(day=date(year, month, day))
    found = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4})|\.)?", words)
    if not found:
        return None
    one, other, said = int(found[1]), int(found[2]), found[3]
    if one != other and max(one, other) <= len(MONTHS):
        raise _unclear(words, date(today.year, other, one), date(today.year, one, other))
    day, month = (one, other) if other <= len(MONTHS) else (other, one)
    return _dated(day, month, said)


def _dated(day: int, month: int, year: str | None) -> _Named:
    """Return a day of a month. Raises ValueError when there is none, in that year or in any."""
    if year:
        return _Named(day=date(int(year), month, day))
    date(2024, month, day)  # a leap year: what it does not have, no year has
    return _Named(month_day=(month, day))


def _number_of(word: str, names: tuple[str, ...] | list[str]) -> int | None:
    """Return the place of the name that a word is, or abbreviates to three letters or more."""
    word = word.rstrip(".")
    if len(word) < len("mon"):
        return None
    return next((place for place, name in enumerate(names) if name.startswith(word)), None)
