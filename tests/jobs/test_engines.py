"""The engine that works in this process."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from bot.jobs.engines import InProcess, Task

Make = Callable[[Callable[[str], None]], InProcess]


def nothing(_workspace_id: str) -> None:
    """Do nothing."""


@pytest.fixture
def make() -> Iterator[Make]:
    """Give a way of making a started engine whose deliveries are the function given."""
    made = []

    def start(deliveries: Callable[[str], None]) -> InProcess:
        engine = InProcess({Task.STEPS: nothing, Task.DELIVERIES: deliveries})
        engine.start()
        made.append(engine)
        return engine

    yield start
    for engine in made:
        engine.stop(5)


def test_what_is_deferred_is_done(make: Make) -> None:
    """A deferred task is done for its workspace."""
    done: list[str] = []
    engine = make(done.append)
    engine.defer(Task.DELIVERIES, "T_TEAM")
    engine.idle(5)

    assert done == ["T_TEAM"]


def test_deferred_while_waiting_is_the_same_one() -> None:
    """Ten deferrals before the engine starts are one task."""
    done: list[str] = []
    engine = InProcess({Task.STEPS: nothing, Task.DELIVERIES: done.append})
    for _ in range(10):
        engine.defer(Task.DELIVERIES, "T_TEAM")
    engine.start()
    engine.idle(5)
    engine.stop(5)

    assert done == ["T_TEAM"]


def test_deferred_while_running_runs_once_more(make: Make) -> None:
    """What is deferred while the same task runs runs once more afterwards, however often it was deferred."""
    running, go_on = threading.Event(), threading.Event()
    done: list[str] = []

    def work(workspace_id: str) -> None:
        running.set()
        go_on.wait(5)
        done.append(workspace_id)

    engine = make(work)
    engine.defer(Task.DELIVERIES, "T_TEAM")
    running.wait(5)
    for _ in range(5):
        engine.defer(Task.DELIVERIES, "T_TEAM")
    go_on.set()
    engine.idle(5)

    assert done == ["T_TEAM", "T_TEAM"]


def test_one_workspace_is_worked_on_by_one_thread(make: Make) -> None:
    """The same task of the same workspace never runs twice at a time, however many threads defer it."""
    inside: Counter[str] = Counter()
    most: list[int] = []

    def work(workspace_id: str) -> None:
        inside[workspace_id] += 1
        most.append(inside[workspace_id])
        inside[workspace_id] -= 1

    engine = make(work)

    def defer() -> None:
        for _ in range(200):
            engine.defer(Task.DELIVERIES, "T_TEAM")

    threads = [threading.Thread(target=defer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.idle(5)

    assert max(most) == 1


def test_workspaces_do_not_wait_for_each_other(make: Make) -> None:
    """While one workspace's task is stuck, another's is done."""
    other_done, go_on = threading.Event(), threading.Event()

    def work(workspace_id: str) -> None:
        if workspace_id == "T_STUCK":
            go_on.wait(5)
        else:
            other_done.set()

    engine = make(work)
    engine.defer(Task.DELIVERIES, "T_STUCK")
    engine.defer(Task.DELIVERIES, "T_OTHER")
    came = other_done.wait(5)
    go_on.set()

    assert came


def test_a_failing_task_does_not_stop_the_engine(make: Make) -> None:
    """After a task raised, the same one can be done again."""
    calls: list[str] = []

    def work(workspace_id: str) -> None:
        calls.append(workspace_id)
        if len(calls) == 1:
            raise RuntimeError("for a test")

    engine = make(work)
    engine.defer(Task.DELIVERIES, "T_TEAM")
    engine.idle(5)
    engine.defer(Task.DELIVERIES, "T_TEAM")
    engine.idle(5)

    assert calls == ["T_TEAM", "T_TEAM"]


def test_stop_waits_for_what_is_running(make: Make) -> None:
    """`stop` returns when the task under way is done, and begins no other."""
    running, go_on = threading.Event(), threading.Event()
    done: list[str] = []

    def work(workspace_id: str) -> None:
        running.set()
        go_on.wait(5)
        done.append(workspace_id)

    engine = make(work)
    engine.defer(Task.DELIVERIES, "T_TEAM")
    running.wait(5)
    engine.defer(Task.DELIVERIES, "T_TEAM")
    threading.Timer(0.05, go_on.set).start()
    engine.stop(5)

    assert done == ["T_TEAM"]


def test_idle_says_when_it_took_too_long(make: Make) -> None:
    """`idle` gives up after its time-out."""
    go_on = threading.Event()

    def work(_workspace_id: str) -> None:
        go_on.wait(5)

    engine = make(work)
    engine.defer(Task.DELIVERIES, "T_TEAM")
    is_idle = engine.idle(0.05)
    go_on.set()

    assert not is_idle
