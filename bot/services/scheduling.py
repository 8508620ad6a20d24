"""Scheduling: planning editions, and doing each step that has fallen due exactly once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.domain.conversation import has_finished
from bot.domain.deliveries import Owed
from bot.domain.editions import Edition, EditionState, Prompt, Step, StepKind, StepState
from bot.domain.errors import DatabaseAwayError
from bot.domain.incoming import instant_of
from bot.domain.members import may_be_asked
from bot.domain.people import Person
from bot.domain.reminding import reminder_time
from bot.domain.series import Series
from bot.log import caused_by, get_logger
from bot.services.asking import Asking
from bot.services.authors import tell_of_outdating
from bot.services.away_people import asked_later, is_off, reminders, today_of, was_put_off, whereabouts_of
from bot.services.dates import goes_out_at
from bot.services.days_off import tell_day_off
from bot.services.lateness import tell_lateness
from bot.services.places import asks_in_channel
from bot.services.planning import EVERYBODY, plan_series
from bot.services.posting import Posting
from storage import answers, away, deliveries, editions, events, people, prompts, steps
from storage import series as series_store
from storage.database import Database, Session

PUT_OFF = timedelta(minutes=5)
"""How long a step waits that failed for a reason nobody foresaw."""
KEPT_EVENTS = timedelta(days=60)
"""How long it is remembered what was received. Slack delivers again within a day; a held edition is read for longer."""
REMINDERS = frozenset({StepKind.REMIND, StepKind.REMIND_NOW})
OVER = frozenset({EditionState.PUBLISHED, EditionState.SKIPPED, EditionState.MERGED})


class Sweep(Protocol):
    """What scheduling needs of `bot.services.sweeping.Sweeping`."""

    def __call__(self, workspace_id: str, edition_id: int, *, is_hurried: bool) -> None:
        """Read from Slack what an edition's threads hold, before its note is composed."""
        ...


class LookRound(Protocol):
    """What scheduling needs to know who takes part in series, and who edits them, before it plans an edition."""

    def __call__(self, workspace_id: str) -> None:
        """Read from Slack who is in the channels of a workspace, outside any transaction."""
        ...


