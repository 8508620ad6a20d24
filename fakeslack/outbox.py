"""Everything handed out to the app: sent, sent again when it is not acknowledged, and given up at last."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from fakeslack.limits import Faults
from fakeslack.model import Json

ACK_SECONDS = 3.0
RETRY_DELAYS = (0.0, 60.0, 300.0)
HOLD_SECONDS = 1.0


@dataclass(slots=True, eq=False)
class Delivery:
    """An event, a command or an interaction on its way to the app, and what became of it.

    `kind` is Socket Mode's: events_api, slash_commands or interactive; `state` goes from pending to acknowledged, lost
    (nobody was there, or a fault took it) or given_up; `attempts` says how each attempt ended; `answer` is the body of
    the acknowledgement.
    """

    kind: str
    name: str
    payload: Json
    at: datetime
    on_answer: Callable[["Delivery"], None] | None = None
    state: str = "pending"
    attempts: list[str] = field(default_factory=list)
    answer: Json | None = None
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def is_event(self) -> bool:
        """Say whether it is sent again when it is not acknowledged: only events are."""
        return self.kind == "events_api"

    def __str__(self) -> str:
        """Say what it is and how it went."""
        return f"{self.name} ({self.state}{''.join(f', {each}' for each in self.attempts)})"


@dataclass(frozen=True, slots=True)
class Result:
    """How one attempt ended: acknowledged with a body, or not, for a reason."""

    acknowledged: bool
    reason: str = ""
    answer: Json | None = None
    is_final: bool = False


class Transport(Protocol):
    """Carries deliveries to the app."""

    async def send(self, delivery: Delivery, attempt: int, reason: str) -> Result:
        """Send once and wait for the acknowledgement. `attempt` counts from 0; `reason` is why the last one failed."""
        ...


class Outbox:
    """Hands things out and knows what is still under way. Safe to use from any thread."""

    def __init__(self, faults: Faults, changed: Callable[..., None]) -> None:
        """Start with nothing handed out and nobody to send with."""
        self.retry_factor = 1.0
        self.ack_seconds = ACK_SECONDS
        self.deliveries: list[Delivery] = []
        self.watchers: list[Callable[[Delivery], None]] = []
        """Whoever wants to see what is handed out, right before it is."""
        self._faults = faults
        self._changed = changed
        self._transport: Transport | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way: dict[int, Delivery] = {}
        self._settled = threading.Condition()
        self._held: Delivery | None = None

    def begin(self, transport: Transport) -> None:
        """Send with this transport, on the running loop."""
        self._transport, self._loop = transport, asyncio.get_running_loop()

    async def end(self) -> None:
        """Stop sending and give up what is under way."""
        self._loop = None
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for delivery in list(self._under_way.values()):
            self._finish(delivery, "given_up")

    def hand_out(self, delivery: Delivery) -> Delivery:
        """Send something to the app, as soon as may be; return at once."""
        for watch in self.watchers:
            watch(delivery)
        loop = self._loop
        fault = self._faults.take_event() if delivery.is_event else ""
        copies = [delivery, _copy(delivery)] if fault == "duplicate" else [delivery]
        for each in copies:
            self.deliveries.append(each)
            with self._settled:
                self._under_way[id(each)] = each
            if loop is None or fault == "lose":
                self._finish(each, "lost")
            else:
                loop.call_soon_threadsafe(self._start, each, fault == "hold")
        return delivery

    def wait(self, delivery: Delivery) -> Delivery:
        """Wait until a delivery is acknowledged or given up."""
        if self._loop is not None and _running_loop() is self._loop:
            raise RuntimeError("A person's acts wait for the app: call them from a thread, not from the server's loop.")
        delivery.done.wait()
        return delivery

    def idle(self, timeout: float) -> None:
        """Wait until nothing is under way; TimeoutError names what still is."""
        with self._settled:
            if not self._settled.wait_for(lambda: not self._under_way, timeout):
                raise TimeoutError(f"Not acknowledged: {'; '.join(map(str, self._under_way.values()))}")

    def _start(self, delivery: Delivery, hold: bool) -> None:  # noqa: FBT001 - called by the loop
        if self._loop is None:
            return  # the server stopped in between, and has given this up
        if hold:
            self._held = delivery
            asyncio.get_running_loop().call_later(HOLD_SECONDS, self._release, delivery)
            return
        self._run_soon(delivery)
        if self._held is not None and delivery.is_event:
            self._release(self._held)

    def _release(self, delivery: Delivery) -> None:
        if self._held is delivery:
            self._held = None
            self._run_soon(delivery)

    def _run_soon(self, delivery: Delivery) -> None:
        task = asyncio.get_running_loop().create_task(self._run(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, delivery: Delivery) -> None:
        result = Result(acknowledged=False)
        delays = (0.0, *RETRY_DELAYS) if delivery.is_event else (0.0,)
        for attempt, delay in enumerate(delays):
            if delay:
                await asyncio.sleep(delay * self.retry_factor)
            result = await self._send(delivery, attempt, result.reason)
            if result.acknowledged or result.is_final:
                break
        delivery.answer = result.answer
        if result.acknowledged:
            self._finish(delivery, "acknowledged")
        else:
            self._finish(delivery, "lost" if result.reason == "no_connection" else "given_up")

    async def _send(self, delivery: Delivery, attempt: int, reason: str) -> Result:
        assert self._transport is not None  # noqa: S101 - set before the loop is
        result = await self._transport.send(delivery, attempt, reason)
        delivery.attempts.append("acknowledged" if result.acknowledged else result.reason)
        return result

    def _finish(self, delivery: Delivery, state: str) -> None:
        delivery.state = state
        try:
            if delivery.on_answer is not None:
                delivery.on_answer(delivery)
        finally:
            delivery.done.set()
            with self._settled:
                self._under_way.pop(id(delivery), None)
                self._settled.notify_all()
            self._changed("delivery", name=delivery.name, state=state)


def _copy(delivery: Delivery) -> Delivery:
    return Delivery(delivery.kind, delivery.name, delivery.payload, delivery.at)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
