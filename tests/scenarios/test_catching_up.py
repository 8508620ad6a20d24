"""What people changed in Slack while the bot was down."""

from fakeslack import Fault
from storage import answers
from tests.support.world import CHANNEL, World, words_of


def test_what_was_deleted_or_edited_while_the_bot_was_down_is_followed(team: World) -> None:
    """A reply and a jot deleted meanwhile go, an edited one follows, and nothing else does, at the start already."""
    team.series()
    ana = team.person("U_ANA")
    jot = ana.say(ana.dm(), text="Fixed the bins")
    team.settle()
    team.at(5, 10)
    gone, changed, _ = (team.reply("U_ANA", words) for words in ("Oh dear.", "The libary opened.", "We danced."))
    team.stop()
    team.slack.faults.events(lose=3)
    ana.delete(ana.dm(), jot["ts"])
    ana.delete(ana.dm(), gone["ts"])
    ana.edit(ana.dm(), changed["ts"], "The library opened.")
    team.start()
    with team.bot.database.session() as session:
        found = [answer.text for answer in answers.of_person(session, "T_TEAM", "U_ANA")]

    assert ["The library opened.", "We danced."] == found


def test_what_cannot_be_read_is_not_taken_for_deleted(small: World) -> None:
    """Slack refuses to show the conversation while the bot starts and composes: every word stays."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.stop()
    small.slack.faults.add(Fault("conversations.history", "error:channel_not_found", times=100))
    small.slack.faults.add(Fault("conversations.replies", "error:channel_not_found", times=100))
    small.start()
    small.at(6, 16)

    assert "The library opened." in words_of(small.messages(CHANNEL)[-1])


def test_a_jot_from_before_the_thread_is_read_with_the_rest(small: World) -> None:
    """Right before the note goes out Slack is not asked for each jot of the last days by itself."""
    small.series()
    ana = small.person("U_ANA")
    jot = ana.say(ana.dm(), text="Fixed the bins")
    small.settle()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.at(6, 16)
    asked_for = [call.args.get("ts") for call in small.slack.calls if call.method == "conversations.replies"]

    assert small.thread_of("U_ANA") in asked_for
    assert jot["ts"] not in asked_for
