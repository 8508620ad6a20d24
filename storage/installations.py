"""Installations by OAuth, with the bot's token as it was sealed: nothing here can read it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, delete, select

from storage.models import InstallationRow
from storage.upsert import insert_new


@dataclass(frozen=True, slots=True)
class SealedInstallation:
    """An installation, its token sealed."""

    workspace_id: str
    sealed_token: str = field(repr=False)
    installed_at: datetime


def put(session: Session, workspace_id: str, sealed_token: str, *, now: datetime) -> None:
    """Keep an installation, in place of an earlier one in the same workspace."""
    kept = {"sealed_token": sealed_token, "installed_at": now}
    if not insert_new(session, InstallationRow, workspace_id=workspace_id, **kept):
        session.execute(update(InstallationRow).where(col(InstallationRow.workspace_id) == workspace_id).values(**kept))


def get(session: Session, workspace_id: str) -> SealedInstallation | None:
    """Return the installation in a workspace, if there is one."""
    row = session.get(InstallationRow, workspace_id)
    return _sealed(row) if row else None


def every(session: Session) -> tuple[SealedInstallation, ...]:
    """Return all installations."""
    rows = session.exec(select(InstallationRow).order_by(col(InstallationRow.workspace_id)))
    return tuple(map(_sealed, rows))


def reseal(session: Session, before: SealedInstallation, sealed_token: str) -> None:
    """Replace a sealed token, unless somebody replaced it in the meantime."""
    row = InstallationRow
    same = col(row.workspace_id) == before.workspace_id, col(row.sealed_token) == before.sealed_token
    session.execute(update(row).where(*same).values(sealed_token=sealed_token))


def take(session: Session, workspace_id: str, *, before: datetime) -> bool:
    """Delete the installation in a workspace. Returns False when there is one that was made since `before`."""
    row = InstallationRow
    session.execute(delete(row).where(col(row.workspace_id) == workspace_id, col(row.installed_at) <= before))
    return session.get(row, workspace_id, populate_existing=True) is None


def _sealed(row: InstallationRow) -> SealedInstallation:
    return SealedInstallation(row.workspace_id, row.sealed_token, row.installed_at)
