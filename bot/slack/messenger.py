"""The sender: everything that is written to Slack goes out here, from one event loop in a thread of its own."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, Protocol, TypeVar

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.attempts import Again, CheckAgain, Claim, Failed, Outcome, Sent
from bot.domain.sending import CALL_TIMEOUT, IN_FLIGHT, REPEATABLE, Waiting
from bot.slack.calls import call
from bot.slack.checks import look
from bot.slack.clients import SLACK_API_URL, NotInstalledError, TokenSource
from bot.slack.drains import Drain
from bot.slack.pace import HISTORY, Pace

T = TypeVar("T")

CONNECT_SECONDS = 5.0
DATABASE_THREADS = 1  # claims are serial anyway, and on SQLite a second thread would only wait for the first
CLOSE_SECONDS = 10.0
UNREADABLE_FOR = timedelta(minutes=5)
"""How long to wait before looking again where the bot is not installed."""


class Deliveries(Protocol):
    """What the sender needs of `bot.services.delivering.Delivering`."""

    def sendable(self, workspace_id: str) -> tuple[Waiting, ...]:
        """Return the deliveries that may go now."""
        ...

    def claim(self, workspace_id: str, delivery_id: int, *, has_waited: bool = False) -> Claim | None:
        """Take one, or return None when it is not ours to send now."""
        ...

    def is_held(self, claim: Claim) -> bool:
        """Say whether there is still time for the call."""
        ...

    def record(self, claim: Claim, outcome: Outcome) -> bool:
        """Record what became of it."""
        ...


class Sender:
    """Sends deliveries. Its methods may be called from any thread; the calls to Slack are made in the sender's own.

    `call_timeout` and `pace` are the real ones except in tests.
    """

    def __init__(
        self,
        deliveries: Deliveries,
        tokens: TokenSource,
        *,
        base_url: str = SLACK_API_URL,
        pace: Pace | None = None,
        call_timeout: timedelta = CALL_TIMEOUT,
    ) -> None:
        """Connect nothing yet: the thread and the session begin with the first drain."""
        self._deliveries = deliveries
        self._tokens = tokens
        self._base_url = base_url
        self._pace = pace or Pace()
        self._timeout = aiohttp.ClientTimeout(total=call_timeout.total_seconds(), sock_connect=CONNECT_SECONDS)
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._database_threads = ThreadPoolExecutor(DATABASE_THREADS, "sender-database")
        self._session: aiohttp.ClientSession | None = None
        self._clients: dict[str, AsyncWebClient] = {}
        self._drains: dict[str, tuple[Drain, asyncio.Task[None]]] = {}
        self._in_line: set[asyncio.Task[Any]] = set()
        self._is_closed = False

    def drain(self, workspace_id: str) -> None:
        """Send everything in a workspace that can be sent now, waiting for its pace. Raises what kept a row from it."""
        with self._lock:
            if self._is_closed:
                return
            loop = self._started()
            done = asyncio.run_coroutine_threadsafe(self._drain(workspace_id), loop)
        done.result()

    def close(self, timeout: float = CLOSE_SECONDS) -> None:
        """Finish the calls that are under way, start no others, and end the thread."""
        with self._lock:
            was_closed, self._is_closed = self._is_closed, True
            loop, thread = self._loop, self._thread
        if was_closed:
            return
        if loop and thread:
            asyncio.run_coroutine_threadsafe(self._finish(timeout), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()
        self._database_threads.shutdown()

    def _started(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._loop.run_forever, name="sender", daemon=True)
            self._thread.start()
        return self._loop

    async def _drain(self, workspace_id: str) -> None:
        """Drain a workspace, or join the drain that is going on."""
        drain, task = self._drains.get(workspace_id, (None, None))
        if drain is not None and task is not None and not task.done():
            drain.wake()
        else:
            drain = Drain(
                lambda: self._deliveries.sendable(workspace_id),
                self._in_thread,
                lambda waiting: self._deliver(workspace_id, waiting),
            )
            task = asyncio.create_task(drain.run())
            self._drains[workspace_id] = drain, task
            task.add_done_callback(lambda done: self._drained(workspace_id, done))
        await asyncio.shield(task)

    def _drained(self, workspace_id: str, done: asyncio.Task[None]) -> None:
        if self._drains[workspace_id][1] is done:
            del self._drains[workspace_id]
        self._pace.forget_quiet_channels()

    async def _deliver(self, workspace_id: str, waiting: Waiting) -> bool:
        """Send one delivery in its turn. Returns False when it was not ours to send."""
        is_check = waiting.state in IN_FLIGHT and waiting.method not in REPEATABLE
        place = (workspace_id, HISTORY if is_check else waiting.method, waiting.channel)
        has_waited = False
        while await self._turn(*place):
            claim = await self._in_thread(self._deliveries.claim, workspace_id, waiting.id, has_waited=has_waited)
            if claim is None:
                return False
            outcome = await self._attempt(claim)
            self._pace.called(*place)
            if isinstance(outcome, Sent) and outcome.channel:  # what went to a person went to their conversation
                self._pace.called(workspace_id, waiting.method, outcome.channel)
            has_waited = isinstance(outcome, Again | CheckAgain) and outcome.is_paced
            if isinstance(outcome, Again | CheckAgain) and outcome.is_paced:
                self._pace.pause(workspace_id, outcome.after.total_seconds())
            await self._in_thread(self._deliveries.record, claim, outcome)
            if not has_waited:
                return True
        return False

    async def _turn(self, workspace_id: str, method: str, channel: str) -> bool:
        """Wait for this call's turn. Returns False when the sender closes instead."""
        task = asyncio.current_task()
        if task is None or self._is_closed:
            return False
        self._in_line.add(task)
        try:
            await self._pace.turn(workspace_id, method, channel)
        finally:
            self._in_line.discard(task)
        return not self._is_closed

    async def _attempt(self, claim: Claim) -> Outcome:
        try:
            client = await self._client(claim.workspace_id)
        except NotInstalledError:
            return CheckAgain(UNREADABLE_FOR, "not_installed") if claim.is_check else Failed("not_installed")
        if not self._deliveries.is_held(claim):
            # what was to be looked for may be there: only a look says that it can be sent
            return (CheckAgain if claim.is_check else Again)(timedelta(0), "the claim ran out before the call")
        if claim.is_check:
            return await look(client, claim)
        return await call(client, self._connected(), claim)

    async def _client(self, workspace_id: str) -> AsyncWebClient:
        token = await self._in_thread(self._tokens.token, workspace_id)
        if token not in self._clients:
            self._clients[token] = AsyncWebClient(
                token=token, base_url=self._base_url, session=self._connected(), retry_handlers=[]
            )
        return self._clients[token]

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        return self._session

    async def _in_thread(self, function: Callable[..., T], *arguments: object, **options: object) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._database_threads, lambda: function(*arguments, **options))

    async def _finish(self, timeout: float) -> None:  # noqa: ASYNC109 - what is left after it is cancelled, not raised
        """Let the calls under way end and be recorded. What is only waiting for its turn stays owed."""
        drains = list(self._drains.values())
        for drain, _task in drains:
            drain.stop()
        for task in self._in_line:
            task.cancel()
        if drains:
            _done, late = await asyncio.wait([task for _drain, task in drains], timeout=timeout)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._session:
            await self._session.close()
