"""Series with their questions, contributors and editors."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal, null, or_, union_all
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, select

from bot.domain.series import Numbering, Series
from storage.models import ContributorRow, EditorRow, MemberRow, QuestionRow, SeriesRow
from storage.recall import forget, hold, recalled
from storage.rows import fetch
from storage.series_columns import numbering_columns, series_of, settings_columns
from storage.upsert import insert_new


def create(session: Session, workspace_id: str, series: Series, *, created_by: str, now: datetime) -> Series | None:
    """Keep a new series and return it with its id; None, changing nothing, when its channel has a series already."""
    where = {"workspace_id": workspace_id, "channel_id": series.channel_id}
    if not insert_new(session, SeriesRow, **where, created_by=created_by, created_at=now, **settings_columns(series)):
        return None
    series_id = session.exec(select(SeriesRow.id).filter_by(**where)).one()
    _write_lists(session, workspace_id, series_id or 0, series, now)
    return get(session, workspace_id, series_id or 0)


def update(session: Session, workspace_id: str, series: Series, *, now: datetime) -> None:
    """Keep the channel, settings, questions and people of a series that exists."""
    row = session.exec(select(SeriesRow).filter_by(workspace_id=workspace_id, id=series.id)).one()
    row.sqlmodel_update({"channel_id": series.channel_id, **settings_columns(series)})
    session.flush()
    _write_lists(session, workspace_id, series.id, series, now)


def set_numbering(session: Session, workspace_id: str, series_id: int, numbering: Numbering) -> None:
    """Keep the season and the numbers the next note takes, and the templates they go into."""
    row = session.exec(select(SeriesRow).filter_by(workspace_id=workspace_id, id=series_id)).one()
    row.sqlmodel_update(numbering_columns(numbering))
    session.flush()
    forget(session)


def set_rota(session: Session, workspace_id: str, series_id: int, rota: Iterable[str]) -> None:
    """Keep the order in which editors take their turns."""
    row = session.exec(select(SeriesRow).filter_by(workspace_id=workspace_id, id=series_id)).one()
    row.sqlmodel_update({"rota": list(rota)})
    session.flush()
    forget(session)


def lock(session: Session, workspace_id: str, series_id: int) -> Series | None:
    """Return a series and keep other transactions from changing it, or taking its number, until this one ends."""
    statement = select(SeriesRow.id).where(SeriesRow.workspace_id == workspace_id, SeriesRow.id == series_id)
    hold(session, statement.with_for_update(key_share=True), {})
    return get(session, workspace_id, series_id)


def get(session: Session, workspace_id: str, series_id: int) -> Series | None:
    """Return a series by its id."""
    return recalled(
        session,
        "series",
        workspace_id,
        series_id,
        lambda: _first(_whole(session, workspace_id, _one(), {"workspace": workspace_id, "series": series_id})),
    )


@cache
def _one() -> Any:  # noqa: ANN401 - a select of a series
    """Return a statement that is made once, since it is asked with each reply: making it takes longer than asking."""
    mine = (SeriesRow.workspace_id == bindparam("workspace"), col(SeriesRow.id) == bindparam("series"))
    return select(SeriesRow).where(*mine)


def in_channel(session: Session, workspace_id: str, channel_id: str) -> Series | None:
    """Return the series of a channel."""
    return _first(_found(session, workspace_id, SeriesRow.channel_id == channel_id))


def of_contributor(session: Session, workspace_id: str, user_id: str) -> tuple[Series, ...]:
    """Return the series that ask this person, by id."""
    mine = select(ContributorRow.series_id).filter_by(workspace_id=workspace_id, user_id=user_id)
    return _found(session, workspace_id, col(SeriesRow.id).in_(mine))


def of_editor(session: Session, workspace_id: str, user_id: str) -> tuple[Series, ...]:
    """Return the series this person edits, by id."""
    mine = select(EditorRow.series_id).filter_by(workspace_id=workspace_id, user_id=user_id)
    return _found(session, workspace_id, col(SeriesRow.id).in_(mine))


def taking_part(session: Session, workspace_id: str, user_id: str) -> tuple[Series, ...]:
    """Return the series that ask this person or that they edit, by id."""
    asked = select(ContributorRow.series_id).filter_by(workspace_id=workspace_id, user_id=user_id)
    edited = select(EditorRow.series_id).filter_by(workspace_id=workspace_id, user_id=user_id)
    return _found(session, workspace_id, or_(col(SeriesRow.id).in_(asked), col(SeriesRow.id).in_(edited)))


def many(session: Session, workspace_id: str, series_ids: Collection[int]) -> dict[int, Series]:
    """Return the series with these ids, by id."""
    return {series.id: series for series in _found(session, workspace_id, col(SeriesRow.id).in_(series_ids))}


def all_active(session: Session, workspace_id: str) -> tuple[Series, ...]:
    """Return the series of a workspace that are not paused, by id."""
    return _found(session, workspace_id, col(SeriesRow.is_paused).is_(False))


def add_contributors(
    session: Session, workspace_id: str, series_id: int, user_ids: Iterable[str], *, now: datetime
) -> list[str]:
    """Let a series ask these people too. Returns those whom it did not ask before."""
    where = {"workspace_id": workspace_id, "series_id": series_id}
    forget(session)
    return [
        user_id for user_id in user_ids if insert_new(session, ContributorRow, **where, user_id=user_id, joined_at=now)
    ]


def remove_contributor(session: Session, workspace_id: str, series_id: int, user_id: str) -> bool:
    """Let a series not ask somebody any more. Returns whether it did."""
    forget(session)
    mine = delete(ContributorRow).filter_by(workspace_id=workspace_id, series_id=series_id, user_id=user_id)
    return bool(session.exec(mine).rowcount)


def add_editor(session: Session, workspace_id: str, series_id: int, user_id: str) -> None:
    """Make somebody an editor of a series."""
    forget(session)
    insert_new(session, EditorRow, workspace_id=workspace_id, series_id=series_id, user_id=user_id)


def remove_editors(session: Session, workspace_id: str, series_id: int, user_ids: Iterable[str]) -> None:
    """Take people out of the editors of a series."""
    forget(session)
    mine = delete(EditorRow).filter_by(workspace_id=workspace_id, series_id=series_id)
    session.exec(mine.where(col(EditorRow.user_id).in_(list(user_ids))))


def every(session: Session, workspace_id: str) -> tuple[Series, ...]:
    """Return the series of a workspace, by id."""
    return _found(session, workspace_id)


def with_member(session: Session, workspace_id: str, user_id: str) -> tuple[Series, ...]:
    """Return the series in whose channels somebody is, as far as is known, by id."""
    there = select(MemberRow.series_id).filter_by(workspace_id=workspace_id, user_id=user_id, is_present=True)
    return _found(session, workspace_id, col(SeriesRow.id).in_(there))


def created_by(session: Session, workspace_id: str, series_id: int) -> str:
    """Return the id of the person who set a series up, or an empty string when there is no such series."""
    found = session.exec(select(SeriesRow.created_by).filter_by(workspace_id=workspace_id, id=series_id))
    return found.one_or_none() or ""


def _first(found: tuple[Series, ...]) -> Series | None:
    return found[0] if found else None


def _found(session: Session, workspace_id: str, *conditions: ColumnElement[bool] | bool) -> tuple[Series, ...]:
    """Return the series that meet the conditions, by id: one query for them, their questions and their people each."""
    statement = select(SeriesRow).where(SeriesRow.workspace_id == workspace_id, *conditions).order_by(col(SeriesRow.id))
    return _whole(session, workspace_id, statement, {})


def _whole(session: Session, workspace_id: str, statement: Any, asked_for: Mapping[str, Any]) -> tuple[Series, ...]:  # noqa: ANN401 - of SeriesRow
    """Return the series that a statement finds, each with its lists."""
    rows = fetch(session, statement, asked_for).all()
    asked = {"workspace": workspace_id, "ids": [row.id for row in rows]}
    questions: dict[int, list[Any]] = defaultdict(list)
    for question in fetch(session, _questions(), asked):
        questions[question.series_id].append(question)
    people: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for series_id, user_id, is_editor in fetch(session, _people(), asked):
        people[series_id, bool(is_editor)].append(user_id)
    return tuple(series_of(row, questions[row.id], people[row.id, False], people[row.id, True]) for row in rows)


@cache
def _questions() -> Any:  # noqa: ANN401 - a select of questions
    """Return another statement that is made once."""
    return select(QuestionRow).where(*_of(QuestionRow)).order_by(col(QuestionRow.position))


@cache
def _people() -> Any:  # noqa: ANN401 - a select of three columns
    """Return a statement for the ids alone, in order: there may be ten thousand contributors. The rest are editors."""
    asked, edits = col(ContributorRow.user_id), col(EditorRow.user_id)
    joined_at = col(ContributorRow.joined_at)
    contributors = select_columns(col(ContributorRow.series_id), asked, literal(0).label("is_editor"), joined_at)
    editors = select_columns(col(EditorRow.series_id), edits, literal(1), null())
    both = union_all(contributors.where(*_of(ContributorRow)), editors.where(*_of(EditorRow))).subquery()
    listed = select_columns(both.c.series_id, both.c.user_id, both.c.is_editor)
    return listed.order_by(both.c.is_editor, both.c.joined_at, both.c.user_id)


def _of(table: Any) -> Any:  # noqa: ANN401 - any of the three lists, and conditions
    return table.workspace_id == bindparam("workspace"), col(table.series_id).in_(bindparam("ids", expanding=True))


def _write_lists(session: Session, workspace_id: str, series_id: int, series: Series, now: datetime) -> None:
    """Make the questions, contributors and editors those of `series`. Who stays keeps the day they joined."""
    forget(session)
    where = {"workspace_id": workspace_id, "series_id": series_id}
    session.exec(delete(QuestionRow).filter_by(**where))
    session.exec(delete(EditorRow).filter_by(**where))
    gone = delete(ContributorRow).filter_by(**where).where(col(ContributorRow.user_id).not_in(series.contributors))
    session.exec(gone)
    for position, question in enumerate(series.questions):
        insert_new(
            session, QuestionRow, **where, position=position, **asdict(question) | {"shape": question.shape.value}
        )
    for user_id in series.contributors:
        insert_new(session, ContributorRow, **where, user_id=user_id, joined_at=now)
    for user_id in series.editors:
        insert_new(session, EditorRow, **where, user_id=user_id)
