"""Permalinks as Slack composes them."""

from bot.domain.permalinks import permalink

AT = "https://team.slack.com/"


def test_a_message_and_a_reply() -> None:
    """A reply names its thread; the message that opens one is a message like any other."""
    assert permalink(AT, "C1", "1772704800.000100") == "https://team.slack.com/archives/C1/p1772704800000100"
    assert permalink(AT, "C1", "1.2", "1.2") == "https://team.slack.com/archives/C1/p12"
    assert permalink(AT, "C1", "1.3", "1.2") == "https://team.slack.com/archives/C1/p13?thread_ts=1.2&cid=C1"


def test_what_is_not_known_has_none() -> None:
    """Where the workspace's address or the message's place is missing, there is no link."""
    assert ["", "", ""] == [permalink("", "C1", "1.2"), permalink(AT, "", "1.2"), permalink(AT, "C1", "")]
