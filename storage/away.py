"""When people are away, as they said."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from bot.domain.away import Days
from storage.models import AwayRow
from storage.upsert import insert_or_update


def keep(
    session: Session, workspace_id: str, user_id: str, days: Days, *, now: datetime, is_from_status: bool = False
) -> None:
    """Keep the days somebody is away, in place of any they overlap."""
    overlaps = or_(col(AwayRow.until_day).is_(None), col(AwayRow.until_day) >= days.first)
    begins = () if days.last is None else (col(AwayRow.from_day) <= days.last,)
    session.execute(delete(AwayRow).where(*_of(workspace_id, user_id), overlaps, *begins))
    row = {
        "workspace_id": workspace_id,
        "user_id": user_id,
        "from_day": days.first,
        "until_day": days.last,
        "is_from_status": is_from_status,
        "said_at": now,
    }
    insert_or_update(session, AwayRow, ("workspace_id", "user_id", "from_day"), [row])


def of_person(session: Session, workspace_id: str, user_id: str, today: date) -> list[Days]:
    """Return the days somebody is away that are not over on `today`, soonest first."""
    is_left = or_(col(AwayRow.until_day).is_(None), col(AwayRow.until_day) >= today)
    statement = select(AwayRow).where(*_of(workspace_id, user_id), is_left).order_by(col(AwayRow.from_day))
    rows = session.exec(statement.execution_options(populate_existing=True)).all()
    return [Days(row.from_day, row.until_day) for row in rows]


def from_status(session: Session, workspace_id: str, user_id: str, today: date) -> list[Days]:
    """Return the days, not over on `today`, that were taken from somebody's Slack status."""
    is_left = or_(col(AwayRow.until_day).is_(None), col(AwayRow.until_day) >= today)
    statement = select(AwayRow).where(*_of(workspace_id, user_id), is_left, col(AwayRow.is_from_status).is_(True))
    rows = session.exec(statement.execution_options(populate_existing=True)).all()
    return [Days(row.from_day, row.until_day) for row in rows]


def end(session: Session, workspace_id: str, user_id: str, first: date, *, today: date) -> bool:
    """Let somebody's days from `first` on be over before `today`, or not come. Returns False when there were none."""
    mine = (*_of(workspace_id, user_id), col(AwayRow.from_day) == first)
    if first >= today:
        return bool(session.execute(delete(AwayRow).where(*mine)).rowcount)  # type: ignore[attr-defined]
    done = session.execute(update(AwayRow).where(*mine).values(until_day=today - timedelta(days=1)))
    return bool(done.rowcount)  # type: ignore[attr-defined]


def away_on(session: Session, workspace_id: str, user_ids: Collection[str], day: date) -> frozenset[str]:
    """Return those among `user_ids` who are away on `day`."""
    statement = select(AwayRow.user_id).where(
        AwayRow.workspace_id == workspace_id,
        col(AwayRow.user_id).in_(user_ids),
        col(AwayRow.from_day) <= day,
        or_(col(AwayRow.until_day).is_(None), col(AwayRow.until_day) >= day),
    )
    return frozenset(session.exec(statement).all())


def _of(workspace_id: str, user_id: str) -> tuple[Any, ...]:
    return col(AwayRow.workspace_id) == workspace_id, col(AwayRow.user_id) == user_id
