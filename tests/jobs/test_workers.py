"""The engine of several processes, on PostgreSQL."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from procrastinate import App, SyncPsycopgConnector
from procrastinate.connector import BaseConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from psycopg import OperationalError
from psycopg.errors import AdminShutdown, RaiseException

from bot.jobs.engines import Task, Work
from bot.jobs.schema import apply_schema, is_applied
from bot.jobs.workers import QUEUE, PatientManager, Procrastinate, conninfo
from storage.database import Database
from storage.schema import differences
from tests.support.postgres import PostgresServer

Make = Callable[[Callable[[str], None] | None], Procrastinate]


@pytest.fixture
def url(postgres_url: str) -> str:
    """Give a database with the engine's tables."""
    apply_schema(postgres_url)
    return postgres_url


@pytest.fixture
def make(url: str) -> Iterator[Make]:
    """Give a way of making a started engine: a worker when it is given work, else one that only defers."""
    made = []

    def start(deliveries: Callable[[str], None] | None) -> Procrastinate:
        work: Work | None = {Task.STEPS: deliveries, Task.DELIVERIES: deliveries} if deliveries else None
        engine = Procrastinate(url, work, threads=2, stalled_seconds=1.0)
        engine.start()
        made.append(engine)
        return engine

    yield start
    for engine in made:
        engine.stop(10)


def defer(engine: Procrastinate, task: Task) -> None:
    """Have a task of the team's done, and wait until the database knows."""
    engine.defer(task, "T_TEAM")
    assert engine._handover.idle(10)


def test_the_schema_can_be_applied_twice(postgres: PostgresServer) -> None:
    """The first time makes the tables, the second finds nothing to do."""
    name = postgres.create()
    url = postgres.url(name)
    before = is_applied(url)
    first, second = apply_schema(url), apply_schema(url)
    after = is_applied(url)
    postgres.drop(name)

    assert (False, True, False, True) == (before, first, second, after)


def test_a_worker_does_what_another_process_defers(make: Make) -> None:
    """What is deferred without working is done by a worker."""
    done: list[str] = []
    web = make(None)
    make(done.append)
    web.defer(Task.DELIVERIES, "T_TEAM")
    is_idle = web.idle(10)

    assert (True, ["T_TEAM"]) == (is_idle, done)


def test_deferred_while_waiting_is_the_same_one(make: Make) -> None:
    """Ten deferrals while no worker is there are one job; another task or workspace is another."""
    done: list[str] = []
    web = make(None)
    for _ in range(10):
        defer(web, Task.DELIVERIES)
    web.defer(Task.STEPS, "T_TEAM")
    web.defer(Task.DELIVERIES, "T_OTHER")
    make(done.append)
    web.idle(10)

    assert sorted(done) == ["T_OTHER", "T_TEAM", "T_TEAM"]


def test_two_workers_never_do_the_same_at_once(make: Make) -> None:
    """The same task of a workspace runs in one worker at a time, and once more when deferred while it runs."""
    running, go_on = threading.Event(), threading.Event()
    inside: list[int] = [0]
    most: list[int] = []

    def work(_workspace_id: str) -> None:
        inside[0] += 1
        most.append(inside[0])
        running.set()
        go_on.wait(5)
        inside[0] -= 1

    web, _first, _second = make(None), make(work), make(work)
    web.defer(Task.DELIVERIES, "T_TEAM")
    running.wait(10)
    web.defer(Task.DELIVERIES, "T_TEAM")
    web.defer(Task.DELIVERIES, "T_TEAM")
    threading.Timer(0.1, go_on.set).start()
    web.idle(10)

    assert most == [1, 1]


def test_many_tasks_at_once_need_few_connections(url: str) -> None:
    """When forty tasks of a worker end at the same moment, PostgreSQL has connections left for others."""
    together = threading.Barrier(41)

    def work(_workspace_id: str) -> None:
        together.wait(30)

    engine = Procrastinate(url, {Task.DELIVERIES: work})
    engine.start()
    for number in range(40):
        engine.defer(Task.DELIVERIES, f"T_{number}")
    count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    with psycopg.connect(conninfo(url)) as slow, psycopg.connect(conninfo(url), autocommit=True) as watching:
        while together.n_waiting < 40:
            pass
        slow.execute("LOCK TABLE procrastinate_jobs IN ACCESS EXCLUSIVE MODE")
        together.wait(30)
        most = max(number for _ in range(500) for [number] in watching.execute(count))
    is_idle = engine.idle(30)
    engine.stop(10)

    assert is_idle
    assert 2 < most <= 20


