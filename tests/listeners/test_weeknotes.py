"""`/weeknotes`, over the wire."""

import json
from typing import Any

import pytest

from bot.domain.series import Series
from fakeslack import Fault
from tests.support.world import CHANNEL, World, words_of


def ask(team: World, user_id: str, typed: str, channel: str = CHANNEL) -> str:
    """Type a command and return everything its answer says."""
    answer = team.person(user_id).command("/weeknotes", typed, channel)
    team.settle()
    assert answer
    return words_of(answer)


def second_series(team: World, channel: str = "C_MORE") -> Series:
    """Set up another series with the same people."""
    team.slack.add_channel(channel, name="more", members=["U_ANA", "U_DEE", "U_BOT"], creator="U_DEE", private=False)
    return team.series(channel_id=channel, name="More weeknotes")


@pytest.mark.parametrize("typed", ("", "help", "  HELP "))
def test_help_offers_setup_where_there_is_no_series(team: World, typed: str) -> None:
    """In a channel without weeknotes a button opens the setup form."""
    said = ask(team, "U_ANA", typed)
    shown = team.person("U_ANA").ephemerals(CHANNEL)[-1]
    team.person("U_ANA").click(CHANNEL, shown["ts"], "series.setup")
    team.settle()

    view = team.person("U_ANA").view()
    assert "There are no weeknotes in this channel yet" in said
    assert view
    assert view["callback_id"] == "series.setup"


def test_help_tells_the_dates_in_the_persons_zone(team: World) -> None:
    """Ben reads when he is asked and when the note goes out, by his own clock in New York."""
    team.series()
    said = ask(team, "U_BEN", "help")

    assert "*Thursday 5 March at 10:00*" in said
    assert "*Friday 6 March at 11:00*" in said


def test_help_lists_what_each_may_do(team: World) -> None:
    """`publish` is listed for an editor, not for a contributor; nothing is listed that is not there."""
    team.series()

    assert "/weeknotes publish" in ask(team, "U_DEE", "help")
    assert "/weeknotes publish" not in ask(team, "U_ANA", "help")
    assert "/weeknotes jot TEXT" in ask(team, "U_ANA", "help")
    assert "/weeknotes away FROM to UNTIL" in ask(team, "U_ANA", "help")


def test_unknown_word_gets_the_nearest(team: World) -> None:
    """A slip gets the nearest command that is theirs; a sentence without its `jot` is given back, not lost."""
    team.series()
    slip = ask(team, "U_DEE", "publsih")
    not_theirs = ask(team, "U_ANA", "publsih")
    sentence = ask(team, "U_ANA", "Met <the> neighbours & friends")

    assert "Did you mean `/weeknotes publish`?" in slip
    assert "publish" not in not_theirs.replace("publsih", "")
    assert "put `jot` first" in sentence
    assert "put `jot` first" not in ask(team, "U_ANA", "jto Met the neighbours")
    assert "Met &lt;the&gt; neighbours &amp; friends" in sentence


def test_jot_is_kept_in_the_words_given(team: World) -> None:
    """A jot is kept as typed, with its link, and shown in the person's own draft."""
    team.series()
    said = ask(team, "U_ANA", "jot  Met the *neighbours*: https://example.org/a?b=1&c=2")

    assert "Saved for Digital weeknotes, week 10" in said
    assert "1 thing" in said
    assert "https://example.org/a?b=1&c=2" in json.loads(json.dumps(ask(team, "U_ANA", "draft"))).replace("&amp;", "&")


def test_jot_without_words_says_how(team: World) -> None:
    """`jot` alone asks for the words."""
    team.series()

    assert "What shall I keep?" in ask(team, "U_ANA", "jot")


