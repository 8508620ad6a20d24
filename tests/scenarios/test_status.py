"""What an editor reads of how a week stands."""

from fakeslack import Fault
from tests.support.world import CHANNEL, World, words_of


def status(team: World, user_id: str = "U_DEE") -> str:
    """Return what somebody reads after `/weeknotes status`."""
    return words_of(team.person(user_id).command("/weeknotes", "status", CHANNEL) or {})


def test_an_editor_reads_when_the_bot_was_down_and_what_it_caught_up_on(small: World) -> None:
    """Answers given meanwhile, and steps that fell due, are counted; a contributor reads nothing of it."""
    small.series()
    small.at(5, 10)
    assert "last down" not in status(small)
    small.stop()
    ana = small.person("U_ANA")
    small.jump(5, 12)
    ana.say(ana.dm(), "While you were away.", thread_ts=small.thread_of("U_ANA"))
    small.jump(5, 13)
    small.start()
    small.settle()

    told = status(small)
    assert "I was last down from Thursday 5 March at 10:00 to Thursday 5 March at 13:00" in told
    assert "caught up on 1 answer" in told
    assert "last down" not in status(small, "U_ANA")


def test_an_editor_reads_everything_that_slack_refused(small: World) -> None:
    """Each reason is there in Slack's own words, and how often."""
    small.series()
    small.slack.faults.add(Fault("chat.postMessage", "error:channel_not_found", times=3))
    small.at(5, 10)

    told = status(small)
    assert "Something did not work" in told
    assert "Slack also refused: `prompt` (`channel_not_found`" in told
