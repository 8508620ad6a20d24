"""A drain: sending everything in one workspace that can be sent now, several conversations at a time."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from bot.domain.sending import Waiting
from bot.log import get_logger

REST = 10.0
"""Rest so many times as long as looking took before looking again: a long list is not read anew for each message that
went out, nor for each that was owed meanwhile."""
LONGEST_REST = 1.0

Looked = tuple[tuple[Waiting, ...], float]
"""What may go now, and how many seconds looking took."""


class Drain:
    """One workspace being emptied.

    `look` says what may go now, and takes its time `in_thread`; `send` sends one, and says whether it was ours.
    """

    def __init__(
        self,
        look: Callable[[], tuple[Waiting, ...]],
        in_thread: Callable[[Callable[[], Looked]], Awaitable[Looked]],
        send: Callable[[Waiting], Awaitable[bool]],
    ) -> None:
        """Start nothing yet."""
        self._look = look
        self._in_thread = in_thread
        self._send = send
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._set_aside: set[int] = set()
        self._error: Exception | None = None
        self._is_stopped = False
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look again soon: something new is owed."""
        self._woken.set()

    def stop(self) -> None:
        """Start nothing more."""
        self._is_stopped = True
        self._woken.set()

    async def run(self) -> None:
        """Return when nothing can be sent now. What went wrong on the way is raised at the end."""
        try:
            while not self._is_stopped:
                self._woken.clear()
                looked = await self._start_all()
                if not self._sending and not self._woken.is_set():
                    break
                await self._progress(min(looked * REST, LONGEST_REST))
        except asyncio.CancelledError:
            for task in self._sending.values():
                task.cancel()
            raise
        finally:
            await asyncio.gather(*self._sending.values(), return_exceptions=True)
        if self._error:
            raise self._error

    async def _start_all(self) -> float:
        """Start sending the first of each idle lane. Returns how many seconds looking took."""
        found, seconds = await self._in_thread(self._looked)
        for each in found:
            if each.id not in self._set_aside and each.lane not in self._sending and not self._is_stopped:
                self._sending[each.lane] = asyncio.create_task(self._send_one(each))
        return seconds

    def _looked(self) -> Looked:
        began = time.monotonic()
        return self._look(), time.monotonic() - began

    async def _send_one(self, waiting: Waiting) -> None:
        try:
            if not await self._send(waiting):
                self._set_aside.add(waiting.id)
        except Exception as error:  # noqa: BLE001 - one delivery must not hold up the others; it is raised at the end
            get_logger(__name__).warning("delivery_not_attempted", delivery=waiting.id, error=type(error).__name__)
            self._set_aside.add(waiting.id)
            self._error = error
        finally:
            del self._sending[waiting.lane]

    async def _progress(self, rest: float) -> None:
        """Wait until something was sent or more is owed, then rest unless everything was sent."""
        sending = list(self._sending.values())
        woken = asyncio.create_task(self._woken.wait())
        all_sent = asyncio.create_task(asyncio.wait(sending)) if sending else woken
        try:
            await asyncio.wait([woken, *sending], return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait({all_sent}, timeout=rest)
        finally:
            woken.cancel()
            all_sent.cancel()
