"""Editions: creating, finding and changing them."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, or_, update
from sqlalchemy import delete as delete_rows
from sqlmodel import Session, col, select

from bot.domain.cadence import Cadence
from bot.domain.editions import Edition, EditionState
from bot.domain.series import Question, Shape
from bot.domain.weeks import Period
from storage import cadences, changes
from storage.edition_columns import edition_of, question_of
from storage.models import EditionRow, QuestionRow
from storage.recall import forget, hold, recalled
from storage.rows import fetch
from storage.upsert import insert_new

FINISHED = (EditionState.PUBLISHED.value, EditionState.SKIPPED.value, EditionState.MERGED.value)


def create(session: Session, workspace_id: str, series_id: int, period: Period) -> Edition:
    """Return the edition of a period, creating it when there is none."""
    forget(session)
    insert_new(
        session,
        EditionRow,
        workspace_id=workspace_id,
        series_id=series_id,
        period_start=period.start,
        period_end=period.end,
    )
    is_of_period = col(EditionRow.period_start) == period.start
    return _rows(session, workspace_id, col(EditionRow.series_id) == series_id, is_of_period)[0]


def get(session: Session, workspace_id: str, edition_id: int) -> Edition | None:
    """Return an edition of this workspace."""
    return recalled(
        session,
        "edition",
        workspace_id,
        edition_id,
        lambda: next(iter(_found(session, _one(), {"workspace": workspace_id, "edition": edition_id})), None),
    )


@cache
def _one() -> Any:  # noqa: ANN401 - a select of an edition
    """Return a statement that is made once, since it is asked with each reply: making it takes longer than asking."""
    mine = (EditionRow.workspace_id == bindparam("workspace"), col(EditionRow.id) == bindparam("edition"))
    return select(EditionRow).where(*mine)


def unfinished(session: Session, workspace_id: str, series_id: int) -> list[Edition]:
    """Return the editions of a series that are neither published nor skipped, oldest first."""
    return _rows(
        session,
        workspace_id,
        col(EditionRow.series_id) == series_id,
        col(EditionRow.state).not_in(FINISHED),
    )


def waiting(session: Session, workspace_id: str, series_ids: Collection[int]) -> dict[int, list[Edition]]:
    """Return the editions of several series that are neither published nor skipped, by series, oldest first."""
    found = _rows(
        session,
        workspace_id,
        col(EditionRow.series_id).in_(series_ids),
        col(EditionRow.state).not_in(FINISHED),
    )
    return {series_id: [each for each in found if each.series_id == series_id] for series_id in series_ids}


def latest_published(session: Session, workspace_id: str, series_id: int, limit: int = 1) -> list[Edition]:
    """Return the editions of a series published last, newest first."""
    found = _rows(
        session,
        workspace_id,
        col(EditionRow.series_id) == series_id,
        col(EditionRow.state) == EditionState.PUBLISHED.value,
    )
    return sorted(found, key=lambda edition: edition.period.start, reverse=True)[:limit]


def following(session: Session, workspace_id: str, edition: Edition) -> Edition | None:
    """Return the edition after one in its series, leaving out those skipped for days off and those that were merged."""
    later = _rows(
        session,
        workspace_id,
        col(EditionRow.series_id) == edition.series_id,
        col(EditionRow.period_start) > edition.period.end,
        col(EditionRow.state) != EditionState.MERGED.value,
        or_(col(EditionRow.state) != EditionState.SKIPPED.value, col(EditionRow.day_off).is_(None)),
    )
    return next(iter(later), None)


def has_number(session: Session, workspace_id: str, series_id: int, number: str) -> bool:
    """Say whether a note of a series has this number."""
    statement = select(EditionRow.id).filter_by(workspace_id=workspace_id, series_id=series_id, number=number)
    return bool(number) and session.exec(statement.limit(1)).first() is not None


def collecting(session: Session, workspace_id: str) -> list[Edition]:
    """Return the editions of a workspace that are being collected or wait to be published."""
    states = (EditionState.COLLECTING.value, EditionState.CLOSED.value)
    return _rows(session, workspace_id, col(EditionRow.state).in_(states))


def lock(session: Session, workspace_id: str, edition_id: int, *, is_shared: bool = False) -> Edition | None:
    """Return an edition and keep other transactions from changing it until this one ends.

    A shared lock lets others who only read it go on at the same time.
    """
    _hold(session, workspace_id, edition_id, is_shared=is_shared)
    return get(session, workspace_id, edition_id)


def share(session: Session, workspace_id: str, edition_id: int) -> None:
    """Keep other transactions from changing an edition until this one ends, without reading it yet."""
    _hold(session, workspace_id, edition_id, is_shared=True)


def _hold(session: Session, workspace_id: str, edition_id: int, *, is_shared: bool) -> None:
    asked = {"workspace": workspace_id, "edition": edition_id}
    hold(session, _lock(is_shared=is_shared), asked, EditionRow, workspace_id, edition_id, is_shared)


@cache
def _lock(*, is_shared: bool) -> Any:  # noqa: ANN401 - a SELECT … FOR UPDATE or FOR SHARE
    """Return another statement that is made once."""
    mine = (EditionRow.workspace_id == bindparam("workspace"), EditionRow.id == bindparam("edition"))
    return select(EditionRow.id).where(*mine).with_for_update(read=is_shared)


def lock_unfinished(session: Session, workspace_id: str, series_id: int) -> None:
    """Keep other transactions from changing the editions of a series that are not over, until this one ends."""
    statement = select(EditionRow.id).where(
        EditionRow.workspace_id == workspace_id,
        EditionRow.series_id == series_id,
        col(EditionRow.state).not_in(FINISHED),
    )
    hold(session, statement.order_by(col(EditionRow.period_start)).with_for_update(), {})


def start_collecting(session: Session, edition: Edition) -> None:
    """Freeze the questions of an edition and open it for answers, unless that was done before."""
    if change(session, edition, only_from=EditionState.SCHEDULED, state=EditionState.COLLECTING.value):
        freeze_questions(session, edition)


def freeze_questions(session: Session, edition: Edition) -> None:
    """Keep the questions that an edition has now, whatever becomes of the series' own."""
    change(session, edition, questions=[asdict(question) for question in edition.questions])