def test_jot_goes_to_the_persons_own_series(team: World) -> None:
    """In the channel of a series that does not ask them a person's jot goes to the one that does."""
    team.series(contributors=("U_ANA",))
    team.slack.add_channel("C_MORE", name="more", members=["U_ANA", "U_DEE", "U_BOT"], creator="U_DEE", private=False)
    team.series(channel_id="C_MORE", name="More weeknotes", contributors=("U_BEN",))

    assert "Saved for Digital weeknotes" in ask(team, "U_ANA", "jot One thing", "C_MORE")


def test_several_series_are_chosen_from(team: World) -> None:
    """Where it is not clear which series is meant the bot asks, and the button does what was typed, in its place."""
    team.series()
    second_series(team)
    ask(team, "U_ANA", "jot One thing", "C_MORE")
    dm = team.person("U_ANA").dm()
    said = ask(team, "U_ANA", "status", dm)
    shown = team.person("U_ANA").ephemerals(dm)[-1]
    team.person("U_ANA").click(dm, shown["ts"], "command.run.1")
    team.settle()

    answers = [words_of(message) for message in team.person("U_ANA").ephemerals(dm)]
    assert "Which one is this for?" in said
    assert "<#C_MORE>" in said
    assert ["*More weeknotes*, week 10" in answer and "I also… (1)" in answer for answer in answers] == [True]


def test_series_of_the_same_name_are_told_apart(team: World) -> None:
    """Two series may have the same name: their buttons have numbers, and the channels stand beside them."""
    team.series()
    team.slack.add_channel("C_MORE", name="more", members=["U_ANA", "U_DEE", "U_BOT"], creator="U_DEE", private=False)
    team.series(channel_id="C_MORE")

    said = ask(team, "U_ANA", "status", team.person("U_ANA").dm())

    assert "1. Digital weeknotes in <#C_TEAM>" in said
    assert "2. Digital weeknotes" in said


def test_a_long_jot_for_several_series_is_kept_before_it_is_asked_about(team: World) -> None:
    """However long it is, it is stored at once, in the series somebody may then choose another for."""
    team.series()
    second_series(team)
    words = " ".join(f"word{n}" for n in range(400))

    said = ask(team, "U_ANA", f"jot {words}", team.person("U_ANA").dm())

    assert "Which of your weeknotes is it for?" in said
    assert "word399" in ask(team, "U_ANA", "draft")


def test_only_an_editor_publishes(team: World) -> None:
    """A contributor is told who the editors are, whichever way they ask."""
    team.series()

    assert "Only an editor of “Digital weeknotes” can do that. Ask Dee Roy." in ask(team, "U_ANA", "publish now")
    assert "Ask Dee Roy" in ask(team, "U_ANA", "publish")


def test_publishing_asks_first(team: World) -> None:
    """`publish` asks; its button posts the note; after that it offers to bring it up to date."""
    team.series()
    ask(team, "U_ANA", "jot We opened the library")
    said = ask(team, "U_DEE", "publish")
    before = len(team.messages(CHANNEL))
    shown = team.person("U_DEE").ephemerals(CHANNEL)[-1]
    team.person("U_DEE").click(CHANNEL, shown["ts"], "note.publish")
    team.settle()

    assert "week 10" in said
    assert "1 person has given something" in said
    assert len(team.messages(CHANNEL)) == before + 1
    assert "We opened the library" in words_of(team.messages(CHANNEL)[-1])
    assert "bring it up to date" in ask(team, "U_DEE", "publish")


def test_publish_now_posts_at_once(team: World) -> None:
    """`publish now` does not ask; with nothing given it says so and posts nothing."""
    team.series()
    nothing = ask(team, "U_DEE", "publish now")
    ask(team, "U_ANA", "jot We opened the library")
    done = ask(team, "U_DEE", "publish NOW")

    assert "nothing to publish" in nothing
    assert "is on its way" in done
    assert "We opened the library" in words_of(team.messages(CHANNEL)[-1])


