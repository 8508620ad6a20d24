"""Saying what a change of settings means: what goes on as it was, and from when the new holds."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.changes import UNDER_WAY, changed_between
from bot.domain.editions import Edition, StepKind
from bot.domain.planning import next_times, publish_due
from bot.domain.series import Series
from bot.rendering.environments import Templates
from storage import editions, steps, workspaces
from storage.database import Session

SOON = 1000
"""How many steps are read to find when the note goes out."""


@dataclass(frozen=True, slots=True)
class Coming:
    """An edition as the sentence names it: `goes_out` is empty where its time is over, and it waits for an editor."""

    edition: Edition
    asks: str
    goes_out: str
    is_asked: bool = False


def said_of_change(
    templates: Templates, session: Session, before: Series, after: Series, *, is_in_channel: bool | None = None
) -> str:
    """Return what to tell the editor who changed settings, as mrkdwn. Call it after planning."""
    waiting = editions.unfinished(session, after.workspace_id, after.id)
    current = next((each for each in waiting if each.state in UNDER_WAY or each.cadence), None)
    following = next((each for each in waiting if each.state not in UNDER_WAY and not each.cadence), None)
    goes_out = _goes_out(session, after)
    workspace = workspaces.get(session, after.workspace_id)
    return templates.slack(
        "settings_saved",
        series=after,
        changes=changed_between(before, after),
        current=_coming(templates, after, current, goes_out) if current else None,
        following=_coming(templates, after, following, goes_out) if following else None,
        is_in_channel=is_in_channel,
        can_read=workspace is not None and workspace.can_read_threads,
    )


def coming(templates: Templates, session: Session, series: Series) -> Coming | None:
    """Return the edition whose note is the next to go out by itself."""
    goes_out = _goes_out(session, series)
    waiting = editions.unfinished(session, series.workspace_id, series.id)
    found = next((each for each in waiting if each.id in goes_out), None)
    return _coming(templates, series, found, goes_out) if found else None


def _goes_out(session: Session, series: Series) -> dict[int, datetime]:
    due = steps.upcoming(session, series.workspace_id, series.id, SOON)
    return {step.edition_id: step.due_at for step in due if step.kind is StepKind.PUBLISH}


def _coming(templates: Templates, series: Series, edition: Edition, goes_out: dict[int, datetime]) -> Coming:
    cadence = edition.cadence or series.cadence
    asks = next_times(cadence, edition.period, series.time_off).get(StepKind.ASK)
    due = goes_out.get(edition.id) or (None if edition.state in UNDER_WAY else publish_due(cadence, edition.period))
    spoken = templates.words.spoken
    out = spoken(due, cadence.zone) if due else ""
    return Coming(edition, spoken(asks, cadence.zone) if asks else "", out, edition.state in UNDER_WAY)
