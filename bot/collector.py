"""Python's garbage collector, set for a process that lives for weeks and now and then makes a note of many people."""

import gc

SELDOM = 100
"""A tenth as often as by itself it looks all that there is through: the trees of a note's words are a hundred objects
a person, none of them garbage, and were looked through again and again while the note was composed.
"""


def settle() -> None:
    """Leave out what is there now, since it stays: to look it through takes a tenth of a second each time."""
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, SELDOM)
