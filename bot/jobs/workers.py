"""The engine for several processes: Procrastinate on PostgreSQL hands the work out. Imported only when configured."""

import asyncio
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from bot.domain.errors import DatabaseAwayError
from bot.jobs.engines import THREADS, Task, Work
from bot.jobs.handover import Handover
from bot.log import get_logger
from storage.database import watched

QUEUE = "weeknotes"
FIRST_PAUSE = 5
LONGEST_PAUSE = 300
MOST_ATTEMPTS = 8
STALLED_SECONDS = 30.0
"""A worker that was not heard of for so long is gone, and its jobs are given to others."""
POLL_SECONDS = 1.0
"""New jobs are announced; one that waited for a lock, or for its time, is found by asking."""
OPEN_SECONDS = 15.0
REFUSED = "P0001"
"""What PostgreSQL says when a function of Procrastinate’s wants something otherwise: trying again would not help."""
DEFER_SECONDS = 1.0
"""How long to wait for a connection when a task is deferred: Slack may be waiting for an answer."""
RECONNECTING: Mapping[str, Any] = {"reconnect_timeout": 5.0, "reconnect_failed": lambda pool: pool.check()}
"""How a pool of connections tries again: every second or two. By itself it makes ever longer pauses, and would stay
away for as long again as the database was."""
CONNECTIONS = 8
"""How many a worker takes for the queue at most: its tasks hold none while they run."""


