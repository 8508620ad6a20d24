"""The workspace itself: its people, its conversations, its time, and everything that the methods work on."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fakeslack.clock import Clock
from fakeslack.limits import Faults, RateLimits
from fakeslack.model import App, Call, Json, SlackError, Team
from fakeslack.outbox import Outbox
from fakeslack.socket_mode import SocketMode
from fakeslack.store import Store
from fakeslack.tokens import Codes, ResponseUrls, Triggers

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SLACKBOT = "USLACKBOT"


def micros(ts: str) -> int:
    """Return a `ts` in microseconds, to compare by."""
    try:
        return int(Decimal(ts) * 1_000_000)
    except InvalidOperation:
        raise SlackError("invalid_arguments", f"[ERROR] invalid timestamp: {ts}") from None


class Workspace:
    """Everything there is in the local Slack. Whoever changes it holds `lock`."""

    def __init__(self, clock: Clock, data: Path | None, team: Team) -> None:
        """Read the workspace in the folder, if there is one."""
        self.clock = clock
        self.team = team
        self.neighbours: list[Workspace] = []
        self.store = Store(data)
        self.lock = self.store.lock
        self.app: App | None = None
        self.is_installed = False
        self.url = ""
        self.rate_limits = RateLimits()
        self.faults = Faults()
        self.triggers = Triggers()
        self.response_urls = ResponseUrls(clock)
        self.codes = Codes(clock)
        self.outbox = Outbox(self.faults, self.changed)
        self.sockets = SocketMode(self.outbox)
        self.calls: list[Call] = []
        self.blocks_seen: list[Json] = []
        self.problems: list[str] = []
        self.typed: dict[str, dict[tuple[str, str], Json]] = {}
        self.tell: Callable[[Json], None] = lambda _change: None
        self._last_ts = self._latest_ts()
        if data is not None:
            saved = self.store.get("meta", "clock") or {"micros": 0}
            clock.resume(EPOCH + max(saved["micros"], self._last_ts) * MICROSECOND)

    def changed(self, kind: str, **what: Any) -> None:  # noqa: ANN401 - whatever JSON can say
        """Tell those who watch that something changed."""
        self.tell({"type": kind, **what})

    def save_clock(self, now: datetime) -> None:
        """Keep what time it is, to go on from there at the next start."""
        self.store.put("meta", "clock", {"micros": (now - EPOCH) // MICROSECOND})

    def ts(self) -> str:
        """Return a new `ts`: later than any before."""
        with self.lock:
            now = (self.clock.now() - EPOCH) // MICROSECOND
            self._last_ts = max(now, self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def seconds(self) -> int:
        """Return the present in whole seconds, as Slack's `event_time`."""
        return int(self.clock.now().timestamp())

    def fresh(self, prefix: str) -> str:
        """Return an id that was never used."""
        return f"{prefix}{uuid.uuid4().hex[:10].upper()}"

    @property
    def installed(self) -> App:
        """Return the app, which must be installed."""
        if self.app is None:
            raise SlackError("account_inactive", "no app is installed")
        return self.app

    def home_of(self, token: str | None) -> "Workspace":
        """Return the workspace that a token is for: Slack has one address for all of them."""
        tokens = {each.app.bot_token: each for each in (*self.neighbours, self) if each.app}
        return tokens.get(token or "", self)

    def user(self, user_id: str) -> Json:
        """Return a person or bot."""
        user = self.store.get("users", user_id)
        if user is None:
            raise SlackError("user_not_found", f"[ERROR] no user {user_id}")
        return user

    def users(self) -> list[Json]:
        """Return everybody, in the order of their ids."""
        return sorted(self.store.all("users"), key=lambda user: str(user["id"]))

    def channel(self, channel_id: str) -> Json:
        """Return a conversation."""
        channel = self.store.get("channels", channel_id)
        if channel is None:
            raise SlackError("channel_not_found", f"[ERROR] no channel {channel_id}")
        return channel

    def channels(self) -> list[Json]:
        """Return every conversation, in the order of their ids."""
        return sorted(self.store.all("channels"), key=lambda channel: str(channel["id"]))

    def put_channel(self, channel: Json, **changes: object) -> Json:
        """Keep a conversation with some changes."""
        kept = self.store.put("channels", channel["id"], {**channel, **changes})
        self.changed("channel", channel=channel["id"])
        return kept

    def dm(self, user_id: str) -> Json:
        """Return a person's direct conversation with the bot, opened if need be."""
        user = self.user(user_id)
        found = self.store.get("channels", f"D{user_id[1:]}")
        if found is not None:
            return found
        if user["is_bot"] or user_id == SLACKBOT:
            raise SlackError("cannot_dm_bot")
        if user["deleted"]:
            raise SlackError("user_disabled")
        channel = {"id": f"D{user_id[1:]}", "created": self.seconds(), "is_im": True, "is_archived": False}
        members = [user_id, self.installed.bot_user]
        return self.put_channel({**channel, "is_private": True, "user": user_id, "members": members})

    def add_user(self, user_id: str, real_name: str, tz: str, **flags: Any) -> Json:  # noqa: ANN401 - Slack's fields
        """Keep a person as Slack describes people; one that is there already is changed."""
        now = self.clock.now()
        known = self.store.get("users", user_id) or _new_user(user_id, self.team.id)
        zone = {"tz": tz, "tz_label": tz, "tz_offset": _offset(tz, now), "updated": self.seconds()}
        profile = {**known["profile"], **_profile(real_name), **flags.pop("profile", {})}
        user = {**known, "real_name": real_name, **zone, **flags, "profile": profile}
        self.store.put("users", user_id, user)
        self.changed("user", user=user_id)
        return user

    def _latest_ts(self) -> int:
        kept = [
            ts for kind, table in self.store.tables.items() if kind.startswith(("messages/", "eph/")) for ts in table
        ]
        return max(map(micros, kept), default=0)


def kind_of(channel: Json) -> str:
    """Return a conversation's `channel_type` in events: im, mpim, group or channel."""
    if channel.get("is_im"):
        return "im"
    if channel.get("is_mpim"):
        return "mpim"
    return "group" if channel["is_private"] else "channel"


_FLAGS = (
    "deleted",
    "is_admin",
    "is_owner",
    "is_primary_owner",
    "is_restricted",
    "is_ultra_restricted",
    "is_bot",
    "is_app_user",
)


def _new_user(user_id: str, team_id: str) -> Json:
    name = user_id.removeprefix("U").strip("_").lower()
    flags = dict.fromkeys(_FLAGS, False)
    status = {"status_text": "", "status_emoji": "", "status_expiration": 0}
    profile = {"email": f"{name}@example.com", "team": team_id, "title": "", **status}
    return {"id": user_id, "team_id": team_id, "name": name, **flags, "is_email_confirmed": True, "profile": profile}


def _profile(real_name: str) -> Json:
    names = ("real_name", "real_name_normalized", "display_name", "display_name_normalized")
    first, _, last = real_name.partition(" ")
    return {**dict.fromkeys(names, real_name), "first_name": first, "last_name": last}


def _offset(tz: str, now: datetime) -> int:
    offset = now.astimezone(ZoneInfo(tz)).utcoffset()
    return int(offset.total_seconds()) if offset else 0
