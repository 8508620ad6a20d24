"""`/weeknotes forget me`: nothing of a person's words stays, but what they choose to leave in published notes."""

import json
from typing import Any

import pytest
from sqlalchemy import inspect, select, text

from storage.models import Table
from storage.series import of_contributor
from tests.support.disk import on_disk
from tests.support.world import CHANNEL, World, words_of

SAID = "XYZZY"


def everything(team: World) -> str:
    """Return all that is in any table, those of the engine that hands out work among them, as text."""
    tables = Table.metadata.sorted_tables
    others = set(inspect(team.bot.database.engine).get_table_names()) - {table.name for table in tables}
    with team.bot.database.session() as session:
        rows = [list(map(tuple, session.execute(select(table)))) for table in tables]
        rows += [list(map(tuple, session.execute(text(f"SELECT * FROM {name}")))) for name in sorted(others)]  # noqa: S608 - a table of ours
    return json.dumps(rows, default=str, ensure_ascii=False)


def in_channel(team: World) -> str:
    """Return all that stands in the channel but the introduction of the series, threads included."""
    notes = [message for message in team.messages(CHANNEL) if "just set it up" not in message["text"]]
    found = [reply for message in notes for reply in [message, *team.messages(CHANNEL, message["ts"])]]
    return "".join(map(words_of, found))


def asked(team: World) -> dict[str, Any]:
    """Have Ana ask to be forgotten; return the question."""
    ana = team.person("U_ANA")
    told = ana.command("/weeknotes", "forget me", CHANNEL)
    assert told
    return told


def confirm(team: World, action_id: str) -> None:
    """Press one of the buttons of the question."""
    asked(team)
    ana = team.person("U_ANA")
    ana.click(CHANNEL, ana.ephemerals(CHANNEL)[-1]["ts"], action_id)
    team.settle()


def two_weeks(team: World) -> None:
    """Play one week to its end and the next to the draft; Ana speaks in every way there is."""
    team.series()
    ana = team.person("U_ANA")
    ana.command("/weeknotes", f"jot {SAID} one", CHANNEL)
    team.at(5, 10)
    team.reply("U_ANA", f"{SAID} two\n\n" + f"{SAID} and much more. " * 300)
    team.at(5, 15)
    team.reply("U_BEN", "Ben’s own words.")
    team.at(6, 15)
    team.at(6, 16)
    team.at(10, 10)
    ana.say(ana.dm(), text=f"{SAID} three")
    team.settle()
    team.at(12, 10)
    team.reply("U_ANA", f"🔒 {SAID} four")
    ana.say(ana.dm(), text=f"{SAID} five")
    team.settle()
    ana.command("/weeknotes", "draft", CHANNEL)
    team.at(12, 15)
    team.reply("U_BEN", "Ben’s second week.")
    team.at(13, 15)
    team.person("U_DEE").command("/weeknotes", "draft", CHANNEL)
    team.settle()
    assert SAID in in_channel(team)
    assert SAID in everything(team)


def test_the_question_says_what_goes_and_what_stays(small: World) -> None:
    """It counts answers and notes, offers a choice about those that are out, and pressing *Cancel* changes nothing."""
    two_weeks(small)

    told = asked(small)
    before = everything(small).count(SAID)
    confirm(small, "forget.cancel")

    assert "3 answers not published yet, 1 jot among them" in told["text"]
    assert "1 published note with 2 answers of yours" in told["text"]
    assert "your place in Digital weeknotes" in told["text"]
    assert "Nothing has changed" in small.person("U_ANA").ephemerals(CHANNEL)[-1]["text"]
    assert before == everything(small).count(SAID)


def test_the_question_names_nothing_that_is_not_there(small: World) -> None:
    """Somebody who gave nothing reads of no answers, and of no notes."""
    small.series()

    told = asked(small)

    assert "answer" not in told["text"]
    assert "published note" not in told["text"]
    assert "your place in Digital weeknotes" in told["text"]


def test_nothing_of_the_words_is_left(team: World) -> None:
    """No table, file, post in the channel or draft has them; the others' words stay; nobody is asked again."""
    two_weeks(team)

    confirm(team, "forget.words")

    assert SAID not in everything(team)
    assert "Ana Okafor" not in everything(team)
    assert SAID not in in_channel(team)
    assert [] == [left for left in (SAID, "Ana Okafor") if left in on_disk(team.bot.database)]
    assert "Ben’s own words." in in_channel(team)
    drafts = [message for message in team.dms("U_DEE") if "he draft of" in message["text"]]
    assert drafts
    assert SAID not in words_of(drafts[-1])
    assert "I have forgotten you" in team.person("U_ANA").ephemerals(CHANNEL)[-1]["text"]
    with team.bot.database.session() as session:
        assert () == of_contributor(session, "T_TEAM", "U_ANA")

    openings = [message for message in team.dms("U_ANA") if "It’s time for" in message["text"]]
    team.at(13, 16)
    team.at(19, 10)
    team.at(20, 10)
    assert openings == [message for message in team.dms("U_ANA") if "It’s time for" in message["text"]]
    assert SAID not in in_channel(team)
    assert SAID not in everything(team)


def test_the_words_may_stay_in_published_notes_without_the_name(small: World) -> None:
    """The posted note keeps the words under *Somebody*; what was not published is gone all the same."""
    two_weeks(small)

    confirm(small, "forget.name")

    assert f"{SAID} two" in in_channel(small)
    assert "Somebody" in in_channel(small)
    assert "Ana" not in in_channel(small)
    assert f"{SAID} two" in everything(small)
    assert "Ana Okafor" not in everything(small)
    for word in ("three", "four", "five"):
        assert f"{SAID} {word}" not in everything(small)


def test_a_late_redelivery_does_not_bring_words_back(small: World) -> None:
    """Slack repeats an event, an old message is edited, the bot reads what it missed: nothing comes back."""
    two_weeks(small)
    ana = small.person("U_ANA")
    said = next(m for m in small.messages(ana.dm()) if f"{SAID} three" in m["text"])
    confirm(small, "forget.words")

    for delivery in small.slack.sent("message"):
        small.slack.repeat(delivery)
    ana.edit(ana.dm(), said["ts"], f"{SAID} edited")
    small.stop()
    small.start()
    small.settle()

    assert SAID not in everything(small)


@pytest.mark.parametrize("typed", ("forget", "forget it"))
def test_only_forget_me_is_meant(small: World, typed: str) -> None:
    """Anything else says what to type."""
    told = small.person("U_ANA").command("/weeknotes", typed, CHANNEL)

    assert told
    assert "`/weeknotes forget me`" in told["text"]


def test_somebody_of_whom_nothing_is_held_may_be_forgotten_too(small: World) -> None:
    """Being forgotten twice is as being forgotten once."""
    small.series()
    confirm(small, "forget.words")
    confirm(small, "forget.words")

    assert "Forget me and my words" not in words_of(asked(small))
    assert "Ana Okafor" not in everything(small)
