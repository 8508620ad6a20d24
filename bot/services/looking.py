"""Looking: what a person's Home reads, each thing at once for all their series."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.domain.away import Days
from bot.domain.cadence import instant
from bot.domain.conversation import has_finished
from bot.domain.editions import Answer, Edition, Prompt, Source, Step, StepKind, StepState
from bot.domain.homes import Edited, Given, Place, Week
from bot.domain.notes import Note
from bot.domain.planning import publish_due
from bot.domain.runs import Run
from bot.domain.series import Series
from bot.domain.workspaces import Workspace
from bot.domain.zones import UTC_ZONE
from bot.rendering.receipts import heading_of
from bot.services.away_people import today_of
from bot.services.composing import own_notes
from bot.services.placing import next_out
from storage import answers, editions, failures, people, prompts, steps, workspaces
from storage.database import Session

_OfEdition = TypeVar("_OfEdition", Answer, Prompt)

TOLD = (StepKind.ASK, StepKind.REMIND, StepKind.DRAFT, StepKind.PUBLISH)
TROUBLE_LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks at their Home, when, in which zone, and in which workspace."""

    session: Session
    workspace_id: str
    user_id: str
    now: datetime
    zone: str
    workspace: Workspace

    @classmethod
    def of(cls, session: Session, workspace_id: str, user_id: str, now: datetime) -> "Looker":
        """Read who looks."""
        person = people.get(session, workspace_id, user_id)
        workspace = workspaces.get(session, workspace_id) or Workspace(workspace_id)
        zone = person.zone if person else UTC_ZONE
        return cls(session, workspace_id, user_id, now, zone, workspace)

    @property
    def today(self) -> date:
        """Return the date it is where they are."""
        return today_of(self.zone, self.now)


Present = dict[int, Edition]
"""The edition of each series that goes out next, where there is one."""


def present_of(looker: Looker, series: Iterable[Series]) -> Present:
    """Return the edition of each series that goes out next."""
    by_id = {each.id: each for each in series}
    waiting = editions.waiting(looker.session, looker.workspace_id, by_id)
    found = {series_id: next_out(by_id[series_id], these, looker.now) for series_id, these in waiting.items()}
    return {series_id: edition for series_id, edition in found.items() if edition}


def weeks_of(
    looker: Looker, series: Sequence[Series], present: Present, runs: Mapping[int, Run], days_off: Sequence[Days]
) -> list[Week]:
    """Return each series as this contributor meets it this week."""
    own = _own(looker, [(each, present[each.id]) for each in series if each.id in present])
    return [
        _week(looker, each, present[each.id], own, runs.get(each.id), days_off)
        if each.id in present
        else Week(each, run=runs.get(each.id))
        for each in series
    ]


@dataclass(frozen=True, slots=True)
class _Own:
    """What is somebody's of several editions: answers, prompts and due times by edition, and their part of the note."""

    given: Mapping[int, list[Answer]]
    put: Mapping[int, list[Prompt]]
    planned: Mapping[tuple[int, StepKind], Step]
    notes: Mapping[int, Note]


def _own(looker: Looker, pairs: Sequence[tuple[Series, Edition]]) -> _Own:
    session, workspace_id, user_id = looker.session, looker.workspace_id, looker.user_id
    ids = [edition.id for _, edition in pairs]
    given = _by_edition(answers.of_editions(session, workspace_id, ids, user_id))
    planned = steps.planned(session, workspace_id, ids, user_id)
    parts = [(series, edition, given[edition.id]) for series, edition in pairs if edition.id in given]
    notes = own_notes(session, looker.workspace, user_id, parts) if parts else []
    return _Own(
        given,
        _by_edition(prompts.of_editions(session, workspace_id, ids, user_id)),
        {(step.edition_id, step.kind): step for step in planned},
        {edition.id: note for (_, edition, _), note in zip(parts, notes, strict=True)},
    )


def _week(
    looker: Looker, series: Series, edition: Edition, own: _Own, run: Run | None, days_off: Sequence[Days]
) -> Week:
    given, put = own.given.get(edition.id, []), own.put.get(edition.id, [])
    ask, publish = (own.planned.get((edition.id, kind)) for kind in (StepKind.ASK, StepKind.PUBLISH))
    asks = ask.due_at if ask else _asks(series, edition, looker.zone)
    is_passed_over = ask is not None and ask.state is StepState.SKIPPED
    return Week(
        series,
        edition,
        asks=None if put or asks <= looker.now else asks,
        goes_out=publish.due_at if publish else publish_due(edition.cadence or series.cadence, edition.period),
        is_off=not put and (is_passed_over or any(today_of(looker.zone, asks) in days for days in days_off)),
        has_passed=has_finished(put),
        thread_url=_thread_url(looker, put),
        total=len(given),
        given=_given(looker, edition, given, put),
        own=own.notes.get(edition.id),
        run=run,
    )


def edited_by(looker: Looker, series: Sequence[Series], present: Present) -> list[Edited]:
    """Return each series as its editor meets it."""
    session, workspace_id = looker.session, looker.workspace_id
    ids = [present[each.id].id for each in series if each.id in present]
    givers = answers.givers_of(session, workspace_id, ids)
    coming = steps.next_of(session, workspace_id, ids, TOLD)
    troubles = failures.troubles(session, workspace_id, [each.id for each in series], looker.now - TROUBLE_LASTS)
    found = []
    for each in series:
        edition = present.get(each.id)
        kind, at = coming.get(edition.id, (None, None)) if edition else (None, None)
        total = givers.get(edition.id, 0) if edition else 0
        found.append(Edited(each, edition, total, kind, at, troubles.get(each.id)))
    return found


def _asks(series: Series, edition: Edition, zone: str) -> datetime:
    ask = (edition.cadence or series.cadence).ask
    return instant(ask.day_in(edition.period), ask.at, zone)


def _by_edition(rows: Iterable[_OfEdition]) -> dict[int, list[_OfEdition]]:
    found: dict[int, list[_OfEdition]] = {}
    for row in rows:
        found.setdefault(row.edition_id, []).append(row)
    return found


def _thread_url(looker: Looker, put: Sequence[Prompt]) -> str:
    opening = next((prompt for prompt in put if prompt.thread_ts), None)
    return looker.workspace.permalink(opening.channel_id, opening.thread_ts) if opening else ""


def _given(looker: Looker, edition: Edition, mine: Sequence[Answer], put: Sequence[Prompt]) -> tuple[Given, ...]:
    """Return where each answer was given, question by question."""
    threads = {prompt.channel_id: prompt.thread_ts for prompt in put if prompt.thread_ts}
    places: dict[str, list[Place]] = {question.key: [] for question in edition.questions}
    for answer in mine:
        thread_ts = threads.get(answer.channel_id, "") if answer.source is Source.THREAD else ""
        url = answer.permalink or looker.workspace.permalink(answer.channel_id, answer.ts, thread_ts)
        places.setdefault(answer.question_key, []).append(Place(answer.given_at, url))
    return tuple(Given(heading_of(edition.questions, key), tuple(found)) for key, found in places.items() if found)
