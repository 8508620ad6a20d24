"""Weeks with days off: what is recorded when they move, are left out, or come back; and who is passed over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.away import Days
from bot.domain.calendars import HolidayPolicy, TimeOff
from bot.domain.editions import Edition
from bot.domain.series import Series
from bot.services.away_people import excused
from storage import answers, editions, people
from storage import series as stored_series
from tests.support.clocks import FrozenClock
from tests.support.staff import PEOPLE, Staff, T

LAST_FRIDAY = datetime(2026, 3, 27, 16, tzinfo=UTC)
GOOD_FRIDAY = date(2026, 4, 3)
WEEK = timedelta(weeks=1)


def april(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a time in April 2026 in London, which is an hour ahead of UTC."""
    return datetime(2026, 4, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


def rest(staff: Staff, series: Series, time_off: TimeOff) -> None:
    """Let a series rest on these days."""
    with staff.database.session() as session:
        stored_series.update(session, T, replace(series, time_off=time_off), now=staff.clock.now())
    staff.services.scheduling.plan(T, series.id)


def all_editions(staff: Staff) -> list[Edition]:
    """Return the editions from Easter on, whatever became of them."""
    with staff.database.session() as session:
        found = (editions.get(session, T, number) for number in range(1, 12))
        return sorted(
            (each for each in found if each and each.period.start >= date(2026, 3, 30)), key=lambda each: each.period
        )


def asked(staff: Staff) -> list[str]:
    """Return who was asked, in order."""
    return [owed.channel for owed in staff.owed("prompt")]


def excused_in(staff: Staff, edition: Edition) -> frozenset[str]:
    """Return who was passed over in an edition."""
    with staff.database.session() as session:
        series = stored_series.get(session, T, edition.series_id)
        assert series is not None
        return excused(session, series, [edition])[edition.id]


@pytest.fixture
def staff(sqlite_url: str, clock: FrozenClock) -> Iterator[Staff]:
    """Give the services on SQLite alone: what is asked of the database here, the scenarios ask of both kinds."""
    made = Staff.of(sqlite_url, clock)
    yield made
    made.database.dispose()


@pytest.fixture
def easter(staff: Staff) -> Series:
    """Give a series that has run since March, on the evening before the week of Good Friday."""
    made = staff.series()
    staff.at(LAST_FRIDAY)
    staff.clock.jump(datetime(2026, 3, 29, 18, tzinfo=UTC))
    return made


def test_the_note_of_a_holiday_goes_out_the_working_day_before(staff: Staff, easter: Series) -> None:
    """Editors hear of it on Monday; people are asked on Wednesday, and the note is out on Thursday afternoon."""
    rest(staff, easter, TimeOff("GB"))
    staff.at(datetime(2026, 3, 30, 8, tzinfo=UTC))
    told = [owed.payload["text"] for owed in staff.owed("notice") if ":day_off:" in owed.key]
    staff.at(april(1, 10))
    assert sorted(PEOPLE) == sorted(asked(staff))
    staff.say("The library opened.", f"{int(april(1, 11).timestamp())}.000001")
    staff.at(april(2, 16))

    assert len(told) == 1
    assert "Friday 3 April is Good Friday" in told[0]
    assert "*Thursday 2 April at 16:00*" in told[0]
    assert "1.1" in [each.number for each in all_editions(staff)]
    assert "Friday 10 April" in str(staff.owed("digest")[0].payload)


def test_an_edition_that_is_skipped_asks_nobody_and_keeps_its_number(staff: Staff, easter: Series) -> None:
    """What was jotted for it counts for the next one, and the editors are told."""
    staff.jot("Early")
    rest(staff, easter, TimeOff("GB", policy=HolidayPolicy.SKIP))
    staff.jot("Later", occasion="2")
    staff.at(april(4, 12))
    skipped, following, *_ = all_editions(staff)
    with staff.database.session() as session:
        kept = [answer.text for answer in answers.of_edition(session, T, following.id)]

    assert [] == asked(staff)
    assert [] == staff.owed("digest")
    assert (skipped.state.value, skipped.number, skipped.day_off) == ("skipped", "", GOOD_FRIDAY)
    assert ["Early", "Later"] == kept
    assert "there is no note this time" in staff.owed("notice")[-1].payload["text"]


def test_a_long_shutdown_leaves_a_week_to_jot_for(staff: Staff, easter: Series) -> None:
    """Three weeks off: the fourth is planned already, and what is said meanwhile counts for it."""
    rest(staff, easter, TimeOff(days=(Days(date(2026, 3, 30), date(2026, 4, 17)),)))
    staff.at(april(8, 12))
    staff.jot("From the beach")

    states = [(each.period.label, each.state.value) for each in all_editions(staff)]
    assert [("week 14", "skipped"), ("week 15", "skipped"), ("week 16", "skipped"), ("week 17", "scheduled")] == states
    staff.at(april(23, 10))
    assert sorted(PEOPLE) == sorted(asked(staff))


def test_a_week_that_is_no_longer_skipped_is_asked_for(staff: Staff, easter: Series) -> None:
    """An editor changes their mind on Monday."""
    rest(staff, easter, TimeOff("GB", policy=HolidayPolicy.SKIP))
    staff.at(datetime(2026, 3, 30, 12, tzinfo=UTC))
    rest(staff, easter, TimeOff("GB"))
    staff.at(april(1, 10))

    assert sorted(PEOPLE) == sorted(asked(staff))


def test_a_day_off_that_becomes_known_once_people_are_asked_moves_nothing(staff: Staff, easter: Series) -> None:
    """Asked on Thursday for a note of Friday; then Friday is given off: the note goes out when people were told."""
    staff.at(april(2, 10))
    staff.say("The library opened.", f"{int(april(2, 11).timestamp())}.000001")
    rest(staff, easter, TimeOff(days=(Days(GOOD_FRIDAY, GOOD_FRIDAY),)))
    staff.at(april(2, 17))
    assert [] == staff.owed("digest")
    staff.at(april(3, 16))

    assert 1 == len(staff.owed("digest"))


def test_a_day_off_on_the_day_of_asking_asks_the_day_before(staff: Staff, easter: Series) -> None:
    """The team is off on Thursday: everybody is asked on Wednesday, and the note stays where it is."""
    rest(staff, easter, TimeOff(days=(Days(date(2026, 4, 2), date(2026, 4, 2)),)))
    staff.at(april(1, 9, 59))
    assert [] == asked(staff)
    staff.at(april(1, 10))

    assert sorted(PEOPLE) == sorted(asked(staff))


def test_somebodys_own_holiday_moves_what_they_are_asked(staff: Staff, easter: Series) -> None:
    """Maundy Thursday is a holiday in Norway: Ana is asked on Wednesday, Dee on Thursday."""
    del easter
    with staff.database.session() as session:
        people.set_country(session, T, "U_ANA", "NO")
    staff.services.scheduling.plan(T, 1)
    staff.at(april(1, 10))
    assert ["U_ANA"] == asked(staff)
    staff.at(april(2, 10))

    assert ["U_ANA", "U_DEE"] == asked(staff)


def test_nobody_is_asked_on_a_day_off_that_the_bot_slept_until(staff: Staff, easter: Series) -> None:
    """Down from Tuesday to Thursday, which is off: people are asked on Friday morning."""
    rest(staff, easter, TimeOff(days=(Days(date(2026, 4, 2), date(2026, 4, 2)),)))
    staff.at(april(2, 12))
    assert [] == asked(staff)
    staff.at(april(3, 10))

    assert sorted(PEOPLE) == sorted(asked(staff))


def test_away_days_that_end_by_themselves_are_followed_by_the_question(staff: Staff, easter: Series) -> None:
    """Ana is away until Thursday: on Friday at ten she is asked, once."""
    del easter
    staff.services.away.say(T, "U_ANA", "until 2 April")
    staff.at(april(2, 10))
    assert ["U_DEE"] == asked(staff)
    staff.at(april(3, 9, 59))
    assert ["U_DEE"] == asked(staff)
    staff.at(april(3, 10))
    staff.at(april(3, 10, 5))

    assert ["U_DEE", "U_ANA"] == asked(staff)
    assert frozenset() == excused_in(staff, all_editions(staff)[0])


def test_somebody_who_gave_something_while_away_is_not_asked_for_more(staff: Staff, easter: Series) -> None:
    """Ana jots on the beach; on her return nothing is asked."""
    del easter
    staff.services.away.say(T, "U_ANA", "until 2 April")
    staff.at(april(2, 10))
    staff.jot("From the beach")
    staff.at(april(3, 10))

    assert ["U_DEE"] == asked(staff)


def test_who_was_away_is_on_record_when_they_are_back(staff: Staff, easter: Series) -> None:
    """Away until Monday, Ana is passed over in the week, and stays excused from it whatever she says later."""
    del easter
    staff.services.away.say(T, "U_ANA", "until 6 April")
    staff.at(april(2, 10))
    staff.at(april(4, 10))
    staff.services.away.back(T, "U_ANA")

    assert frozenset({"U_ANA"}) == excused_in(staff, all_editions(staff)[0])