def keep_drawn(session: Session, edition: Edition, question: Question | None) -> bool:
    """Keep which question was drawn for an edition that is only planned. Returns False when it has begun."""
    kept = asdict(question) if question else {}
    return change(session, edition, only_from=EditionState.SCHEDULED, drawn=kept)


def drawn_around(session: Session, workspace_id: str, edition: Edition) -> tuple[list[Question], Question | None]:
    """Return the questions drawn for the editions before one, the latest last, and the one drawn for the next."""
    statement = select(col(EditionRow.period_start), col(EditionRow.drawn)).where(
        EditionRow.workspace_id == workspace_id, EditionRow.series_id == edition.series_id
    )
    found = session.exec(statement.order_by(col(EditionRow.period_start))).all()
    earlier = [question_of(drawn) for start, drawn in found if start < edition.period.start and drawn]
    later = (drawn for start, drawn in found if start > edition.period.start)
    following = next(later, None)
    return earlier, question_of(following) if following else None


def keep_cadence(session: Session, edition: Edition, cadence: Cadence | None) -> None:
    """Let an edition keep times of its own, or (None) follow its series'."""
    change(session, edition, cadence=cadences.written(cadence))


def delete(session: Session, edition: Edition) -> None:
    """Take out an edition that was only planned, with its steps."""
    forget(session)
    session.execute(
        delete_rows(EditionRow).where(
            col(EditionRow.workspace_id) == edition.workspace_id, col(EditionRow.id) == edition.id
        )
    )


