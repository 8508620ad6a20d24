"""Jots: which of their series people keep them for."""

from datetime import date

from sqlmodel import Session, col, select

from storage.models import AnswerRow, EditionRow, JotChoiceRow
from storage.upsert import insert_or_update


def choose(session: Session, workspace_id: str, user_id: str, series_id: int, day: date) -> None:
    """Keep the series a person chose for what they jot on a day."""
    chosen = {"workspace_id": workspace_id, "user_id": user_id, "series_id": series_id, "day": day}
    insert_or_update(session, JotChoiceRow, ("workspace_id", "user_id"), [chosen])


def chosen_on(session: Session, workspace_id: str, user_id: str, day: date) -> int | None:
    """Return the id of the series a person chose for the jots of this day."""
    statement = select(JotChoiceRow.series_id).filter_by(workspace_id=workspace_id, user_id=user_id, day=day)
    return session.exec(statement).first()


def usual(session: Session, workspace_id: str, user_id: str) -> int | None:
    """Return the id of the series a person last gave something to."""
    statement = (
        select(EditionRow.series_id)
        .join(AnswerRow, col(AnswerRow.edition_id) == col(EditionRow.id))
        .where(
            AnswerRow.workspace_id == workspace_id, AnswerRow.user_id == user_id, col(AnswerRow.is_deleted).is_(False)
        )
        .order_by(col(AnswerRow.given_at).desc(), col(AnswerRow.id).desc())
    )
    return session.exec(statement.limit(1)).first()
