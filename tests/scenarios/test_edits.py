"""Messages that are edited and deleted: the answer follows."""

from tests.scenarios.test_answering import given
from tests.support.world import CHANNEL, World, words_of


def test_editing_and_deleting_a_message_edits_and_deletes_the_answer(team: World) -> None:
    """The Slack message is the answer, before and after the note is out."""
    team.series()
    team.at(5, 10)
    ana = team.person("U_ANA")
    first = team.reply("U_ANA", "The libary opened.")
    second = team.reply("U_ANA", "Forty people came.")
    ana.edit(ana.dm(), first["ts"], "The library opened.")
    team.settle()
    assert given(team, "U_ANA") == [("highlights", "The library opened."), ("highlights", "Forty people came.")]
    ana.delete(ana.dm(), second["ts"])
    team.settle()
    assert given(team, "U_ANA") == [("highlights", "The library opened.")]

    team.at(6, 16)
    ana.edit(ana.dm(), first["ts"], "The new library opened.")
    team.settle()
    team.at(6, 16, 5)
    posted = team.messages(CHANNEL)
    assert [m["text"].splitlines()[0] for m in posted if "1.1" in m["text"]] == ["1.1 — weeknotes"]
    assert "The new library opened." in words_of(posted[-1])


def test_a_plain_word_edited_into_an_answer_is_kept(small: World) -> None:
    """Somebody who typed `next` and then thought of something edits it; edited once more, it is still one answer."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    said = small.reply("U_ANA", "next")
    ana.edit(ana.dm(), said["ts"], "Next week we open the library.")
    small.settle()
    ana.edit(ana.dm(), said["ts"], "Next week we open the new library.")
    small.settle()

    assert given(small, "U_ANA") == [("also", "Next week we open the new library.")]


def test_an_edit_that_arrives_after_the_deletion_brings_nothing_back(small: World) -> None:
    """A plain word, edited and deleted at once, with the events in the wrong order."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    said = small.reply("U_ANA", "next")
    small.slack.faults.events(reorder=True)
    ana.edit(ana.dm(), said["ts"], "Not meant for anybody.")
    ana.delete(ana.dm(), said["ts"])
    small.settle()

    assert given(small, "U_ANA") == []
