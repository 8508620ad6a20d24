"""The manifest and the bot agree: what it listens to, the buttons and forms it makes, and the scopes it uses."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.listener import Listener

from bot.slack.manifest import manifest
from fakeslack.events import HISTORY_SCOPES, READ_SCOPES, SCOPES, SUBSCRIPTIONS
from fakeslack.methods import METHODS
from fakeslack.model import Call
from tests.support.tour_settings import LEADS, OPEN
from tests.support.toured import Toured
from tests.support.world import CHANNEL, World

pytestmark = pytest.mark.xdist_group("tour")
ROOT = Path(__file__).parents[1]
READS = ("conversations.info", "conversations.members")
HISTORIES = ("conversations.history", "conversations.replies")
KINDS = {CHANNEL: "channel", OPEN: "channel", LEADS: "group"}

Body = dict[str, Any]


def described_payloads() -> dict[str, Body]:
    """Return the payloads that the manifest makes Slack send, by what they are for."""
    described = manifest(None)
    events = described["settings"]["event_subscriptions"]["bot_events"]
    return {
        **{name: {"type": "event_callback", "event": _event(name)} for name in events},
        **{each["command"]: {"command": each["command"]} for each in described["features"]["slash_commands"]},
        **{each["callback_id"]: _shortcut(each) for each in described["features"]["shortcuts"]},
    }


def _event(name: str) -> Body:
    kind, _, channel_type = name.partition(".")
    return {"type": kind, "channel_type": channel_type} if channel_type else {"type": kind}


def _shortcut(described: Mapping[str, str]) -> Body:
    kind = "message_action" if described["type"] == "message" else "shortcut"
    return {"type": kind, "callback_id": described["callback_id"]}


def _pressed(action_id: str) -> Body:
    return {"type": "block_actions", "actions": [{"action_id": action_id, "block_id": "b"}]}


def _submitted(callback_id: str) -> Body:
    return {"type": "view_submission", "view": {"type": "modal", "callback_id": callback_id}}


def listeners_of(app: App, body: Body) -> list[Listener]:
    """Return the app's listeners that would take a payload."""
    request, response = BoltRequest(body=body, mode="socket_mode"), BoltResponse(status=200)
    return [
        listener
        for listener in app._listeners
        if all(matcher.matches(request, response) for matcher in listener.matchers)
    ]


def action_ids(team: World) -> set[str]:
    """Return the ids of everything in the bot's messages and views that tells the app when it is used."""
    blocks = [block for seen in team.slack.blocks_seen for block in seen.get("blocks") or ()]
    return {element["action_id"] for block in blocks for element in _telling(block)}


def _telling(block: Body) -> list[Body]:
    if block["type"] == "actions":
        return list(block["elements"])
    found = [block["accessory"]] if "accessory" in block else []
    return found + ([block["element"]] if block.get("dispatch_action") else [])


def callback_ids(team: World) -> set[str]:
    """Return the ids of the modals that the bot opened and that are sent in; others only tell something."""
    views = [seen["view"] for seen in team.slack.blocks_seen if "view" in seen]
    return {view["callback_id"] for view in views if view["type"] == "modal" and "submit" in view}


@pytest.mark.parametrize("name", sorted(described_payloads()))
def test_what_the_manifest_names_is_listened_to(toured: Toured, name: str) -> None:
    """Each event, command and shortcut of the manifest has one listener."""
    assert 1 == len(listeners_of(toured.world.bot.bolt, described_payloads()[name]))


def test_every_button_and_form_is_listened_to(toured: Toured) -> None:
    """Each id in a message or view that the bot built has one listener."""
    app = toured.world.bot.bolt
    used = {name: listeners_of(app, _pressed(name)) for name in action_ids(toured.world)}
    forms = {name: listeners_of(app, _submitted(name)) for name in callback_ids(toured.world)}

    assert {} == {name: found for name, found in {**used, **forms}.items() if len(found) != 1}
    assert manifest(None)["settings"]["interactivity"]["is_enabled"] is True


def test_nothing_else_is_listened_to(toured: Toured) -> None:
    """Each listener is for something of the manifest, or for a button or form that the bot makes."""
    app = toured.world.bot.bolt
    payloads = [
        *described_payloads().values(),
        *map(_pressed, action_ids(toured.world)),
        *map(_submitted, callback_ids(toured.world)),
    ]
    reached = [listener for body in payloads for listener in listeners_of(app, body)]

    assert [] == [listener.ack_function for listener in app._listeners if listener not in reached]


def test_the_tour_has_seen_every_button_in_the_source(toured: Toured) -> None:
    """What the other tests here say of the buttons they saw, they say of all there are."""
    written = {name for path in (ROOT / "bot").rglob("*.py") for name in _buttons_in(path)}

    assert len(written) > 7
    assert set() == written - action_ids(toured.world)


def _buttons_in(path: Path) -> Iterator[str]:
    """Yield the ids written out in calls that make a button."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "button":
            for argument in node.args[1:2]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def test_the_scopes_are_those_that_are_used(toured: Toured) -> None:
    """Each scope is needed by a method that the bot called or by an event it gets, and none is missing."""
    scopes = manifest(None)["oauth_config"]["scopes"]
    needed = {
        *(scope for call in toured.world.slack.calls for scope in _scopes_of_call(call)),
        *(
            scope
            for name in manifest(None)["settings"]["event_subscriptions"]["bot_events"]
            for scope in _of_event(name)
        ),
        "commands",  # for the slash command and the shortcut
        "files:read",  # for fetching files into exports, which is no call of a method
    }

    assert needed == set(scopes["bot"])


def _scopes_of_call(call: Call) -> set[str]:
    if call.method not in METHODS:  # a response_url or an upload, which need none
        return set()
    channel = str(call.args.get("channel", ""))
    kind = KINDS.get(channel, "im")
    by_place = {READ_SCOPES[kind]} if call.method in READS else set()
    by_place |= {HISTORY_SCOPES[kind]} if call.method in HISTORIES else set()
    return {*METHODS[call.method].scopes, *by_place}


def _of_event(name: str) -> set[str]:
    """Return the scopes without which Slack does not send an event."""
    if name.startswith("message."):
        return {HISTORY_SCOPES[kind] for kind, subscription in SUBSCRIPTIONS.items() if subscription == name}
    if name.startswith("member_"):
        return {READ_SCOPES["channel"], READ_SCOPES["group"]}
    scope = SCOPES[name]
    return {scope} if scope else set()
