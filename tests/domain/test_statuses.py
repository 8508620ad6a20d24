"""Reading from a Slack status that somebody is away."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.away import Days
from bot.domain.statuses import Status, days_of, says_away

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "emoji", "expected"),
    (
        ("Vacationing", ":palm_tree:", True),
        ("Out sick", ":face_with_thermometer:", True),
        ("", ":palm_tree:", True),
        ("🤒", "", True),
        ("OOO until Monday", "", True),
        ("Out of the office", ":wave:", True),
        ("On holiday, back 14 March", "", True),
        ("Im Urlaub", "", True),
        ("In a meeting", ":spiral_calendar_pad:", False),
        ("Commuting", ":bus:", False),
        ("Back from vacation", "", False),
        ("Planning the holidays", "", False),
        ("zooology", "", False),
        ("", "", False),
    ),
)
def test_what_people_write_when_they_are_away(text: str, emoji: str, *, expected: bool) -> None:
    """Slack's own suggestions, and what else people write; not what only sounds like it."""
    assert expected == says_away(Status(text, emoji), NOW)


def test_a_status_that_has_ended_says_nothing() -> None:
    """Slack may tell of it late."""
    assert not says_away(Status("Vacationing", ":palm_tree:", NOW), NOW)


@pytest.mark.parametrize(
    ("ends_at", "last"),
    (
        (None, None),
        (datetime(2026, 3, 6, 23, 59, tzinfo=UTC), date(2026, 3, 6)),
        (datetime(2026, 3, 9, 9, tzinfo=UTC), date(2026, 3, 8)),
        (datetime(2026, 3, 4, 11, tzinfo=UTC), TODAY),
    ),
)
def test_the_days_end_with_the_status(ends_at: datetime | None, last: date | None) -> None:
    """One that ends at night has that day as its last, one that ends in the morning the day before."""
    assert Days(TODAY, last) == days_of(Status("", ":palm_tree:", ends_at), TODAY, "Europe/London", [])


def test_days_that_were_said_are_left_as_they_are() -> None:
    """What is taken from the status stops where they begin."""
    said = [Days(date(2026, 3, 20), date(2026, 3, 30))]

    assert Days(TODAY, date(2026, 3, 19)) == days_of(Status("", ":palm_tree:"), TODAY, "Europe/London", said)


@given(text=st.text(), emoji=st.text())
def test_any_status_can_be_read(text: str, emoji: str) -> None:
    """Nothing that somebody writes there breaks the reading, and its words are not kept."""
    status = Status(text, emoji)
    says_away(status, NOW)

    assert len(status.digest) == 16
