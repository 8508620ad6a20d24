"""House styles of a series."""

from sqlmodel import Session, col, delete, select

from bot.domain.house_styles import Document, HouseStyle
from storage.models import HouseStyleRow
from storage.upsert import insert_or_update


def of_series(session: Session, workspace_id: str, series_id: int) -> dict[Document, HouseStyle]:
    """Return the templates that a series has of its own, by document."""
    statement = select(HouseStyleRow).where(
        HouseStyleRow.workspace_id == workspace_id, HouseStyleRow.series_id == series_id
    )
    rows = session.exec(statement.execution_options(populate_existing=True)).all()
    found = (HouseStyle(Document(row.document), row.template, row.changed_at) for row in rows)
    return {style.document: style for style in found}


def put(session: Session, workspace_id: str, series_id: int, style: HouseStyle) -> None:
    """Keep a template, in place of the one before."""
    row = {
        "workspace_id": workspace_id,
        "series_id": series_id,
        "document": style.document.value,
        "template": style.template,
        "changed_at": style.changed_at,
    }
    insert_or_update(session, HouseStyleRow, ("series_id", "document"), [row])


def remove(session: Session, workspace_id: str, series_id: int, document: Document) -> None:
    """Let a document be as it is built in again."""
    row = HouseStyleRow
    mine = col(row.workspace_id) == workspace_id, col(row.series_id) == series_id, col(row.document) == document.value
    session.execute(delete(row).where(*mine))
