"""Configuring: changing the settings of a series, a section or a question at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.changes import changed_between, kept_cadence
from bot.domain.editions import EditionState
from bot.domain.errors import InvalidInputError, NoSeriesHereError
from bot.domain.notices import still_to_come
from bot.domain.people import Person
from bot.domain.permissions import require
from bot.domain.planning import first_period
from bot.domain.series import AsksIn, Series
from bot.domain.series_forms import SeriesForm, changed_series, form_of
from bot.domain.zones import read_zone
from bot.rendering.environments import Templates
from bot.rendering.settings.views import Opened
from bot.services.changes import said_of_change
from bot.services.introducing import Introducing
from bot.services.placing import current_edition
from bot.services.planning import plan_series
from storage import deliveries, editions, events, house_styles, members, notices, steps
from storage import people as stored_people
from storage import series as stored_series
from storage.database import Database, Session

Change = Callable[[SeriesForm], SeriesForm]


@dataclass(frozen=True, slots=True)
class Configuring:
    """The use cases of the settings."""

    database: Database
    clock: Clock
    templates: Templates

    def opened(self, workspace_id: str, series_id: int, user_id: str) -> Opened:
        """Return the settings for an editor. Raises NotAllowedError, NoSeriesHereError."""
        with self.database.session() as session:
            series = stored_series.get(session, workspace_id, series_id)
            if series is None:
                raise NoSeriesHereError
            opened = self._opened(session, series, user_id)
            _require(session, series, user_id, "settings")
            return opened

    def save(
        self,
        workspace_id: str,
        user_id: str,
        series_id: int,
        change: Change,
        people: Mapping[str, Person],
        *,
        occasion: str,
        is_quiet: bool = False,
        is_in_channel: bool | None = None,
    ) -> tuple[Opened, str]:
        """Change the settings, by an editor; return them and what is said about it, as mrkdwn.

        `change` is given the form as it is now. Raises InvalidInputError naming the field, and ChangedMeanwhileError.
        `people` are those who may be new, as Slack describes them. On each `occasion` it is done once; what comes of it
        is told by direct message too, unless it `is_quiet`. `is_in_channel`: is the bot in it (None: unknown)?
        """
        now = self.clock.now()
        with self.database.session() as session:
            before = locked_for(session, workspace_id, series_id, user_id, "settings")
            series = before
            if events.receive(session, workspace_id, f"settings:{occasion}", now=now):
                form = change(form_of(before))
                known = stored_people.many(session, workspace_id, {*form.contributors, *form.editors})
                series = changed_series(before, form, {**known, **people}, _today(form.zone, now))
                _check_channel(session, before, series)
                _keep_times(session, before, series, now)
                if series.channel_id != before.channel_id:
                    members.set_present(session, workspace_id, series_id, ())  # they were in another channel
                stored_series.update(session, workspace_id, series, now=now)
                plan_series(session, series, now=now)
                _ask_again(session, before, series)
            opened = self._opened(session, series, user_id)
            told = said_of_change(self.templates, session, before, series, is_in_channel=is_in_channel)
            introducing = Introducing(self.templates, opened.names, now)
            if changed_between(before, series) and not is_quiet:
                deliveries.owe(session, workspace_id, introducing.changed(series, user_id, occasion, told), now=now)
            for editor in set(series.editors) - {*before.editors, user_id}:
                owed = introducing.named(series, editor, user_id, occasion)
                deliveries.owe(session, workspace_id, owed, now=now)
            if series.channel_id != before.channel_id and is_in_channel is not False:
                deliveries.owe(session, workspace_id, introducing.introduction(series, user_id), now=now)
            return opened, told

    def _opened(self, session: Session, series: Series, user_id: str) -> Opened:
        mentioned = {*series.contributors, *series.editors}
        now = self.clock.now()
        edition = current_edition(session, series, now)
        period = edition.period if edition else first_period(series.cadence, now)
        return Opened(
            series,
            stored_people.names(session, series.workspace_id, mentioned),
            period,
            notices=still_to_come(
                notices.of_series(session, series.workspace_id, series.id), _today(series.cadence.zone, now)
            ),
            styles=tuple(house_styles.of_series(session, series.workspace_id, series.id)),
            is_editor=user_id in series.editors,
        )


def locked_for(session: Session, workspace_id: str, series_id: int, user_id: str, command: str) -> Series:
    """Return a series for somebody who may do this with it, changed by nobody else until this transaction ends.

    Its editions are kept first, as whoever publishes one keeps that before its series: in another order two would wait
    for each other. Raises NoSeriesHereError, NotAllowedError.
    """
    editions.lock_unfinished(session, workspace_id, series_id)
    series = stored_series.lock(session, workspace_id, series_id)
    if series is None:
        raise NoSeriesHereError
    _require(session, series, user_id, command)
    return series


def _keep_times(session: Session, before: Series, series: Series, now: datetime) -> None:
    """Let an edition that has begun go on as it was planned, whatever the times are from the next on."""
    if series.cadence == before.cadence:
        return
    for edition in editions.unfinished(session, series.workspace_id, series.id):
        editions.keep_cadence(session, edition, kept_cadence(edition, before.cadence, series.cadence, now))


def _require(session: Session, series: Series, user_id: str, command: str) -> None:
    """Raise NotAllowedError for whoever may not do this, by what they are to the series and to the workspace."""
    person = stored_people.get(session, series.workspace_id, user_id)
    names = stored_people.names(session, series.workspace_id, set(series.editors))
    require(series, user_id, command, names, is_admin=bool(person and person.is_admin))


def _ask_again(session: Session, before: Series, series: Series) -> None:
    """Let those be asked by direct message, in an edition still to begin, whose time the channel's asking passed by."""
    if before.asks_in is AsksIn.CHANNEL and series.asks_in is AsksIn.DIRECT_MESSAGES:
        for edition in editions.unfinished(session, series.workspace_id, series.id):
            if edition.state is EditionState.SCHEDULED:
                steps.ask_again(session, edition)


def _check_channel(session: Session, before: Series, series: Series) -> None:
    is_moving = series.channel_id != before.channel_id
    if is_moving and stored_series.in_channel(session, series.workspace_id, series.channel_id):
        raise InvalidInputError("channel_is_taken", "channel")


def _today(typed_zone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(read_zone(typed_zone))).date()
