"""The manifest of the Slack app: what to paste at api.slack.com/apps."""

import json
from pathlib import Path
from typing import Any

EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"


def manifest(url: str | None = None) -> dict[str, Any]:
    """Return the manifest: for Socket Mode, or for signed HTTP requests to the bot at the public address `url`."""
    described: dict[str, Any] = json.loads(_path().read_text(encoding="utf-8"))
    if url:
        _send_to(url.rstrip("/") + EVENTS_PATH, described)
        described["oauth_config"]["redirect_urls"] = [url.rstrip("/") + REDIRECT_PATH]
    return described


def _path() -> Path:
    """Return where the manifest is: the wheel carries it beside this module, a checkout has it at the top."""
    here = Path(__file__).resolve()
    packaged = here.with_name("manifest.json")
    return packaged if packaged.exists() else here.parents[2] / "manifest.json"


def _send_to(request_url: str, described: dict[str, Any]) -> None:
    settings = described["settings"]
    settings["socket_mode_enabled"] = False
    settings["interactivity"]["request_url"] = request_url
    settings["event_subscriptions"]["request_url"] = request_url
    for command in described["features"]["slash_commands"]:
        command["url"] = request_url
