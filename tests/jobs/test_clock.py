"""The clock that ticks."""

import threading
import time

from bot.jobs.clock import Ticker


def test_ticks_begin_at_once_and_go_on() -> None:
    """The first tick comes when the clock starts, the others follow at the distance asked for."""
    ticked = threading.Semaphore(0)

    def tick() -> None:
        ticked.release()

    ticker = Ticker(tick, seconds=0.05)
    ticker.start()
    came = [ticked.acquire(timeout=5) for _ in range(3)]
    ticker.stop()

    assert came == [True, True, True]


def test_ticks_do_not_overlap() -> None:
    """A tick that takes longer than the distance delays the next one instead of running beside it."""
    at_once: list[int] = []
    inside = 0
    third = threading.Semaphore(0)

    def slow() -> None:
        nonlocal inside
        inside += 1
        at_once.append(inside)
        time.sleep(0.05)
        inside -= 1
        third.release()

    ticker = Ticker(slow, seconds=0.01)
    ticker.start()
    for _ in range(3):
        third.acquire(timeout=5)
    ticker.stop()

    assert max(at_once) == 1


def test_no_tick_after_stop() -> None:
    """Once `stop` has returned, nothing ticks any more; stopping and starting twice does no harm."""
    count = 0
    first = threading.Event()

    def tick() -> None:
        nonlocal count
        count += 1
        first.set()

    ticker = Ticker(tick, seconds=0.01)
    ticker.start()
    ticker.start()
    first.wait(5)
    ticker.stop()
    ticker.stop()
    at_stop = count
    time.sleep(0.05)

    assert at_stop == count


def test_a_failing_tick_does_not_stop_the_clock() -> None:
    """A tick that raises is logged, and the next one comes."""
    calls = threading.Semaphore(0)

    def tick() -> None:
        calls.release()
        raise RuntimeError("for a test")

    ticker = Ticker(tick, seconds=0.02)
    ticker.start()
    came = [calls.acquire(timeout=5) for _ in range(2)]
    ticker.stop()

    assert came == [True, True]
