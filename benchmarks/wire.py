"""What Slack sends, signed, and connections to send it on: one at a time, or by several threads at once."""

import http.client
import itertools
import json
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from benchmarks.teams import CHANNEL, SECRET, TEAM, WORDS
from bot.slack.manifest import EVENTS_PATH

PATIENCE = 30.0
Json = dict[str, Any]
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked: their conversation with the bot, its thread, the edition, and the question in it."""

    user_id: str
    channel: str
    thread_ts: str
    edition: int
    prompt: int


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it goes over the wire."""

    body: bytes
    headers: dict[str, str]


def reply(asked: Asked) -> Json:
    """Return the event of one more reply in somebody's thread."""
    ts = f"{int(asked.thread_ts.split('.', maxsplit=1)[0]) + 1}.{next(_numbers):06}"
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": WORDS}]}
    message = {
        "type": "message",
        "channel_type": "im",
        "channel": asked.channel,
        "user": asked.user_id,
        "team": TEAM,
        "text": WORDS,
        "blocks": [{"type": "rich_text", "block_id": "b1", "elements": [section]}],
        "ts": ts,
        "event_ts": ts,
        "thread_ts": asked.thread_ts,
        "client_msg_id": str(uuid.uuid4()),
    }
    about = {"type": "event_callback", "team_id": TEAM, "api_app_id": "A_LOCAL", "event_id": f"Ev{ts}"}
    bot = {"enterprise_id": None, "team_id": TEAM, "user_id": "U_BOT", "is_bot": True, "is_enterprise_install": False}
    return {**about, "event": message, "event_time": int(ts.split(".", maxsplit=1)[0]), "authorizations": [bot]}


def press(asked: Asked) -> Json:
    """Return what a press of *Next* under the first question sends."""
    value = json.dumps({"edition": asked.edition, "prompt": asked.prompt})
    action = {"type": "button", "action_id": "prompt.next", "block_id": "b1", "value": value, "action_ts": "1.0"}
    message = {"type": "message", "ts": asked.thread_ts, "thread_ts": asked.thread_ts, "text": "", "blocks": []}
    place = {"type": "message", "channel_id": asked.channel, "message_ts": asked.thread_ts}
    return {**_interaction("block_actions", asked), "actions": [action], "message": message, "container": place}


def form(asked: Asked) -> Json:
    """Return what saving the form of days away sends: a week in the year after."""
    days = {name: {"day": {"type": "datepicker", "selected_date": f"2027-03-{day}"}} for name, day in DAYS.items()}
    view = {"id": f"V{next(_numbers)}", "type": "modal", "callback_id": "contributor.away", "private_metadata": ""}
    inputs = [{"type": "input", "block_id": name} for name in DAYS]
    shown = {**view, "state": {"values": days}, "blocks": inputs, "hash": "1", "root_view_id": view["id"]}
    return {**_interaction("view_submission", asked), "view": shown}


DAYS = {"first": "01", "last": "07"}


def _interaction(kind: str, asked: Asked) -> Json:
    return {
        "type": kind,
        "team": {"id": TEAM, "domain": "team"},
        "user": {"id": asked.user_id, "team_id": TEAM},
        "channel": {"id": asked.channel or CHANNEL},
        "api_app_id": "A_LOCAL",
        "trigger_id": str(uuid.uuid4()),
        "response_url": "http://127.0.0.1:9/",
        "is_enterprise_install": False,
    }


def signed(payload: Json) -> Request:
    """Return the request that brings a payload, signed now."""
    is_event = payload["type"] == "event_callback"
    text = json.dumps(payload) if is_event else urlencode({"payload": json.dumps(payload)})
    seconds = str(int(time.time()))  # noqa: TID251 - the bot compares it with the machine's clock
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=seconds, body=text) or ""
    kind = "application/json" if is_event else "application/x-www-form-urlencoded"
    names = ("Content-Type", "X-Slack-Request-Timestamp", "X-Slack-Signature")
    return Request(text.encode(), dict(zip(names, (kind, seconds, signature), strict=True)))


def answered(port: int, requests: Sequence[Request], *, in_flight: int = 1) -> list[float]:
    """Send requests, so many at a time, and return how many seconds each waited for its 200."""
    lines = [requests[start::in_flight] for start in range(in_flight)]
    if in_flight == 1:
        return _answered(port, lines[0])
    with ThreadPoolExecutor(in_flight) as threads:
        return [waited for line in threads.map(lambda line: _answered(port, line), lines) for waited in line]


def _answered(port: int, requests: Sequence[Request]) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    waited = []
    for request in requests:
        began = time.perf_counter()
        connection.request("POST", EVENTS_PATH, request.body, request.headers)
        answer = connection.getresponse()
        said = answer.read()
        waited.append(time.perf_counter() - began)
        if answer.status != http.client.OK:
            raise RuntimeError(f"{answer.status} {said[:200]!r}")
    connection.close()
    return waited
