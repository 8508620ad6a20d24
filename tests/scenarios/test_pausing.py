"""An editor pauses and resumes a series, over the wire."""

from tests.support.world import CHANNEL, World, words_of


def command(team: World, words: str, user_id: str = "U_DEE") -> str:
    """Type a command in the channel, and return what the bot answers."""
    answer = team.person(user_id).command("/weeknotes", words, CHANNEL)
    team.settle()
    return words_of(answer or {})


def opened(team: World, user_id: str = "U_ANA") -> int:
    """Count how often somebody was asked."""
    return sum("It’s time for" in message["text"] for message in team.dms(user_id))


def draft(team: World) -> str:
    """Return what the editor's draft says now."""
    return next(str(message["text"]) for message in team.dms("U_DEE") if "note.title" in words_of(message))


def test_nothing_is_asked_or_posted_while_paused(team: World) -> None:
    """Paused on Wednesday, resumed in the week after: nobody was asked, and the next week is said."""
    team.series()
    before = len(team.messages(CHANNEL))
    paused = command(team, "pause")
    again = command(team, "pause")
    status = command(team, "status", "U_ANA")
    for day, hour in ((5, 10), (6, 10), (6, 15), (6, 16)):
        team.at(day, hour)
    asked = opened(team)
    drafts = [m for m in team.dms("U_DEE") if "The draft of" in m["text"]]
    team.at(10, 9)
    resumed = command(team, "resume")
    team.at(12, 11)

    assert "is paused: I ask nothing and post nothing" in paused
    assert "was paused already" in again
    assert "paused" in status
    assert (0, [], before) == (asked, drafts, len(team.messages(CHANNEL)))
    assert "goes on. I ask next on Thursday 12 March at 10:00" in resumed
    assert 1 == opened(team)


def test_a_week_under_way_when_paused_keeps_its_words(small: World) -> None:
    """What was given stays; after the resuming its note waits for an editor, who can post it late."""
    small.series()
    small.at(5, 11)
    small.reply("U_ANA", "The library opened.")
    small.at(6, 15)
    paused = command(small, "pause")
    meanwhile = draft(small)
    small.reply("U_ANA", "And closed again.")
    small.at(6, 16)
    before = len(small.messages(CHANNEL))
    small.at(9, 12)
    resumed = command(small, "resume")
    silent = len(small.messages(CHANNEL))
    afterwards = draft(small)
    command(small, "publish now")

    assert "What people gave for week 10 stays" in paused
    assert "These weeknotes are paused, so nothing goes out by itself" in meanwhile
    assert "Its time is over, so it waits for an editor to press *Publish now*." in afterwards
    assert "1 person gave something for week 10" in resumed
    assert before == silent
    note = words_of(small.messages(CHANNEL)[-1])
    assert "The library opened." in note
    assert "And closed again." in note


def test_resumed_before_the_note_the_week_goes_on(small: World) -> None:
    """Who would have been asked meanwhile is asked now, and the note goes out at its time."""
    small.series()
    command(small, "pause")
    small.at(5, 11)
    during = opened(small)
    resumed = command(small, "resume")
    after = opened(small)
    small.reply("U_ANA", "The library opened.")
    small.at(6, 16)

    assert (0, 1) == (during, after)
    assert "the note goes out on Friday 6 March at 16:00" in resumed
    assert "The library opened." in words_of(small.messages(CHANNEL)[-1])


def test_what_is_jotted_in_a_long_pause_is_in_the_next_note(team: World) -> None:
    """Weeks into a pause a message and two jots by command are kept, and the first note afterwards has them."""
    team.series()
    command(team, "pause")
    team.at(18, 9)
    ana = team.person("U_ANA")
    ana.say(ana.dm(), text="The library opened.")
    jotted = command(team, "jot Fixed the bins", "U_ANA")
    team.at(24, 9)
    again = command(team, "jot A new roof", "U_ANA")
    team.settle()
    said = [message["text"] for message in team.dms("U_ANA")]
    resumed = command(team, "resume")
    receipts = [message["text"] for message in team.dms("U_ANA") if "Saved for" in message["text"]]
    team.at(26, 11)
    opening = words_of(team.threads_of("U_ANA")[-1])
    team.at(27, 16)
    note = words_of(team.messages(CHANNEL)[-1])

    assert "paused just now: I keep it" in said[-1]
    assert "paused just now: I keep it" in jotted
    assert "paused just now: I keep it" in again
    assert "gave something for" not in resumed
    assert ["week 13"] == [text.partition("Digital weeknotes, ")[2][:7] for text in receipts]
    assert "paused" not in receipts[0]
    for words in ("The library opened.", "Fixed the bins", "A new roof"):
        assert words in opening
        assert words in note


def test_only_editors_pause(small: World) -> None:
    """Somebody else is told who can."""
    small.series()

    assert "Only an editor" in command(small, "pause", "U_ANA")
    assert "was not paused" in command(small, "resume")


def test_a_late_answer_in_a_pause_joins_the_note_that_is_out(small: World) -> None:
    """The receipt says so, and not that the answer is kept for the next note."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.at(6, 16)
    command(small, "pause")
    small.reply("U_ANA", "And a late word.")
    receipt = small.in_thread("U_ANA")[-1]["text"]

    small.at(6, 17)

    assert "so this joins it late" in receipt
    assert "paused" not in receipt
    assert "And a late word." in words_of(small.messages(CHANNEL)[-1])
