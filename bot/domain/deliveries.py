"""A delivery: one write owed to Slack, named by its effect and recorded before it is attempted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class DeliveryState(StrEnum):
    """Where a delivery is: owed → attempted → sent | failed | unknown."""

    OWED = "owed"
    ATTEMPTED = "attempted"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Method(StrEnum):
    """What a delivery calls: Web API methods, and a post to a `response_url` (which is kept in the payload).

    An upload is three calls, of which this is the one that counts.
    """

    POST = "chat.postMessage"
    UPDATE = "chat.update"
    EPHEMERAL = "chat.postEphemeral"
    REACT = "reactions.add"
    UNREACT = "reactions.remove"
    PUBLISH_HOME = "views.publish"
    RESPOND = "response_url"
    UPLOAD = "files.completeUploadExternal"


@dataclass(frozen=True, slots=True)
class Owed:
    """What a service wants written to Slack.

    `key` is unique in the workspace and names the effect (`edition:7:ask:U123`), so that owing it twice owes it once.
    `channel` is a channel id, or a user id for a direct message. `payload` holds the method's other arguments.
    `thread_key` and `target_key` name deliveries whose `ts` this one needs once they are sent: as its thread, or as the
    message it updates or reacts to. `prompt_id` is the prompt whose place in Slack this delivery will tell.
    """

    key: str
    kind: str
    channel: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    method: Method = Method.POST
    thread_ts: str = ""
    thread_key: str = ""
    target_key: str = ""
    edition_id: int | None = None
    prompt_id: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery as it is recorded.

    `posted_channel` and `ts` say where Slack put it; `error` why Slack refused it; `cause` what it came of.
    """

    id: int
    workspace_id: str
    key: str
    kind: str
    method: Method
    channel: str
    payload: Mapping[str, Any]
    thread_ts: str
    thread_key: str
    target_key: str
    edition_id: int | None
    prompt_id: int | None
    state: DeliveryState
    attempt: int
    attempted_at: datetime | None
    posted_channel: str
    ts: str
    error: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class HeldUp:
    """A delivery that Slack did not take so far: of which kind, why, how often it was tried, and when it is again."""

    kind: str
    error: str
    attempts: int
    again_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A message as Slack takes it: `text` for notifications and screen readers, `blocks` for everybody else."""

    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()

    def payload(self) -> dict[str, Any]:
        """Return the arguments of chat.postMessage or chat.update for this message."""
        return {"text": self.text, "blocks": list(self.blocks), "unfurl_links": False, "unfurl_media": False}
