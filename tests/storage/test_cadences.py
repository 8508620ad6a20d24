"""Cadences that editions keep."""

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import Cadence, Moment
from storage import cadences

moments = st.builds(Moment, st.integers(0, 6), st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)))


@given(moments, moments, moments, moments, st.sampled_from((1, 2, 4)))
def test_a_cadence_is_read_as_it_was_written(
    ask: Moment, remind: Moment, draft: Moment, publish: Moment, weeks: int
) -> None:
    """Whatever an edition keeps, it gets back; nothing is nothing."""
    cadence = Cadence("Europe/London", date(2026, 3, 2), weeks, ask, remind, draft, publish)

    assert cadence == cadences.read(cadences.written(cadence))
    assert cadences.read(cadences.written(None)) is None
    assert time.fromisoformat(cadences.written(cadence)["ask"][1]) == ask.at
