"""Reporting: what the bot does here, and how an edition stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import ButtonElement

from bot.clock import Clock
from bot.domain.cadence import instant
from bot.domain.commands import COMMANDS, Command
from bot.domain.deliveries import Delivery, Message
from bot.domain.editions import Edition, EditionState, Step, StepKind
from bot.domain.members import Choice, may_be_asked
from bot.domain.people import Person
from bot.domain.permissions import Role, may_any, roles_of
from bot.domain.planning import first_period, publish_due
from bot.domain.series import AsksIn, Series
from bot.rendering.blocks import button
from bot.rendering.environments import Templates
from bot.rendering.sayings import said
from bot.rendering.setup_view import CALLBACK_ID
from bot.services.away_people import asked_by, away_for
from bot.services.composing import zone_of
from bot.services.dates import asks_at, goes_out_at
from bot.services.failing import NOTE_KINDS
from bot.services.looking import TROUBLE_LASTS
from bot.services.placing import current_edition
from bot.services.remembering import days_off, runs_of
from storage import answers, editions, failures, members, people, steps, ticks
from storage import series as stored_series
from storage.database import Database, Session

REASONS_TOLD = 5
SOON = 1000
"""How many steps are read to see what comes next; a series of some hundred people has that many in a week."""
LATELY = timedelta(days=28)
"""How long editors read who joined and left."""
START = ("help", "setup")
TOLD = (StepKind.ASK, StepKind.REMIND, StepKind.DRAFT, StepKind.PUBLISH)


@dataclass(frozen=True, slots=True)
class Dates:
    """What comes next in a series for one person, written in their zone. `asks` is empty for somebody not asked."""

    series: Series
    is_here: bool
    asks: str
    is_asked: bool
    goes_out: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A step still to come: its kind, when, for how many people, and whether this is only the first of their times."""

    kind: str
    at: str
    people: int
    is_first: bool


