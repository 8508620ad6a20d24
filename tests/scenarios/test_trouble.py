"""Restarts, repeats and losses: nothing lost, nothing twice."""

from tests.scenarios.test_editing import notes
from tests.support.world import CHANNEL, World, words_of


def test_a_restart_at_any_time_asks_and_posts_once(team: World) -> None:
    """Stopped before each step and started after it, the week is the same."""
    team.series()
    for day, hour in ((5, 10), (6, 10), (6, 15), (6, 16)):
        team.stop()
        team.jump(day, hour)
        team.start()
        if (day, hour) == (5, 10):
            team.reply("U_ANA", "The library opened.")

    assert len([m for m in team.dms("U_ANA") if "It’s time for" in m["text"]]) == 1
    assert len([m for m in team.dms("U_DEE") if "gentle nudge" in m["text"]]) == 1
    assert len([m for m in team.dms("U_DEE") if " is out" in m["text"]]) == 1
    assert len(notes(team)) == 1


def test_what_was_said_while_the_bot_was_down_is_found(team: World) -> None:
    """Messages, edits and words that Slack never delivered are read from the thread at the start."""
    team.series()
    team.at(5, 10)
    ana = team.person("U_ANA")
    thread = team.thread_of("U_ANA")
    team.stop()
    team.slack.faults.events(lose=99)
    ana.say(ana.dm(), text="Said while you were away.", thread_ts=thread)
    ana.say(ana.dm(), text="And below the thread.")
    team.slack.idle(20)
    team.slack.faults.events(lose=0)
    team.start()
    team.at(6, 16)

    assert "Said while you were away." in words_of(team.messages(CHANNEL)[-1])
    assert "And below the thread." in words_of(team.messages(CHANNEL)[-1])


def test_an_event_delivered_twice_or_out_of_order_changes_nothing(team: World) -> None:
    """The same reply again is the same answer, ticked once; swapped events keep the order of writing."""
    team.series()
    team.at(5, 10)
    team.slack.faults.events(duplicate=2, reorder=True)
    team.reply("U_ANA", "First.")
    team.reply("U_ANA", "Second.")
    team.at(6, 16)

    text = words_of(team.messages(CHANNEL)[-1])

    assert text.count('"First.') == 1
    assert text.index("First.") < text.index("Second.")


def test_down_over_friday_afternoon_the_note_goes_out_once_at_the_start(small: World) -> None:
    """The draft is no use any more then, nor a reminder; the digest is, and the editor hears why it is late."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.stop()
    small.jump(6, 18)
    small.start()

    assert len(notes(small)) == 1
    told = [message["text"] for message in small.dms("U_DEE")]
    assert not any("The draft of" in text or "gentle nudge" in text for text in told)
    assert 1 == sum("I was down on Friday 6 March at 16:00 your time. The note goes out now" in text for text in told)


def test_down_over_the_draft_it_comes_at_the_start_and_says_so(small: World) -> None:
    """Up again before the note goes out, the bot sends the draft late, once, and says nothing of it on a restart.

    Where editors take turns, only the one who gets the draft is told that it comes.
    """
    small.series(editors=("U_CAI", "U_DEE"), takes_turns=True)
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.stop()
    small.jump(6, 15, 30)
    small.start()
    small.stop()
    small.start()
    small.at(6, 16)

    told = [message["text"] for message in small.dms("U_CAI")]
    assert 1 == sum("I was down on Saturday 7 March at 04:00 your time. The draft comes now." in text for text in told)
    assert not any("The note goes out now" in text for text in told)
    assert not any("I was down" in message["text"] for message in small.dms("U_DEE"))


def test_a_person_deactivated_or_a_bot_is_never_asked(small: World) -> None:
    """Somebody who left after joining the series is left in peace."""
    small.series()
    conversation = small.person("U_ANA").dm()
    small.slack.change_user("U_ANA", deleted=True)
    small.settle()

    small.at(5, 10)

    assert small.messages(conversation) == []


def test_a_move_to_another_zone_moves_the_asking(small: World) -> None:
    """Ana flies to Auckland on Wednesday: Thursday ten is Auckland's now."""
    small.series()
    small.slack.change_user("U_ANA", tz="Pacific/Auckland")
    small.settle()

    small.at(5, 10, 0, zone="Pacific/Auckland")

    assert len(small.dms("U_ANA")) == 1
