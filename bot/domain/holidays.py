"""Public holidays and weekends of a country, or of a part of it: what the library `holidays` knows of them.

A country is kept as ISO 3166 writes it: `GB`, or `GB-SCT` for a part. Only this module imports the library, and only
when it is first asked something: loading it takes half a second.
"""

import re
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from holidays import HolidayBase

NOWHERE = "none"
"""Kept for somebody who works on public holidays."""
SATURDAY_AND_SUNDAY = frozenset({5, 6})
SMALL_WORDS = frozenset({"and", "of", "the"})
LONGEST_ECHO = 60
LONGEST_NAME = 80
OTHER_NAMES = {
    "uk": "GB",
    "great britain": "GB",
    "england": "GB-ENG",
    "scotland": "GB-SCT",
    "wales": "GB-WLS",
    "northern ireland": "GB-NIR",
    "usa": "US",
    "uae": "AE",
    "holland": "NL",
    "deutschland": "DE",
    "österreich": "AT",
    "schweiz": "CH",
}
"""What people call countries besides the names the library has for them."""


def holiday_on(country: str, day: date, language: str = "en_US") -> str:
    """Return the name of the public holiday that `day` is in a country, or an empty string."""
    return _named(country, day.year, language).get(day, "")


@cache
def weekend_of(country: str) -> frozenset[int]:
    """Return the weekdays (Monday is 0) of a country's weekend."""
    found = _found(country, None)
    return frozenset(found.weekend) if found is not None else SATURDAY_AND_SUNDAY


def read_country(typed: str) -> str:
    """Return the country, or the part of one, that somebody means: `Germany`, `GB`, `GB-SCT`, `Germany, Bayern`.

    Nothing typed is no country, and `none` is NOWHERE. Raises InvalidInputError with the nearest ones.
    """
    words = " ".join(typed.split())
    if not words or words.casefold() == NOWHERE:
        return words.casefold()
    if whole := _country(words):
        return whole
    name, _, part = (each.strip() for each in re.sub(r"^([A-Za-z]{2})-", r"\1,", words).partition(","))
    country = _country(name)
    if country is None:
        raise InvalidInputError("country_unknown", "country", typed=words[:LONGEST_ECHO], nearest=_near(name))
    if part and not (code := _part(country, part)):
        values = {"country": name_of(country), "parts": _parts(country)}
        raise InvalidInputError("country_part_unknown", "country", typed=part[:LONGEST_ECHO], **values)
    return f"{country}-{code}" if part else country


def name_of(country: str) -> str:
    """Return a country as people write it: `United Kingdom`, `United Kingdom, Scotland`; what `read_country` reads."""
    if not country or country == NOWHERE:
        return country
    code, _, part = country.partition("-")
    name = _names().get(code, code)
    if not part:
        return name
    found = _found(code, None)
    aliases = found.subdivisions_aliases if found is not None else {}
    return f"{name}, {next((alias for alias, code in aliases.items() if code == part), part)}"


@cache
def country_of_zone(zone: str) -> str:
    """Return the country of an IANA zone that is used in this one country alone, or else an empty string."""
    table = (files("tzdata") / "zoneinfo" / "zone1970.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    codes = next((row[0].split(",") for row in rows if row[2] == zone), [])
    return codes[0] if len(codes) == 1 else ""


def country_for(chosen: str, zone: str, usual: str) -> str:
    """Return the country whose holidays somebody has: the one they chose, their zone's, or the `usual` one."""
    return "" if chosen == NOWHERE else chosen or country_of_zone(zone) or usual


@cache
def _named(country: str, year: int, language: str) -> Mapping[date, str]:
    found = _found(country, year, language)
    return dict(found.items()) if found is not None else {}


def _found(country: str, year: int | None, language: str = "en_US") -> "HolidayBase | None":
    """Return the library's own object, or None for a country (or a part) that it does not know, or knows no more."""
    if not country or country == NOWHERE:
        return None
    import holidays  # noqa: PLC0415 - see above

    code, _, part = country.partition("-")
    try:
        return holidays.country_holidays(code, subdiv=part or None, years=year, language=language)
    except NotImplementedError:
        return _found(code, year, language) if part else None


@cache
def _names() -> Mapping[str, str]:
    """Return the names of the countries by their codes."""
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - see above

    return {names[1]: _title(module) for module, names in COUNTRIES.items()}


def _title(module: str) -> str:
    words = module.split("_")
    return " ".join(word if word in SMALL_WORDS else word.capitalize() for word in words)


def _country(words: str) -> str | None:
    wanted = words.casefold().removeprefix("the ")
    known = _names()
    if wanted.upper() in known:
        return wanted.upper()
    by_name = {name.casefold(): code for code, name in known.items()}
    return by_name.get(wanted) or OTHER_NAMES.get(wanted)


def _part(country: str, words: str) -> str | None:
    """Return the code of a part of a country, which may be typed by its code or its name."""
    found = _found(country, None)
    if found is None:
        return None
    wanted = words.casefold()
    by_name = {alias.casefold(): code for alias, code in found.subdivisions_aliases.items()}
    by_code = {code.casefold(): code for code in found.subdivisions}
    return by_code.get(wanted) or by_name.get(wanted)


def _parts(country: str) -> list[str]:
    """Return some parts of a country as they may be typed."""
    found = _found(country, None)
    return [f"{country}-{code}" for code in found.subdivisions[:5]] if found is not None else []


def _near(words: str) -> list[str]:
    by_name = {name.casefold(): name for name in _names().values()}
    return [by_name[near] for near in get_close_matches(words.casefold(), by_name, n=2, cutoff=0.6)]
