"""People of a workspace, as Slack last described them, and what they chose for themselves."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select, update

from bot.domain.people import Person, name_unknown
from storage.models import PersonRow
from storage.recall import hold
from storage.rows import fetch
from storage.upsert import insert_or_update

_AT_ONCE = 500
"""Rows for one statement: SQLite takes 32,766 parameters in one."""


def upsert(session: Session, workspace_id: str, people: Iterable[Person], *, now: datetime) -> None:
    """Keep what Slack says of these people, new or known. What they chose for themselves stays."""
    found = {person.id: person for person in people}
    rows = [_described(workspace_id, person, now) for person in found.values()]
    for start in range(0, len(rows), _AT_ONCE):
        insert_or_update(session, PersonRow, ("workspace_id", "user_id"), rows[start : start + _AT_ONCE])


def get(session: Session, workspace_id: str, user_id: str) -> Person | None:
    """Return a person, or None when nothing is known of them."""
    return many(session, workspace_id, [user_id]).get(user_id)


def many(session: Session, workspace_id: str, user_ids: Collection[str]) -> dict[str, Person]:
    """Return the people that are known among `user_ids`, by id."""
    found = fetch(session, _many(), {"workspace": workspace_id, "users": list(user_ids)})
    return {row[0]: Person(*row) for row in found}


@cache
def _many() -> Any:  # noqa: ANN401 - a select of what makes a `Person`
    """Return a statement for columns alone: there may be ten thousand people."""
    row = PersonRow
    columns = (row.user_id, row.name, row.zone, row.is_bot, row.is_deactivated, row.is_guest, row.is_admin)
    wanted = col(row.user_id).in_(bindparam("users", expanding=True))
    return select_columns(*map(col, columns)).where(col(row.workspace_id) == bindparam("workspace"), wanted)


def lock(session: Session, workspace_id: str, user_ids: Collection[str]) -> None:
    """Let transactions that concern one of these people go one after the other, from here to their end."""
    wanted = sorted(user_ids)
    hold(session, _lock(), {"workspace": workspace_id, "users": wanted}, PersonRow, workspace_id, *wanted)


@cache
def _lock() -> Any:  # noqa: ANN401 - a SELECT … FOR UPDATE
    """Return another statement that is made once."""
    wanted = col(PersonRow.user_id).in_(bindparam("users", expanding=True))
    mine = select(PersonRow.user_id).where(PersonRow.workspace_id == bindparam("workspace"), wanted)
    return mine.order_by(PersonRow.user_id).with_for_update(key_share=True)


def admins(session: Session, workspace_id: str) -> dict[str, Person]:
    """Return the people who look after the workspace, by id."""
    found = select(PersonRow).filter_by(workspace_id=workspace_id, is_admin=True).order_by(col(PersonRow.user_id))
    return {row.user_id: _person(row) for row in session.exec(found)}


def names(session: Session, workspace_id: str, user_ids: Collection[str]) -> dict[str, str]:
    """Return the names of people by id; an id stands for somebody who is not known."""
    known = many(session, workspace_id, user_ids)
    return {user_id: known[user_id].name if user_id in known else name_unknown(user_id) for user_id in user_ids}


def zones(session: Session, workspace_id: str, user_ids: Collection[str]) -> dict[str, str]:
    """Return the IANA zones of the people that are known among `user_ids`, by id."""
    return {user_id: person.zone for user_id, person in many(session, workspace_id, user_ids).items()}


def dm_channel(session: Session, workspace_id: str, user_id: str) -> str:
    """Return the person's conversation with the bot, or an empty string while it is not known."""
    return fetch(session, _dm_channel(), {"workspace": workspace_id, "user": user_id}).scalar() or ""


@cache
def _dm_channel() -> Any:  # noqa: ANN401 - a select of a column
    """Return another statement that is made once."""
    mine = (PersonRow.workspace_id == bindparam("workspace"), PersonRow.user_id == bindparam("user"))
    return select(PersonRow.dm_channel_id).where(*mine)


def remember_dm(session: Session, workspace_id: str, user_id: str, channel_id: str) -> None:
    """Keep which conversation is the person's with the bot."""
    fetch(session, _remember_dm(), {"of_workspace": workspace_id, "of_user": user_id, "channel": channel_id})


@cache
def _remember_dm() -> Any:  # noqa: ANN401 - an UPDATE
    """Return another statement that is made once."""
    mine = (col(PersonRow.workspace_id) == bindparam("of_workspace"), col(PersonRow.user_id) == bindparam("of_user"))
    return update(PersonRow).where(*mine).values(dm_channel_id=bindparam("channel"))


