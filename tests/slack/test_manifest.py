"""The manifest of the Slack app."""

import json
from pathlib import Path

from bot.domain.commands import COMMANDS
from bot.slack.manifest import EVENTS_PATH, manifest
from bot.web import app

TOP = Path(__file__).resolve().parents[2] / "manifest.json"


def test_without_an_address_it_is_the_file_at_the_top() -> None:
    """What the command prints for Socket Mode is what the repository shows, with no address in it."""
    assert json.loads(TOP.read_text()) == manifest(None)
    assert manifest(None)["settings"]["socket_mode_enabled"] is True
    assert "https://" not in json.dumps(manifest(None))


def test_with_an_address_everything_goes_there() -> None:
    """For HTTP every request goes to the one address that the web process serves."""
    described = manifest("https://notes.example.org/")

    expected = "https://notes.example.org/slack/events"
    assert EVENTS_PATH == app.EVENTS_PATH
    assert described["settings"]["socket_mode_enabled"] is False
    assert described["settings"]["interactivity"]["request_url"] == expected
    assert described["settings"]["event_subscriptions"]["request_url"] == expected
    assert [expected] == [command["url"] for command in described["features"]["slash_commands"]]


def test_it_keeps_to_slacks_limits() -> None:
    """Names and descriptions fit, and what is optional is among what is asked for."""
    described = manifest(None)
    shown, features = described["display_information"], described["features"]
    scopes = described["oauth_config"]["scopes"]

    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert all(len(shortcut["name"]) <= 24 for shortcut in features["shortcuts"])
    assert features["app_home"]["messages_tab_read_only_enabled"] is False
    assert set(scopes["bot_optional"]) < set(scopes["bot"])


def test_the_hint_lists_the_commands() -> None:
    """The hint in the message box names every command, and no other."""
    hint = manifest(None)["features"]["slash_commands"][0]["usage_hint"]

    assert {command.usage for command in COMMANDS} == set(hint.strip("[]").split(" | "))
