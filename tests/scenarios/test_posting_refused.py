"""When the channel will not take the note, it is kept, an editor is told what to do, and trying again works."""

from fakeslack import Fault
from tests.scenarios.test_editing import notes
from tests.support.world import World, words_of


def test_a_note_that_cannot_be_posted_is_kept_and_posted_on_trying_again(team: World) -> None:
    """The editor reads why, does what the message says, presses *Try again*, and the note is there once."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The library opened.")
    team.slack.faults.add(Fault(method="chat.postMessage", kind="error:is_archived", times=1))
    team.at(6, 16)
    told = team.dms("U_DEE")[-1]
    assert "The channel is archived" in told["text"]
    assert notes(team) == []

    dee = team.person("U_DEE")
    dee.click(dee.dm(), told["ts"], "note.retry")
    team.settle()

    assert len(notes(team)) == 1


def test_a_post_of_unknown_result_is_left_to_the_editor_where_the_channel_cannot_be_read(small: World) -> None:
    """Without the scope to look, the bot posts at most once and asks."""
    small.slack.install(small.app_with(lambda scope: scope not in {"channels:history", "groups:history"}))
    small.stop()
    small.start()
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.slack.faults.add(Fault(method="chat.postMessage", kind="accept_then_drop", times=1))
    small.at(6, 16)
    small.at(6, 16, 2)

    assert len(notes(small)) == 1
    assert "It may be there all the same" in words_of(small.dms("U_DEE")[-1])


def test_a_post_whose_answer_was_lost_is_found_and_not_repeated(team: World) -> None:
    """With the scope to look, the bot finds its own message by its metadata."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The library opened.")
    team.slack.faults.add(Fault(method="chat.postMessage", kind="accept_then_drop", times=1))
    team.at(6, 16)
    team.at(6, 16, 2)
    team.reply("U_ANA", "And a late word.")
    team.at(6, 16, 10)

    assert len(notes(team)) == 1
    assert "And a late word." in words_of(notes(team)[0])
