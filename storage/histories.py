"""Histories: what one person has met of the editions of their series, read at once however many there are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, and_, case, cast, func, literal, or_
from sqlmodel import Session, col, select

from bot.domain.editions import Edition, EditionState, PromptState
from bot.domain.runs import Turn
from bot.domain.weeks import Period
from storage.edition_columns import edition_of
from storage.models import AnswerRow, DeliveryRow, EditionRow, PromptRow


@dataclass(frozen=True, slots=True)
class Posted:
    """An edition, and where its digest is in Slack, as far as that is known."""

    edition: Edition
    channel_id: str
    ts: str


def turns(session: Session, workspace_id: str, user_id: str, series_ids: Collection[int]) -> dict[int, list[Turn]]:
    """Return every edition of these series as a contributor met it, by series. Whether they were off is not known."""
    here = (EditionRow.workspace_id == workspace_id, col(EditionRow.series_id).in_(series_ids))
    kept = case((col(AnswerRow.is_deleted).is_(False), 1), else_=0)
    given = _sums(session, AnswerRow, kept, user_id, here)
    asked = _sums(session, PromptRow, case((col(PromptRow.state) != PromptState.OPEN.value, 1), else_=0), user_id, here)
    table = EditionRow.__table__.c  # type: ignore[attr-defined]
    names = ("id", "series_id", "period_start", "period_end", "state", "is_held", "published_at", "merged_into")
    found: dict[int, list[Turn]] = {series_id: [] for series_id in series_ids}
    for row in session.execute(select(*(table[name] for name in names)).where(*here)):
        taken_back = row.id in given and not given[row.id]
        turn = Turn(
            Period(row.period_start, row.period_end),
            EditionState(row.state),
            has_given=bool(given.get(row.id)),
            was_asked=row.id in asked,
            has_spoken=taken_back or bool(asked.get(row.id)),
            is_held=row.is_held,
            published_at=row.published_at,
            edition_id=row.id,
            merged_into=row.merged_into,
        )
        found[row.series_id].append(turn)
    return found


def _sums(session: Session, table: Any, summed: Any, user_id: str, here: Any) -> dict[int, int]:  # noqa: ANN401
    """Return a sum over a person's rows of each edition that has any."""
    statement = (
        select(table.edition_id, func.sum(summed))
        .join(EditionRow, col(EditionRow.id) == table.edition_id)
        .where(table.user_id == user_id, *here)
        .group_by(table.edition_id)
    )
    return {edition_id: int(total) for edition_id, total in session.execute(statement)}


def published(
    session: Session, workspace_id: str, user_id: str, series_ids: Collection[int], *, start: int, limit: int
) -> list[Posted]:
    """Return the notes that are out, of these series or with something of this person's, newest first."""
    mine = select(AnswerRow.edition_id).where(
        AnswerRow.workspace_id == workspace_id, AnswerRow.user_id == user_id, col(AnswerRow.is_deleted).is_(False)
    )
    is_for_them = or_(col(EditionRow.series_id).in_(series_ids), col(EditionRow.id).in_(mine))
    is_out = EditionRow.state == EditionState.PUBLISHED.value
    return _posted(session, workspace_id, is_out, is_for_them, start=start, limit=limit)


def with_answers_on(session: Session, workspace_id: str, user_id: str, day: date) -> list[Posted]:
    """Return the editions whose weeks `day` falls in and to which somebody gave something, published or not."""
    mine = select(AnswerRow.edition_id).where(
        AnswerRow.workspace_id == workspace_id, AnswerRow.user_id == user_id, col(AnswerRow.is_deleted).is_(False)
    )
    is_then = and_(col(EditionRow.period_start) <= day, col(EditionRow.period_end) >= day)
    return _posted(session, workspace_id, is_then, col(EditionRow.id).in_(mine))


def _posted(
    session: Session,
    workspace_id: str,
    *conditions: Any,  # noqa: ANN401 - SQL expressions
    start: int = 0,
    limit: int | None = None,
) -> list[Posted]:
    key = literal("edition:") + cast(col(EditionRow.id), String) + ":digest:1"
    is_digest = and_(col(DeliveryRow.workspace_id) == workspace_id, col(DeliveryRow.key) == key)
    statement = (
        select(EditionRow, col(DeliveryRow.posted_channel), col(DeliveryRow.ts))
        .outerjoin(DeliveryRow, is_digest)
        .where(EditionRow.workspace_id == workspace_id, *conditions)
        .order_by(col(EditionRow.period_start).desc(), col(EditionRow.id).desc())
        .offset(start)
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    return [Posted(edition_of(row), channel or "", ts or "") for row, channel, ts in session.exec(statement)]
