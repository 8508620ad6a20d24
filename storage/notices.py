"""Standing notices of a series."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select, update

from bot.domain.notices import Notice
from storage.models import NoticeRow
from storage.upsert import insert_new


def add(
    session: Session,
    workspace_id: str,
    series_id: int,
    words: Mapping[str, Any],
    *,
    until_day: date | None,
    source_key: str,
    now: datetime,
) -> None:
    """Keep a new notice. `source_key` names the form it came from, so that the same one again adds nothing."""
    insert_new(
        session,
        NoticeRow,
        workspace_id=workspace_id,
        series_id=series_id,
        source_key=source_key,
        words=dict(words),
        until_day=until_day,
        created_at=now,
    )


def change(session: Session, workspace_id: str, notice: Notice, **values: Any) -> None:  # noqa: ANN401 - any columns
    """Change columns of a notice."""
    mine = (col(NoticeRow.workspace_id) == workspace_id, col(NoticeRow.id) == notice.id)
    session.execute(update(NoticeRow).where(*mine).values(**values))


def of_series(session: Session, workspace_id: str, series_id: int) -> list[Notice]:
    """Return all notices of a series, ended ones too, oldest first."""
    statement = select(NoticeRow).where(NoticeRow.workspace_id == workspace_id, NoticeRow.series_id == series_id)
    rows = session.exec(statement.order_by(col(NoticeRow.id)).execution_options(populate_existing=True)).all()
    return [Notice(row.id or 0, row.series_id, row.words, row.until_day, row.created_at, row.ended_at) for row in rows]
