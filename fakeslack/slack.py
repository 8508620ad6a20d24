"""The local Slack as Python sees it: start it, people it, install an app, act as anybody, look at what came of it."""

import copy
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from fakeslack import messages
from fakeslack.clock import Clock
from fakeslack.events import emit
from fakeslack.limits import Faults, RateLimits
from fakeslack.methods import auth
from fakeslack.model import App, Call, Json, Stop, Team
from fakeslack.outbox import Delivery, Outbox
from fakeslack.people import Person
from fakeslack.server import Server
from fakeslack.snapshot import snapshot
from fakeslack.workspace import SLACKBOT, Workspace


class FakeSlack:
    """A Slack workspace on localhost. Safe to use from any thread but the server's own."""

    def __init__(self, clock: Clock | None = None, data: Path | None = None, team: Team | None = None) -> None:
        """Make a workspace; with a folder, go on with the one kept there."""
        self.clock = clock or Clock(ticking=True)
        self.stops: Callable[[], Sequence[Stop]] = list
        self.on_jump: Callable[[datetime], None] = lambda _now: None
        self._ws = Workspace(self.clock, data, team or Team())
        self._server = Server(self._ws, self)
        self._callbacks: list[Callable[[Json], None]] = []
        self._ws.tell = self._tell
        self.clock.jumped.append(self._jumped)
        self._ws.add_user(SLACKBOT, "Slackbot", "America/Los_Angeles", is_bot=False)

    @property
    def url(self) -> str:
        """The address of the server, and of its page."""
        return self._ws.url

    @property
    def api_url(self) -> str:
        """The base URL for Slack's clients."""
        return f"{self._ws.url}/api/"

    @property
    def faults(self) -> Faults:
        """What goes wrong on request."""
        return self._ws.faults

    @property
    def rate_limits(self) -> RateLimits:
        """How fast the app may be."""
        return self._ws.rate_limits

    @property
    def outbox(self) -> Outbox:
        """What was handed out; `retry_factor` and `ack_seconds` may be set."""
        return self._ws.outbox

    @property
    def calls(self) -> list[Call]:
        """Everything that came over the wire, oldest first."""
        return list(self._ws.calls)

    @property
    def blocks_seen(self) -> list[Json]:
        """Every message and view that the app sent, whether it was taken or refused."""
        return list(self._ws.blocks_seen)

    @property
    def problems(self) -> list[str]:
        """What the app did wrong without being told so by Slack: acknowledgements that could not be used."""
        return list(self._ws.problems)

    @property
    def trigger_seconds(self) -> float:
        """For how many real seconds a trigger id works."""
        return self._ws.triggers.seconds

    @trigger_seconds.setter
    def trigger_seconds(self, seconds: float) -> None:
        self._ws.triggers.seconds = seconds

    def start(self, port: int = 0) -> None:
        """Start the server."""
        self._ws.store.open()
        self._server.start(port)

    def stop(self) -> None:
        """Stop the server, and keep the time."""
        self._server.stop()
        self._ws.save_clock(self.clock.now())
        self._ws.store.close()

    def add_user(self, user_id: str, real_name: str = "", tz: str = "Europe/London", **flags: Any) -> Json:  # noqa: ANN401
        """Add a person, or change one that is there."""
        with self._ws.lock:
            is_new = self._ws.store.get("users", user_id) is None
            user = self._ws.add_user(user_id, real_name or user_id, tz, **flags)
            if is_new and self._ws.app is not None and self._server.is_running:
                emit(self._ws, {"type": "team_join", "user": user, "event_ts": self._ws.ts()})
            return copy.deepcopy(user)

    def change_user(self, user_id: str, **changes: Any) -> Json:  # noqa: ANN401 - Slack's own fields
        """Change a person (tz, deleted, real_name …) and tell the app."""
        with self._ws.lock:
            before = self._ws.user(user_id)
            named = {"real_name": before["real_name"], "tz": before["tz"], **changes}
            user = self._ws.add_user(user_id, **named)
            emit(self._ws, {"type": "user_change", "user": user, "cache_ts": 0, "event_ts": self._ws.ts()})
            return copy.deepcopy(user)

    def add_channel(
        self, channel_id: str, name: str, members: Sequence[str] = (), creator: str = SLACKBOT, *, private: bool = False
    ) -> Json:
        """Add a channel; one that is there is left as it is."""
        with self._ws.lock:
            found = self._ws.store.get("channels", channel_id)
            if found is not None:
                return copy.deepcopy(found)
            people = [self._ws.user(user)["id"] for user in members]
            texts = {key: {"value": "", "creator": "", "last_set": 0} for key in ("topic", "purpose")}
            body = {"id": channel_id, "name": name, "name_normalized": name, "creator": creator, **texts}
            made = {"created": self._ws.seconds(), "is_archived": False, "is_general": False, "is_private": private}
            return copy.deepcopy(self._ws.put_channel({**body, **made, "members": people}))

    def archive(self, channel_id: str) -> None:
        """Archive a channel."""
        with self._ws.lock:
            channel = self._ws.put_channel(self._ws.channel(channel_id), is_archived=True)
            emit(self._ws, {"type": "channel_archive", "channel": channel_id, "event_ts": self._ws.ts()}, channel)

    def install(self, app: App) -> None:
        """Install the app with its bot user, or install it anew with other settings."""
        with self._ws.lock:
            auth.install(self._ws, app)

    def publish(self, app: App) -> None:
        """Let there be an app that is installed nowhere yet, for people to add by OAuth."""
        with self._ws.lock:
            self._ws.app = app

    def neighbour(self, other: "FakeSlack") -> None:
        """Let another workspace be behind the same address: its tokens work here, and it may add the same app."""
        self._ws.neighbours.append(other._ws)  # noqa: SLF001 - one of our own

    @property
    def team(self) -> Team:
        """The workspace as Slack names it."""
        return self._ws.team

    def allow(self, team: Team) -> str:
        """Let the app into a workspace behind this address; return the code that it gets a token for."""
        return self._ws.codes.give(team.id)

    def uninstall(self) -> None:
        """Take the app out; its token stops working and it is told so."""
        with self._ws.lock:
            auth.uninstall(self._ws)

    def person(self, user_id: str) -> Person:
        """Act as somebody."""
        return Person(self._ws, user_id)

    def trigger(self, user_id: str) -> str:
        """Return a trigger id, as for something this person has just done."""
        return self._ws.triggers.give(user_id)

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Json]:
        """Return a channel's messages, those in threads too, or one thread with its parent; none that was deleted."""
        with self._ws.lock:
            replies = messages.threads(self._ws, channel)
            found = [each for each in messages.all_of(self._ws, channel) if each.get("subtype") != "tombstone"]
            if thread_ts is not None:
                found = [each for each in found if thread_ts in (each["ts"], each.get("thread_ts"))]
            shown = [messages.shown(self._ws, m, replies.get(m["ts"], ()), with_metadata=True) for m in found]
            return copy.deepcopy(shown)

    def file(self, file_id: str) -> tuple[Json, bytes]:
        """Return a file as Slack describes it, and its bytes."""
        with self._ws.lock:
            file = self._ws.store.get("files", file_id)
            if file is None:
                raise LookupError(f"There is no file {file_id}.")
            return messages.show_file(self._ws, file), self._ws.store.get_bytes(file_id)

    def remove_file(self, file_id: str) -> None:
        """Delete a file, as the person who gave it may at any time."""
        with self._ws.lock:
            self._ws.store.drop("files", file_id)

    def idle(self, timeout: float = 10) -> None:
        """Wait until all that was handed out is acknowledged or given up; TimeoutError names what is not."""
        self._ws.outbox.idle(timeout)

    def sent(self, kind: str | None = None) -> list[Delivery]:
        """Return what was handed out: everything, or one type (`message`, `block_actions` …)."""
        return [each for each in list(self._ws.outbox.deliveries) if kind in (None, _kind(each))]

    def repeat(self, delivery: Delivery) -> Delivery:
        """Hand something out once more, as it was; what is answered the second time is shown to nobody."""
        return self.outbox.hand_out(Delivery(delivery.kind, delivery.name, delivery.payload, self.clock.now()))

    @property
    def connections(self) -> int:
        """How many sockets the app has open."""
        return len(self._ws.sockets.connections)

    def wait_connected(self, connections: int = 1, timeout: float = 10) -> None:
        """Wait until the app has this many sockets open."""
        opened = self._ws.sockets.opened
        with opened:
            if not opened.wait_for(lambda: len(self._ws.sockets.connections) >= connections, timeout):
                raise TimeoutError(f"{len(self._ws.sockets.connections)} of {connections} sockets are open.")

    def verify_request_url(self) -> bool:
        """Ask the app's request URL to answer a challenge."""
        http = self._server.http
        return http is not None and self._server.run(http.verify)

    def drop_socket(self) -> None:
        """Break the app's sockets without a word."""
        self._server.run(self._drop)

    def refresh_sockets(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        self._server.run(self._ws.sockets.refresh)

    def subscribe(self, callback: Callable[[Json], None]) -> None:
        """Be told of every change, on the server's thread."""
        self._callbacks.append(callback)

    def snapshot(self, user_id: str) -> Json:
        """Return all that one person may see."""
        return snapshot(self._ws, user_id, self.stops())

    async def _drop(self) -> None:
        self._ws.sockets.drop()

    def _tell(self, change: Json) -> None:
        for callback in self._callbacks:
            self._server.call_soon(lambda call=callback: call(change))  # type: ignore[misc]

    def _jumped(self, now: datetime) -> None:
        self._ws.save_clock(now)
        self._ws.changed("clock", now=now.isoformat())
        self.on_jump(now)


def _kind(delivery: Delivery) -> str:
    if delivery.is_event:
        return str(delivery.payload["event"]["type"])
    return str(delivery.payload.get("type", "slash_commands"))
