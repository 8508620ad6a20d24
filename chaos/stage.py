"""A workspace on localhost, its time, and the processes that are its bot, started whenever they are not running."""

import os
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from sqlmodel import Session

from chaos.process import Orders, Point, start
from fakeslack import Clock, FakeSlack
from fakeslack.outbox import Delivery
from storage import claims, steps
from storage.database import normalised_url
from tests.support.opinion import assert_taken
from tests.support.world import CHANNEL, app_of

TEAM = "T_TEAM"
WEDNESDAY = datetime(2026, 3, 4, 9, tzinfo=UTC)
PATIENCE = 90.0
LOOK_SECONDS = 0.02
STILL_SECONDS, ORPHANED_SECONDS, HELD_SECONDS = 0.2, 1.0, 5.0
"""How long nothing has to happen before the clock moves on; while what a dead process sent may still be on its way to
Slack; and while a process that lives is at a call."""
STEP = timedelta(seconds=11)
"""How far it moves then: what waits for a time gets there, and a call has its ten seconds."""
Claimed = tuple[int, datetime]
PEOPLE = {"U_ANA": "Ana Okafor", "U_BEN": "Ben Marsh", "U_DEE": "Dee Roy"}


@dataclass(slots=True)
class Slot:
    """The place of one process of the bot, and how often one was killed in it."""

    process: ForkServerProcess | None = None
    dies: Point | None = None
    calls: int = 0
    kills: int = 0

    @property
    def is_running(self) -> bool:
        """Say whether there is a process in it."""
        return self.process is not None and self.process.is_alive()

    def signal(self, number: signal.Signals) -> None:
        """Send the process a signal."""
        if self.process and self.process.pid and self.is_running:
            os.kill(self.process.pid, number)

    def kill(self) -> None:
        """Kill the process, and wait until it is dead."""
        self.signal(signal.SIGKILL)
        if self.process:
            self.process.join()

    def bury(self) -> None:
        """See that the process died as it was meant to."""
        if self.process is not None:
            self.process.join()
            assert self.process.exitcode == -signal.SIGKILL, f"The bot ended by itself: {self.process.exitcode}."
            self.process.close()
            self.process = None
            self.kills += 1


