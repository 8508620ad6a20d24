"""Prompts: which question was put to whom."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot.domain.editions import Edition, EditionState, Prompt, PromptState
from storage.models import EditionRow, PromptRow
from storage.rows import fetch
from storage.upsert import insert_new


def put(
    session: Session,
    edition: Edition,
    user_id: str,
    position: int,
    question_key: str,
    *,
    state: PromptState = PromptState.OPEN,
    channel_id: str = "",
    thread_ts: str = "",
) -> Prompt | None:
    """Record a question put to a contributor. Returns None when it had been put to them before."""
    is_new = insert_new(
        session,
        PromptRow,
        workspace_id=edition.workspace_id,
        edition_id=edition.id,
        user_id=user_id,
        position=position,
        question_key=question_key,
        state=state.value,
        channel_id=channel_id,
        thread_ts=thread_ts,
    )
    mine = of_person(session, edition.workspace_id, edition.id, user_id)
    return next((prompt for prompt in mine if prompt.question_key == question_key), None) if is_new else None


def get(session: Session, workspace_id: str, prompt_id: int) -> Prompt | None:
    """Return a prompt of this workspace."""
    row = session.exec(
        select(PromptRow).where(PromptRow.workspace_id == workspace_id, PromptRow.id == prompt_id)
    ).first()
    return _prompt(row) if row else None


def of_person(session: Session, workspace_id: str, edition_id: int, user_id: str) -> list[Prompt]:
    """Return a contributor's prompts of an edition, in order."""
    asked = {"workspace": workspace_id, "edition": edition_id, "user": user_id}
    return [_prompt(row) for row in fetch(session, _of_person(), asked)]


@cache
def _of_person() -> Any:  # noqa: ANN401 - a select of prompts
    """Return a statement that is made once, since it is asked with each reply: making it takes longer than asking."""
    mine = (PromptRow.workspace_id == bindparam("workspace"), PromptRow.edition_id == bindparam("edition"))
    statement = select(PromptRow).where(*mine, PromptRow.user_id == bindparam("user"))
    return statement.order_by(col(PromptRow.position))


def openings(session: Session, workspace_id: str, edition_id: int) -> list[Prompt]:
    """Return the message that opened each contributor's thread of an edition."""
    statement = select(PromptRow).where(
        PromptRow.workspace_id == workspace_id, PromptRow.edition_id == edition_id, PromptRow.position == 0
    )
    return [_prompt(row) for row in session.exec(statement.order_by(col(PromptRow.id))).all()]


def of_editions(session: Session, workspace_id: str, edition_ids: Collection[int], user_id: str) -> list[Prompt]:
    """Return a contributor's prompts of several editions, each edition's in order."""
    statement = select(PromptRow).where(
        PromptRow.workspace_id == workspace_id,
        col(PromptRow.edition_id).in_(edition_ids),
        PromptRow.user_id == user_id,
    )
    return [_prompt(row) for row in fetch(session, statement.order_by(col(PromptRow.position)), {})]


def of_edition(session: Session, workspace_id: str, edition_id: int) -> list[Prompt]:
    """Return all prompts of an edition."""
    statement = select(PromptRow).where(PromptRow.workspace_id == workspace_id, PromptRow.edition_id == edition_id)
    return [_prompt(row) for row in session.exec(statement.order_by(col(PromptRow.id))).all()]


def in_thread(session: Session, workspace_id: str, channel_id: str, thread_ts: str, user_id: str) -> Prompt | None:
    """Return a prompt whose thread this is and which was put to this person."""
    asked = {"workspace": workspace_id, "channel": channel_id, "thread": thread_ts, "user": user_id}
    row = fetch(session, _in_thread(), asked).first()
    return _prompt(row) if row else None


@cache
def _in_thread() -> Any:  # noqa: ANN401 - a select of a prompt
    """Return another statement that is made once."""
    here = (PromptRow.channel_id == bindparam("channel"), PromptRow.thread_ts == bindparam("thread"))
    mine = (PromptRow.workspace_id == bindparam("workspace"), PromptRow.user_id == bindparam("user"))
    return select(PromptRow).where(*mine, *here).limit(1)


def open_for(session: Session, workspace_id: str, user_id: str, *, is_unplaced_first: bool = False) -> Prompt | None:
    """Return the question a person is being asked now: the newest open prompt of an edition that is not out yet.

    An edition is no longer asked about once the person was asked for a later one of its series. `is_unplaced_first`
    prefers what is not known to be posted yet: for a reply in a thread that is not known either.
    """
    later, later_edition = aliased(PromptRow), aliased(EditionRow)
    is_past = (
        select(later.id)
        .join(later_edition, col(later_edition.id) == col(later.edition_id))
        .where(
            later.workspace_id == workspace_id,
            later.user_id == user_id,
            later_edition.series_id == EditionRow.series_id,
            col(later_edition.period_start) > col(EditionRow.period_start),
        )
        .exists()
    )
    place = (col(PromptRow.thread_ts) != "",) if is_unplaced_first else ()
    states = (EditionState.COLLECTING.value, EditionState.CLOSED.value)
    statement = (
        select(PromptRow)
        .join(EditionRow, col(EditionRow.id) == col(PromptRow.edition_id))
        .where(
            PromptRow.workspace_id == workspace_id,
            PromptRow.user_id == user_id,
            PromptRow.state == PromptState.OPEN.value,
            col(EditionRow.state).in_(states),
            ~is_past,
        )
        .order_by(*place, col(PromptRow.id).desc())
    )
    row = session.exec(statement.limit(1)).first()
    return _prompt(row) if row else None


def open_before(session: Session, edition: Edition, user_id: str) -> list[Prompt]:
    """Return the questions that earlier editions of the same series have left open with somebody."""
    is_left = (PromptRow.state == PromptState.OPEN.value, col(EditionRow.period_start) < edition.period.start)
    return _beside(session, edition, user_id, *is_left)


def was_asked_later(session: Session, edition: Edition, user_id: str) -> bool:
    """Say whether a later edition of the same series has asked somebody."""
    return bool(_beside(session, edition, user_id, col(EditionRow.period_start) > edition.period.start))


def _beside(session: Session, edition: Edition, user_id: str, *conditions: ColumnElement[bool] | bool) -> list[Prompt]:
    """Return somebody's prompts in other editions of the same series."""
    statement = (
        select(PromptRow)
        .join(EditionRow, col(EditionRow.id) == col(PromptRow.edition_id))
        .where(
            PromptRow.workspace_id == edition.workspace_id,
            PromptRow.user_id == user_id,
            EditionRow.series_id == edition.series_id,
            *conditions,
        )
        .order_by(col(PromptRow.id))
    )
    return [_prompt(row) for row in session.exec(statement).all()]


def close(session: Session, prompt: Prompt, state: PromptState, left_ts: str) -> bool:
    """Close an open prompt that was left at Slack's `left_ts`. Returns False when it was closed already."""
    statement = (
        update(PromptRow)
        .where(
            col(PromptRow.workspace_id) == prompt.workspace_id,
            col(PromptRow.id) == prompt.id,
            col(PromptRow.state) == PromptState.OPEN.value,
        )
        .values(state=state.value, left_ts=left_ts)
    )
    return bool(session.execute(statement).rowcount)  # type: ignore[attr-defined]


def _prompt(row: PromptRow) -> Prompt:
    return Prompt(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        edition_id=row.edition_id,
        user_id=row.user_id,
        position=row.position,
        question_key=row.question_key,
        state=PromptState(row.state),
        channel_id=row.channel_id,
        thread_ts=row.thread_ts,
        ts=row.ts,
        left_ts=row.left_ts,
    )
