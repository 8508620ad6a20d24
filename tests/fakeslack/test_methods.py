"""The Web API: what is done, and what is refused by which name."""

import json
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.web import WebClient

from fakeslack import FakeSlack
from fakeslack.people import Person
from tests.support.local_apps import APP, web_client

Refused = Callable[..., Any]
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "words"}}
RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}]}


def test_unknown_methods_are_refused_by_name(client: WebClient, refused: Refused) -> None:
    """A method that does not exist is unknown_method, with its name."""
    answer = refused(client.api_call, api_method="chat.shout")

    assert ("unknown_method", "chat.shout") == (answer["error"], answer["req_method"])


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("xapp-test", "not_allowed_token_type")],
)
def test_tokens_are_checked(slack: FakeSlack, refused: Refused, token: str, error: str) -> None:
    """No token, an unknown one and one of the wrong kind are told apart."""
    answer = refused(web_client(slack, token).auth_test)

    assert error == answer["error"]


def test_missing_scopes_are_named(slack: FakeSlack, client: WebClient, refused: Refused) -> None:
    """A call without its scope says what is needed and what the app has, and so does a header."""
    slack.install(replace(APP, scopes=["chat:write"]))

    answer = refused(client.users_info, user="U_ANA")

    expected = ("missing_scope", "users:read", "chat:write", "chat:write")
    assert expected == (answer["error"], answer["needed"], answer["provided"], answer.headers["x-oauth-scopes"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"text": "x"}, "[ERROR] missing required field: channel"),
        ({"channel": "C_TEAM", "txt": "x"}, "[ERROR] unknown argument: txt"),
        ({"channel": "C_TEAM", "thread_ts": 1.5}, "[ERROR] must be a string [json-pointer:/thread_ts]"),
        (
            {"channel": "C_TEAM", "reply_broadcast": "maybe"},
            "[ERROR] must be a boolean [json-pointer:/reply_broadcast]",
        ),
    ],
)
def test_bad_arguments_are_named(
    client: WebClient, refused: Refused, arguments: dict[str, object], message: str
) -> None:
    """An argument that is missing, unknown or of the wrong type is said in the answer's messages."""
    answer = refused(client.api_call, api_method="chat.postMessage", json=arguments)

    assert ("invalid_arguments", [message]) == (answer["error"], answer["response_metadata"]["messages"])


def test_history_leaves_out_what_is_only_in_threads(client: WebClient) -> None:
    """History has parents and broadcast replies, newest first."""
    parent = client.chat_postMessage(channel="C_TEAM", text="parent")["ts"]
    client.chat_postMessage(channel="C_TEAM", text="quiet", thread_ts=parent)
    client.chat_postMessage(channel="C_TEAM", text="loud", thread_ts=parent, reply_broadcast=True)

    found = client.conversations_history(channel="C_TEAM")["messages"]

    assert [("loud", "thread_broadcast"), ("parent", None)] == [(m["text"], m.get("subtype")) for m in found]


def test_history_is_read_page_by_page(client: WebClient) -> None:
    """Limit is honoured and the cursor leads through everything once."""
    sent = [client.chat_postMessage(channel="C_TEAM", text=str(n))["ts"] for n in range(5)]

    pages = [page["messages"] for page in client.conversations_history(channel="C_TEAM", limit=2)]

    assert [2, 2, 1] == [len(page) for page in pages]
    assert sent[::-1] == [m["ts"] for page in pages for m in page]


@pytest.mark.parametrize(("inclusive", "expected"), [(True, ["1", "2", "3"]), (False, ["2"])])
def test_history_is_bounded(client: WebClient, inclusive: bool, expected: list[str]) -> None:
    """Oldest and latest bound what is read; the bounds themselves belong to it only when inclusive."""
    sent = [client.chat_postMessage(channel="C_TEAM", text=str(n))["ts"] for n in range(5)]

    found = client.conversations_history(channel="C_TEAM", oldest=sent[1], latest=sent[3], inclusive=inclusive)

    assert expected == [m["text"] for m in found["messages"]][::-1]


