"""Reminders: only to those who want them, and never at a bad time."""

from datetime import time

import pytest

from bot.domain.cadence import Moment
from fakeslack import Fault
from tests.support.world import CHANNEL, World, words_of


def nudges(team: World, user_id: str) -> int:
    """Return how many reminders somebody has had."""
    return sum("gentle nudge" in message["text"] for message in team.dms(user_id))


def press_in_home(team: World, user_id: str, action_id: str) -> str:
    """Open a person's Home, press a button in it, and return what it says then."""
    person = team.person(user_id)
    person.open_home()
    team.settle()
    person.click_view((person.home() or {})["id"], action_id)
    team.settle()
    return words_of(person.home() or {})


def test_reminders_are_switched_off_and_on_in_the_home(team: World) -> None:
    """Ana turns hers off and is not reminded; Dee turns hers off and on again, and is."""
    team.series()
    assert "Reminders are *off*" in press_in_home(team, "U_ANA", "contributor.reminders")
    press_in_home(team, "U_DEE", "contributor.reminders")
    assert "Reminders are *on*" in press_in_home(team, "U_DEE", "contributor.reminders")
    team.at(5, 10)
    team.at(6, 10)

    assert nudges(team, "U_ANA") == 0
    assert nudges(team, "U_DEE") == 1


@pytest.mark.parametrize(("at", "hour", "expected"), ((time(6), 7, 0), (time(6), 8, 1), (time(10), 10, 1)))
def test_no_reminder_comes_before_eight(small: World, at: time, hour: int, expected: int) -> None:
    """One that is due at six comes at eight."""
    small.series(remind=Moment(4, at))
    small.at(5, 10)
    small.at(6, hour)

    assert nudges(small, "U_ANA") == expected


def test_a_reminder_due_at_night_is_dropped_when_the_note_is_out_by_morning(small: World) -> None:
    """Somebody in Auckland whose reminder was missed by day is not woken."""
    small.series()
    small.at(5, 10, zone="Pacific/Auckland")
    small.stop()
    small.jump(6, 20, zone="Pacific/Auckland")
    small.start()
    small.at(6, 15)

    assert nudges(small, "U_CAI") == 0


def test_no_reminder_comes_within_an_hour_of_an_answer(small: World) -> None:
    """Somebody who has just given something to another series is left in peace for an hour."""
    small.series()
    small.slack.add_channel("C_MORE", name="more", members=["U_ANA", "U_DEE", "U_BOT"], creator="U_DEE", private=False)
    small.series(channel_id="C_MORE", name="More weeknotes", contributors=("U_ANA",))
    small.at(5, 10)
    small.at(6, 9, 40)
    small.person("U_ANA").command("/weeknotes", "jot One thing", "C_MORE")
    small.settle()
    small.at(6, 10)
    assert nudges(small, "U_ANA") == 0
    small.at(6, 10, 40)

    assert nudges(small, "U_ANA") == 1
    assert nudges(small, "U_DEE") == 1


def test_somebody_deactivated_is_not_reminded(small: World) -> None:
    """Who has left the workspace hears nothing more."""
    small.series()
    small.at(5, 10)
    small.slack.change_user("U_ANA", deleted=True)
    small.settle()
    small.at(6, 10)

    assert nudges(small, "U_ANA") == 0


def test_somebody_away_on_the_day_is_not_reminded(small: World) -> None:
    """Asked on Thursday, away on Friday: the conversation stays open, and nobody nudges."""
    small.series()
    small.at(5, 10)
    small.person("U_ANA").command("/weeknotes", "away tomorrow", CHANNEL)
    small.settle()
    small.at(6, 10)

    assert nudges(small, "U_ANA") == 0
    assert nudges(small, "U_DEE") == 1


def test_nobody_is_reminded_who_answered_while_the_bot_was_down(team: World) -> None:
    """Reading what was said meanwhile takes its time; reminders that are due wait for it."""
    team.series()
    team.at(5, 10)
    team.stop()
    team.slack.faults.events(lose=1)
    ana = team.person("U_ANA")
    ana.say(ana.dm(), text="The library opened.", thread_ts=team.thread_of("U_ANA"))
    team.jump(6, 10)
    team.slack.faults.add(Fault("conversations.history", "ratelimited", retry_after=1))
    team.start()

    assert (0, 1) == (nudges(team, "U_ANA"), nudges(team, "U_DEE"))
