"""Numbers and titles from templates. A number is recorded when its note is published, never derived."""

import re
from dataclasses import replace
from string import Formatter

from bot.domain.errors import InvalidInputError
from bot.domain.series import Numbering
from bot.domain.series_checks import whole_number
from bot.domain.weeks import Period

COUNTERS = ("season", "episode", "count", "week", "year")
IN_TITLES = (*COUNTERS, "number", "headline")

STYLES = {
    "season": "{season}.{episode}",
    "episode": "S{season:02}E{episode:02}",
    "count": "#{count}",
    "week": "week {week}",
}
"""The usual number templates, by name."""

_WIDTH = re.compile(r"(?:0[1-9])?d?")
_MARK = "\0"
_SEPARATOR = r"[^\S\0]*[—–:|·•/,-]+[^\S\0]*"


def number_of(numbering: Numbering, period: Period) -> str:
    """Return the number of the next published note: `3.24`, `S03E24`, `#217`, `week 47`."""
    return _fill(numbering.number_template, _counters(numbering, period))


def title_of(numbering: Numbering, number: str, headline: str, period: Period) -> str:
    """Return a note's title. Where the number or the headline is empty its separator goes too: `3.24 — weeknotes`."""
    words = {"number": number, "headline": headline}
    shown = {name: " ".join(word.replace(_MARK, " ").split()) or _MARK for name, word in words.items()}
    return _without_gaps(_fill(numbering.title_template, {**_counters(numbering, period), **shown}))


def title_of_next(numbering: Numbering, period: Period, headline: str) -> str:
    """Return how the title of the next note would look, if it is about `period` and had this headline."""
    return title_of(numbering, number_of(numbering, period), headline, period)


def tried(numbering: Numbering, number_template: str, title_template: str) -> Numbering:
    """Return the numbering with other templates. Raises InvalidInputError when one of them cannot be used."""
    validate_template(number_template, field="number_template")
    validate_template(title_template, is_title=True, field="title_template")
    return replace(numbering, number_template=number_template.strip(), title_template=title_template.strip())


def shown_numbers(numbering: Numbering) -> tuple[str, str]:
    """Return the season and the number that the next note takes, as `next_numbers` reads them."""
    number = numbering.count if counts(numbering.number_template) else numbering.episode
    return str(numbering.season), str(number)


def next_numbers(numbering: Numbering, season: str, number: str) -> Numbering:
    """Return the numbering whose next note has this season and number, as typed. Raises InvalidInputError.

    The number is the episode, or the running count when the number template counts without episodes.
    """
    numbering = replace(numbering, season=whole_number(season, "season"))
    following = whole_number(number, "next_number")
    if counts(numbering.number_template):
        return replace(numbering, count=following)
    return replace(numbering, episode=following)


def counts(number_template: str) -> bool:
    """Say whether a number template counts all notes, without seasons and episodes."""
    return "{count" in number_template and "{episode" not in number_template


def validate_template(template: str, *, is_title: bool = False, field: str = "") -> None:
    """Raise `InvalidInputError` for the input `field` unless `template` can make a number (`is_title`: a title)."""
    allowed = IN_TITLES if is_title else COUNTERS
    known = ", ".join(f"{{{name}}}" for name in allowed)
    if not template.strip():
        raise InvalidInputError("template_is_empty", field, known=known)
    for name, width, conversion in _places(template, field):
        if name not in allowed:
            raise InvalidInputError("template_name_unknown", field, name=f"{{{name}}}", known=known)
        if conversion or not _WIDTH.fullmatch(width) or (width and name in {"number", "headline"}):
            raise InvalidInputError("template_width_wrong", field, name=f"{{{name}}}")


def _places(template: str, field: str) -> list[tuple[str, str, str]]:
    """Return each place to fill, as its name, its width and its conversion."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        raise InvalidInputError("template_braces_wrong", field) from None
    return [(name, width or "", conversion or "") for _, name, width, conversion in parts if name is not None]


def _fill(template: str, values: dict[str, int | str]) -> str:
    """Fill a template by hand: `str.format` would follow attributes of the values."""
    filled = []
    for words, name, width, _ in Formatter().parse(template):
        filled.append(words)
        if name is not None:
            value = values.get(name, f"{{{name}}}")
            filled.append(format(value, width or "") if isinstance(value, int) else value)
    return "".join(filled)


def _counters(numbering: Numbering, period: Period) -> dict[str, int | str]:
    week = period.end.isocalendar()
    return {
        "season": numbering.season,
        "episode": numbering.episode,
        "count": numbering.count,
        "week": week.week,
        "year": week.year,
    }


def _without_gaps(title: str) -> str:
    """Take out the marks of empty words with the brackets round them and the separators that led to them."""
    title = re.sub(rf"[(\[]\s*{_MARK}\s*[)\]]", _MARK, title)
    title = re.sub(rf"(?:{_SEPARATOR}{_MARK})+[^\S\0]*$", "", title)
    title = re.sub(rf"^[^\S\0]*(?:{_MARK}{_SEPARATOR})+", "", title)
    title = re.sub(rf"{_MARK}{_SEPARATOR}", "", title)
    return " ".join(title.replace(_MARK, " ").split())