def test_metadata_is_given_back_on_request(client: WebClient) -> None:
    """A message's metadata is in history only with include_all_metadata."""
    metadata = {"event_type": "weeknotes_delivery", "event_payload": {"key": "k"}}
    client.chat_postMessage(channel="C_TEAM", text="x", metadata=metadata)

    without = client.conversations_history(channel="C_TEAM")["messages"][0]
    found = client.conversations_history(channel="C_TEAM", include_all_metadata=True)["messages"][0]

    assert (False, metadata) == ("metadata" in without, found["metadata"])


def test_people_are_listed_page_by_page(client: WebClient) -> None:
    """Everybody is in the list, bots and the deactivated too, but addresses need their scope."""
    found = [user for page in client.users_list(limit=2) for user in page["members"]]

    assert ["USLACKBOT", "U_ANA", "U_BEN", "U_BOT", "U_OLD"] == [user["id"] for user in found]
    assert ("Europe/London", False) == (found[1]["tz"], "email" in found[1]["profile"])


@pytest.mark.parametrize(("user", "error"), [("U_NONE", "user_not_found"), ("U_OLD", "user_disabled")])
def test_conversations_open_for_the_active(client: WebClient, refused: Refused, user: str, error: str) -> None:
    """A direct conversation cannot be opened with nobody or with the deactivated."""
    assert error == refused(client.conversations_open, users=user)["error"]


def test_a_conversation_is_opened_once(client: WebClient) -> None:
    """Opening it again gives the same one and says so."""
    first, again = client.conversations_open(users="U_ANA"), client.conversations_open(users="U_ANA")

    assert (first["channel"]["id"], None, True) == (again["channel"]["id"], first.get("already_open"), again["no_op"])


def test_members_and_conversations_are_listed(client: WebClient) -> None:
    """Members come in order; only conversations that the app may know of are listed."""
    listed = client.conversations_list(types="public_channel,private_channel")["channels"]

    assert ["U_ANA", "U_BEN", "U_BOT"] == client.conversations_members(channel="C_TEAM")["members"]
    assert [("C_OTHER", False), ("C_TEAM", True)] == [(each["id"], each["is_member"]) for each in listed]
    assert ["C_TEAM"] == [each["id"] for each in client.users_conversations()["channels"]]


def test_a_bad_cursor_is_refused(client: WebClient, refused: Refused) -> None:
    """A cursor that was never given is invalid_cursor."""
    assert "invalid_cursor" == refused(client.users_list, cursor="bm9wZQ==")["error"]


def test_a_file_goes_up_in_three_steps(slack: FakeSlack, client: WebClient, ana: Person) -> None:
    """The bytes arrive, the file is shared in a message, and can be fetched with the token only."""
    client.files_upload_v2(channel=ana.dm(), content="# Note", filename="note.md", initial_comment="Here")

    message = slack.messages(ana.dm())[0]
    file = message["files"][0]
    assert ("file_share", "Here", "note.md") == (message["subtype"], message["text"], file["name"])
    request = urllib.request.Request(file["url_private"], headers={"Authorization": "Bearer xoxb-test"})
    with urllib.request.urlopen(request) as response:
        assert b"# Note" == response.read()
    assert file["id"] == client.files_info(file=file["id"])["file"]["id"]


def test_blocks_are_validated_without_a_token(slack: FakeSlack) -> None:
    """blocks.validate needs no token and says what is wrong."""
    body = json.dumps({"blocks": [{"type": "nonsense"}]}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{slack.api_url}blocks.validate", body, headers)
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)

    assert (False, "invalid_blocks") == (answer["ok"], answer["error"])


def test_calls_are_kept_without_tokens(slack: FakeSlack, client: WebClient) -> None:
    """What came over the wire can be read, and the token is not in it."""
    client.chat_postMessage(channel="C_TEAM", text="x")

    call = slack.calls[-1]
    assert ("chat.postMessage", 200, "x") == (call.method, call.status, call.args["text"])
    assert "xoxb-test" not in repr(slack.calls)


def test_an_uninstalled_app_has_no_account(slack: FakeSlack, client: WebClient, refused: Refused) -> None:
    """After the app is taken out its token does nothing."""
    slack.uninstall()

    assert "account_inactive" == refused(client.auth_test)["error"]
