"""Deliveries: recording what is owed to Slack, and looking at it."""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, delete, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot.domain.attempts import IN_DOUBT
from bot.domain.deliveries import Delivery, DeliveryState, Method, Owed
from bot.domain.sending import IN_FLIGHT, SETTLE
from storage.columns import constant
from storage.database import CAUSE, OWED
from storage.models import DeliveryRow, WorkspaceRow
from storage.rows import fetch
from storage.upsert import insert_new

PENDING = tuple(constant(state.value) for state in (DeliveryState.OWED, *IN_FLIGHT))
"""The states of a delivery that is not finished."""
_OWED_HERE = "messages owed or changed"


def owe(session: Session, workspace_id: str, owed: Owed, *, now: datetime) -> bool:
    """Record a delivery in this transaction. Returns False, changing nothing, when its key is there already."""
    values = asdict(owed) | {"method": owed.method.value, "payload": dict(owed.payload), "cause": _cause(session)}
    is_new = insert_new(session, DeliveryRow, workspace_id=workspace_id, created_at=now, not_before=now, **values)
    if is_new:
        session.info.setdefault(OWED, set()).add(workspace_id)
        session.info.setdefault(_OWED_HERE, set()).add((workspace_id, owed.target_key or owed.key))
    return is_new


def _cause(session: Session) -> str:
    """Return what set going what this session does."""
    return str(session.info[CAUSE]()) if CAUSE in session.info else ""


def is_owed_here(session: Session, workspace_id: str, key: str) -> bool:
    """Say whether this transaction owes the message with this key, or a change of it: then it says what is so now."""
    return (workspace_id, key) in session.info.get(_OWED_HERE, ())


def owe_latest(session: Session, workspace_id: str, owed: Owed, *, now: datetime) -> None:
    """Owe what a place is to show now, instead of what was owed to it before and nobody has begun to send.

    The key is made unique. A message of an edition that shows just this already is owed nothing.
    """
    row = DeliveryRow
    place = {"workspace_id": workspace_id, "kind": owed.kind, "method": owed.method.value, "channel": owed.channel}
    waiting = delete(row).filter_by(**place, target_key=owed.target_key, state=DeliveryState.OWED.value, attempt=0)
    session.execute(waiting)
    if owed.target_key:
        of_message = or_(col(row.key) == owed.target_key, col(row.target_key) == owed.target_key)
        statement = select(row.payload).where(
            row.workspace_id == workspace_id,
            row.edition_id == owed.edition_id,
            row.state != DeliveryState.FAILED.value,
            of_message,
        )
        last = session.exec(statement.order_by(col(row.id).desc()).limit(1)).first()
        if last == json.loads(json.dumps(dict(owed.payload))):
            return
    owe(session, workspace_id, replace(owed, key=f"{owed.key}:{secrets.token_hex(6)}"), now=now)


def find(session: Session, workspace_id: str, key: str) -> Delivery | None:
    """Return the delivery with this key."""
    return many(session, workspace_id, [key]).get(key)


def many(session: Session, workspace_id: str, keys: Collection[str]) -> dict[str, Delivery]:
    """Return the deliveries that there are with these keys, by key."""
    found = fetch(session, _many(), {"workspace": workspace_id, "keys": list(keys)})
    return {row.key: delivery(row) for row in found}


@cache
def _many() -> Any:  # noqa: ANN401 - a select of deliveries
    """Return another statement that is made once."""
    wanted = col(DeliveryRow.key).in_(bindparam("keys", expanding=True))
    return select(DeliveryRow).where(DeliveryRow.workspace_id == bindparam("workspace"), wanted)


def owe_again(
    session: Session, workspace_id: str, *, edition_id: int, kinds: Sequence[str], is_sure: bool, now: datetime
) -> None:
    """Let the failed deliveries of an edition be attempted once more, but no change that a later one has overtaken.

    What may have arrived all the same is repeated only for somebody who `is_sure` that it did not.
    """
    later = aliased(DeliveryRow)
    is_overtaken = (
        select(later.id)
        .where(
            later.workspace_id == workspace_id,
            later.target_key == DeliveryRow.target_key,
            later.target_key != "",
            col(later.id) > col(DeliveryRow.id),
            later.state != DeliveryState.FAILED.value,
        )
        .exists()
    )
    statement = update(DeliveryRow).where(
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.edition_id) == edition_id,
        col(DeliveryRow.kind).in_(kinds),
        *_failed(is_sure=is_sure),
        ~is_overtaken,
    )
    again = {"state": DeliveryState.OWED.value, "not_before": now, "error": "", "cause": _cause(session)}
    session.execute(statement.values(**again))
    session.info.setdefault(OWED, set()).add(workspace_id)


def say_instead(session: Session, workspace_id: str, key: str, payload: Mapping[str, Any], *, now: datetime) -> bool:
    """Let a message that is not sent, or was refused, say something else and be attempted. False where it is too late.

    Claims must be locked: whoever is sending it holds the words that it has.
    """
    not_sent = (DeliveryState.OWED.value, DeliveryState.FAILED.value)
    statement = update(DeliveryRow).where(
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.key) == key,
        col(DeliveryRow.state).in_(not_sent),
    )
    said = {"payload": dict(payload), "state": DeliveryState.OWED.value, "not_before": now, "error": ""}
    changed: Any = session.execute(statement.values(**said))
    session.info.setdefault(OWED, set()).add(workspace_id)
    return bool(changed.rowcount)


