"""Forgetting a person: taking what is theirs out of every table."""

from collections.abc import Collection

from sqlalchemy import or_, update
from sqlmodel import Session, col, delete, select

from bot.domain.deliveries import Delivery, DeliveryState
from storage import entries
from storage.deliveries import delivery
from storage.models import AnswerRow, DeliveryRow, Table

KEPT = ("answer", "editor")
"""The tables with people in them whose rows stay: answers without words or name, and who edits a series."""
FINISHED = (DeliveryState.SENT.value, DeliveryState.FAILED.value)
PASSING = ("sending", "response")
"""Kinds of deliveries that may show a note and belong to no edition."""


def take_answers(
    session: Session, workspace_id: str, user_id: str, stand_in: str, *, kept_editions: Collection[int]
) -> None:
    """Wipe a person's answers, but for the words of `kept_editions`. What is left belongs to `stand_in`.

    The rows stay, so that a late redelivery cannot bring an answer back.
    """
    mine = update(AnswerRow).where(col(AnswerRow.workspace_id) == workspace_id, col(AnswerRow.user_id) == user_id)
    gone = {"is_deleted": True, "text": "", "blocks": [], "files": []}
    wiped = select(AnswerRow.id).where(AnswerRow.workspace_id == workspace_id, AnswerRow.user_id == user_id)
    entries.forget(session, workspace_id, wiped.where(col(AnswerRow.edition_id).not_in(kept_editions)))
    entries.rename_editor(session, workspace_id, user_id, stand_in)
    session.execute(mine.where(col(AnswerRow.edition_id).not_in(kept_editions)).values(**gone))
    session.execute(mine.values(user_id=stand_in, channel_id="", ts="", permalink=""))
    quoting = (col(AnswerRow.workspace_id) == workspace_id, col(AnswerRow.said_by) == user_id)
    session.execute(update(AnswerRow).where(*quoting).values(said_by=stand_in))


def take_rows(session: Session, workspace_id: str, user_id: str) -> None:
    """Delete every row about a person: what they were asked, when they are away, what is known of them."""
    for table in reversed(Table.metadata.sorted_tables):
        if "user_id" in table.c and table.name not in KEPT:
            session.execute(table.delete().where(table.c.workspace_id == workspace_id, table.c.user_id == user_id))


def take_deliveries(
    session: Session, workspace_id: str, channels: Collection[str], edition_ids: Collection[int]
) -> None:
    """Delete what was owed to a person, and empty what has been sent to others of these editions or of none.

    What is still on its way to others and belongs to no edition is dropped where it may show a note. An update that is
    on its way is dropped too: whoever forgets owes a new one.
    """
    row, here = DeliveryRow, col(DeliveryRow.workspace_id) == workspace_id
    session.execute(delete(row).where(here, col(row.channel).in_(channels)))
    concerned = or_(col(row.edition_id).in_(edition_ids), col(row.edition_id).is_(None))
    is_pending = col(row.state).not_in(FINISHED)
    session.execute(delete(row).where(here, is_pending, col(row.edition_id).is_(None), col(row.kind).in_(PASSING)))
    session.execute(
        delete(row).where(here, col(row.state) != DeliveryState.SENT.value, concerned, col(row.kind) == "change")
    )
    session.execute(update(row).where(here, concerned, col(row.state).in_(FINISHED)).values(payload={}))


def of_kind(session: Session, workspace_id: str, edition_id: int, kind: str) -> list[Delivery]:
    """Return an edition's deliveries of one kind, in the order they were owed."""
    statement = select(DeliveryRow).where(
        DeliveryRow.workspace_id == workspace_id, DeliveryRow.edition_id == edition_id, DeliveryRow.kind == kind
    )
    ordered = statement.order_by(col(DeliveryRow.id)).execution_options(populate_existing=True)
    return [delivery(row) for row in session.exec(ordered).all()]


def reword(session: Session, found: Delivery, payload: dict[str, object]) -> None:
    """Change what a delivery says that has not been sent."""
    mine = update(DeliveryRow).where(
        col(DeliveryRow.workspace_id) == found.workspace_id, col(DeliveryRow.id) == found.id
    )
    session.execute(mine.where(col(DeliveryRow.state) != DeliveryState.SENT.value).values(payload=payload))
