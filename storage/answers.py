"""Answers, kept as Slack sent them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Update, case, func, or_, update
from sqlmodel import Session, col, select

from bot.domain.editions import Answer, Source
from bot.domain.incoming import Said, instant_of
from storage import entries
from storage.editions import FINISHED, together
from storage.models import AnswerRow, EditionRow
from storage.upsert import inserted


def message_key(channel_id: str, ts: str) -> str:
    """Return the unique name of an answer that came as a Slack message."""
    return f"{channel_id}:{ts}"


def record(  # noqa: PLR0913 - an answer is all of these
    session: Session,
    workspace_id: str,
    *,
    source_key: str,
    edition_id: int,
    user_id: str,
    question_key: str,
    source: Source,
    text: str,
    given_at: datetime,
    blocks: Sequence[Mapping[str, Any]] = (),
    files: Sequence[Mapping[str, Any]] = (),
    channel_id: str = "",
    ts: str = "",
    version: str = "",
    is_inside: bool = False,
    permalink: str = "",
    said_by: str = "",
) -> Answer | None:
    """Keep an answer. Returns None, changing nothing, when one with this `source_key` is (or was) there."""
    row = inserted(
        session,
        AnswerRow,
        _COLUMNS,
        workspace_id=workspace_id,
        source_key=source_key,
        edition_id=edition_id,
        user_id=user_id,
        question_key=question_key,
        source=source.value,
        channel_id=channel_id,
        ts=ts,
        text=text,
        blocks=list(blocks),
        files=list(files),
        given_at=given_at,
        version=version,
        is_inside=is_inside,
        permalink=permalink,
        said_by=said_by,
    )
    return _answer(row) if row else None


def record_said(session: Session, said: Said, *, edition_id: int, question_key: str, source: Source) -> Answer | None:
    """Keep a message as an answer. Returns None, changing nothing, when it is (or was) kept already."""
    return record(
        session,
        said.workspace_id,
        source_key=message_key(said.channel_id, said.ts),
        edition_id=edition_id,
        user_id=said.user_id,
        question_key=question_key,
        source=source,
        text=said.text,
        blocks=said.blocks,
        files=said.files,
        given_at=instant_of(said.ts),
        channel_id=said.channel_id,
        ts=said.ts,
        version=said.version,
    )


def from_source(session: Session, workspace_id: str, source_key: str) -> Answer | None:
    """Return the answer with this `source_key`, unless it was deleted."""
    return next(iter(_select(session, workspace_id, AnswerRow.source_key == source_key)), None)


def is_known(session: Session, workspace_id: str, source_key: str) -> bool:
    """Say whether an answer with this `source_key` is or was kept, deleted ones included."""
    statement = select(AnswerRow.id).where(AnswerRow.workspace_id == workspace_id, AnswerRow.source_key == source_key)
    return session.exec(statement).first() is not None


def get(session: Session, workspace_id: str, answer_id: int) -> Answer | None:
    """Return an answer of this workspace."""
    return next(iter(_select(session, workspace_id, AnswerRow.id == answer_id)), None)


def many(session: Session, workspace_id: str, answer_ids: Collection[int]) -> list[Answer]:
    """Return answers of this workspace; those that were taken out are left out."""
    return _select(session, workspace_id, col(AnswerRow.id).in_(answer_ids))


def place_of(session: Session, workspace_id: str, user_id: str, answer_id: int) -> tuple[int, str] | None:
    """Return for which edition and question a person gave an answer, even if it was taken out since."""
    statement = select(AnswerRow.edition_id, AnswerRow.question_key).where(
        AnswerRow.workspace_id == workspace_id, AnswerRow.user_id == user_id, AnswerRow.id == answer_id
    )
    found = session.exec(statement).first()
    return (found[0], found[1]) if found else None


def of_edition(session: Session, workspace_id: str, edition_id: int, user_id: str | None = None) -> list[Answer]:
    """Return the answers in an edition's note, by everyone or by one person, in the order they were given.

    Those given to editions that were merged into it are among them.
    """
    mine = () if user_id is None else (AnswerRow.user_id == user_id,)
    return _select(session, workspace_id, col(AnswerRow.edition_id).in_(together(edition_id)), *mine)


def of_editions(session: Session, workspace_id: str, edition_ids: Collection[int], user_id: str) -> list[Answer]:
    """Return what one person has given to several editions, in the order it was given."""
    return _select(session, workspace_id, col(AnswerRow.edition_id).in_(edition_ids), AnswerRow.user_id == user_id)


def to_question(session: Session, workspace_id: str, edition_ids: Collection[int], question_key: str) -> list[Answer]:
    """Return what everyone has given to one question of several editions, in the order it was given."""
    is_to_it = AnswerRow.question_key == question_key
    return _select(session, workspace_id, col(AnswerRow.edition_id).in_(edition_ids), is_to_it)


def under_way(session: Session, workspace_id: str, *, since: str, edition_id: int | None = None) -> list[Answer]:
    """Return the answers that came as messages since the `ts` `since`, for editions that are not over, or for one."""
    open_ones = select(EditionRow.id).where(
        EditionRow.workspace_id == workspace_id,
        col(EditionRow.state).not_in(FINISHED),
        *(() if edition_id is None else (EditionRow.id == edition_id,)),
    )
    return _select(session, workspace_id, col(AnswerRow.ts) >= since, col(AnswerRow.edition_id).in_(open_ones))


def latest_at(session: Session, workspace_id: str, user_id: str) -> datetime | None:
    """Return when somebody last gave anything to any edition, even if they have taken it back since."""
    mine = (AnswerRow.workspace_id == workspace_id, AnswerRow.user_id == user_id)
    newest = select(AnswerRow.given_at).where(*mine).order_by(col(AnswerRow.given_at).desc()).limit(1)
    return session.exec(newest).first()


def of_person(session: Session, workspace_id: str, user_id: str) -> list[Answer]:
    """Return everything one person has given, in the order it was given."""
    return _select(session, workspace_id, AnswerRow.user_id == user_id)


def quoting(session: Session, workspace_id: str, user_id: str) -> set[int]:
    """Return the editions in whose notes somebody's words are quoted."""
    quotes = (AnswerRow.workspace_id == workspace_id, AnswerRow.said_by == user_id)
    return set(session.exec(select(AnswerRow.edition_id).where(*quotes)).all())