def _failed(*, is_sure: bool) -> tuple[ColumnElement[bool], ...]:
    """Return what is true of a delivery that failed; unless somebody `is_sure`, of one that certainly did."""
    failed = col(DeliveryRow.state) == DeliveryState.FAILED.value
    return (failed,) if is_sure else (failed, ~col(DeliveryRow.error).contains(IN_DOUBT))


def send_elsewhere(
    session: Session, workspace_id: str, *, edition_id: int, kind: str, channel: str, is_sure: bool
) -> None:
    """Let what failed of an edition, and is nowhere yet, go to another channel when it is attempted again."""
    statement = update(DeliveryRow).where(
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.edition_id) == edition_id,
        col(DeliveryRow.kind) == kind,
        *_failed(is_sure=is_sure),
        col(DeliveryRow.ts) == "",
    )
    session.execute(statement.values(channel=channel))


def move(session: Session, workspace_id: str, edition_id: int, *, to: int) -> None:
    """Let the deliveries of one edition be another's."""
    mine = update(DeliveryRow).where(
        col(DeliveryRow.workspace_id) == workspace_id, col(DeliveryRow.edition_id) == edition_id
    )
    session.execute(mine.values(edition_id=to))


def owe_unheard(
    session: Session, workspace_id: str, *, errors: Collection[str], since: datetime, now: datetime
) -> None:
    """Let notices be attempted once more that Slack refused for one of these errors, of those owed from `since` on.

    They wait for whoever looks for what is owed: this happens while the bot starts.
    """
    statement = update(DeliveryRow).where(
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.kind) == "notice",
        col(DeliveryRow.state) == DeliveryState.FAILED.value,
        col(DeliveryRow.error).in_(errors),
        col(DeliveryRow.created_at) >= since,
    )
    session.execute(statement.values(state=DeliveryState.OWED.value, not_before=now, error=""))


def keys(session: Session, workspace_id: str, *, edition_id: int, kind: str) -> set[str]:
    """Return the keys of the deliveries of one kind that an edition has owed."""
    asked = {"workspace": workspace_id, "edition": edition_id, "kind": kind}
    return set(session.execute(_keys(), asked).scalars())


@cache
def _keys() -> Any:  # noqa: ANN401 - a select of keys
    """Return another statement that is made once."""
    row = DeliveryRow
    mine = (row.workspace_id == bindparam("workspace"), row.edition_id == bindparam("edition"))
    return select(row.key).where(*mine, row.kind == bindparam("kind"))


def last_owed(session: Session, workspace_id: str, edition_id: int, kinds: Collection[str]) -> datetime | None:
    """Return when a delivery of these kinds was last owed to an edition."""
    statement = select(col(DeliveryRow.created_at)).where(
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.edition_id == edition_id,
        col(DeliveryRow.kind).in_(kinds),
    )
    return session.exec(statement.order_by(col(DeliveryRow.created_at).desc()).limit(1)).first()


def says(session: Session, workspace_id: str, key: str) -> dict[str, Any] | None:
    """Return what a message says once all that is owed has arrived; nothing where the last change of it failed."""
    row = DeliveryRow
    statement = select(row.payload, row.state).where(
        row.workspace_id == workspace_id, or_(col(row.key) == key, col(row.target_key) == key)
    )
    last = session.exec(statement.order_by(col(row.id).desc()).limit(1)).first()
    return dict(last[0]) if last and last[1] != DeliveryState.FAILED.value else None


def workspaces_owing(session: Session, now: datetime) -> list[str]:
    """Return the workspaces with a delivery that may go now, or an attempt of unknown result to look into.

    Where the app was taken out nothing can go: it waits for the app to come back.
    """
    times = {"now": now, "settled": now - SETTLE}
    return list(session.execute(_workspaces_owing(), times).scalars())


@cache
def _workspaces_owing() -> Any:  # noqa: ANN401 - a select of one column
    """Return the statement that every tick asks: to make it takes longer than to ask it."""
    state = col(DeliveryRow.state)
    now: BindParameter[datetime] = bindparam("now")
    attempted_at, lease_until = col(DeliveryRow.attempted_at), col(DeliveryRow.lease_until)
    is_settled = or_(attempted_at.is_(None), attempted_at <= bindparam("settled"))
    is_free = or_(lease_until.is_(None), lease_until <= now)
    return (
        select(DeliveryRow.workspace_id)
        .join(WorkspaceRow, col(WorkspaceRow.id) == col(DeliveryRow.workspace_id))
        .where(
            WorkspaceRow.scopes != "",
            state.in_(PENDING),
            col(DeliveryRow.not_before) <= now,
            or_(state == DeliveryState.OWED.value, and_(is_settled, is_free)),
        )
        .distinct()
        .order_by(DeliveryRow.workspace_id)
    )


def delivery(row: DeliveryRow) -> Delivery:
    """Return the delivery that a row holds."""
    if row.id is None:
        raise ValueError("A delivery that is not in the database yet has no id.")
    return Delivery(
        id=row.id,
        workspace_id=row.workspace_id,
        key=row.key,
        kind=row.kind,
        cause=row.cause,
        method=Method(row.method),
        channel=row.channel,
        payload=row.payload,
        thread_ts=row.thread_ts,
        thread_key=row.thread_key,
        target_key=row.target_key,
        edition_id=row.edition_id,
        prompt_id=row.prompt_id,
        state=DeliveryState(row.state),
        attempt=row.attempt,
        attempted_at=row.attempted_at,
        posted_channel=row.posted_channel,
        ts=row.ts,
        error=row.error,
    )
