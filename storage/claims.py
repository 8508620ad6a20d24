"""Claims: taking pending deliveries one at a time, whoever else is sending, and recording what became of them."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot.domain.deliveries import Delivery, DeliveryState, Method
from bot.domain.sending import Waiting
from storage.deliveries import PENDING, delivery
from storage.models import DeliveryRow, PersonRow, PromptRow, WorkspaceRow
from storage.recall import hold
from storage.rows import fetch


def pending(session: Session, workspace_id: str, channels: Collection[str] | None = None) -> list[Waiting]:
    """Return what is not finished in a workspace (or in some of its channels), in the order it was owed.

    The channel of a direct message is the conversation's id as soon as that is known, whichever way it was owed.
    """
    asked = {"workspace": workspace_id} | ({} if channels is None else {"channels": list(channels)})
    return [_waiting(found) for found in fetch(session, _pending(is_of_channels=channels is not None), asked)]


@cache
def _pending(*, is_of_channels: bool) -> Any:  # noqa: ANN401 - a select of what makes a `Waiting`
    """Return the statement that is asked for each message sent: to make it takes longer than to ask it."""
    thread, target = aliased(DeliveryRow), aliased(DeliveryRow)
    row = DeliveryRow
    place = func.coalesce(func.nullif(col(PersonRow.dm_channel_id), ""), col(row.channel))
    statement: Any = (
        select_columns(
            *(col(row.id), col(row.key), place.label("place"), col(row.method), col(row.state), col(row.not_before)),
            *(col(row.lease_until), col(row.thread_key), col(row.target_key)),
            *(col(thread.state).label("thread_state"), col(target.state).label("target_state")),
        )
        .select_from(row)
        .outerjoin(PersonRow, and_(PersonRow.workspace_id == row.workspace_id, PersonRow.user_id == row.channel))  # type: ignore[arg-type]
        .outerjoin(thread, and_(thread.workspace_id == row.workspace_id, thread.key == row.thread_key))  # type: ignore[arg-type]
        .outerjoin(target, and_(target.workspace_id == row.workspace_id, target.key == row.target_key))  # type: ignore[arg-type]
        .where(col(row.workspace_id) == bindparam("workspace"), col(row.state).in_(PENDING))
        .order_by(col(row.id))
    )
    return statement.where(col(row.channel).in_(bindparam("channels", expanding=True))) if is_of_channels else statement


def lock(session: Session, workspace_id: str) -> None:
    """Keep other claims in this workspace out until the transaction ends. Owing goes on."""
    hold(session, _lock(), {"workspace": workspace_id})


@cache
def _lock() -> Any:  # noqa: ANN401 - a SELECT … FOR UPDATE
    """Return another statement that is made once."""
    return select(WorkspaceRow.id).where(WorkspaceRow.id == bindparam("workspace")).with_for_update(key_share=True)


def channels_of(session: Session, workspace_id: str, channel: str) -> set[str]:
    """Return every way of naming a place: a conversation with the bot by its own id and by the person's."""
    found = fetch(session, _channels_of(), {"workspace": workspace_id, "channel": channel})
    return {channel, *(name for person in found for name in person if name)}


@cache
def _channels_of() -> Any:  # noqa: ANN401 - a select of two columns
    """Return another statement that is made once."""
    is_meant = or_(col(PersonRow.user_id) == bindparam("channel"), col(PersonRow.dm_channel_id) == bindparam("channel"))
    mine = PersonRow.workspace_id == bindparam("workspace")
    return select(PersonRow.user_id, PersonRow.dm_channel_id).where(mine, is_meant)


def get(session: Session, workspace_id: str, delivery_id: int) -> Delivery | None:
    """Return a delivery by its id."""
    row = fetch(session, _one(), {"workspace": workspace_id, "delivery": delivery_id}).first()
    return delivery(row) if row else None


@cache
def _one() -> Any:  # noqa: ANN401 - a select of a delivery
    """Return another statement that is made once."""
    mine = (DeliveryRow.workspace_id == bindparam("workspace"), col(DeliveryRow.id) == bindparam("delivery"))
    return select(DeliveryRow).where(*mine)


def change(session: Session, workspace_id: str, delivery_id: int, tried: int, **values: Any) -> bool:  # noqa: ANN401 - columns of any type
    """Change a pending delivery that was `tried` so often. Returns False when somebody else has gone on with it."""
    mine = {"of_workspace": workspace_id, "of_delivery": delivery_id, "tried": tried}
    return fetch(session, _change(frozenset(values)), mine | values).first() is not None


@cache
def _change(names: frozenset[str]) -> Any:  # noqa: ANN401 - an UPDATE … RETURNING
    """Return the statement that changes these columns, made once."""
    return (
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == bindparam("of_workspace"),
            col(DeliveryRow.id) == bindparam("of_delivery"),
            col(DeliveryRow.attempt) == bindparam("tried"),
            col(DeliveryRow.state).in_(PENDING),
        )
        .values({name: bindparam(name) for name in sorted(names)})
        .returning(col(DeliveryRow.id))
    )


def place_prompt(session: Session, workspace_id: str, prompt_id: int, channel_id: str, ts: str, thread_ts: str) -> None:
    """Record where a prompt stands, and for the person's other prompts of the edition which thread is theirs."""
    place = {"of_workspace": workspace_id, "channel": channel_id, "thread": thread_ts or ts}
    prompt = fetch(session, _place_prompt(), place | {"of_prompt": prompt_id, "here": ts}).first()
    if prompt is None or not prompt.user_id:
        return  # gone; or put to everybody in the channel, where each question has a thread of its own
    fetch(session, _place_others(), place | {"of_edition": prompt.edition_id, "of_user": prompt.user_id})


@cache
def _place_prompt() -> Any:  # noqa: ANN401 - an UPDATE … RETURNING
    """Return another statement that is made once."""
    mine = (col(PromptRow.workspace_id) == bindparam("of_workspace"), col(PromptRow.id) == bindparam("of_prompt"))
    placed: dict[str, Any] = {
        "channel_id": bindparam("channel"),
        "ts": bindparam("here"),
        "thread_ts": bindparam("thread"),
    }
    return update(PromptRow).where(*mine).values(placed).returning(col(PromptRow.edition_id), col(PromptRow.user_id))


@cache
def _place_others() -> Any:  # noqa: ANN401 - an UPDATE
    """Return another statement that is made once."""
    mine = (
        col(PromptRow.workspace_id) == bindparam("of_workspace"),
        col(PromptRow.edition_id) == bindparam("of_edition"),
        col(PromptRow.user_id) == bindparam("of_user"),
        col(PromptRow.thread_ts) == "",
    )
    return update(PromptRow).where(*mine).values(channel_id=bindparam("channel"), thread_ts=bindparam("thread"))


def _waiting(found: Any) -> Waiting:  # noqa: ANN401 - a row of `pending`
    needed = ((found.thread_key, found.thread_state), (found.target_key, found.target_state))
    return Waiting(
        id=found.id,
        key=found.key,
        channel=found.place,
        method=Method(found.method),
        state=DeliveryState(found.state),
        not_before=found.not_before,
        lease_until=found.lease_until,
        needs=tuple(DeliveryState(state) if state else None for key, state in needed if key),
    )