@dataclass(slots=True)
class Stage:
    """Everything a week is played with. `plan` says where the next processes die, one after the other."""

    slack: FakeSlack
    clock: Clock
    orders: Orders
    engine: Engine
    slots: list[Slot]
    plan: deque[Point] = field(default_factory=deque)
    lost: set[str] = field(default_factory=set)
    _orphans: set[Claimed] = field(default_factory=set)
    _still_since: float = 0.0
    _seen: tuple[object, ...] = ()

    @property
    def kills(self) -> int:
        """How many processes were killed."""
        return sum(slot.kills for slot in self.slots)

    def jump(self, to: datetime) -> None:
        """Let it become this time, for the bot too."""
        self.clock.jump(to)
        scratch = self.orders.clock_file.with_suffix(".new")
        scratch.write_text(to.isoformat())
        scratch.replace(self.orders.clock_file)

    def settle(self) -> None:
        """Keep the bot running, and the clock too, until nothing is due and nothing owed."""
        ends = time.monotonic() + PATIENCE
        while True:
            assert time.monotonic() < ends, f"The bot did not come to rest: {self._owing()}"
            self.keep_running()
            is_running = all(slot.is_running for slot in self.slots)
            if is_running and self._is_heard() and self._has_caught_up() and not self._has_work():
                return
            time.sleep(LOOK_SECONDS)

    def keep_running(self) -> None:
        """Start what is not running."""
        for slot in self.slots:
            if slot.is_running:
                continue
            slot.bury()
            if len(self.slots) == 1:
                self._wait_until_gone()
                self._orphans = self._claimed()
            self.look_for_losses()
            slot.dies = self.plan.popleft() if self.plan else None
            slot.calls = 0
            slot.process = start(replace(self.orders, dies=slot.dies))
            self._wait_for_socket(slot)

    def on_change(self, change: dict[str, object]) -> None:
        """Kill the bot when Slack has answered its n-th call, about as it hears so."""
        if change.get("type") != "call":
            return
        for slot in self.slots[:1]:
            slot.calls += 1
            if slot.dies == Point("at a call", slot.calls):
                slot.signal(signal.SIGKILL)

    def end(self) -> None:
        """End every process."""
        for slot in self.slots:
            slot.kill()

    def answers(self) -> Iterator[tuple[Delivery, tuple[str, str]]]:
        """Return what people said in their threads: how it was delivered, and in which channel, with which `ts`."""
        for each in self.slack.sent("message"):
            said = each.payload["event"]
            if said.get("thread_ts") and said.get("user") in PEOPLE and is_answer(each):
                yield each, (said["channel"], said["ts"])

    def _kept(self) -> set[tuple[str, str]]:
        """Return the channel and `ts` of every answer that the bot keeps."""
        with self.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT channel_id, ts FROM answer")
            return {(str(channel), str(ts)) for channel, ts in rows}

    def look_for_losses(self) -> None:
        """Note what was acknowledged and is not there."""
        acknowledged = {place for each, place in self.answers() if each.state == "acknowledged"}
        self.lost |= {ts for channel, ts in acknowledged - self._kept()}

    def _has_caught_up(self) -> bool:
        """Say whether what Slack could not deliver is found: the bot reads it from the threads when it starts."""
        return {place for _, place in self.answers()} <= self._kept()

    def _is_heard(self) -> bool:
        try:
            self.slack.idle(LOOK_SECONDS)
        except TimeoutError:
            return False
        return True

    def _has_work(self) -> bool:
        """Say whether something is due or owed; while that stands still, let time pass."""
        owing = self._owing()
        if not owing:
            return False
        now = time.monotonic()
        if owing != self._seen:
            self._seen, self._still_since = owing, now
        elif now - self._still_since > self._patience():
            self._still_since = now
            self.jump(self.clock.now() + STEP)
        return True

    def _patience(self) -> float:
        claimed = self._claimed()
        if claimed - self._orphans:
            return HELD_SECONDS
        return ORPHANED_SECONDS if claimed else STILL_SECONDS

    def _owing(self) -> tuple[object, ...]:
        """Return what is due, and then what is owed: a step that is done in between is found as what it owes."""
        with Session(self.engine) as session:
            due = steps.workspaces_due(session, self.clock.now())
        with Session(self.engine) as session:
            return (*due, *claims.pending(session, TEAM))

    def _claimed(self) -> set[Claimed]:
        """Return what somebody claimed for a call, or a look, that may still be going on."""
        with Session(self.engine) as session:
            pending = claims.pending(session, TEAM)
        return {(each.id, each.lease_until) for each in pending if each.lease_until}

    def _wait_until_gone(self) -> None:
        """Wait until Slack has noticed that the process is gone, and has read all that it had sent."""
        ends = time.monotonic() + PATIENCE
        while self.slack.connections and time.monotonic() < ends:
            time.sleep(LOOK_SECONDS)

    def _wait_for_socket(self, slot: Slot) -> None:
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends and slot.is_running:
            try:
                self.slack.wait_connected(timeout=LOOK_SECONDS)
            except TimeoutError:
                continue
            return


def is_answer(delivery: Delivery) -> bool:
    """Say whether a person's message is an answer, and no word that steers the conversation."""
    return str(delivery.payload["event"].get("text", "")) not in {"", "next", "skip"}


@contextmanager
def stage(database_url: str, folder: Path, *, plan: Iterable[Point] = (), processes: int = 1) -> Iterator[Stage]:
    """Give a workspace whose bot is this many processes."""
    clock = Clock(WEDNESDAY, ticking=False)
    slack = FakeSlack(clock=clock)
    slack.start()
    slack.rate_limits.enforce = False
    slack.outbox.retry_factor = 0.005  # Slack's minutes between deliveries would be this week's
    slack.outbox.ack_seconds = 1.0
    for user_id, name in PEOPLE.items():
        slack.add_user(user_id, real_name=name, tz="Europe/London")
    slack.install(app_of(0))
    slack.add_channel(CHANNEL, name="team-weeknotes", members=[*PEOPLE, "U_BOT"], creator="U_DEE")
    orders = Orders(database_url, slack.api_url, folder / "clock")
    slots = [Slot() for _ in range(processes)]
    made = Stage(slack, clock, orders, create_engine(normalised_url(database_url)), slots, deque(plan))
    made.jump(WEDNESDAY)
    slack.subscribe(made.on_change)
    try:
        yield made
        assert_taken(slack)
    finally:
        made.end()
        made.engine.dispose()
        slack.stop()