def test_what_fails_is_done_again(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that raises is tried again after a pause, though the same one was deferred meanwhile."""
    monkeypatch.setattr("bot.jobs.workers.FIRST_PAUSE", 0)
    calls = threading.Semaphore(0)
    failing = [True]

    def work(_workspace_id: str) -> None:
        calls.release()
        if failing.pop():
            failing.append(False)
            raise RuntimeError("for a test")
        failing.append(False)

    web, _worker = make(None), make(work)
    web.defer(Task.DELIVERIES, "T_TEAM")
    came = [calls.acquire(timeout=10) for _ in range(2)]

    assert came == [True, True]


def test_jobs_of_a_killed_worker_are_done_by_another(url: str, make: Make) -> None:
    """A job that a vanished worker had begun is taken up, also when the same one waits already."""
    done = threading.Semaphore(0)
    web = make(None)
    for task in (Task.DELIVERIES, Task.STEPS):
        defer(web, task)
        begin_and_vanish(url)
    defer(web, Task.DELIVERIES)
    make(lambda _workspace_id: done.release())
    came = [done.acquire(timeout=10) for _ in range(2)]

    assert (True, [True, True]) == (web.idle(10), came)


def test_a_database_that_is_away_does_not_break_the_one_who_defers(make: Make) -> None:
    """Deferring is done after a commit: its failure must not turn the commit into an error, nor end the deferring."""
    web = make(None)
    with psycopg.connect(web._conninfo, autocommit=True) as connection:
        connection.execute("ALTER TABLE procrastinate_jobs RENAME TO elsewhere")
        defer(web, Task.DELIVERIES)
        connection.execute("ALTER TABLE elsewhere RENAME TO procrastinate_jobs")
    defer(web, Task.STEPS)

    assert 1 == len(list(web._app.job_manager.list_jobs(queue=QUEUE)))


class Unsteady(BaseConnector):
    """A connection that breaks before each of some queries, and in the end takes one."""

    def __init__(self, *breaks: Exception) -> None:
        """Know what it breaks with."""
        self.breaks = list(breaks)
        self.asked = 0

    async def execute_query_async(self, query: str, **arguments: object) -> None:
        """Break, or take it."""
        del query, arguments
        self.asked += 1
        if self.breaks:
            raise ConnectorException from self.breaks.pop(0)


def finish(connector: BaseConnector) -> None:
    """Record that a job has ended, in a thread of its own: in this one the browser of other tests may have its loop."""
    job = Job(id=7, queue=QUEUE, lock=None, queueing_lock=None, task_name="steps")
    with ThreadPoolExecutor(1) as aside:
        aside.submit(
            lambda: asyncio.run(PatientManager(connector).finish_job(job, Status.SUCCEEDED, delete_job=True))
        ).result()


def test_that_a_job_has_ended_is_recorded_however_long_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Left begun by a worker that lives, it would keep everybody from doing the same for its workspace again."""
    monkeypatch.setattr("bot.jobs.workers.POLL_SECONDS", 0)
    unsteady = Unsteady(AdminShutdown(), OperationalError(), OperationalError())
    finish(unsteady)

    assert 4 == unsteady.asked


def test_a_job_that_somebody_else_took_is_not_ended_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the database answers that it cannot be, trying again would not help."""
    monkeypatch.setattr("bot.jobs.workers.POLL_SECONDS", 0)
    refusing = Unsteady(RaiseException())
    with pytest.raises(ConnectorException):
        finish(refusing)

    assert 1 == refusing.asked


def begin_and_vanish(url: str) -> None:
    """Take the next job as a worker does, and never be heard of again."""
    app = App(connector=SyncPsycopgConnector(conninfo=conninfo(url), min_size=1, max_size=1))
    with app.open():
        app.connector.get_sync_connector().execute_query(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (SELECT min(id) FROM procrastinate_jobs "
            "WHERE status = 'todo' AND queue_name = %(queue)s)",
            queue=QUEUE,
        )


def test_the_tables_are_not_taken_for_ours(url: str) -> None:
    """Comparing the database with our own tables does not stumble over the engine's."""
    database = Database(url)
    found = differences(database)
    database.dispose()

    assert [] == found
