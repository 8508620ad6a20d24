"""The garbage collector is set for a process that lives for weeks."""

import gc
from collections.abc import Iterator

import pytest

from bot import collector


@pytest.fixture
def as_before() -> Iterator[None]:
    """Set the collector back afterwards."""
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("as_before")
def test_what_is_there_is_left_out_and_all_the_rest_seldom_looked_through() -> None:
    """The modules that were loaded are not looked through again; new objects are as often as by itself."""
    gc.unfreeze()
    young, middle, old = 700, 10, 10
    gc.set_threshold(young, middle, old)

    collector.settle()

    assert gc.get_freeze_count() > 0
    assert (young, middle, collector.SELDOM) == gc.get_threshold()
    assert collector.SELDOM > old