@dataclass(frozen=True, slots=True)
class Reporting:
    """Answers `help` and `status`."""

    database: Database
    clock: Clock
    templates: Templates

    def help(self, workspace_id: str, channel_id: str, user_id: str) -> Message:
        """Return what the bot does in a channel: the person's next dates in their zone, and their commands."""
        now = self.clock.now()
        with self.database.session() as session:
            here = stored_series.in_channel(session, workspace_id, channel_id)
            found = {series.id: series for series in (here, *_taking_part(session, workspace_id, user_id)) if series}
            dates = [self._dates(session, series, user_id, now, is_here=series == here) for series in found.values()]
            person = people.get(session, workspace_id, user_id)
        is_channel = not channel_id.startswith("D")
        text = self.templates.slack(
            "help",
            has_here=here is not None,
            is_channel=is_channel,
            dates=dates,
            commands=_offered(here, [each.series for each in dates], user_id, person),
            is_asked=any(each.asks for each in dates),
        )
        if here or (dates and not is_channel):
            return said(text)
        value = {"channel": channel_id if is_channel else ""}
        return said(text, button(self.templates.label("series.set_up"), CALLBACK_ID, value, style="primary"))

    def offered(self, workspace_id: str, channel_id: str, user_id: str) -> tuple[str, ...]:
        """Return the words of the commands that somebody may use, here or in any series of theirs."""
        with self.database.session() as session:
            here = stored_series.in_channel(session, workspace_id, channel_id)
            known = [series for series in (here, *_taking_part(session, workspace_id, user_id)) if series]
            person = people.get(session, workspace_id, user_id)
            return tuple(command.word for command in _offered(here, known, user_id, person))

    def status(self, workspace_id: str, series_id: int, user_id: str) -> Message:
        """Return how the present edition of a series stands; for an editor also who has given and what is next."""
        now = self.clock.now()
        with self.database.session() as session:
            series = stored_series.get(session, workspace_id, series_id)
            edition = _present(session, series, now) if series else None
            if series is None or edition is None:
                return said(self.templates.slack("status_none"))
            own = self._own_part(session, series, edition, user_id)
            if Role.EDITOR not in roles_of(series, user_id):
                return said(own)
            failure = _last_failure(session, series, edition, now)
            return said(f"{own}\n\n{self._editors_part(session, series, edition, now, failure)}", *self._again(failure))

    def _again(self, failure: Delivery | None) -> list[ButtonElement]:
        """Return the button that posts a note after all, where that is what failed."""
        if failure is None or failure.kind not in NOTE_KINDS:
            return []
        return [button(self.templates.label("note.try_again"), "note.retry", {"edition": failure.edition_id})]

    def _own_part(self, session: Session, series: Series, edition: Edition, user_id: str) -> str:
        given = answers.of_edition(session, series.workspace_id, edition.id, user_id)
        counts: dict[str, int] = {}
        for answer in given:
            counts[answer.question_key] = counts.get(answer.question_key, 0) + 1
        asked = [question for question in edition.questions if question.key in counts]
        return self.templates.slack(
            "status",
            series=series.name,
            period=edition.period,
            is_out=edition.state is EditionState.PUBLISHED,
            is_refused=failures.is_refused(session, series.workspace_id, edition.id),
            is_paused=series.is_paused,
            is_held=edition.is_held,
            is_waiting=edition.state is EditionState.CLOSED,
            goes_out=self.templates.words.spoken(
                goes_out_at(session, series, edition), zone_of(session, series, user_id)
            ),
            is_asked=user_id in series.contributors,
            run=self._run(session, series, user_id),
            counts=[(question.heading or question.ask, counts[question.key]) for question in asked],
        )

    def _run(self, session: Session, series: Series, user_id: str) -> str:
        """Return the line about a contributor's run, empty for others and for whoever switched it off."""
        mine = [series] if user_id in series.contributors else []
        off = days_off(session, series.workspace_id, user_id)
        runs = runs_of(session, series.workspace_id, user_id, mine, off, self.clock.now())
        return self.templates.slack("run", run=runs[series.id]) if series.id in runs else ""

    def _editors_part(
        self, session: Session, series: Series, edition: Edition, now: datetime, failure: Delivery | None
    ) -> str:
        given = answers.givers(session, series.workspace_id, edition.id)
        names = people.names(session, series.workspace_id, {*given, *series.contributors})
        waited_for = [user_id for user_id in asked_by(session, series) if user_id not in given]
        away = away_for(session, series, edition, waited_for, now)
        return self.templates.slack(
            "status_editor",
            given=[(names[user_id], count) for user_id, count in given.items()],
            missing=[names[user_id] for user_id in waited_for if user_id not in away],
            away=[names[user_id] for user_id in waited_for if user_id in away],
            joined=_chose(session, series, Choice.JOINED, now),
            left=_chose(session, series, Choice.LEFT, now),
            coming=self._coming(session, series),
            zone=series.cadence.zone,
            channel_id=series.channel_id,
            failure=failure,
            failures=_failures(session, series, edition),
            held_up=failures.held_up(session, series.workspace_id, edition.id),
            down=ticks.last_down(session, series.workspace_id, series.id),
            spoken=self.templates.words.spoken,
        )

    def _dates(self, session: Session, series: Series, user_id: str, now: datetime, *, is_here: bool) -> Dates:
        edition = current_edition(session, series, now)
        zone = zone_of(session, series, user_id)
        if edition:
            asks, goes_out = asks_at(session, series, edition, user_id, zone), goes_out_at(session, series, edition)
        else:
            period = first_period(series.cadence, now)
            asks = instant(series.cadence.ask.day_in(period), series.cadence.ask.at, zone)
            goes_out = publish_due(series.cadence, period)
        return Dates(
            series,
            is_here,
            self.templates.words.spoken(asks, zone) if user_id in series.contributors else "",
            asks <= now,
            self.templates.words.spoken(goes_out, zone),
        )

    def _coming(self, session: Session, series: Series) -> list[Coming]:
        """Return the steps of the edition that goes out next, one for each kind, in the order they come."""
        waiting = {edition.id for edition in editions.unfinished(session, series.workspace_id, series.id)}
        due = steps.upcoming(session, series.workspace_id, series.id, SOON)
        told = [step for step in due if step.kind in TOLD and step.edition_id in waiting]
        if series.asks_in is AsksIn.CHANNEL:  # then nobody is asked one by one
            told = [step for step in told if not (step.kind is StepKind.ASK and step.user_id)]
        by_kind: dict[StepKind, list[Step]] = {}
        for step in told:
            if step.edition_id == told[0].edition_id:
                by_kind.setdefault(step.kind, []).append(step)
        return [self._coming_step(same, series.cadence.zone) for same in by_kind.values()]

    def _coming_step(self, same: list[Step], zone: str) -> Coming:
        """Return one line for the steps of one kind, which are in the order they fall due."""
        first = same[0]
        is_first = any(step.due_at != first.due_at for step in same)
        return Coming(
            first.kind.value,
            self.templates.words.spoken(first.due_at, zone),
            len([step for step in same if step.user_id]),
            is_first,
        )


