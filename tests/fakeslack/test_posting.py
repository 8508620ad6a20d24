"""Messages over the Web API: what is posted, changed, taken back and reacted to, and what is refused by which name."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.web import WebClient

from fakeslack import FakeSlack
from fakeslack.people import Person

Refused = Callable[..., Any]
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "words"}}
RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}]}


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C_NONE", "channel_not_found"),
        ("C_OTHER", "not_in_channel"),
        ("C_SECRET", "channel_not_found"),
        ("U_NONE", "channel_not_found"),
        ("U_OLD", "channel_not_found"),
    ],
)
def test_posting_needs_membership(client: WebClient, refused: Refused, channel: str, error: str) -> None:
    """The app posts only where it is; private channels of others do not exist for it."""
    assert error == refused(client.chat_postMessage, channel=channel, text="x")["error"]


def test_archived_channels_are_closed(slack: FakeSlack, client: WebClient, refused: Refused) -> None:
    """Nothing is posted in an archived channel."""
    slack.archive("C_TEAM")

    assert "is_archived" == refused(client.chat_postMessage, channel="C_TEAM", text="x")["error"]


def test_posting_to_a_person_opens_their_dm(slack: FakeSlack, client: WebClient, ana: Person) -> None:
    """A user id as channel posts to the direct conversation and gives its id back."""
    answer = client.chat_postMessage(channel="U_ANA", text="hello")

    assert (ana.dm(), ["hello"]) == (answer["channel"], [m["text"] for m in slack.messages(ana.dm())])


def test_ts_are_unique_and_follow_the_clock(slack: FakeSlack, client: WebClient) -> None:
    """Messages of one instant get increasing ts of that instant."""
    given = [client.chat_postMessage(channel="C_TEAM", text=str(n))["ts"] for n in range(3)]

    assert ["1772442000.000000", "1772442000.000001", "1772442000.000002"] == given
    assert given == [m["ts"] for m in slack.messages("C_TEAM")]


def test_text_is_kept_as_slack_keeps_it(client: WebClient) -> None:
    """Bare signs are escaped, addresses linked, emoji named; mentions and links stay."""
    sent = "a & b < c &amp; <@U_ANA> <https://x.org|x> https://y.org/?a=1&b=2. 🎉"

    kept = client.chat_postMessage(channel="C_TEAM", text=sent)["message"]["text"]

    expected = "a &amp; b &lt; c &amp; <@U_ANA> <https://x.org|x> <https://y.org/?a=1&amp;b=2>. :tada:"
    assert expected == kept


def test_blocks_are_checked(client: WebClient, refused: Refused) -> None:
    """Bad blocks are refused, and the place is named."""
    bad = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}

    answer = refused(client.chat_postMessage, channel="C_TEAM", text="x", blocks=[bad])

    assert "invalid_blocks" == answer["error"]
    assert "/blocks/0" in answer["response_metadata"]["messages"][0]


def test_too_many_characters_of_blocks_are_refused(client: WebClient, refused: Refused) -> None:
    """Blocks with more than 13,200 characters of text are too long."""
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2700}} for _ in range(5)]

    assert "msg_blocks_too_long" == refused(client.chat_postMessage, channel="C_TEAM", text="x", blocks=blocks)["error"]


def test_a_long_text_becomes_several_messages(slack: FakeSlack, client: WebClient) -> None:
    """Text alone above 4,040 characters is split; nothing of it is lost."""
    client.chat_postMessage(channel="C_TEAM", text="x" * 9000)

    assert [4000, 4000, 1000] == [len(m["text"]) for m in slack.messages("C_TEAM")]


def test_a_huge_text_is_cut_with_a_warning(slack: FakeSlack, client: WebClient) -> None:
    """Text above 40,000 characters is cut."""
    answer = client.chat_postMessage(channel="C_TEAM", text="x" * 40_001)

    assert ("message_truncated", 40_000) == (answer["warning"], sum(len(m["text"]) for m in slack.messages("C_TEAM")))


def test_threads_are_of_their_parents(slack: FakeSlack, client: WebClient, refused: Refused) -> None:
    """A reply names the parent's author and is counted there; a reply's ts opens no thread."""
    parent = client.chat_postMessage(channel="C_TEAM", text="parent")["ts"]
    reply = client.chat_postMessage(channel="C_TEAM", text="reply", thread_ts=parent)

    first, second = client.conversations_replies(channel="C_TEAM", ts=parent)["messages"]
    assert (1, ["U_BOT"], reply["ts"]) == (first["reply_count"], first["reply_users"], first["latest_reply"])
    assert (parent, "U_BOT") == (second["thread_ts"], second["parent_user_id"])
    in_reply = refused(client.chat_postMessage, channel="C_TEAM", text="x", thread_ts=reply["ts"])
    assert "cannot_reply_to_message" == in_reply["error"]
    assert "thread_not_found" == refused(client.chat_postMessage, channel="C_TEAM", text="x", thread_ts="1.0")["error"]
    assert 2 == len(slack.messages("C_TEAM", parent))


def test_only_own_messages_are_changed_and_deleted(client: WebClient, ana: Person, refused: Refused) -> None:
    """The app cannot touch what a person wrote."""
    ts = ana.say("C_TEAM", "mine")["ts"]

    assert "cant_update_message" == refused(client.chat_update, channel="C_TEAM", ts=ts, text="x")["error"]
    assert "cant_delete_message" == refused(client.chat_delete, channel="C_TEAM", ts=ts)["error"]
    assert "message_not_found" == refused(client.chat_update, channel="C_TEAM", ts="1.0", text="x")["error"]


def test_an_update_keeps_what_it_does_not_name(client: WebClient, refused: Refused) -> None:
    """New text leaves the blocks; too long a text and other kinds of blocks for rich text are refused."""
    ts = client.chat_postMessage(channel="C_TEAM", text="before", blocks=[RICH])["ts"]

    message = client.chat_update(channel="C_TEAM", ts=ts, text="after")["message"]

    assert ("after", "rich_text", "U_BOT") == (message["text"], message["blocks"][0]["type"], message["edited"]["user"])
    long = refused(client.chat_update, channel="C_TEAM", ts=ts, text="x" * 4001)
    mismatch = refused(client.chat_update, channel="C_TEAM", ts=ts, text="x", blocks=[SECTION])
    assert ("msg_too_long", "block_mismatch") == (long["error"], mismatch["error"])


def test_deleted_messages_are_gone_and_parents_leave_tombstones(slack: FakeSlack, client: WebClient) -> None:
    """A parent with replies becomes a tombstone; anything else disappears."""
    parent = client.chat_postMessage(channel="C_TEAM", text="parent")["ts"]
    reply = client.chat_postMessage(channel="C_TEAM", text="reply", thread_ts=parent)["ts"]

    client.chat_delete(channel="C_TEAM", ts=parent)

    assert "tombstone" == client.conversations_history(channel="C_TEAM")["messages"][0]["subtype"]
    assert [reply] == [m["ts"] for m in slack.messages("C_TEAM")]
    client.chat_delete(channel="C_TEAM", ts=reply)
    assert [] == client.conversations_history(channel="C_TEAM")["messages"]


def test_ephemeral_messages_are_for_one_member(slack: FakeSlack, client: WebClient, refused: Refused) -> None:
    """Only the person named sees them, and they are not messages of the channel."""
    client.chat_postEphemeral(channel="C_TEAM", user="U_ANA", text="psst")

    assert ["psst"] == [m["text"] for m in slack.person("U_ANA").ephemerals("C_TEAM")]
    assert ([], []) == (slack.person("U_BEN").ephemerals("C_TEAM"), slack.messages("C_TEAM"))
    assert (
        "user_not_in_channel" == refused(client.chat_postEphemeral, channel="C_TEAM", user="U_OLD", text="x")["error"]
    )


def test_permalinks_lead_to_messages(slack: FakeSlack, client: WebClient, refused: Refused) -> None:
    """A permalink holds the channel and ts; there is none for what does not exist."""
    ts = client.chat_postMessage(channel="C_TEAM", text="x")["ts"]

    link = client.chat_getPermalink(channel="C_TEAM", message_ts=ts)["permalink"]

    assert f"{slack.url}/archives/C_TEAM/p1772442000000000" == link
    assert "message_not_found" == refused(client.chat_getPermalink, channel="C_TEAM", message_ts="1.0")["error"]


def test_reactions_are_one_a_person(slack: FakeSlack, client: WebClient, refused: Refused) -> None:
    """The same reaction twice, none to remove and unknown names are refused."""
    ts = client.chat_postMessage(channel="C_TEAM", text="x")["ts"]
    where = {"channel": "C_TEAM", "timestamp": ts}

    client.reactions_add(name="white_check_mark", **where)

    expected = [{"name": "white_check_mark", "users": ["U_BOT"], "count": 1}]
    assert expected == slack.messages("C_TEAM")[0]["reactions"]
    assert "already_reacted" == refused(client.reactions_add, name="white_check_mark", **where)["error"]
    assert "invalid_name" == refused(client.reactions_add, name="no_such_emoji", **where)["error"]
    client.reactions_remove(name="white_check_mark", **where)
    assert "no_reaction" == refused(client.reactions_remove, name="white_check_mark", **where)["error"]