def test_long_draft_comes_by_direct_message(team: World) -> None:
    """A draft that does not fit in one message is sent to the editor, whole, with its thread."""
    team.series()
    for n in range(6):
        ask(team, "U_ANA", f"jot part{n} " + "long words " * 260)
    said = ask(team, "U_DEE", "draft")

    first = next(message for message in team.dms("U_DEE") if "The draft of" in message["text"])
    thread = team.messages(team.person("U_DEE").dm(), first["ts"])
    everything = "".join(words_of(message) for message in thread)
    assert "direct message" in said
    for n in range(6):
        assert f"part{n} " in everything


def test_status_counts_ones_own_and_tells_editors_more(team: World) -> None:
    """A contributor reads their own count by question; an editor also who has given and what comes next."""
    team.series()
    ask(team, "U_ANA", "jot We opened the library")
    own, editors = ask(team, "U_ANA", "status"), ask(team, "U_DEE", "status")

    assert "I also… (1)" in own
    assert "Ben Marsh" not in own
    assert "Have given something: Ana Okafor (1)" in editors
    assert "Nothing yet: Ben Marsh, Cai Tran and Dee Roy" in editors
    assert "What comes next* (Europe/London)" in editors
    assert "Friday 6 March at 15:00: the draft, to the editors" in editors


def test_skip_is_acknowledged(team: World) -> None:
    """`skip` says that nothing more is asked this week."""
    team.series()

    assert "Nothing from you this week" in ask(team, "U_ANA", "skip")


def test_failed_post_is_told_to_the_editor(team: World) -> None:
    """When a note cannot be posted, `status` says why and what to do."""
    team.series()
    ask(team, "U_ANA", "jot We opened the library")
    team.person("U_DEE").command("/weeknotes", "status", CHANNEL)
    leave(team)
    ask(team, "U_DEE", "publish now")

    assert "/invite @Weeknotes" in ask(team, "U_DEE", "status")


def leave(team: World) -> None:
    """Take the bot out of the channel."""
    team.person("U_BOT").leave(CHANNEL)
    team.settle()


def test_removed_bot_tells_the_editors(team: World) -> None:
    """Taken out of the channel, the bot tells the editors how to have it back."""
    team.series()
    leave(team)

    assert "I’ve been removed" in words_of(team.dms("U_DEE")[-1])
    assert not any("removed" in words_of(message) for message in team.dms("U_ANA"))


def test_moving_house_moves_the_questions(team: World) -> None:
    """Somebody whose zone changes is asked at the same hour where they now are."""
    team.series()
    team.slack.change_user("U_ANA", tz="Pacific/Auckland")
    team.settle()
    team.at(5, 10, zone="Pacific/Auckland")

    opened: list[Any] = [message for message in team.dms("U_ANA") if "It’s time for" in message["text"]]
    assert len(opened) == 1


def test_help_in_a_direct_message(team: World) -> None:
    """In a conversation with the bot its own series are told; without any, a button starts one."""
    dm = team.person("U_ANA").dm()
    nothing = ask(team, "U_ANA", "help", dm)
    shown = team.person("U_ANA").ephemerals(dm)[-1]
    team.person("U_ANA").click(dm, shown["ts"], "series.setup")
    team.settle()
    view = team.person("U_ANA").view()
    team.series()
    something = ask(team, "U_ANA", "help", dm)

    assert "You don’t take part in any weeknotes yet" in nothing
    assert view
    assert "initial_conversation" not in view["blocks"][0]["element"]
    assert f"*Digital weeknotes* in <#{CHANNEL}>" in something
    assert "series.setup" not in something


def test_an_expired_trigger_is_a_sentence(team: World) -> None:
    """When Slack will not open the form any more the person is asked to try again."""
    team.slack.faults.add(Fault(method="views.open", kind="error:expired_trigger_id", times=1))

    answer = team.person("U_ANA").command("/weeknotes", "setup", CHANNEL)
    assert answer
    assert "try again" in words_of(answer)
