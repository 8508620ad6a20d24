"""Things handed out that work a few times for a short while: trigger ids, response URLs, codes for a token."""

import threading
import time
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from fakeslack.clock import Clock
from fakeslack.model import SlackError

CODE_TIME = timedelta(minutes=10)
RESPONSES = 5
RESPONSE_TIME = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a person did that lets the app open a modal: who, where, and in which view."""

    user: str
    channel: str | None
    view: str | None
    made: float


class Triggers:
    """Trigger ids: each opens one view, within `seconds` of real time."""

    def __init__(self) -> None:
        """Have handed out none."""
        self.seconds = 3.0
        self._lock = threading.Lock()
        self._given: dict[str, Trigger | None] = {}

    def give(self, user: str, *, channel: str | None = None, view: str | None = None) -> str:
        """Return a new trigger id for something this person did."""
        trigger_id = f"{uuid.uuid4().int % 10**13}.{uuid.uuid4().int % 10**12}.{uuid.uuid4().hex}"
        with self._lock:
            self._given[trigger_id] = Trigger(user, channel, view, time.monotonic())
        return trigger_id

    def take(self, trigger_id: str) -> Trigger:
        """Use a trigger id up."""
        with self._lock:
            if trigger_id not in self._given:
                raise SlackError("invalid_trigger_id")
            trigger = self._given[trigger_id]
            if trigger is None:
                raise SlackError("exchanged_trigger_id")
            if time.monotonic() - trigger.made > self.seconds:
                raise SlackError("expired_trigger_id")
            self._given[trigger_id] = None
            return trigger


@dataclass(slots=True)
class ResponseUrl:
    """Where the app may answer one interaction: for whom, where, and to which message."""

    user: str
    channel: str
    given: datetime
    ts: str | None = None
    is_ephemeral: bool = False
    left: int = RESPONSES


class ResponseUrls:
    """Response URLs: five answers within thirty minutes of the workspace's time."""

    def __init__(self, clock: Clock) -> None:
        """Have handed out none."""
        self._clock = clock
        self._lock = threading.Lock()
        self._given: dict[str, ResponseUrl] = {}

    def give(self, user: str, channel: str, *, ts: str | None = None, is_ephemeral: bool = False) -> str:
        """Return the path of a new response URL."""
        key = uuid.uuid4().hex
        with self._lock:
            self._given[key] = ResponseUrl(user, channel, self._clock.now(), ts, is_ephemeral)
        return f"/response/{key}"

    def take(self, key: str) -> ResponseUrl:
        """Use one of its five answers."""
        with self._lock:
            found = self._given.get(key)
            if found is None or self._clock.now() - found.given > RESPONSE_TIME:
                raise SlackError("expired_url")
            if found.left == 0:
                raise SlackError("used_url")
            found.left -= 1
            return found


class Codes:
    """Codes to be exchanged for a workspace's token: once, within ten minutes of the workspace's time."""

    def __init__(self, clock: Clock) -> None:
        """Have handed out none."""
        self._clock = clock
        self._given: dict[str, tuple[str, datetime]] = {}

    def give(self, team_id: str) -> str:
        """Return a new code for a workspace."""
        code = uuid.uuid4().hex
        self._given[code] = team_id, self._clock.now()
        return code

    def take(self, code: str) -> str:
        """Use a code up, and return the id of its workspace."""
        team_id, given = self._given.pop(code, ("", self._clock.now()))
        if not team_id or self._clock.now() - given > CODE_TIME:
            raise SlackError("invalid_code")
        return team_id