class Procrastinate:
    """Hands tasks to workers through PostgreSQL; with `work`, this process is one of the workers.

    One `lock` for each workspace and task serialises it over all workers. A task that fails is tried again after
    growing pauses; what a killed worker was doing is done by another.
    """

    def __init__(
        self, url: str, work: Work | None = None, threads: int = THREADS, stalled_seconds: float | None = None
    ) -> None:
        """Know the database. Nothing is connected before `start`."""
        self._conninfo = conninfo(url)
        self._work = work
        self._threads = threads
        self._stalled_seconds = STALLED_SECONDS if stalled_seconds is None else stalled_seconds
        connector = SyncPsycopgConnector(
            conninfo=self._conninfo, min_size=1, max_size=4, timeout=DEFER_SECONDS, **RECONNECTING
        )
        self._app = App(connector=connector)
        self._handover = Handover(self._defer)
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._serving: asyncio.Task[None] | None = None
        self._is_serving = threading.Event()
        self._is_stopping = threading.Event()

    def defer(self, task: Task, workspace_id: str) -> None:
        """Have a task done soon, and return at once. If the database does not answer, the next tick does it again."""
        self._handover.add((task, workspace_id))

    def start(self) -> None:
        """Connect, and begin to work if this process is a worker."""
        self._app.open()
        self._handover.start()
        if self._work is not None and self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="worker", daemon=True)
            self._thread.start()
            self._is_serving.wait(OPEN_SECONDS)

    def stop(self, timeout: float) -> None:
        """Finish what is running, within `timeout` seconds, and begin nothing else."""
        thread, self._thread = self._thread, None
        self._is_stopping.set()
        self._handover.end(timeout / 2)
        if thread is not None and self._loop is not None and self._serving is not None and thread.is_alive():
            self._loop.call_soon_threadsafe(self._serving.cancel)
            thread.join(timeout / 2)
        self._app.close()

    def idle(self, timeout: float) -> bool:
        """Wait until nothing waits or runs. Returns False when that takes longer than `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while not self._handover.idle(timeout) or self._unfinished():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def _unfinished(self) -> bool:
        found = [
            self._app.job_manager.list_jobs(queue=QUEUE, status=status.value) for status in (Status.TODO, Status.DOING)
        ]
        return any(list(jobs) for jobs in found)

    def _defer(self, task: Task, workspace_id: str, suffix: str = "", attempt: int = 0, pause: int = 0) -> None:
        lock = f"workspace:{workspace_id}:{task}"
        # A repetition has a queueing lock of its own, so that waiting for it does not hold up fresh work.
        job = self._app.configure_task(
            task.value,
            queue=QUEUE,
            lock=lock,
            queueing_lock=lock + suffix,
            schedule_in={"seconds": pause} if pause else None,
        )
        try:
            job.defer(workspace_id=workspace_id, attempt=attempt)
        except AlreadyEnqueued:
            return
        except ConnectorException as error:
            get_logger(__name__).warning("task_not_deferred", task=task.value, workspace=workspace_id, error=str(error))

    def _do(self, task: Task, workspace_id: str, attempt: int = 0) -> None:
        """Do a task; have it done again later when it fails.

        Procrastinate's own retry keeps the queueing lock, and breaks where the same task was deferred meanwhile.
        """
        if self._work is None:
            return
        try:
            self._work[task](workspace_id)
        except DatabaseAwayError as error:
            log = get_logger(__name__)
            log.warning("database_away", task=task.value, workspace=workspace_id, trouble=error.trouble)
        except Exception:  # noqa: BLE001 - one task must not stop the worker
            get_logger(__name__).exception("task_failed", task=task.value, workspace=workspace_id, attempt=attempt)
            if attempt < MOST_ATTEMPTS:
                pause = min(FIRST_PAUSE * 2**attempt, LONGEST_PAUSE)
                self._defer(task, workspace_id, ":again", attempt + 1, pause)

    def _serve(self) -> None:
        """Work until stopped, whatever happens to the connection."""
        while not self._is_stopping.is_set():
            try:
                asyncio.run(self._worker())
            except asyncio.CancelledError:
                return
            except Exception:  # noqa: BLE001 - the database may be away for a while; the worker must not be
                get_logger(__name__).exception("worker_interrupted")
                self._is_stopping.wait(POLL_SECONDS)
            finally:
                self._is_serving.set()

    async def _worker(self) -> None:
        self._loop, self._serving = asyncio.get_running_loop(), asyncio.current_task()
        self._loop.set_default_executor(ThreadPoolExecutor(self._threads, "worker"))
        connections = {"min_size": 1, "max_size": CONNECTIONS, **RECONNECTING}
        app = App(connector=PsycopgConnector(conninfo=self._conninfo, **connections))
        app.job_manager = PatientManager(app.connector)
        for task in Task:
            app.task(name=task.value, queue=QUEUE)(partial(self._do, task))
        async with app.open_async():
            rescuing = asyncio.create_task(self._rescue_forever(app))
            self._is_serving.set()
            try:
                await app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=self._threads,
                    fetch_job_polling_interval=POLL_SECONDS,
                    delete_jobs="successful",
                    install_signal_handlers=False,
                    update_heartbeat_interval=self._stalled_seconds / 3,
                    stalled_worker_timeout=self._stalled_seconds,
                )
            finally:
                rescuing.cancel()

    async def _rescue_forever(self, app: App) -> None:
        while True:
            try:
                await rescue(app, self._stalled_seconds)
            except ConnectorException as error:
                get_logger(__name__).warning("stalled_jobs_not_read", error=str(error))
            await asyncio.sleep(self._stalled_seconds / 2)


class PatientManager(JobManager):
    """Records that a job has ended however long the database is away.

    The worker that did it would live on, so that nobody else would ever take the job back; and nobody would do the same
    for its workspace again.
    """

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:  # noqa: FBT001 - Procrastinate's own
        """Record it, as soon as the database is there."""
        while True:
            try:
                return await super().finish_job(job, status, delete_job)
            except ConnectorException as error:
                if getattr(error.__cause__, "sqlstate", None) == REFUSED:
                    raise
                get_logger(__name__).warning("job_not_finished", job=job.id)
                await asyncio.sleep(POLL_SECONDS)


async def rescue(app: App, stalled_seconds: float) -> None:
    """Give the jobs of workers that are gone back to the others."""
    for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=stalled_seconds):
        if job.id is None:
            continue
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:  # the same task waits already: that one is enough
            await app.job_manager.finish_job_by_id_async(job.id, Status.ABORTED, delete_job=True)


def conninfo(url: str) -> str:
    """Return a URL of PostgreSQL as it is read there, without the name of SQLAlchemy's driver, and watched as ours."""
    return watched(url).set(drivername="postgresql").render_as_string(hide_password=False)