def record_published(
    session: Session, edition: Edition, *, number: str, season: int, episode: int, count: int, now: datetime
) -> None:
    """Record that the note is out, with its number, for good."""
    change(
        session,
        edition,
        state=EditionState.PUBLISHED.value,
        number=number,
        season=season,
        episode=episode,
        count=count,
        published_at=now,
        is_held=False,
        revision=1,
    )
    with_it = update(EditionRow).where(
        col(EditionRow.workspace_id) == edition.workspace_id, col(EditionRow.merged_into) == edition.id
    )
    session.execute(with_it.values(published_at=now))
    forget(session)


def merge(session: Session, edition: Edition, target: Edition) -> None:
    """Let an edition, and what was merged into it, go out with another one's note, which covers its weeks too."""
    with_it = update(EditionRow).where(
        col(EditionRow.workspace_id) == edition.workspace_id, col(EditionRow.merged_into) == edition.id
    )
    session.execute(with_it.values(merged_into=target.id))
    change(session, edition, state=EditionState.MERGED.value, merged_into=target.id, covers_from=None)
    change(session, target, covers_from=edition.period.start)


def unmerge(session: Session, target: Edition) -> None:
    """Let an edition cover its own weeks only. What was merged into it is nobody's until its state is set."""
    with_it = update(EditionRow).where(
        col(EditionRow.workspace_id) == target.workspace_id, col(EditionRow.merged_into) == target.id
    )
    session.execute(with_it.values(merged_into=None))
    change(session, target, covers_from=None)


def merged_into(session: Session, target: Edition) -> list[Edition]:
    """Return the editions that go out with another one's note, oldest first."""
    return _rows(session, target.workspace_id, col(EditionRow.merged_into) == target.id)


def note_of(session: Session, edition: Edition) -> Edition:
    """Return the edition whose note an edition goes out with: itself, unless it was merged into another."""
    found = get(session, edition.workspace_id, edition.merged_into) if edition.merged_into else None
    return found or edition


def together(edition_id: int) -> Any:  # noqa: ANN401 - an SQL expression
    """Return the ids of the editions whose answers are in one note."""
    return select(EditionRow.id).where(or_(col(EditionRow.id) == edition_id, col(EditionRow.merged_into) == edition_id))


def change(session: Session, edition: Edition, *, only_from: EditionState | None = None, **values: Any) -> bool:  # noqa: ANN401 - columns of any type
    """Change columns of an edition, if it is still in the state `only_from`. Returns whether it was."""
    statement = update(EditionRow).where(
        col(EditionRow.workspace_id) == edition.workspace_id, col(EditionRow.id) == edition.id
    )
    if only_from:
        statement = statement.where(col(EditionRow.state) == only_from.value)
    forget(session)
    has_changed = bool(session.execute(statement.values(**values)).rowcount)  # type: ignore[attr-defined]
    if has_changed and "state" in values:
        changes.note_edition(session, edition)
    return has_changed


def _rows(session: Session, workspace_id: str, *conditions: Any) -> list[Edition]:  # noqa: ANN401 - SQL expressions
    mine = select(EditionRow).where(EditionRow.workspace_id == workspace_id, *conditions)
    return _found(session, mine.order_by(col(EditionRow.period_start)), {})


def _found(session: Session, statement: Any, asked_for: Mapping[str, Any]) -> list[Edition]:  # noqa: ANN401 - of EditionRow
    """Return the editions that a statement finds."""
    found = fetch(session, statement, asked_for).all()
    asked = _questions_of(session, {row.series_id for row in found if not row.questions})
    return [edition_of(row, asked.get(row.series_id, ())) for row in found]


def _questions_of(session: Session, series_ids: set[int]) -> dict[int, list[Question]]:
    """Return the present questions of the series whose editions have not frozen theirs yet."""
    if not series_ids:
        return {}  # as with each reply
    statement = (
        select(QuestionRow).where(col(QuestionRow.series_id).in_(series_ids)).order_by(col(QuestionRow.position))
    )
    asked: dict[int, list[Question]] = {}
    for row in session.exec(statement).all():
        question = Question(row.key, row.ask, row.heading, Shape(row.shape), is_optional=row.is_optional)
        asked.setdefault(row.series_id, []).append(question)
    return asked
