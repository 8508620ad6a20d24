"""An editor says when a note goes out: holding and releasing, two weeks in one note, and reminding by hand."""

import pytest

from bot.domain.errors import EditionGoneError
from bot.domain.series import Layout
from tests.scenarios.test_editing import draft_ts, notes
from tests.support.world import CHANNEL, World, words_of


def typed(team: World, words: str) -> str:
    """Return what the editor reads after a command in the channel."""
    answer = team.person("U_DEE").command("/weeknotes", words, CHANNEL) or {}
    team.settle()
    return words_of(answer)


def pressed(team: World, action_id: str) -> None:
    """Have the editor press a button in what they were answered last in the channel."""
    dee = team.person("U_DEE")
    dee.click(CHANNEL, dee.ephemerals(CHANNEL)[-1]["ts"], action_id)
    team.settle()


def test_a_held_note_is_released_to_its_time(team: World) -> None:
    """Held by command, it stays; released, it goes out at four by itself."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The library opened.")
    assert "on hold" in typed(team, "hold")
    pressed(team, "note.release")
    team.at(6, 16)

    assert len(notes(team)) == 1


def test_a_held_note_released_late_goes_out_at_once(small: World) -> None:
    """After its time, *Release* on the draft posts it, once however often it is pressed, and not as edited."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.at(6, 15)
    typed(small, "hold")
    draft = draft_ts(small)
    assert "note.release" in words_of(next(m for m in small.dms("U_DEE") if m["ts"] == draft))
    small.at(6, 17)
    assert notes(small) == []
    dee = small.person("U_DEE")
    for _ in range(2):
        dee.click(dee.dm(), draft, "note.release")
    small.settle()

    assert len(notes(small)) == 1
    assert "edited" not in notes(small)[0]


def test_two_weeks_are_told_in_one_note(team: World) -> None:
    """Merged on Friday, the week goes out with the next one, under one number, and those who were asked know it."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The library opened.")
    team.at(6, 15)
    assert "weeks 10–11" not in words_of(team.dms("U_DEE")[-1])
    assert "go out with the next note" in typed(team, "merge")
    pressed(team, "note.merge")
    assert "weeks 10–11" in team.in_thread("U_ANA")[-1]["text"]
    team.at(6, 17)
    assert notes(team) == []
    late = team.person("U_ANA").say(team.person("U_ANA").dm(), "And a late word.", thread_ts=team.thread_of("U_ANA"))
    team.settle()
    assert late["ts"]

    team.at(12, 10)
    assert "weeks 10–11" in words_of(team.messages(team.person("U_ANA").dm())[-1])
    team.reply("U_ANA", "The second week.")
    team.at(13, 16)

    assert len(notes(team)) == 1
    posted = words_of(notes(team)[0])
    places = [posted.index(words) for words in ("The library opened.", "And a late word.", "The second week.")]
    assert sorted(places) == places
    assert "1.1 — weeknotes" in posted
    assert "Weeks 10–11" in posted
    team.at(19, 10)
    team.reply("U_ANA", "The third week.")
    team.at(20, 16)
    assert "1.2 — weeknotes" in words_of(notes(team)[-1])


def test_merging_is_undone_before_its_time(small: World) -> None:
    """Undone on the same day, each week has its own note, as if nothing had been."""
    small.series(layout=Layout.BY_QUESTION)
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    typed(small, "merge")
    pressed(small, "note.merge")
    assert "week 11" in typed(small, "status") or "weeks 10–11" in typed(small, "status")
    dee = small.person("U_DEE")
    answered = next(m for m in reversed(dee.ephemerals(CHANNEL)) if "note.unmerge" in words_of(m))
    dee.click(CHANNEL, answered["ts"], "note.unmerge")
    small.settle()
    small.at(6, 15)
    small.at(6, 16)

    assert "Week 10" in words_of(notes(small)[-1])
    assert "The library opened." in words_of(notes(small)[-1])


def test_a_note_that_is_out_cannot_be_held_or_merged(small: World) -> None:
    """The editor reads so; and somebody who is no editor reads who is."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.at(6, 15)
    draft = draft_ts(small)
    small.at(6, 16)

    told = small.person("U_BEN").command("/weeknotes", "hold", CHANNEL)
    assert "Dee Roy" in words_of(told or {})
    assert "note.hold" not in words_of(next(m for m in small.dms("U_DEE") if m["ts"] == draft))
    with pytest.raises(EditionGoneError):
        small.bot.services.holding.hold("T_TEAM", 1, "U_DEE")
    with pytest.raises(EditionGoneError):
        small.bot.services.merging.merge("T_TEAM", 1, "U_DEE")


def test_an_editor_reminds_within_the_limit_and_the_rules(team: World) -> None:
    """Those who gave nothing are reminded once, in their own daytime; not again at ten on Friday."""
    team.series(editors=("U_DEE",), contributors=("U_ANA", "U_BEN", "U_DEE"))
    team.at(5, 10)
    team.at(5, 10, zone="America/New_York")
    team.reply("U_ANA", "The library opened.")
    team.at(5, 17)
    assert "remind 2 people" in typed(team, "remind")
    pressed(team, "note.remind")
    team.at(6, 10)
    team.at(6, 10, zone="America/New_York")

    nudges = {user: [m for m in team.dms(user) if "gentle nudge" in m["text"]] for user in ("U_ANA", "U_BEN", "U_DEE")}
    assert {"U_ANA": 0, "U_BEN": 1, "U_DEE": 1} == {user: len(found) for user, found in nudges.items()}
    assert "or has had their reminder: there is nobody to remind" in typed(team, "remind")
