"""When the channel will not take the note, it is kept, an editor is told what to do, and trying again works."""

import json

from fakeslack import Fault
from tests.scenarios.test_editing import draft_ts, notes
from tests.support.full_week import LONG_ANSWER
from tests.support.tour_settings import VALUE, press
from tests.support.world import CHANNEL, PEOPLE, Json, World, app_of, words_of


def collected(team: World) -> None:
    """Let Ana give something, and the note be due the next time the clock moves."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The library opened.")


def told(team: World) -> Json:
    """Return the message by which the editor learned that the note could not be posted."""
    return next(message for message in reversed(team.dms("U_DEE")) if "note.retry" in words_of(message))


def draft(team: World) -> str:
    """Return what the editor's draft says now."""
    return next(str(message["text"]) for message in team.dms("U_DEE") if "note.title" in words_of(message))


def tries_again(team: World) -> None:
    """Have the editor press *Try again* there, twice."""
    dee = team.person("U_DEE")
    for _ in range(2):
        dee.click(dee.dm(), told(team)["ts"], "note.retry")
    team.settle()


def test_a_note_for_an_archived_channel_goes_to_the_one_that_the_editor_chooses(team: World) -> None:
    """The editor reads what happened and what to do, does it, presses *Try again*, and the note is there once."""
    collected(team)
    team.at(6, 15)
    team.slack.add_channel("C_NEW", name="new-home", members=[*PEOPLE, "U_BOT"], creator="U_DEE")
    team.slack.archive(CHANNEL)
    team.at(6, 16)
    assert "The channel is archived: unarchive it, or choose another" in told(team)["text"]
    assert "The note is kept." in told(team)["text"]
    assert notes(team) == []
    assert "could not be posted yet; its editors know" in words_of(
        team.person("U_ANA").command("/weeknotes", "status", "C_NEW") or {}
    )
    assert "could not be posted" in draft(team)

    team.person("U_DEE").command("/weeknotes", "settings", team.person("U_DEE").dm())
    team.settle()
    press(team, "settings.open", "settings.general")
    assert team.person("U_DEE").submit({"channel": {VALUE: "C_NEW"}}) == {}
    team.settle()
    tries_again(team)
    team.reply("U_ANA", "And a late word.")
    team.at(6, 17)

    posted = [message for message in team.messages("C_NEW") if "1.1 — weeknotes" in message["text"]]
    assert ["1.1 — weeknotes"] == [message["text"].splitlines()[0] for message in posted]
    assert "is out, in <#C_NEW>" in draft(team)
    assert "And a late word." in words_of(posted[0])


def test_a_note_for_a_private_channel_without_the_bot_waits_until_it_is_back(small: World) -> None:
    """Taken out of the channel, the bot says how to invite it; invited, it posts, and `publish` does as *Try again*."""
    small.slack.add_channel("C_OURS", name="ours", members=[*PEOPLE, "U_BOT"], creator="U_DEE", private=True)
    small.series(channel_id="C_OURS")
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.person("U_BOT").leave("C_OURS")
    small.at(6, 16)
    assert "I am not in that channel: type `/invite @Weeknotes` there." in told(small)["text"]

    small.at(9, 9)
    status = small.person("U_DEE").command("/weeknotes", "status", "C_OURS") or {}
    assert "I couldn’t post in" in words_of(status)
    assert "note.retry" in words_of(status)
    assert "note.retry" not in words_of(small.person("U_ANA").command("/weeknotes", "status", "C_OURS") or {})
    small.person("U_DEE").invite("U_BOT", "C_OURS")
    small.settle()
    small.person("U_DEE").command("/weeknotes", "publish now", "C_OURS")
    small.settle()
    tries_again(small)

    assert 1 == len([message for message in small.messages("C_OURS") if "1.1 — weeknotes" in message["text"]])


def test_a_note_whose_token_was_revoked_waits_for_the_app_to_come_back(small: World) -> None:
    """Nobody could be told meanwhile; as soon as the app is there again the editor is, and *Try again* posts the note.

    Where Slack says that the app was taken out, the note waits, and goes out by itself when it is back.
    """
    collected(small)
    small.slack.faults.add(Fault(method="chat.postMessage", kind="error:token_revoked", times=99))
    small.at(6, 16)
    small.stop()
    small.slack.faults.clear()
    assert notes(small) == []
    small.start()
    assert "Slack did not know me any more: the app has to be installed again." in told(small)["text"]

    tries_again(small)

    assert len(notes(small)) == 1
    small.at(12, 10)
    small.reply("U_ANA", "The library is full.")
    small.slack.uninstall()  # this time Slack says so, and nothing is attempted
    small.settle()
    small.at(13, 16)
    small.stop()
    assert len(notes(small)) == 1
    small.slack.install(app_of(small.port))
    small.start()
    assert len(notes(small)) == 2


