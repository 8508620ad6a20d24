"""What a transaction has read is not read again, unless it may have changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from inspect import isfunction
from types import ModuleType

import pytest
from sqlmodel import Session

from bot.domain.editions import Edition, EditionState
from bot.domain.series import Numbering, Series
from bot.domain.weeks import Period
from bot.domain.workspaces import Workspace
from storage import editions, series, workspaces
from storage.database import Database
from tests.storage.test_series import GIVEN
from tests.support.clocks import FrozenClock

T = "T_TEAM"
WEEK = Period(date(2026, 3, 2), date(2026, 3, 8))
NEXT_WEEK = Period(date(2026, 3, 9), date(2026, 3, 15))
Kept = tuple[Series, Edition, Edition]


def keep(database: Database, clock: FrozenClock) -> Kept:
    """Keep a series with two editions."""
    with database.session() as session:
        workspaces.upsert(session, Workspace(T), now=clock.now())
        made = series.create(session, T, GIVEN, created_by="U_DEE", now=clock.now())
        assert made
        this, following = (editions.create(session, T, made.id, period) for period in (WEEK, NEXT_WEEK))
    return made, this, following


WRITERS: dict[str, Callable[[Session, int, FrozenClock], object]] = {
    "update": lambda s, i, c: series.update(s, T, replace(GIVEN, id=i, name="Anew"), now=c.now()),
    "set_numbering": lambda s, i, _: series.set_numbering(s, T, i, Numbering("#{count}", "{number}", 4, 1, 218)),
    "set_rota": lambda s, i, _: series.set_rota(s, T, i, ["U_BEN"]),
    "add_contributors": lambda s, i, c: series.add_contributors(s, T, i, ["U_NEW"], now=c.now()),
    "remove_contributor": lambda s, i, _: series.remove_contributor(s, T, i, "U_ANA"),
    "add_editor": lambda s, i, _: series.add_editor(s, T, i, "U_NEW"),
    "remove_editors": lambda s, i, _: series.remove_editors(s, T, i, ["U_DEE"]),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_a_series_is_read_as_the_transaction_left_it(
    writer: str, sqlite_database: Database, clock: FrozenClock
) -> None:
    """Whatever of a series is written is there when the series is read next, and after the end too."""
    made, _, _ = keep(sqlite_database, clock)
    with sqlite_database.session() as session:
        assert series.get(session, T, made.id) == made
        WRITERS[writer](session, made.id, clock)
        found = series.get(session, T, made.id)
        assert found != made
    with sqlite_database.session() as session:
        assert series.get(session, T, made.id) == found


CHANGES: dict[str, Callable[[Session, Kept, datetime], object]] = {
    "change": lambda s, k, _: editions.change(s, k[1], headline="News"),
    "start_collecting": lambda s, k, _: editions.start_collecting(s, k[1]),
    "freeze_questions": lambda s, k, _: editions.freeze_questions(s, replace(k[1], questions=k[1].questions[:1])),
    "keep_drawn": lambda s, k, _: editions.keep_drawn(s, k[1], k[1].questions[0]),
    "keep_cadence": lambda s, k, _: editions.keep_cadence(s, k[1], GIVEN.cadence),
    "record_published": lambda s, k, now: editions.record_published(
        s, k[1], number="1.1", season=1, episode=1, count=1, now=now
    ),
    "merge": lambda s, k, _: editions.merge(s, k[1], k[2]),
    "unmerge": lambda s, k, _: _merge_and_unmerge(s, k),
    "delete": lambda s, k, _: editions.delete(s, k[1]),
    "its series": lambda s, k, now: series.update(s, T, replace(k[0], questions=k[0].questions[:1]), now=now),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_edition_is_read_as_the_transaction_left_it(
    change: str, sqlite_database: Database, clock: FrozenClock
) -> None:
    """Whatever of an edition is written is there when the edition is read next, and after the end too."""
    kept = keep(sqlite_database, clock)
    with sqlite_database.session() as session:
        assert editions.get(session, T, kept[1].id) == kept[1]
        CHANGES[change](session, kept, clock.now())
        found = editions.get(session, T, kept[1].id)
        assert found != kept[1]
    with sqlite_database.session() as session:
        assert editions.get(session, T, kept[1].id) == found


def _merge_and_unmerge(session: Session, kept: Kept) -> None:
    """Let the one go out with the other, read it so, and let it be nobody's."""
    editions.merge(session, kept[1], kept[2])
    merged = editions.get(session, T, kept[1].id)
    assert merged
    editions.unmerge(session, kept[2])
    assert editions.get(session, T, kept[1].id) != merged


READERS = {
    series: "lock get in_channel of_contributor of_editor taking_part many all_active every with_member created_by",
    editions: "get unfinished waiting latest_published following has_number collecting lock lock_unfinished "
    "drawn_around merged_into note_of share together",
}
"""What writes nothing, or (`create`) something that nobody can have read."""


def test_everything_that_writes_is_tried_above() -> None:
    """Whoever adds a function says whether it writes."""
    for module, tried in ((series, set(WRITERS)), (editions, set(CHANGES) - {"its series"})):
        functions = {name for name, each in vars(module).items() if is_function_of(module, each) and name[0] != "_"}

        assert functions == {*tried, *READERS[module].split(), "create"}


def is_function_of(module: ModuleType, each: object) -> bool:
    """Say whether something is a function, and this module's own."""
    return isfunction(each) and each.__module__ == module.__name__


def test_what_was_waited_for_is_read_anew(postgres_url: str, clock: FrozenClock) -> None:
    """What another transaction committed before a lock was granted is seen by whoever got the lock."""
    database = Database(postgres_url)
    made, this, _ = keep(database, clock)
    with database.session() as session:
        assert editions.get(session, T, this.id) == this
        assert series.get(session, T, made.id) == made
        with database.session() as other:
            editions.change(other, this, state=EditionState.COLLECTING.value)
            series.set_rota(other, T, made.id, ["U_BEN"])
        locked = editions.lock(session, T, this.id, is_shared=True)
        assert locked
        assert locked.state is EditionState.COLLECTING
        again = series.get(session, T, made.id)
        assert again
        assert again.rota == ("U_BEN",)
    database.dispose()
