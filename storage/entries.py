"""Entries: what editors made of answers for the note, kept beside the answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from bot.domain.entries import Entry
from storage.editions import together
from storage.models import AnswerRow, DeliveryRow, EntryRow
from storage.rows import fetch
from storage.upsert import insert_or_update


def of_edition(session: Session, workspace_id: str, edition_id: int) -> dict[int, Entry]:
    """Return what editors made of an edition's answers, by the answer's id."""
    statement = select(EntryRow).join(AnswerRow, col(AnswerRow.id) == col(EntryRow.answer_id))
    return _entries(session, statement.where(col(AnswerRow.edition_id).in_(together(edition_id))), workspace_id)


def get(session: Session, workspace_id: str, answer_id: int) -> Entry | None:
    """Return what editors made of one answer."""
    found = _entries(session, select(EntryRow).where(EntryRow.answer_id == answer_id), workspace_id)
    return found.get(answer_id)


def are_begun(session: Session, workspace_id: str, edition_id: int, answer_id: int) -> bool:
    """Say whether editors have the draft of an edition, or have made something of this one answer already."""
    asked = {"workspace": workspace_id, "edition": edition_id, "answer": answer_id}
    return bool(fetch(session, _are_begun(), asked).scalar())


@cache
def _are_begun() -> Any:  # noqa: ANN401 - a select of whether something is so
    """Return a statement that is made once, since it is asked with each reply: making it takes longer than asking."""
    row = DeliveryRow
    is_draft = (row.workspace_id == bindparam("workspace"), row.edition_id == bindparam("edition"), row.kind == "draft")
    is_made = (EntryRow.workspace_id == bindparam("workspace"), EntryRow.answer_id == bindparam("answer"))
    return select_columns(or_(select(row.id).where(*is_draft).exists(), select(EntryRow).where(*is_made).exists()))


def many(session: Session, workspace_id: str, answer_ids: Sequence[int]) -> dict[int, Entry]:
    """Return what editors made of several answers, by the answer's id."""
    return _entries(session, select(EntryRow).where(col(EntryRow.answer_id).in_(answer_ids)), workspace_id)


def reword(
    session: Session,
    workspace_id: str,
    answer_id: int,
    wording: Sequence[Mapping[str, Any]],
    *,
    editor: str,
    now: datetime,
) -> None:
    """Keep an editor's wording of an answer; none lets the note show the answer's own words."""
    _keep(session, workspace_id, answer_id, editor, now, wording=list(wording), is_outdated=False)


def hide(session: Session, workspace_id: str, answer_id: int, *, is_hidden: bool, editor: str, now: datetime) -> None:
    """Keep whether an answer is left out of the note."""
    _keep(session, workspace_id, answer_id, editor, now, is_hidden=is_hidden)


def outdate(session: Session, workspace_id: str, answer_id: int) -> None:
    """Put an editor's wording aside, because its author changed the answer."""
    mine = (col(EntryRow.workspace_id) == workspace_id, col(EntryRow.answer_id) == answer_id)
    session.execute(update(EntryRow).where(*mine).values(is_outdated=True))


def forget(session: Session, workspace_id: str, answer_ids: Select[Any] | Sequence[int]) -> None:
    """Delete what editors made of answers whose words are gone."""
    mine = (col(EntryRow.workspace_id) == workspace_id, col(EntryRow.answer_id).in_(answer_ids))
    session.execute(delete(EntryRow).where(*mine))


def rename_editor(session: Session, workspace_id: str, user_id: str, stand_in: str) -> None:
    """Let what somebody edited be a stand-in's, once they had themselves forgotten."""
    mine = (col(EntryRow.workspace_id) == workspace_id, col(EntryRow.edited_by) == user_id)
    session.execute(update(EntryRow).where(*mine).values(edited_by=stand_in))


def _keep(
    session: Session,
    workspace_id: str,
    answer_id: int,
    editor: str,
    now: datetime,
    **values: Any,  # noqa: ANN401 - columns of any type
) -> None:
    kept = {"answer_id": answer_id, "workspace_id": workspace_id, "edited_by": editor, "edited_at": now, **values}
    insert_or_update(session, EntryRow, ("answer_id",), [kept])


def _entries(session: Session, statement: Any, workspace_id: str) -> dict[int, Entry]:  # noqa: ANN401 - of EntryRow
    mine = statement.where(EntryRow.workspace_id == workspace_id).execution_options(populate_existing=True)
    return {row.answer_id: _entry(row) for row in session.exec(mine).all()}


def _entry(row: EntryRow) -> Entry:
    return Entry(
        answer_id=row.answer_id,
        wording=tuple(row.wording),
        is_outdated=row.is_outdated,
        is_hidden=row.is_hidden,
        edited_by=row.edited_by,
        edited_at=row.edited_at,
    )
