"""Workspaces where the app is installed."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.domain.workspaces import Workspace
from storage.models import WorkspaceRow
from storage.rows import fetch
from storage.upsert import insert_new


def upsert(session: Session, workspace: Workspace, *, now: datetime) -> None:
    """Keep what Slack says of a workspace, new or known; one without scopes was uninstalled."""
    described = {
        "name": workspace.name,
        "enterprise_id": workspace.enterprise_id,
        "bot_user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "scopes": ",".join(sorted(workspace.scopes)),
        "url": workspace.url,
    }
    if not insert_new(session, WorkspaceRow, id=workspace.id, created_at=now, **described):
        row = session.get_one(WorkspaceRow, workspace.id)
        row.uninstalled_at = None if workspace.scopes else row.uninstalled_at or now
        row.sqlmodel_update(described)
        session.flush()


def get(session: Session, workspace_id: str) -> Workspace | None:
    """Return a workspace, or None when the app has never been installed there."""
    row = fetch(session, _one(), {"workspace": workspace_id}).first()
    return _workspace(row) if row else None


@cache
def _one() -> Any:  # noqa: ANN401 - a select of a workspace
    """Return a statement that is made once, since it is asked with each reply: making it takes longer than asking."""
    return select(WorkspaceRow).where(WorkspaceRow.id == bindparam("workspace"))


def installed_ids(session: Session) -> tuple[str, ...]:
    """Return the ids of the workspaces where the app is installed now."""
    statement = select(WorkspaceRow.id).where(WorkspaceRow.scopes != "").order_by(col(WorkspaceRow.id))
    return tuple(session.exec(statement))


def _workspace(row: WorkspaceRow) -> Workspace:
    return Workspace(
        row.id,
        row.name,
        row.enterprise_id,
        row.bot_user_id,
        row.bot_id,
        frozenset(scope for scope in row.scopes.split(",") if scope),
        row.url,
    )
