"""What a bot that starts waits for."""

import time

from bot.runtime import Reading


def test_whoever_asks_whether_the_reading_is_over_is_told_at_once() -> None:
    """It is asked within a transaction, which the reading itself may be waiting for; only `wait` waits."""
    reading = Reading()
    reading.begin()
    began = time.monotonic()
    during = reading.is_over()
    took = time.monotonic() - began
    reading.end()
    reading.wait()

    assert (False, True) == (during, reading.is_over())
    assert took < 1
