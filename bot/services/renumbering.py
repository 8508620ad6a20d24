"""Renumbering: a new season, or another number for the next note. Numbers that were given stay given."""

from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.domain.errors import ChangedMeanwhileError, InvalidInputError, NoSeriesHereError
from bot.domain.numbering import next_numbers, number_of, shown_numbers, title_of_next
from bot.domain.permissions import require
from bot.domain.planning import first_period
from bot.domain.series import Series
from bot.domain.weeks import Period
from bot.rendering.environments import Templates
from bot.rendering.season import Numbers
from bot.rendering.settings.note import HEADLINE
from bot.services.configuring import locked_for
from bot.services.placing import current_edition
from storage import editions
from storage import people as stored_people
from storage import series as stored_series
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Renumbering:
    """The use cases of numbers."""

    database: Database
    clock: Clock
    templates: Templates

    def opened(self, workspace_id: str, series_id: int, user_id: str) -> Numbers:
        """Return what the form opens with for an editor: the season after this one, from its first note."""
        with self.database.session() as session:
            series = stored_series.get(session, workspace_id, series_id)
            if series is None:
                raise NoSeriesHereError
            require(series, user_id, "season", stored_people.names(session, workspace_id, set(series.editors)))
            season, number = shown_numbers(series.numbering)
            suggested = (season, number) if not series.numbering.has_seasons else (str(int(season) + 1), "1")
            return self._numbers(session, series, *suggested)

    def tried(self, workspace_id: str, series_id: int, user_id: str, season: str, number: str) -> Numbers:
        """Return what the form shows with these typed: how the next title would look, or what is wrong."""
        opened = self.opened(workspace_id, series_id, user_id)
        with self.database.session() as session:
            return self._numbers(session, opened.series, season, number)

    def set_next(
        self, workspace_id: str, series_id: int, user_id: str, season: str, number: str, *, shown: tuple[str, str]
    ) -> str:
        """Let the next note take this season and number, as typed; return its title without a headline.

        `shown` are the two that were next when the form was opened. Raises InvalidInputError, and ChangedMeanwhileError
        when a note has taken its number since.
        """
        with self.database.session() as session:
            series = locked_for(session, workspace_id, series_id, user_id, "season")
            numbering = next_numbers(series.numbering, season, number)
            if numbering != series.numbering and shown_numbers(series.numbering) != shown:
                raise ChangedMeanwhileError
            stored_series.set_numbering(session, workspace_id, series_id, numbering)
            return title_of_next(numbering, self._period(session, series), "")

    def _numbers(self, session: Session, series: Series, season: str, number: str) -> Numbers:
        period = self._period(session, series)
        headline = self.templates.label(HEADLINE)
        numbers = Numbers(series, season, number, shown_numbers(series.numbering))
        try:
            numbering = next_numbers(series.numbering, season, number)
        except InvalidInputError as error:
            return replace(numbers, problem=self.templates.error(error))
        is_taken = editions.has_number(session, series.workspace_id, series.id, number_of(numbering, period))
        return replace(numbers, title=title_of_next(numbering, period, headline), is_taken=is_taken)

    def _period(self, session: Session, series: Series) -> Period:
        now = self.clock.now()
        edition = current_edition(session, series, now)
        return edition.period if edition else first_period(series.cadence, now)
