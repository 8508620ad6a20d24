"""Keeping series."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlmodel import select

from bot.domain.cadence import Cadence, Moment
from bot.domain.series import DEFAULT_QUESTIONS, Layout, Numbering, Question, Series, Shape
from bot.domain.workspaces import Workspace
from storage import series, workspaces
from storage.database import Database
from storage.models import ContributorRow
from tests.support.clocks import FrozenClock

T, ELSEWHERE = "T_TEAM", "T_OTHER"
GIVEN = Series(
    0,
    T,
    "C_TEAM",
    "Team “weeknotes” 🎵",
    Cadence("Europe/London", date(2026, 3, 2), 2, publish=Moment(6, time(23, 59))),
    Layout.BY_QUESTION,
    Numbering("#{count}", "{number} {headline}", 3, 24, 217),
    DEFAULT_QUESTIONS,
    contributors=("U_ANA", "U_BEN"),
    editors=("U_DEE",),
    needs_approval=True,
    reminder_limit=2,
    grace_days=3,
)


@pytest.fixture
def kept(database: Database, clock: FrozenClock) -> Series:
    """Keep a series in the first of two workspaces."""
    with database.session() as session:
        for workspace_id in (T, ELSEWHERE):
            workspaces.upsert(session, Workspace(workspace_id), now=clock.now())
        made = series.create(session, T, GIVEN, created_by="U_DEE", now=clock.now())
    assert made
    return made


def test_a_series_comes_back_as_it_was_given(kept: Series, database: Database) -> None:
    """Everything about a series is kept, its questions in their order."""
    with database.session() as session:
        assert replace(GIVEN, id=kept.id) == series.get(session, T, kept.id)
        assert kept == series.in_channel(session, T, "C_TEAM")
        assert series.created_by(session, T, kept.id) == "U_DEE"


def test_a_channel_has_one_series(kept: Series, database: Database, clock: FrozenClock) -> None:
    """A second series in a channel is refused and changes nothing; another workspace's channel is another channel."""
    with database.session() as session:
        second = series.create(session, T, replace(GIVEN, name="Second"), created_by="U_ANA", now=clock.now())
        other = series.create(session, ELSEWHERE, GIVEN, created_by="U_ANA", now=clock.now())

    with database.session() as session:
        assert second is None
        assert other
        assert kept == series.in_channel(session, T, "C_TEAM")


def test_other_workspaces_see_nothing(kept: Series, database: Database) -> None:
    """No way of finding a series crosses from one workspace to another."""
    with database.session() as session:
        assert series.get(session, ELSEWHERE, kept.id) is None
        assert series.in_channel(session, ELSEWHERE, "C_TEAM") is None
        assert series.of_contributor(session, ELSEWHERE, "U_ANA") == ()
        assert series.of_editor(session, ELSEWHERE, "U_DEE") == ()
        assert series.all_active(session, ELSEWHERE) == ()
        assert series.created_by(session, ELSEWHERE, kept.id) == ""


def test_series_are_found_by_their_people(kept: Series, database: Database, clock: FrozenClock) -> None:
    """A person's series are those that ask them, or that they edit, each with its own people and questions."""
    second = replace(GIVEN, channel_id="C_MORE", questions=DEFAULT_QUESTIONS[:1], contributors=("U_ANA",), editors=())
    with database.session() as session:
        made = series.create(session, T, second, created_by="U_DEE", now=clock.now())

    with database.session() as session:
        assert (kept, made) == series.of_contributor(session, T, "U_ANA")
        assert (kept,) == series.of_contributor(session, T, "U_BEN")
        assert (kept,) == series.of_editor(session, T, "U_DEE")
        assert series.of_editor(session, T, "U_ANA") == ()


def test_settings_are_changed_as_a_whole(kept: Series, database: Database, clock: FrozenClock) -> None:
    """New settings, questions and people take the place of the old ones; who stays keeps the day they joined."""
    added = Question("next", "What next?", "Next", Shape.BULLETS)
    changed = replace(
        kept,
        name="Renamed",
        questions=(added, DEFAULT_QUESTIONS[3]),
        contributors=("U_BEN", "U_CAI"),
        editors=("U_ANA", "U_DEE"),
        numbering=replace(kept.numbering, episode=1),
    )
    joined = clock.now()
    clock.move(days=7)
    with database.session() as session:
        series.update(session, T, changed, now=clock.now())

    with database.session() as session:
        assert changed == series.get(session, T, kept.id)
        days = session.exec(select(ContributorRow.user_id, ContributorRow.joined_at)).all()
        assert {"U_BEN": joined, "U_CAI": clock.now()} == dict(days)


def test_the_next_numbers_are_kept(kept: Series, database: Database) -> None:
    """Numbers move on without touching anything else."""
    moved = Numbering("#{count}", "{number} {headline}", 4, 1, 218)
    with database.session() as session:
        series.set_numbering(session, T, kept.id, moved)

    with database.session() as session:
        assert replace(kept, numbering=moved) == series.get(session, T, kept.id)


def test_paused_series_are_not_active(kept: Series, database: Database, clock: FrozenClock) -> None:
    """A paused series is still there, and not among the active ones."""
    with database.session() as session:
        assert (kept,) == series.all_active(session, T)
        series.update(session, T, replace(kept, is_paused=True), now=clock.now())

    with database.session() as session:
        assert series.all_active(session, T) == ()
        found = series.get(session, T, kept.id)
        assert found
        assert found.is_paused