def _chose(session: Session, series: Series, choice: Choice, now: datetime) -> list[str]:
    """Return the names of those who lately joined, or left, of their own accord."""
    found = members.of_series(session, series.workspace_id, series.id)
    is_in = choice is Choice.JOINED
    mine = [each for each in found if each.choice is choice and (each.user_id in series.contributors) == is_in]
    lately = [each.user_id for each in mine if each.chosen_at and each.chosen_at > now - LATELY]
    return sorted(people.names(session, series.workspace_id, lately).values())


def _taking_part(session: Session, workspace_id: str, user_id: str) -> tuple[Series, ...]:
    contributing = stored_series.of_contributor(session, workspace_id, user_id)
    return *contributing, *stored_series.of_editor(session, workspace_id, user_id)


def _offered(here: Series | None, known: Sequence[Series], user_id: str, person: Person | None) -> list[Command]:
    """Return the commands somebody may use, here or in the other series they take part in; guests join only some."""
    offered = [command for command in COMMANDS if any(may_any(each, user_id, command.word) for each in known)]
    if person and not any(may_be_asked(each, person) for each in known):
        offered = [command for command in offered if command.word != "join"]
    if here is None:
        return [command for command in COMMANDS if command in offered or command.word in START]
    return [command for command in offered if command.word != "setup"]


def _present(session: Session, series: Series, now: datetime) -> Edition | None:
    """Return the edition of today, out or not, or else the next one."""
    today = now.astimezone(ZoneInfo(series.cadence.zone)).date()
    known = (
        *editions.unfinished(session, series.workspace_id, series.id),
        *editions.latest_published(session, series.workspace_id, series.id),
    )
    present = next((edition for edition in known if today in edition.period), None)
    return present or current_edition(session, series, now)


def _failures(session: Session, series: Series, edition: Edition) -> list[tuple[str, str, int]]:
    """Return what else of an edition Slack refused: the kind, Slack's reason, and how often."""
    failed = failures.failed_of(session, series.workspace_id, edition.id)
    counts = Counter((each.kind, each.error) for each in failed[:-1])
    return [(kind, error, count) for (kind, error), count in counts.most_common(REASONS_TOLD)]


def _last_failure(session: Session, series: Series, edition: Edition, now: datetime) -> Delivery | None:
    """Return the delivery that failed last: of the edition, or else of what the series owed lately."""
    failed = failures.failed_of(session, series.workspace_id, edition.id)
    if failed:
        return failed[-1]
    return failures.troubles(session, series.workspace_id, [series.id], now - TROUBLE_LASTS).get(series.id)