def givers(session: Session, workspace_id: str, edition_id: int) -> dict[str, int]:
    """Return how many answers of each person are in an edition's note."""
    statement = (
        select(AnswerRow.user_id, func.count())
        .where(
            AnswerRow.workspace_id == workspace_id,
            col(AnswerRow.edition_id).in_(together(edition_id)),
            col(AnswerRow.is_deleted).is_(False),
        )
        .group_by(AnswerRow.user_id)
    )
    return dict(session.exec(statement).all())


def givers_of(session: Session, workspace_id: str, edition_ids: Collection[int]) -> dict[int, int]:
    """Return how many people have given something to each of these editions; those without any are left out."""
    statement = (
        select(AnswerRow.edition_id, func.count(func.distinct(AnswerRow.user_id)))
        .where(
            AnswerRow.workspace_id == workspace_id,
            col(AnswerRow.edition_id).in_(edition_ids),
            col(AnswerRow.is_deleted).is_(False),
        )
        .group_by(col(AnswerRow.edition_id))
    )
    return dict(session.exec(statement).all())


def reword(
    session: Session,
    answer: Answer,
    *,
    text: str,
    blocks: Sequence[Mapping[str, Any]],
    files: Sequence[Mapping[str, Any]],
    version: str,
    now: datetime,
) -> bool:
    """Replace an answer's words by a newer version of them. Returns False when a newer one is kept already.

    An editor's wording of the older ones is put aside: nobody's newer words are hidden behind it.
    """
    statement = _row(answer).where(or_(col(AnswerRow.version) == "", col(AnswerRow.version) < version))
    values = {"text": text, "blocks": list(blocks), "files": list(files), "version": version, "edited_at": now}
    if not session.execute(statement.values(**values)).rowcount:  # type: ignore[attr-defined]
        return False
    entries.outdate(session, answer.workspace_id, answer.id)
    return True


