"""Remembering: a person's run, the notes that are out, and what they gave a year before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.away import Days
from bot.domain.editions import Answer, EditionState
from bot.domain.entries import as_shown
from bot.domain.homes import PastNote, Remembered
from bot.domain.notes import HEADLINE, headline_of, title_when_out
from bot.domain.runs import Run, Turn, run_of
from bot.domain.series import Layout, Series
from bot.domain.weeks import week_a_year_before
from bot.services.composing import mentioned, own_notes
from bot.services.looking import Looker
from storage import answers, away, entries, histories, people
from storage import series as series_store
from storage.database import Session
from storage.histories import Posted


def days_off(session: Session, workspace_id: str, user_id: str) -> list[Days]:
    """Return all days on which nothing is expected of somebody, past and to come."""
    return away.of_person(session, workspace_id, user_id, date.min)


def runs_of(
    session: Session, workspace_id: str, user_id: str, series: Sequence[Series], off: Sequence[Days], now: datetime
) -> dict[int, Run]:
    """Return somebody's run in each series, or nothing for somebody who switched it off."""
    if not people.wants_run(session, workspace_id, user_id):
        return {}
    met = histories.turns(session, workspace_id, user_id, [each.id for each in series])
    return {
        each.id: run_of((_excused(each, turn, off) for turn in met[each.id]), timedelta(days=each.grace_days), now)
        for each in series
    }


def _excused(series: Series, turn: Turn, off: Sequence[Days]) -> Turn:
    """Mark a turn during whose days, from asking to publishing, somebody had a day off."""
    first, last = series.cadence.ask.day_in(turn.period), series.cadence.publish.day_in(turn.period)
    is_off = any(days.first <= last and (days.last is None or days.last >= first) for days in off)
    return replace(turn, was_off=is_off)


def past_notes(looker: Looker, series: Iterable[Series], *, start: int, limit: int) -> tuple[list[PastNote], bool]:
    """Return the notes that are out, of these series or with something of theirs, and whether there are older ones."""
    known = {each.id: each for each in series}
    session, workspace_id, user_id = looker.session, looker.workspace_id, looker.user_id
    found = histories.published(session, workspace_id, user_id, known, start=start, limit=limit + 1)
    return _past(looker, found[:limit], known), len(found) > limit


def a_year_ago(looker: Looker, series: Iterable[Series]) -> list[Remembered]:
    """Return what somebody gave in the week of the year before that has the number of this one."""
    session, workspace_id, user_id = looker.session, looker.workspace_id, looker.user_id
    then = week_a_year_before(looker.today)
    found = histories.with_answers_on(session, workspace_id, user_id, then.start)
    if not found:
        return []
    known = _known(looker, found, {each.id: each for each in series})
    notes = _past(looker, found, known)
    given: dict[int, list[Answer]] = {}
    for answer in answers.of_editions(session, workspace_id, [each.edition.id for each in found], user_id):
        given.setdefault(answer.edition_id, []).append(answer)
    parts = [(known[each.edition.series_id], each.edition, given.get(each.edition.id, [])) for each in found]
    own = own_notes(session, looker.workspace, user_id, parts)
    return [Remembered(*pair) for pair in zip(notes, own, strict=True)]


def _past(looker: Looker, found: Sequence[Posted], known: Mapping[int, Series]) -> list[PastNote]:
    known = _known(looker, found, known)
    headlines, chosen = _own_headlines(looker, found, known), _chosen_headlines(looker, found)
    return [
        _past_note(
            looker,
            each,
            known[each.edition.series_id],
            headlines.get(each.edition.id, []),
            chosen.get(each.edition.id, ""),
        )
        for each in found
    ]


def _known(looker: Looker, found: Iterable[Posted], known: Mapping[int, Series]) -> dict[int, Series]:
    """Return the series of these editions too, which somebody may have left."""
    missing = {each.edition.series_id for each in found} - set(known)
    left = series_store.many(looker.session, looker.workspace_id, missing) if missing else {}
    return {**known, **left}


def _own_headlines(looker: Looker, found: Sequence[Posted], known: Mapping[int, Series]) -> dict[int, list[Answer]]:
    """Return the answers that may hold the headline of the notes of a series of one."""
    own = [each.edition for each in found if known[each.edition.series_id].layout is Layout.PERSONAL]
    ids = [edition.id for edition in own if not edition.headline]
    given: dict[int, list[Answer]] = {}
    for answer in answers.to_question(looker.session, looker.workspace_id, ids, HEADLINE) if ids else ():
        given.setdefault(answer.edition_id, []).append(answer)
    return given


def _chosen_headlines(looker: Looker, found: Sequence[Posted]) -> dict[int, str]:
    """Return the headlines that editors took from entries."""
    session, workspace_id = looker.session, looker.workspace_id
    chosen = [each.edition for each in found if each.edition.headline_answer_id and not each.edition.headline]
    ids = [edition.headline_answer_id for edition in chosen if edition.headline_answer_id]
    if not ids:
        return {}
    given, edited = answers.many(session, workspace_id, ids), entries.many(session, workspace_id, ids)
    written = [as_shown(answer, edited.get(answer.id)) for answer in given]
    names = people.names(session, workspace_id, mentioned(chosen[0], written))
    return {edition.id: headline_of(edition, given, edited, names) for edition in chosen}


def _past_note(looker: Looker, posted: Posted, series: Series, headlines: Sequence[Answer], chosen: str) -> PastNote:
    edition = posted.edition
    is_out = edition.state is EditionState.PUBLISHED
    title = title_when_out(series, edition, headlines, chosen) if is_out else ""
    url = looker.workspace.permalink(posted.channel_id, posted.ts) if is_out else ""
    return PastNote(title, series.name, edition.period, url)
