"""Reading time zones."""

import pytest

from bot.domain.errors import InvalidInputError
from bot.domain.zones import known_zones, read_zone, zone_or_utc
from tests.support.told import told


@pytest.mark.parametrize(
    ("typed", "zone"),
    (
        ("Europe/London", "Europe/London"),
        (" europe/LONDON ", "Europe/London"),
        ("america/new york", "America/New_York"),
        ("Tokyo", "Asia/Tokyo"),
        ("utc", "UTC"),
    ),
)
def test_zones_are_read_however_they_are_written(typed: str, zone: str) -> None:
    """Case and spaces do not matter, and a city that only one zone has is enough."""
    assert zone == read_zone(typed)


def test_every_zone_reads_as_itself() -> None:
    """The name of a zone always means that zone."""
    assert known_zones() == {read_zone(zone) for zone in known_zones()}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    (
        ("Europe/Londn", "There is no time zone “Europe/Londn”. Did you mean Europe/London?"),
        ("Pariss", "There is no time zone “Pariss”. Did you mean Europe/Paris?"),
        ("qqqqqq", "There is no time zone “qqqqqq”. They look like Europe/London or America/New_York."),
        ("", "Please give a time zone, such as Europe/London."),
    ),
)
def test_wrong_zones_get_the_nearest(typed: str, sentence: str) -> None:
    """A zone that does not exist gets the nearest one suggested, at the input it was typed in."""
    with pytest.raises(InvalidInputError) as refused:
        read_zone(typed)

    assert (sentence, "zone") == (told(refused.value), refused.value.field)


@pytest.mark.parametrize("name", (None, "", "Mars/Olympus", "../etc/passwd", "europe/london"))
def test_unknown_zones_from_slack_become_utc(name: str | None) -> None:
    """What Slack gives is taken only when it is a zone."""
    assert zone_or_utc(name) == "UTC"