def see_home(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> None:
    """Keep when a person looked at their Home."""
    mine = update(PersonRow).filter_by(workspace_id=workspace_id, user_id=user_id)
    session.exec(mine.values(home_seen_at=now))


def looking(session: Session, workspace_id: str, user_ids: Collection[str], *, since: datetime) -> list[str]:
    """Return those among `user_ids` who have looked at their Home since then."""
    asked = {"workspace": workspace_id, "users": list(user_ids), "since": since}
    return list(fetch(session, _looking(), asked).scalars())


@cache
def _looking() -> Any:  # noqa: ANN401 - a select of ids
    """Return a statement that is made once, since it is asked with each reply: making it takes longer than asking."""
    wanted = col(PersonRow.user_id).in_(bindparam("users", expanding=True))
    seen = (PersonRow.workspace_id == bindparam("workspace"), col(PersonRow.home_seen_at) >= bindparam("since"))
    return select(PersonRow.user_id).where(*seen, wanted).order_by(PersonRow.user_id)


def homes(session: Session, workspace_id: str) -> list[tuple[str, str, str]]:
    """Return workspace, person and conversation of everyone whose conversation with the bot is known."""
    statement = select(PersonRow.workspace_id, PersonRow.user_id, PersonRow.dm_channel_id).where(
        PersonRow.workspace_id == workspace_id, PersonRow.dm_channel_id != ""
    )
    return [(home[0], home[1], home[2]) for home in session.exec(statement).all()]


def without_reminders(session: Session, workspace_id: str, user_ids: Collection[str]) -> frozenset[str]:
    """Return those among `user_ids` who turned reminders off."""
    statement = select(PersonRow.user_id).where(
        PersonRow.workspace_id == workspace_id,
        col(PersonRow.user_id).in_(user_ids),
        col(PersonRow.wants_reminders).is_(False),
    )
    return frozenset(session.exec(statement))


def set_reminders(session: Session, workspace_id: str, user_id: str, *, are_wanted: bool) -> None:
    """Keep whether a person wants to be reminded."""
    mine = update(PersonRow).filter_by(workspace_id=workspace_id, user_id=user_id)
    session.exec(mine.values(wants_reminders=are_wanted))


def wants_run(session: Session, workspace_id: str, user_id: str) -> bool:
    """Say whether a person wants to see their run: everybody does who has not switched it off."""
    row = session.get(PersonRow, (workspace_id, user_id), populate_existing=True)
    return row is None or row.wants_run


def set_run(session: Session, workspace_id: str, user_id: str, *, is_wanted: bool) -> None:
    """Keep whether a person wants to see their run."""
    mine = update(PersonRow).filter_by(workspace_id=workspace_id, user_id=user_id)
    session.exec(mine.values(wants_run=is_wanted))


def countries(session: Session, workspace_id: str, user_ids: Collection[str]) -> dict[str, str]:
    """Return the countries that those among `user_ids` chose who chose one, by id."""
    statement = select(PersonRow.user_id, PersonRow.country).where(
        PersonRow.workspace_id == workspace_id, col(PersonRow.user_id).in_(user_ids), PersonRow.country != ""
    )
    return {row[0]: row[1] for row in session.exec(statement).all()}


def set_country(session: Session, workspace_id: str, user_id: str, country: str) -> None:
    """Keep the country whose public holidays a person has; empty when they have not chosen."""
    mine = update(PersonRow).filter_by(workspace_id=workspace_id, user_id=user_id)
    session.exec(mine.values(country=country))


def followers(session: Session, workspace_id: str) -> list[str]:
    """Return those who allow their Slack status to say that they are away."""
    statement = select(PersonRow.user_id).where(
        PersonRow.workspace_id == workspace_id, col(PersonRow.follows_status).is_(True)
    )
    return list(session.exec(statement).all())


def statuses_seen(session: Session, workspace_id: str, user_ids: Collection[str]) -> dict[str, str]:
    """Return the digests of the statuses last seen of those among `user_ids` who allow it, and keep others waiting."""
    statement = select(PersonRow.user_id, PersonRow.status_seen).where(
        PersonRow.workspace_id == workspace_id,
        col(PersonRow.user_id).in_(user_ids),
        col(PersonRow.follows_status).is_(True),
    )
    return {row[0]: row[1] for row in session.exec(statement.with_for_update()).all()}


def set_following(session: Session, workspace_id: str, user_id: str, *, is_wanted: bool) -> None:
    """Keep whether a person's status may say that they are away."""
    mine = update(PersonRow).filter_by(workspace_id=workspace_id, user_id=user_id)
    session.exec(mine.values(follows_status=is_wanted, status_seen=""))


def see_status(session: Session, workspace_id: str, user_id: str, digest: str) -> None:
    """Keep which status was seen last, by its digest."""
    mine = update(PersonRow).filter_by(workspace_id=workspace_id, user_id=user_id)
    session.exec(mine.values(status_seen=digest))


def _described(workspace_id: str, person: Person, now: datetime) -> dict[str, object]:
    described = asdict(person)
    return {"workspace_id": workspace_id, "user_id": described.pop("id"), "refreshed_at": now, **described}


def _person(row: PersonRow) -> Person:
    return Person(row.user_id, row.name, row.zone, row.is_bot, row.is_deactivated, row.is_guest, row.is_admin)