def rewrite(session: Session, answer: Answer, *, text: str, blocks: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Replace an answer's words by what somebody decided now. Older versions that arrive later change nothing.

    They are their own then, also where they had saved somebody else's.
    """
    values = {"text": text, "blocks": list(blocks), "edited_at": now, "version": _not_before(now), "said_by": ""}
    session.execute(_row(answer).values(**values))


def revive(
    session: Session,
    answer_of: tuple[str, str, str],
    *,
    text: str,
    blocks: Sequence[Mapping[str, Any]],
    files: Sequence[Mapping[str, Any]],
    version: str,
    now: datetime,
) -> Answer | None:
    """Bring back an answer whose message was edited after it was taken out. `answer_of`: workspace, person, source.

    Returns None, changing nothing, when this version is older than that.
    """
    workspace_id, user_id, source_key = answer_of
    mine = update(AnswerRow).filter_by(workspace_id=workspace_id, user_id=user_id, source_key=source_key)
    is_newer = (col(AnswerRow.is_deleted).is_(True), col(AnswerRow.version) < version)
    values = {"text": text, "blocks": list(blocks), "files": list(files), "version": version, "edited_at": now}
    found = session.execute(mine.where(*is_newer).values(is_deleted=False, **values))
    return from_source(session, workspace_id, source_key) if found.rowcount else None  # type: ignore[attr-defined]


def move(session: Session, answer: Answer, *, question_key: str, edition_id: int | None = None) -> None:
    """Let an answer count for another question, or another edition."""
    session.execute(_row(answer).values(question_key=question_key, edition_id=edition_id or answer.edition_id))


def keep_inside(session: Session, answer: Answer, *, is_inside: bool) -> None:
    """Keep whether an answer stays inside."""
    session.execute(_row(answer).values(is_inside=is_inside))


def delete(session: Session, answer: Answer) -> None:
    """Wipe an answer's words; its row stays, so that a late redelivery cannot bring it back."""
    session.execute(_row(answer).values(is_deleted=True, text="", blocks=[], files=[], permalink="", said_by=""))
    entries.forget(session, answer.workspace_id, [answer.id])


def take_out(session: Session, answer: Answer, *, now: datetime) -> None:
    """Wipe an answer's words as somebody decided now. What happened to its message before does not bring it back."""
    delete(session, answer)
    session.execute(_row(answer).values(version=_not_before(now)))


def _not_before(now: datetime) -> Any:  # noqa: ANN401 - an SQL expression
    """Return the version of a change made now: no older than what is known, whatever the clocks of two machines say."""
    version = f"{now.timestamp():.6f}"
    return case((col(AnswerRow.version) > version, col(AnswerRow.version)), else_=version)


def _row(answer: Answer) -> Update:
    return update(AnswerRow).where(col(AnswerRow.workspace_id) == answer.workspace_id, col(AnswerRow.id) == answer.id)


def _select(session: Session, workspace_id: str, *conditions: Any) -> list[Answer]:  # noqa: ANN401 - SQL expressions
    table = AnswerRow.__table__.c  # type: ignore[attr-defined]
    columns = [table[name] for name in _COLUMNS]
    statement = (
        select(*columns)
        .where(AnswerRow.workspace_id == workspace_id, col(AnswerRow.is_deleted).is_(False), *conditions)
        .order_by(col(AnswerRow.given_at), col(AnswerRow.id))
    )
    return [_answer(row) for row in session.execute(statement)]


_COLUMNS = tuple(each.name for each in fields(Answer))


def _answer(row: Any) -> Answer:  # noqa: ANN401 - a core row
    values = dict(zip(_COLUMNS, row, strict=True))
    values |= {"source": Source(values["source"]), "blocks": tuple(values["blocks"]), "files": tuple(values["files"])}
    return Answer(**values)
