"""Runs: only silence breaks one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.editions import EditionState
from bot.domain.runs import Outcome, Run, Turn, outcome, run_of
from bot.domain.weeks import period_of_weeks

GRACE = timedelta(days=7)
MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)


def turn(weeks_ago: int = 4, **more: object) -> Turn:
    """Return an edition that came out on its Friday and that a contributor was asked for, with no word from them."""
    start = MONDAY - timedelta(weeks=weeks_ago)
    out = datetime(start.year, start.month, start.day, 16, tzinfo=UTC) + timedelta(days=4)
    known: dict[str, object] = {"was_asked": True, "published_at": out, "state": EditionState.PUBLISHED}
    return Turn(period_of_weeks(start, 1), **{**known, **more})  # type: ignore[arg-type]


GAVE = {"has_given": True}
OPEN = {"state": EditionState.COLLECTING, "published_at": None}

turns = st.lists(
    st.builds(
        lambda state, **more: turn(
            state=state, published_at=turn().published_at if state == "published" else None, **more
        ),
        st.sampled_from(EditionState),
        has_given=st.booleans(),
        was_asked=st.booleans(),
        has_spoken=st.booleans(),
        was_off=st.booleans(),
        is_held=st.booleans(),
    ),
    max_size=30,
).map(lambda found: [replace(each, period=turn(ago).period) for ago, each in enumerate(found)])


@pytest.mark.parametrize(
    ("met", "does"),
    [
        (turn(), Outcome.BREAKS),
        (turn(**GAVE), Outcome.COUNTS),
        (turn(1), Outcome.NEITHER),  # its grace period goes on until tomorrow
        (turn(0, **OPEN), Outcome.NEITHER),
        (turn(0, **OPEN, **GAVE), Outcome.COUNTS),
        (turn(-1, **OPEN, **GAVE), Outcome.NEITHER),  # a jot for next week
        (turn(was_asked=False), Outcome.NEITHER),  # away, or joined later
        (turn(was_off=True), Outcome.NEITHER),
        (turn(was_off=True, **GAVE), Outcome.COUNTS),
        (turn(has_spoken=True), Outcome.NEITHER),  # nothing this week
        (turn(state=EditionState.SKIPPED, published_at=None, **GAVE), Outcome.NEITHER),
        (turn(is_held=True, state=EditionState.CLOSED, published_at=None, **GAVE), Outcome.NEITHER),
    ],
)
def test_what_an_edition_does(met: Turn, does: Outcome) -> None:
    """An edition with an answer counts; one that asked in vain, its grace period over, breaks; others do neither."""
    assert does == outcome(met, GRACE, NOW)


@pytest.mark.parametrize(
    ("met", "run"),
    [
        ([], Run()),
        ([turn(2)], Run()),
        ([turn(3), turn(2, **GAVE)], Run(1)),
        ([turn(4, **GAVE), turn(3), turn(2, **GAVE)], Run(1, is_after_break=True)),
        ([turn(4, **GAVE), turn(3, **GAVE), turn(2)], Run(0, is_after_break=True)),
        ([turn(4, **GAVE), turn(3, was_off=True), turn(2, **GAVE), turn(1), turn(0, **OPEN, **GAVE)], Run(3)),
    ],
)
def test_runs(met: list[Turn], run: Run) -> None:
    """A run is what counts since the last break; being away, and what is still open, freezes it."""
    assert run == run_of(met, GRACE, NOW)


FIRST = {"state": EditionState.MERGED, "published_at": None, "merged_into": 2}
SECOND = {"edition_id": 2}


@pytest.mark.parametrize(
    ("met", "run"),
    [
        ([turn(4, **FIRST, **GAVE), turn(3, **SECOND, **GAVE)], Run(1)),
        ([turn(4, **FIRST, **GAVE), turn(3, **SECOND)], Run(1)),
        ([turn(4, **FIRST), turn(3, **SECOND, **GAVE)], Run(1)),
        ([turn(5, **GAVE), turn(4, **FIRST), turn(3, **SECOND)], Run(0, is_after_break=True)),
        ([turn(5, **GAVE), turn(4, **FIRST, was_off=True), turn(3, **SECOND)], Run(0, is_after_break=True)),
        ([turn(5, **GAVE), turn(4, **FIRST, was_off=True), turn(3, **SECOND, was_off=True)], Run(1)),
        ([turn(5, **GAVE), turn(4, **FIRST, has_spoken=True), turn(3, **SECOND)], Run(1)),
        ([turn(1, **FIRST, **GAVE), turn(0, **SECOND, **OPEN)], Run(1)),
    ],
)
def test_a_fortnight_note_is_one(met: list[Turn], run: Run) -> None:
    """Weeks that go out in one note count once, if something was given to either, and break only by silence in both."""
    assert run == run_of(met, GRACE, NOW)


@given(turns, st.randoms())
def test_the_order_in_which_they_are_read_plays_no_part(met: list[Turn], random: Random) -> None:
    """The same editions in any order are the same run."""
    shuffled = list(met)
    random.shuffle(shuffled)

    assert run_of(met, GRACE, NOW) == run_of(shuffled, GRACE, NOW)


@given(turns, turns)
def test_what_neither_counts_nor_breaks_might_as_well_not_be_there(met: list[Turn], others: list[Turn]) -> None:
    """Editions that do neither leave a run as it is, wherever they lie."""
    frozen = [each for each in others if outcome(each, GRACE, NOW) is Outcome.NEITHER]

    assert run_of(met, GRACE, NOW) == run_of([*met, *frozen], GRACE, NOW)


@given(turns)
def test_giving_never_shortens_a_run(met: list[Turn]) -> None:
    """Whatever edition somebody gives something to after all, their run is at least as long as before."""
    before = run_of(met, GRACE, NOW).length

    assert all(
        run_of([*met[:n], replace(each, has_given=True), *met[n + 1 :]], GRACE, NOW).length >= before
        for n, each in enumerate(met)
    )


@given(turns, st.integers(0, 400))
def test_time_alone_lengthens_no_run(met: list[Turn], days: int) -> None:
    """Waiting can only end a grace period: of editions that have begun, no run grows by itself."""
    now = NOW + timedelta(days=days)

    assert run_of(met, GRACE, now).length <= run_of(met, GRACE, NOW).length
