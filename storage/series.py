"""Series with their questions, contributors and editors."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, delete, select

from bot.domain.away import Days
from bot.domain.bank import bank_question
from bot.domain.cadence import Cadence, Moment
from bot.domain.calendars import HolidayPolicy, TimeOff
from bot.domain.series import AsksIn, Layout, Numbering, Question, Series, Shape
from storage.models import ContributorRow, EditorRow, MemberRow, QuestionRow, SeriesRow
from storage.recall import forget, hold, recalled
from storage.upsert import insert_new


def create(session: Session, workspace_id: str, series: Series, *, created_by: str, now: datetime) -> Series | None:
    """Keep a new series and return it with its id; None, changing nothing, when its channel has a series already."""
    where = {"workspace_id": workspace_id, "channel_id": series.channel_id}
    if not insert_new(session, SeriesRow, **where, created_by=created_by, created_at=now, **_settings(series)):
        return None
    series_id = session.exec(select(SeriesRow.id).filter_by(**where)).one()
    _write_lists(session, workspace_id, series_id or 0, series, now)
    return get(session, workspace_id, series_id or 0)


def update(session: Session, workspace_id: str, series: Series, *, now: datetime) -> None:
    """Keep the channel, settings, questions and people of a series that exists."""
    row = session.exec(select(SeriesRow).filter_by(workspace_id=workspace_id, id=series.id)).one()
    row.sqlmodel_update({"channel_id": series.channel_id, **_settings(series)})
    session.flush()
    _write_lists(session, workspace_id, series.id, series, now)


def set_numbering(session: Session, workspace_id: str, series_id: int, numbering: Numbering) -> None:
    """Keep the season and the numbers the next note takes, and the templates they go into."""
    row = session.exec(select(SeriesRow).filter_by(workspace_id=workspace_id, id=series_id)).one()
    row.sqlmodel_update(_numbering_columns(numbering))
    session.flush()
    forget(session)


def set_rota(session: Session, workspace_id: str, series_id: int, rota: Iterable[str]) -> None:
    """Keep the order in which editors take their turns."""
    row = session.exec(select(SeriesRow).filter_by(workspace_id=workspace_id, id=series_id)).one()
    row.sqlmodel_update({"rota": list(rota)})
    session.flush()
    forget(session)


def lock(session: Session, workspace_id: str, series_id: int) -> Series | None:
    """Return a series and keep other transactions from changing it, or taking its number, until this one ends."""
    statement = select(SeriesRow.id).where(SeriesRow.workspace_id == workspace_id, SeriesRow.id == series_id)
    hold(session, statement.with_for_update(key_share=True))
    return get(session, workspace_id, series_id)


def get(session: Session, workspace_id: str, series_id: int) -> Series | None:
    """Return a series by its id."""
    return recalled(
        session,
        "series",
        workspace_id,
        series_id,
        lambda: _first(_found(session, workspace_id, SeriesRow.id == series_id)),
    )


def in_channel(session: Session, workspace_id: str, channel_id: str) -> Series | None:
    """Return the series of a channel."""
    return _first(_found(session, workspace_id, SeriesRow.channel_id == channel_id))


def of_contributor(session: Session, workspace_id: str, user_id: str) -> tuple[Series, ...]:
    """Return the series that ask this person, by id."""
    mine = select(ContributorRow.series_id).filter_by(workspace_id=workspace_id, user_id=user_id)
    return _found(session, workspace_id, col(SeriesRow.id).in_(mine))


def of_editor(session: Session, workspace_id: str, user_id: str) -> tuple[Series, ...]:
    """Return the series this person edits, by id."""
    mine = select(EditorRow.series_id).filter_by(workspace_id=workspace_id, user_id=user_id)
    return _found(session, workspace_id, col(SeriesRow.id).in_(mine))


def taking_part(session: Session, workspace_id: str, user_id: str) -> tuple[Series, ...]:
    """Return the series that ask this person or that they edit, by id."""
    asked = select(ContributorRow.series_id).filter_by(workspace_id=workspace_id, user_id=user_id)
    edited = select(EditorRow.series_id).filter_by(workspace_id=workspace_id, user_id=user_id)
    return _found(session, workspace_id, or_(col(SeriesRow.id).in_(asked), col(SeriesRow.id).in_(edited)))


def many(session: Session, workspace_id: str, series_ids: Collection[int]) -> dict[int, Series]:
    """Return the series with these ids, by id."""
    return {series.id: series for series in _found(session, workspace_id, col(SeriesRow.id).in_(series_ids))}


def all_active(session: Session, workspace_id: str) -> tuple[Series, ...]:
    """Return the series of a workspace that are not paused, by id."""
    return _found(session, workspace_id, col(SeriesRow.is_paused).is_(False))


def add_contributors(
    session: Session, workspace_id: str, series_id: int, user_ids: Iterable[str], *, now: datetime
) -> list[str]:
    """Let a series ask these people too. Returns those whom it did not ask before."""
    where = {"workspace_id": workspace_id, "series_id": series_id}
    forget(session)
    return [
        user_id for user_id in user_ids if insert_new(session, ContributorRow, **where, user_id=user_id, joined_at=now)
    ]


def remove_contributor(session: Session, workspace_id: str, series_id: int, user_id: str) -> bool:
    """Let a series not ask somebody any more. Returns whether it did."""
    forget(session)
    mine = delete(ContributorRow).filter_by(workspace_id=workspace_id, series_id=series_id, user_id=user_id)
    return bool(session.exec(mine).rowcount)


def add_editor(session: Session, workspace_id: str, series_id: int, user_id: str) -> None:
    """Make somebody an editor of a series."""
    forget(session)
    insert_new(session, EditorRow, workspace_id=workspace_id, series_id=series_id, user_id=user_id)


def remove_editors(session: Session, workspace_id: str, series_id: int, user_ids: Iterable[str]) -> None:
    """Take people out of the editors of a series."""
    forget(session)
    mine = delete(EditorRow).filter_by(workspace_id=workspace_id, series_id=series_id)
    session.exec(mine.where(col(EditorRow.user_id).in_(list(user_ids))))


def every(session: Session, workspace_id: str) -> tuple[Series, ...]:
    """Return the series of a workspace, by id."""
    return _found(session, workspace_id)


def with_member(session: Session, workspace_id: str, user_id: str) -> tuple[Series, ...]:
    """Return the series in whose channels somebody is, as far as is known, by id."""
    there = select(MemberRow.series_id).filter_by(workspace_id=workspace_id, user_id=user_id, is_present=True)
    return _found(session, workspace_id, col(SeriesRow.id).in_(there))


def created_by(session: Session, workspace_id: str, series_id: int) -> str:
    """Return the id of the person who set a series up, or an empty string when there is no such series."""
    found = session.exec(select(SeriesRow.created_by).filter_by(workspace_id=workspace_id, id=series_id))
    return found.one_or_none() or ""


def _first(found: tuple[Series, ...]) -> Series | None:
    return found[0] if found else None


def _found(session: Session, workspace_id: str, *conditions: ColumnElement[bool] | bool) -> tuple[Series, ...]:
    """Return the series that meet the conditions, by id, with one query for each of their lists."""
    statement = select(SeriesRow).where(SeriesRow.workspace_id == workspace_id, *conditions).order_by(col(SeriesRow.id))
    rows = session.exec(statement.execution_options(populate_existing=True)).all()
    ids = [row.id for row in rows if row.id is not None]
    questions = _by_series(session.exec(_of(QuestionRow, workspace_id, ids).order_by(col(QuestionRow.position))))
    asked = _people(ContributorRow, workspace_id, ids).order_by(col(ContributorRow.joined_at), "user_id")
    contributors = _by_series(session.execute(asked))
    editors = _by_series(session.execute(_people(EditorRow, workspace_id, ids).order_by("user_id")))
    return tuple(_series(row, questions[row.id], contributors[row.id], editors[row.id]) for row in rows)


def _of(table: Any, workspace_id: str, ids: Sequence[int]) -> Any:  # noqa: ANN401 - any of the three lists
    return select(table).where(table.workspace_id == workspace_id, col(table.series_id).in_(ids))


def _people(table: Any, workspace_id: str, ids: Sequence[int]) -> Any:  # noqa: ANN401 - contributors or editors
    """Select the ids alone: there may be ten thousand."""
    mine = (table.workspace_id == workspace_id, col(table.series_id).in_(ids))
    return select(col(table.series_id), col(table.user_id)).where(*mine)


def _by_series(rows: Iterable[Any]) -> dict[int | None, list[Any]]:
    lists: dict[int | None, list[Any]] = defaultdict(list)
    for row in rows:
        lists[row.series_id].append(row)
    return lists


def _write_lists(session: Session, workspace_id: str, series_id: int, series: Series, now: datetime) -> None:
    """Make the questions, contributors and editors those of `series`. Who stays keeps the day they joined."""
    forget(session)
    where = {"workspace_id": workspace_id, "series_id": series_id}
    session.exec(delete(QuestionRow).filter_by(**where))
    session.exec(delete(EditorRow).filter_by(**where))
    gone = delete(ContributorRow).filter_by(**where).where(col(ContributorRow.user_id).not_in(series.contributors))
    session.exec(gone)
    for position, question in enumerate(series.questions):
        insert_new(
            session, QuestionRow, **where, position=position, **asdict(question) | {"shape": question.shape.value}
        )
    for user_id in series.contributors:
        insert_new(session, ContributorRow, **where, user_id=user_id, joined_at=now)
    for user_id in series.editors:
        insert_new(session, EditorRow, **where, user_id=user_id)


def _settings(series: Series) -> dict[str, Any]:
    cadence = series.cadence
    return {
        "name": series.name,
        "zone": cadence.zone,
        "anchor": cadence.anchor,
        "every_weeks": cadence.every_weeks,
        **_moment_columns("ask", cadence.ask),
        **_moment_columns("remind", cadence.remind),
        **_moment_columns("draft", cadence.draft),
        **_moment_columns("publish", cadence.publish),
        "layout": series.layout.value,
        **_numbering_columns(series.numbering),
        "needs_approval": series.needs_approval,
        "reminder_limit": series.reminder_limit,
        "grace_days": series.grace_days,
        "is_paused": series.is_paused,
        "takes_turns": series.takes_turns,
        "wants_second_eyes": series.wants_second_eyes,
        "asks_in": series.asks_in.value,
        "asks_guests": series.asks_guests,
        "follows_channel": series.follows_channel,
        "draws_question": series.draws_question,
        "bank": [{"ask": question.ask, "heading": question.heading} for question in series.bank],
        **_time_off_columns(series.time_off),
    }


def _moment_columns(step: str, moment: Moment) -> dict[str, Any]:
    return {f"{step}_weekday": moment.weekday, f"{step}_at": moment.at}


def _numbering_columns(numbering: Numbering) -> dict[str, Any]:
    return {
        "number_template": numbering.number_template,
        "title_template": numbering.title_template,
        "season": numbering.season,
        "next_episode": numbering.episode,
        "next_count": numbering.count,
    }


def _time_off_columns(time_off: TimeOff) -> dict[str, Any]:
    days = [[each.first.isoformat(), (each.last or each.first).isoformat()] for each in time_off.days]
    return {"country": time_off.country, "days_off": days, "holiday_policy": time_off.policy.value}


def _time_off(row: SeriesRow) -> TimeOff:
    days = tuple(Days(date.fromisoformat(first), date.fromisoformat(last)) for first, last in row.days_off)
    return TimeOff(row.country, days, HolidayPolicy(row.holiday_policy))


def _series(
    row: SeriesRow, questions: list[QuestionRow], contributors: list[ContributorRow], editors: list[EditorRow]
) -> Series:
    return Series(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        channel_id=row.channel_id,
        name=row.name,
        cadence=_cadence(row),
        layout=Layout(row.layout),
        numbering=Numbering(row.number_template, row.title_template, row.season, row.next_episode, row.next_count),
        questions=tuple(Question(q.key, q.ask, q.heading, Shape(q.shape), q.is_optional) for q in questions),
        contributors=tuple(contributor.user_id for contributor in contributors),
        editors=tuple(editor.user_id for editor in editors),
        needs_approval=row.needs_approval,
        reminder_limit=row.reminder_limit,
        grace_days=row.grace_days,
        is_paused=row.is_paused,
        takes_turns=row.takes_turns,
        wants_second_eyes=row.wants_second_eyes,
        rota=tuple(row.rota),
        asks_in=AsksIn(row.asks_in),
        asks_guests=row.asks_guests,
        follows_channel=row.follows_channel,
        draws_question=row.draws_question,
        bank=tuple(bank_question(each["ask"], each["heading"]) for each in row.bank),
        time_off=_time_off(row),
    )


def _cadence(row: SeriesRow) -> Cadence:
    return Cadence(
        row.zone,
        row.anchor,
        row.every_weeks,
        ask=Moment(row.ask_weekday, row.ask_at),
        remind=Moment(row.remind_weekday, row.remind_at),
        draft=Moment(row.draft_weekday, row.draft_at),
        publish=Moment(row.publish_weekday, row.publish_at),
    )
