"""Making and changing series, and finding the one that somebody means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.errors import InvalidInputError, NoSeriesHereError, NotAllowedError, WhichSeriesError
from bot.domain.people import Person
from bot.domain.permissions import check_is_here, is_for_here, may_any, refusal, require
from bot.domain.series import Series
from bot.domain.series_forms import SeriesForm, first_title, form_of, new_series
from bot.domain.zones import UTC_ZONE, read_zone
from bot.rendering.environments import Templates
from bot.rendering.questions import usual_questions
from bot.rendering.settings.note import HEADLINE
from bot.services.introducing import Introducing
from bot.services.planning import plan_series
from storage import deliveries
from storage import people as stored_people
from storage import series as stored_series
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class OpenForm:
    """What the setup form opens with: its values, and the id of the series it changes (None: it makes one).

    `title` is how the first note's would look, `problem` says why there is none.
    """

    form: SeriesForm
    series_id: int | None = None
    title: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Administering:
    """The use cases of setting up."""

    database: Database
    clock: Clock
    templates: Templates

    def create_series(
        self,
        workspace_id: str,
        creator: str,
        form: SeriesForm,
        people: Mapping[str, Person],
        *,
        is_in_channel: bool | None = None,
    ) -> Series:
        """Make a series and owe its introductions. `people` are those the form names, as Slack describes them.

        Raises InvalidInputError naming the field. `is_in_channel` says whether the bot can post there (None: unknown).
        """
        now = self.clock.now()
        described = new_series(workspace_id, creator, form, people, _today(form.zone, now))
        with self.database.session() as session:
            series = stored_series.create(session, workspace_id, described, created_by=creator, now=now)
            if series is None:
                raise InvalidInputError("channel_is_taken", "channel")
            plan_series(session, series, now=now)
            introducing = self._introducing(session, series, creator, now)
            if is_in_channel is not False:
                deliveries.owe(session, workspace_id, introducing.introduction(series, creator), now=now)
            owed = introducing.welcome(series, creator, is_in_channel=is_in_channel)
            deliveries.owe(session, workspace_id, owed, now=now)
            for editor in set(series.editors) - {creator}:
                owed = introducing.named(series, editor, creator, "setup")
                deliveries.owe(session, workspace_id, owed, now=now)
            return series

    def open_form(self, workspace_id: str, channel_id: str, user_id: str) -> OpenForm:
        """Return what the setup form opens with in a channel: its series for an editor of it, else a new one.

        `channel_id` is empty where no series can be. Raises NotAllowedError for somebody who does not edit the series.
        """
        with self.database.session() as session:
            series = stored_series.in_channel(session, workspace_id, channel_id) if channel_id else None
            person = stored_people.get(session, workspace_id, user_id)
            if series is None:
                if person and person.is_guest:
                    raise NotAllowedError("guests_cannot_set_up")
                zone = person.zone if person else UTC_ZONE
                name = self.templates.label("series.usual_name")
                questions = usual_questions(self.templates)
                return self.tried(SeriesForm(channel_id, name, (user_id,), (user_id,), questions, zone=zone))
            if not may_any(series, user_id, "settings", is_admin=bool(person and person.is_admin)):
                names = self._names(session, series)
                editors = [names.get(editor, editor) for editor in series.editors]
                raise NotAllowedError("editors_set_up", series=series.name, editors=editors)
            return OpenForm(form_of(series), series.id)

    def tried(self, form: SeriesForm) -> OpenForm:
        """Return a setup form as it is filled, with how the first note's title would look."""
        try:
            title = first_title(form, self.templates.label(HEADLINE), self.clock.now())
        except InvalidInputError as refused:
            return OpenForm(form, problem=self.templates.error(refused))
        return OpenForm(form, title=title)

    def find_series(self, workspace_id: str, channel_id: str, user_id: str, command: str = "status") -> Series:
        """Return the series somebody means: the channel's, else the only one in which they may do `command`.

        What is for contributors is done in their own series wherever they type it, also in the channel of another.

        Raises WhichSeriesError with the choices, NoSeriesHereError, or NotAllowedError.
        """
        with self.database.session() as session:
            here = stored_series.in_channel(session, workspace_id, channel_id)
            own = _of(session, workspace_id, user_id)
            choices = (here,) if here and (is_for_here(command) or may_any(here, user_id, command)) else own
            is_admin = _is_admin(session, workspace_id, user_id)
            allowed = [series for series in choices if may_any(series, user_id, command, is_admin=is_admin)]
            if len(allowed) > 1:
                raise WhichSeriesError(allowed)
            if allowed:
                return allowed[0]
            refusing = here or next(iter(own), None)
            if refusing:
                raise refusal(refusing, user_id, command, self._names(session, refusing))
            raise NoSeriesHereError

    def chosen_series(self, workspace_id: str, series_id: int, user_id: str, command: str) -> Series:
        """Return a series that somebody chose by its id. Raises NoSeriesHereError or NotAllowedError."""
        with self.database.session() as session:
            series = self._get(session, workspace_id, series_id)
            is_admin = _is_admin(session, workspace_id, user_id)
            require(series, user_id, command, self._names(session, series), is_admin=is_admin)
            return series

    def check_is_here(self, workspace_id: str, user_id: str) -> None:
        """Raise NotAllowedError for somebody who may do nothing in this workspace any more."""
        with self.database.session() as session:
            check_is_here(stored_people.get(session, workspace_id, user_id))

    def bot_joined(self, workspace_id: str, channel_id: str, inviter: str) -> Series | None:
        """Introduce the series of a channel that the bot was invited to, unless that was done before; return it."""
        now = self.clock.now()
        with self.database.session() as session:
            series = stored_series.in_channel(session, workspace_id, channel_id)
            if series:
                creator = stored_series.created_by(session, workspace_id, series.id) or inviter
                introducing = self._introducing(session, series, creator, now)
                deliveries.owe(session, workspace_id, introducing.introduction(series, creator), now=now)
            return series

    def bot_left(self, workspace_id: str, channel_id: str, occasion: str) -> None:
        """Tell the editors of a channel's series that the bot can no longer post there."""
        now = self.clock.now()
        with self.database.session() as session:
            series = stored_series.in_channel(session, workspace_id, channel_id)
            if series is None:
                return
            introducing = Introducing(self.templates, {}, now)
            for editor in series.editors:
                deliveries.owe(session, workspace_id, introducing.left(series, editor, occasion), now=now)

    def _get(self, session: Session, workspace_id: str, series_id: int) -> Series:
        series = stored_series.get(session, workspace_id, series_id)
        if series is None:
            raise NoSeriesHereError
        return series

    def _introducing(self, session: Session, series: Series, user_id: str, now: datetime) -> Introducing:
        return Introducing(self.templates, self._names(session, series, user_id), now)

    def _names(self, session: Session, series: Series, *others: str) -> dict[str, str]:
        mentioned = {*series.contributors, *series.editors, *others}
        return stored_people.names(session, series.workspace_id, mentioned)


def _of(session: Session, workspace_id: str, user_id: str) -> tuple[Series, ...]:
    """Return the series that somebody takes part in, by id."""
    found: Iterable[Series] = (
        *stored_series.of_contributor(session, workspace_id, user_id),
        *stored_series.of_editor(session, workspace_id, user_id),
    )
    return tuple(sorted({series.id: series for series in found}.values(), key=lambda series: series.id))


def _is_admin(session: Session, workspace_id: str, user_id: str) -> bool:
    person = stored_people.get(session, workspace_id, user_id)
    return bool(person and person.is_admin)


def _today(typed_zone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(read_zone(typed_zone))).date()
