"""Reading what buttons and forms carry."""

import json
import re
from collections.abc import Mapping
from typing import Any

Payload = Mapping[str, Any]
TS = re.compile(r"\d{10}\.\d{6}", re.ASCII)


def carried(action: Payload) -> dict[str, Any]:
    """Return what a button carries as JSON in its value. Anything else is as good as nothing."""
    try:
        value = json.loads(action.get("value") or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def number(about: Payload, name: str) -> int:
    """Return the id a button or a form carries, or 0, which no row has."""
    value = about.get(name)
    return value if isinstance(value, int) else 0


def acted_at(action: Payload) -> str:
    """Return when, by Slack's clock, somebody pressed a button: a `ts` as messages have, or nothing."""
    ts = action.get("action_ts")
    return ts if isinstance(ts, str) and TS.fullmatch(ts) else ""


def about_view(view: Payload) -> dict[str, Any]:
    """Return what a form carries in its private_metadata."""
    return carried({"value": view.get("private_metadata")})
