"""Pausing: stopping a series, and letting it go on. While it is paused its steps wait; what people gave stays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.changes import UNDER_WAY
from bot.domain.deliveries import Message
from bot.domain.editions import Edition, EditionState, StepKind
from bot.domain.series import Series
from bot.rendering.environments import Templates
from bot.rendering.sayings import said
from bot.services.changes import coming
from bot.services.configuring import locked_for
from bot.services.planning import plan_series
from bot.services.posting import Posting
from storage import answers, editions, steps
from storage import series as stored_series
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Pausing:
    """The use cases of stopping for a while."""

    database: Database
    clock: Clock
    posting: Posting

    def pause(self, workspace_id: str, series_id: int, user_id: str) -> Message:
        """Ask and post nothing more until the series is resumed. Returns the sentence for the editor."""
        now = self.clock.now()
        with self.database.session() as session:
            series = locked_for(session, workspace_id, series_id, user_id, "pause")
            paused = replace(series, is_paused=True)
            stored_series.update(session, workspace_id, paused, now=now)
            waiting = editions.unfinished(session, workspace_id, series_id)
            self._refresh(session, paused, waiting, now)
            current = next((edition for edition in waiting if edition.state in UNDER_WAY), None)
            return said(
                self.templates.slack("paused", series=series.name, current=current, was_paused=series.is_paused)
            )

    def resume(self, workspace_id: str, series_id: int, user_id: str) -> Message:
        """Let a series go on, and say what comes next, and what became of the weeks in between."""
        now = self.clock.now()
        with self.database.session() as session:
            paused = locked_for(session, workspace_id, series_id, user_id, "resume")
            waiting = editions.unfinished(session, workspace_id, series_id)
            series = replace(paused, is_paused=False)
            left = list(_close_what_is_over(session, series, now)) if paused.is_paused else []
            stored_series.update(session, workspace_id, series, now=now)
            plan_series(session, series, now=now)
            self._refresh(session, series, waiting, now)
            following = coming(self.templates, session, series)
            return said(
                self.templates.slack(
                    "resumed", series=series, was_paused=paused.is_paused, left=left, following=following
                )
            )

    def _refresh(self, session: Session, series: Series, waiting: Iterable[Edition], now: datetime) -> None:
        """Let the drafts that editors have say whether their notes go out."""
        for edition in waiting:
            self.posting.refresh(session, series, edition, now=now)

    @property
    def templates(self) -> Templates:
        """Return the catalogue."""
        return self.posting.templates


def _close_what_is_over(session: Session, series: Series, now: datetime) -> Iterator[tuple[Edition, int]]:
    """Let no note of a week gone by go out by itself: with answers it waits for an editor, else there is none.

    What was jotted for a week in which nobody was asked comes along to the next one that is planned.
    Yields each edition that waits, with how many people gave something to it.
    """
    due = steps.overdue(session, series.workspace_id, series.id, StepKind.PUBLISH, now)
    for edition in editions.unfinished(session, series.workspace_id, series.id):
        if edition.id not in due:
            continue
        givers = len(answers.givers(session, series.workspace_id, edition.id))
        state = EditionState.CLOSED if givers else EditionState.SKIPPED
        steps.leave(session, edition, now=now)
        if givers and edition.state is EditionState.SCHEDULED:
            continue
        editions.change(session, edition, state=state.value)
        if givers:
            editions.freeze_questions(session, edition)
            yield edition, givers
