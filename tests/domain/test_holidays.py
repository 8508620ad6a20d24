"""Countries as people write them, and what is known of their holidays."""

from datetime import date, timedelta

import pytest
from holidays import list_supported_countries
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.away import Days
from bot.domain.days_off import read_days_off, written_days_off
from bot.domain.errors import InvalidInputError
from bot.domain.holidays import NOWHERE, country_for, country_of_zone, holiday_on, name_of, read_country, weekend_of

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("typed", "expected"),
    (
        ("Germany", "DE"),
        (" germany , bayern ", "DE-BY"),
        ("DE-BY", "DE-BY"),
        ("gb", "GB"),
        ("UK", "GB"),
        ("Scotland", "GB-SCT"),
        ("United Kingdom, Wales", "GB-WLS"),
        ("the Netherlands", "NL"),
        ("USA", "US"),
        ("None", NOWHERE),
        ("  ", ""),
    ),
)
def test_a_country_is_read_as_people_write_it(typed: str, expected: str) -> None:
    """By its name or its code, with or without a part."""
    assert expected == read_country(typed)


@pytest.mark.parametrize(("typed", "key"), (("Germny", "country_unknown"), ("GB-XX", "country_part_unknown")))
def test_what_is_no_country_is_refused(typed: str, key: str) -> None:
    """With what may have been meant."""
    with pytest.raises(InvalidInputError, match=key):
        read_country(typed)


def test_every_country_is_read_as_it_is_written() -> None:
    """What the form shows of a country, or of a part of one, is what it reads."""
    known = {code: parts for code, parts in list_supported_countries().items() if len(code) == 2 and code != "UK"}
    places = [*known, *(f"{code}-{part}" for code, parts in known.items() for part in parts)]

    assert [] == [place for place in places if read_country(name_of(place)) != place]


def test_a_zone_gives_away_a_country_only_when_it_has_one() -> None:
    """New York is in one country; Berlin's time is that of five, and London's of four."""
    assert ["US", "", "", ""] == [
        country_of_zone(zone) for zone in ("America/New_York", "Europe/Berlin", "Europe/London", "UTC")
    ]


def test_the_country_somebody_chose_comes_first() -> None:
    """Then that of their zone, then the series'; who works on holidays has none."""
    zone = "America/New_York"
    assert ["DE", "US", "GB", ""] == [
        country_for("DE", zone, "GB"),
        country_for("", zone, "GB"),
        country_for("", "UTC", "GB"),
        country_for(NOWHERE, zone, "GB"),
    ]


def test_a_country_that_is_not_known_any_more_has_no_holidays() -> None:
    """A place that the library dropped must not stop anything; of a part, the country's remain."""
    new_year = date(2026, 1, 1)

    assert ["", "", "New Year's Day"] == [holiday_on(place, new_year) for place in ("XX", "XX-YY", "GB-YY")]
    assert frozenset({5, 6}) == weekend_of("XX")


def test_days_off_are_read_line_by_line() -> None:
    """In words or dates; what is over is left out, and what is written is read again."""
    days = read_days_off("6 March\n\n24 Dec to 1 Jan\n2026-02-02\n", TODAY)

    assert (Days(date(2026, 3, 6), date(2026, 3, 6)), Days(date(2026, 12, 24), date(2027, 1, 1))) == days
    assert days == read_days_off(written_days_off(days), TODAY)


@pytest.mark.parametrize("typed", ("soon", "from Monday", "2026-13-01", "2026-05-02 to 2026-05-01", "6 March\n" * 51))
def test_days_off_that_cannot_be_are_refused(typed: str) -> None:
    """Days without an end, dates that do not exist, and far too many."""
    with pytest.raises(InvalidInputError):
        read_days_off(typed, TODAY)


@given(typed=st.text(max_size=200))
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    """Nothing that can be typed breaks the reading."""
    for read in (read_country, lambda text: read_days_off(text, TODAY + timedelta())):
        try:
            read(typed)
        except InvalidInputError:
            continue