def whole(team: World) -> str:
    """Return what the note and its thread say, from the first message to the last."""
    parts = team.messages(CHANNEL, str(notes(team)[0]["ts"]))
    rich = [block for part in parts for block in part["blocks"] if block["type"] == "rich_text"]
    return words_of({"blocks": rich})


def test_a_message_that_slack_finds_too_long_goes_in_smaller_ones(small: World) -> None:
    """Posted or brought up to date, the note is whole and in order, in more messages; no editor need know."""
    collected(small)
    first, *others = [paragraph for paragraph in LONG_ANSWER.split("\n") if len(paragraph) > 300]
    small.reply("U_ANA", LONG_ANSWER)
    small.reply("U_ANA", "\n\n".join(others))
    small.slack.faults.add(Fault(method="chat.postMessage", kind="error:msg_blocks_too_long"))
    small.at(6, 16)
    was_told = [message for message in small.dms("U_DEE") if "note.retry" in words_of(message)]
    parts = small.messages(CHANNEL, str(notes(small)[0]["ts"]))
    assert (True, []) == (len(parts) > 1, was_told)

    small.slack.faults.add(Fault(method="chat.update", kind="error:msg_blocks_too_long"))
    small.reply("U_ANA", "And a late word.")
    small.at(6, 17)

    small.reply("U_ANA", "And a later one.")
    small.at(6, 18)

    changes = [call for call in small.slack.calls if call.method == "chat.update" and call.args["channel"] == CHANNEL]
    sizes = [len(json.dumps(call.args["blocks"])) for call in changes]
    [refused] = [place for place, call in enumerate(changes) if call.is_fault]
    assert max(sizes[refused + 1 :]) < sizes[refused]  # what was too long once is not tried again
    assert {notes(small)[0]["ts"]} == {message["thread_ts"] for message in notes(small)}
    places = [whole(small).index(words) for words in ("The library opened.", first, *others, "And a late word.")]
    assert sorted(places) == places
    assert "And a later one." in whole(small)
    assert all(2 == whole(small).count(words) for words in others)


def test_a_draft_that_slack_finds_too_long_goes_in_smaller_ones(small: World) -> None:
    """Sent or refreshed, an editor has all of it, in one thread and in order, with the buttons once."""
    small.series(contributors=("U_ANA",))
    small.at(5, 10)
    first, *others = [paragraph for paragraph in LONG_ANSWER.split("\n") if len(paragraph) > 300]
    small.reply("U_ANA", LONG_ANSWER)
    small.reply("U_ANA", "\n\n".join(others))
    small.slack.faults.add(Fault(method="chat.postMessage", kind="error:msg_blocks_too_long"))
    small.at(6, 15)
    dee, head = small.person("U_DEE"), draft_ts(small)
    sent = small.messages(dee.dm(), head)
    small.slack.faults.add(Fault(method="chat.update", kind="error:msg_blocks_too_long"))
    dee.click(dee.dm(), head, "note.title")
    small.settle()
    assert {} == dee.submit({"headline": {"headline": "a library"}})
    small.settle()
    refreshed = small.messages(dee.dm(), head)

    assert "1.1 — weeknotes — a library" in words_of(refreshed[0])
    for draft in (sent, refreshed):
        assert len(draft) > 1
        shown = words_of({"blocks": [block for part in draft for block in part["blocks"]]})
        assert 1 == shown.count('"note.publish"')
        places = [shown.index(words) for words in (first, *others)]
        assert sorted(places) == places


def test_a_post_of_unknown_result_is_left_to_the_editor_where_the_channel_cannot_be_read(small: World) -> None:
    """Without the scope to look, the bot posts at most once and asks; only *Try again* posts a second time."""
    small.slack.install(small.app_with(lambda scope: scope not in {"channels:history", "groups:history"}))
    small.stop()
    small.start()
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.at(6, 15)
    small.slack.faults.add(Fault(method="chat.postMessage", kind="accept_then_drop", times=1))
    small.at(6, 16)
    small.at(6, 16, 2)

    assert len(notes(small)) == 1
    assert "It may be there all the same" in words_of(small.dms("U_DEE")[-1])

    dee = small.person("U_DEE")
    small.reply("U_ANA", "And a late word.")
    question, status = (dee.command("/weeknotes", typed, CHANNEL) or {} for typed in ("publish", "status"))
    dee.command("/weeknotes", "publish now", CHANNEL)
    dee.click(dee.dm(), draft_ts(small), "note.publish")
    small.settle()
    assert ["note.retry"] == [action for action in ("note.publish", "note.retry") if action in words_of(question)]
    assert "I don’t know whether what I posted" in words_of(question)
    assert "I don’t know whether what I posted" in words_of(status)
    assert len(notes(small)) == 1

    tries_again(small)
    assert len(notes(small)) == 2


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