@dataclass(frozen=True, slots=True)
class Scheduling:
    """Plans editions and does their steps. One step is one transaction, so that a crash leaves it due or done."""

    database: Database
    clock: Clock
    asking: Asking
    posting: Posting
    sweep: Sweep
    look_round: LookRound
    has_read: Callable[[], bool]
    """Says whether what was said while the bot was down has been read."""
    wait_for_reading: Callable[[], None]
    """Waits for that a little, outside any transaction."""
    is_ending: Callable[[], bool]
    """Says whether the bot was told to end: then what else is due waits for the next that runs."""

    def workspaces_due(self) -> list[str]:
        """Return the workspaces with a step that has fallen due."""
        with self.database.session() as session:
            return steps.workspaces_due(session, self.clock.now())

    def run_due(self, workspace_id: str) -> None:
        """Do the steps of a workspace that have fallen due, oldest first, until none is left or the bot ends."""
        while not self.is_ending() and self._run_next(workspace_id):
            pass

    def plan(self, workspace_id: str, series_id: int) -> None:
        """Plan the present and the next edition of a series, or move the steps still due to new times."""
        with self.database.session() as session:
            series = series_store.get(session, workspace_id, series_id)
            if series:
                plan_series(session, series, now=self.clock.now())

    def _run_next(self, workspace_id: str) -> bool:
        """Do the step due first. Returns False when none is. One that fails is put off: others get their turn."""
        now = self.clock.now()
        self._read_first(workspace_id, now)
        step: Step | None = None
        try:
            with self.database.session() as session:
                step = steps.next_due(session, workspace_id, now)
                if step is None:
                    return False
                editions.lock(session, workspace_id, step.edition_id)  # before its step, as those do who owe a step
                if not steps.claim(session, step, now):
                    return True
                with caused_by(f"step:{step.id}"):
                    state = self._perform(session, step, now)
                if state is not StepState.DUE:  # put off until later
                    steps.finish(session, step, state, now=now)
            _log(step, state)
        except DatabaseAwayError:
            raise  # no fault of the step: it stays due
        except Exception:
            if step is None:
                raise
            get_logger(__name__).exception("step_failed", workspace=workspace_id, step=step.id, kind=step.kind.value)
            with self.database.session() as session:
                steps.put_off(session, step, now + PUT_OFF)
        return True

    def _read_first(self, workspace_id: str, now: datetime) -> None:
        """Read the threads before a note is composed, outside any transaction: Slack may answer slowly.

        Before an edition is planned, who is in the channels is read. Reminders wait for what was said meanwhile.
        """
        with self.database.session() as session:
            step = steps.next_due(session, workspace_id, now)
        if step and step.kind in {StepKind.DRAFT, StepKind.PUBLISH}:
            self.sweep(workspace_id, step.edition_id, is_hurried=step.kind is StepKind.PUBLISH)
        if step and step.kind is StepKind.PLAN:
            self.look_round(workspace_id)
        if step and step.kind in REMINDERS:
            self.wait_for_reading()

    def _perform(self, session: Session, step: Step, now: datetime) -> StepState:
        edition = editions.lock(session, step.workspace_id, step.edition_id)
        series = series_store.get(session, step.workspace_id, edition.series_id) if edition else None
        if edition is None or series is None:
            return StepState.SKIPPED
        if step.kind is StepKind.PLAN:
            plan_series(session, series, now=now)
            events.forget_before(session, now - KEPT_EVENTS)
            return StepState.DONE
        if step.kind is StepKind.TELL:
            tell_day_off(session, self.asking.messages, series, edition, now=now)
            return StepState.DONE
        if step.kind is StepKind.UPDATE:
            self.posting.refresh(session, series, edition, now=now)
            tell_of_outdating(session, self.posting.drafts, series, edition, now)
            return StepState.DONE
        if series.is_paused or edition.state in OVER:
            return StepState.DUE if series.is_paused else StepState.SKIPPED  # paused a moment ago: it waits
        return self._perform_in_week(session, series, edition, step, now)

    def _perform_in_week(
        self, session: Session, series: Series, edition: Edition, step: Step, now: datetime
    ) -> StepState:
        if step.kind is StepKind.ASK:
            return self._ask(session, series, edition, step, now)
        if step.kind in REMINDERS:
            return self._remind(session, series, edition, step, now)
        if step.kind is StepKind.DRAFT:
            if now >= goes_out_at(session, series, edition) and not series.needs_approval:
                return StepState.SKIPPED  # the bot was down: the note itself comes now
            self.posting.send_draft(session, series, edition, now=now)
        else:
            self.posting.post_when_due(session, series, edition, now=now)
        tell_lateness(session, self.asking.messages, series, edition, step, now=now)
        return StepState.DONE

    def _ask(self, session: Session, series: Series, edition: Edition, step: Step, now: datetime) -> StepState:
        """Open a contributor's thread, unless the note is due already or they may not be asked.

        Somebody who is away, or off, is asked when they are there again, if that is before the draft.
        """
        person = people.get(session, series.workspace_id, step.user_id)
        is_too_late = now >= goes_out_at(session, series, edition)
        if not step.user_id:
            return self._ask_in_channel(session, series, edition, now, is_too_late=is_too_late)
        if is_too_late or step.user_id not in series.contributors or person is None:
            return StepState.SKIPPED
        if not may_be_asked(series, person):
            return StepState.SKIPPED
        if is_off(session, series, person, now):
            at = asked_later(session, series, edition, person, now)
            if at is None:
                return StepState.AWAY
            steps.put_off(session, step, at)
            return StepState.DUE
        has_given = answers.of_edition(session, series.workspace_id, edition.id, person.id)
        is_asked_here = not asks_in_channel(session, series, edition)
        if is_asked_here and not (has_given and was_put_off(session, series, edition, person.id, step.due_at)):
            self.asking.open_thread(session, series, edition, person.id, now=now)
        return StepState.DONE

    def _ask_in_channel(
        self, session: Session, series: Series, edition: Edition, now: datetime, *, is_too_late: bool
    ) -> StepState:
        """Put the questions to everybody in the channel, unless the series asks by direct message by now."""
        if is_too_late or not asks_in_channel(session, series, edition):
            return StepState.SKIPPED
        self.asking.ask_channel(session, series, edition, now=now)
        return StepState.DONE

    def _remind(self, session: Session, series: Series, edition: Edition, step: Step, now: datetime) -> StepState:
        """Remind a contributor, if they gave nothing, did not say so, and it can still help; else later, or not."""
        if not self.has_read():  # they may have answered while the bot was down
            steps.put_off(session, step, now + PUT_OFF)
            return StepState.DUE
        person = people.get(session, series.workspace_id, step.user_id)
        if person is None or not self._may_remind(session, series, edition, person, step, now):
            return StepState.SKIPPED
        answered_at = answers.latest_at(session, series.workspace_id, person.id)
        ends_at = goes_out_at(session, series, edition)
        at = reminder_time(now, whereabouts_of(session, series, person), answered_at=answered_at, ends_at=ends_at)
        if at is None:
            return StepState.SKIPPED
        if at > now:
            steps.put_off(session, step, at)
            return StepState.DUE
        message = self.asking.messages.reminder(
            series,
            edition,
            self.asking.goes_out(session, series, edition, person.id),
            is_in_channel=asks_in_channel(session, series, edition),
        )
        number = reminders(session, edition, person.id) + 1
        key = f"edition:{edition.id}:remind:{person.id}:{number}"
        owed = Owed(key, "reminder", person.id, message.payload(), edition_id=edition.id)
        deliveries.owe(session, series.workspace_id, owed, now=now)
        return StepState.DONE

    def _may_remind(
        self, session: Session, series: Series, edition: Edition, person: Person, step: Step, now: datetime
    ) -> bool:
        """Say whether a contributor may be reminded at all: asked, there, willing, and with nothing given yet."""
        mine = prompts.of_person(session, series.workspace_id, edition.id, person.id)
        asked = mine or prompts.of_person(session, series.workspace_id, edition.id, EVERYBODY)
        return (
            reminders(session, edition, person.id) < series.reminder_limit
            and person.id in series.contributors
            and may_be_asked(series, person)
            and not away.away_on(session, series.workspace_id, [person.id], today_of(person.zone, now))
            and not people.without_reminders(session, series.workspace_id, [person.id])
            and not answers.of_edition(session, series.workspace_id, edition.id, person.id)
            and bool(asked and _was_asked(asked[0], step.due_at))
            and not has_finished(mine)
        )


def _log(step: Step, state: StepState) -> None:
    """Write the line by which a step can be followed to what was sent because of it."""
    with caused_by(f"step:{step.id}"):
        get_logger(__name__).info(
            "step", workspace=step.workspace_id, edition=step.edition_id, kind=step.kind.value, state=state.value
        )


def _was_asked(opening: Prompt, before: datetime) -> bool:
    """Say whether a contributor had the question before this instant: nobody is asked and nudged in one breath."""
    return bool(opening.ts) and instant_of(opening.ts) < before
