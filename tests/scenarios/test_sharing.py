"""`/weeknotes export note`: an editor takes a note away, for outside after saying that it may go, or for inside."""

import csv
import io
import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from bot.domain.errors import WeeknotesError
from bot.services.sharing import Choice
from tests.scenarios.test_exporting import files_of
from tests.support.world import CHANNEL, World, words_of


def published(team: World) -> None:
    """Have two people answer, one with a line that stays inside and one mentioning the other, and the note go out."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "=HYPERLINK(1) is *what* I typed\n🔒 The budget is gone.")
    team.at(5, 15)
    team.reply("U_BEN", "The library opened, thanks to @Cai Tran.")
    team.at(6, 16)


def asked(team: World, typed: str, user_id: str = "U_DEE") -> str:
    """Return what somebody reads after a command in the channel."""
    answer = team.person(user_id).command("/weeknotes", typed, CHANNEL) or {}
    team.settle()
    return words_of(answer)


def press(team: World, action_id: str, question: dict[str, Any] | None = None) -> None:
    """Have the editor press a button of the question."""
    dee = team.person("U_DEE")
    dee.click(CHANNEL, (question or dee.ephemerals(CHANNEL)[-1])["ts"], action_id)
    team.settle()


def test_a_note_goes_outside_after_an_editor_has_read_who_is_in_it(team: World) -> None:
    """The question names everybody; nothing is sent before the answer; what stays inside is not in the file."""
    published(team)

    question = asked(team, "export note")

    assert "3 people are named in it: Ana Okafor, Ben Marsh and Cai Tran" in question
    assert "What is marked 🔒 is left out" in question
    assert files_of(team, "U_DEE") == []

    shown = team.person("U_DEE").ephemerals(CHANNEL)[-1]
    press(team, "export.outside", shown)

    [(name, content)] = files_of(team, "U_DEE")
    assert name == "weeknotes-2026-03-02-to-2026-03-08.md"
    assert content.startswith('---\ntitle: "1.1 — weeknotes"')
    assert "@Cai Tran" in content
    assert "budget" not in content
    assert "is on its way to you" in words_of(team.person("U_DEE").ephemerals(CHANNEL)[-1])


def test_for_inside_it_comes_at_once_with_what_stays_inside_marked(small: World) -> None:
    """Asked for by the word, or by the other button, in every format; formulas are words."""
    published(small)

    assert "among yourselves" in asked(small, "export note inside csv week 10")
    asked(small, "export note json 6 March")
    press(small, "export.inside")
    asked(small, "export note 1.1 atom")
    press(small, "export.outside")

    (name, table), (_, told), (_, entry) = files_of(small, "U_DEE")
    assert name == "weeknotes-2026-03-02-to-2026-03-08-inside.csv"
    _, *rows = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    assert ["no", "yes", "no"] == [row[8] for row in rows]
    assert rows[0][9] == "'=HYPERLINK(1) is what I typed"
    assert [each["inside"] for each in json.loads(told)["entries"]] == [False, True, False]
    assert "budget" not in entry
    assert ET.fromstring(entry).tag == "{http://www.w3.org/2005/Atom}entry"  # noqa: S314 - our own


def test_who_was_added_since_the_question_is_asked_about_again(small: World) -> None:
    """Nothing goes outside with a name that the editor was not told of."""
    published(small)
    asked(small, "export note html")
    small.reply("U_CAI", "I was there too, and so was @Dee Roy.")
    small.at(6, 17)

    press(small, "export.outside")
    assert files_of(small, "U_DEE") == []
    again = small.person("U_DEE").ephemerals(CHANNEL)[-1]
    assert "have changed since I asked" in words_of(again)
    press(small, "export.outside", again)

    [(_, content)] = files_of(small, "U_DEE")
    assert "I was there too" in content


def test_nobody_else_takes_a_note_away(small: World) -> None:
    """A contributor gets a sentence and a forged button nothing; only a note that is out goes anywhere."""
    published(small)
    assert "Only an editor" in asked(small, "export note", "U_ANA")
    asked(small, "export", "U_ANA")
    forged = Choice(editions=(1,), format="markdown", is_inside=True, seen="", occasion="1")

    for editions, user_id in (((1,), "U_ANA"), ((2,), "U_DEE"), ((99,), "U_DEE")):
        with pytest.raises(WeeknotesError):
            small.bot.services.sharing.send("T_TEAM", user_id, replace(forged, editions=editions))
    small.settle()

    assert len(files_of(small, "U_ANA")) == 1
    assert files_of(small, "U_DEE") == []


def test_a_note_that_is_not_there_gets_a_sentence(small: World) -> None:
    """Before the first one, and for a week without."""
    small.series()
    assert "No note of these weeknotes is out yet" in asked(small, "export note")
    published_week = "export note week 30"
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.at(6, 16)

    assert "I find no note for “week 30”" in asked(small, published_week)
    assert "for outside" in asked(small, "export note atom inside")


def test_without_the_scope_the_note_comes_in_a_thread(small: World) -> None:
    """Where the bot may send no files, piece by piece, once however often the button is pressed."""
    small.stop()
    small.slack.install(small.app_with(lambda scope: scope != "files:write"))
    small.start()
    published(small)
    asked(small, "export note json")
    shown = small.person("U_DEE").ephemerals(CHANNEL)[-1]

    dee = small.person("U_DEE")
    for _ in range(2):
        dee.click(CHANNEL, shown["ts"], "export.outside")
    small.settle()

    [lead] = [message for message in small.dms("U_DEE") if "as JSON, in this thread" in message["text"]]
    pieces = small.messages(small.person("U_DEE").dm(), lead["ts"])[1:]
    told = "".join(piece["blocks"][0]["elements"][0]["elements"][0]["text"] for piece in pieces)
    assert json.loads(told)["number"] == "1.1"
