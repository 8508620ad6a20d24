"""Members: who is in a series' channel, and what they chose about taking part."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select, update

from bot.domain.members import Choice, Member
from storage.models import MemberRow
from storage.upsert import insert_new, insert_or_update

_AT_ONCE = 500


def get(session: Session, workspace_id: str, series_id: int, user_id: str) -> Member | None:
    """Return what is known of somebody in a series' channel."""
    found = select(MemberRow).filter_by(workspace_id=workspace_id, series_id=series_id, user_id=user_id)
    row = session.exec(found.execution_options(populate_existing=True)).first()
    return _member(row) if row else None


def of_series(session: Session, workspace_id: str, series_id: int) -> list[Member]:
    """Return everybody known in a series' channel, by id."""
    found = select(MemberRow).filter_by(workspace_id=workspace_id, series_id=series_id)
    rows = session.exec(found.order_by(col(MemberRow.user_id)).execution_options(populate_existing=True))
    return [_member(row) for row in rows]


def arrive(session: Session, workspace_id: str, series_id: int, user_id: str) -> bool:
    """Keep that somebody is in the channel. Returns whether this is the first that is known of them there."""
    where = {"workspace_id": workspace_id, "series_id": series_id, "user_id": user_id}
    if insert_new(session, MemberRow, **where):
        return True
    session.exec(update(MemberRow).filter_by(**where).values(is_present=True))
    return False


def depart(session: Session, workspace_id: str, series_id: int, user_id: str) -> None:
    """Keep that somebody is no longer in the channel."""
    where = {"workspace_id": workspace_id, "series_id": series_id, "user_id": user_id}
    if not insert_new(session, MemberRow, **where, is_present=False):
        session.exec(update(MemberRow).filter_by(**where).values(is_present=False))


def choose(session: Session, workspace_id: str, series_id: int, user_id: str, choice: Choice, *, now: datetime) -> None:
    """Keep what somebody chose; where they are in the channel or not stays as it is known."""
    where = {"workspace_id": workspace_id, "series_id": series_id, "user_id": user_id}
    insert_new(session, MemberRow, **where, is_present=False)
    session.exec(update(MemberRow).filter_by(**where).values(choice=choice.value, chosen_at=now))


def set_present(session: Session, workspace_id: str, series_id: int, present: Collection[str]) -> None:
    """Keep who is in the channel, and that nobody else is. What people chose stays."""
    session.exec(update(MemberRow).filter_by(workspace_id=workspace_id, series_id=series_id).values(is_present=False))
    everybody = sorted(present)
    for start in range(0, len(everybody), _AT_ONCE):
        rows = [
            {"series_id": series_id, "user_id": user_id, "workspace_id": workspace_id, "is_present": True}
            for user_id in everybody[start : start + _AT_ONCE]
        ]
        insert_or_update(session, MemberRow, ("series_id", "user_id"), rows)


def _member(row: MemberRow) -> Member:
    return Member(row.user_id, row.is_present, Choice(row.choice), row.chosen_at)
