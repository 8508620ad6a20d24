"""Holding a note back, letting it go again, and telling two weeks in one note."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.deliveries import Message
from bot.domain.editions import Edition, EditionState, StepKind
from bot.domain.errors import EditionGoneError, NoSeriesHereError
from bot.domain.planning import PlannedStep
from bot.domain.series import Series
from bot.services.away_people import asked_by, reminders
from bot.services.composing import zone_of
from bot.services.dates import goes_out_at
from bot.services.editable import editable, editable_edition
from bot.services.placing import current_edition
from bot.services.posting import Posting
from storage import answers, editions, steps
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Holding:
    """Does what an editor asks about when a note goes out, and with which weeks."""

    database: Database
    clock: Clock
    posting: Posting

    def at_hand(self, workspace_id: str, series_id: int, user_id: str) -> tuple[Series, Edition]:
        """Return the edition that an editor means by "this week". Raises NoSeriesHereError, NotAllowedError."""
        with self.database.session() as session:
            series = editable(session, workspace_id, series_id, user_id)
            return series, _at_hand(session, series, self.clock.now())

    def hold(self, workspace_id: str, edition_id: int, user_id: str) -> Message:
        """Keep an edition from going out by itself. Returns the sentence for the editor."""
        with self.database.session() as session:
            series, edition = _waiting(session, workspace_id, edition_id, user_id, "nothing_to_hold")
            if not edition.is_held:
                editions.change(session, edition, is_held=True)
                self.posting.refresh(session, series, edition, now=self.clock.now())
            return self.posting.drafts.held(series, edition)

    def release(self, workspace_id: str, edition_id: int, user_id: str) -> Message:
        """Let a held edition go out by itself again: at its time, or at once where that has passed."""
        now = self.clock.now()
        with self.database.session() as session:
            series, edition = _waiting(session, workspace_id, edition_id, user_id, "nothing_to_hold")
            editions.change(session, edition, is_held=False)
            released = editions.get(session, workspace_id, edition_id) or edition
            if released.state is EditionState.CLOSED:  # its time has passed
                self.posting.post_when_due(session, series, released, now=now)
            self.posting.refresh(session, series, released, now=now)
            out = editions.get(session, workspace_id, edition_id) or released
            return self.posting.drafts.released(
                series, out, goes_out_at(session, series, out), zone_of(session, series, user_id)
            )

    def remind(self, workspace_id: str, edition_id: int, user_id: str) -> Message:
        """Let those be reminded who gave nothing, by all the rules of reminders. Returns the editor's sentence."""
        now = self.clock.now()
        with self.database.session() as session:
            series, edition = _waiting(session, workspace_id, edition_id, user_id, "nothing_to_remind")
            silent = _silent(session, series, edition)
            for each in silent:
                steps.again(session, edition, PlannedStep(StepKind.REMIND_NOW, each, now))
            return self.posting.drafts.plain(
                "reminding", series=series.name, period=edition.period, people=len(silent), limit=series.reminder_limit
            )

    def silent(self, workspace_id: str, edition_id: int, user_id: str) -> int:
        """Return how many people have given nothing to an edition yet, and not had all their reminders."""
        with self.database.session() as session:
            series, edition = editable_edition(session, workspace_id, edition_id, user_id)
            return len(_silent(session, series, edition))


def _silent(session: Session, series: Series, edition: Edition) -> list[str]:
    """Return those who have given nothing, and not had as many reminders as the series allows."""
    given = answers.givers(session, series.workspace_id, edition.id)
    silent = [user_id for user_id in asked_by(session, series) if user_id not in given]
    return [user_id for user_id in silent if reminders(session, edition, user_id) < max(series.reminder_limit, 1)]


def _at_hand(session: Session, series: Series, now: datetime) -> Edition:
    """Return the oldest edition that waits with something in it, or else the present one."""
    today = now.astimezone(ZoneInfo(series.cadence.zone)).date()
    for edition in editions.unfinished(session, series.workspace_id, series.id):
        has_begun = edition.period.start <= today
        if has_begun and (today in edition.period or answers.givers(session, series.workspace_id, edition.id)):
            return edition
    found = current_edition(session, series, now)
    if found is None:
        raise NoSeriesHereError
    return found


def _waiting(session: Session, workspace_id: str, edition_id: int, user_id: str, told: str) -> tuple[Series, Edition]:
    """Return an edition that is not out yet, locked. Raises EditionGoneError with what is `told` otherwise."""
    series, edition = editable_edition(session, workspace_id, edition_id, user_id, is_locked=True)
    if edition.state in {EditionState.PUBLISHED, EditionState.SKIPPED, EditionState.MERGED}:
        raise EditionGoneError(told)
    return series, edition
