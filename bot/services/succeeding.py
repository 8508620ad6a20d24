"""Succeeding: a series whose last editor has left the workspace is offered to somebody, and forced on nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.clock import Clock
from bot.domain.deliveries import Message, Owed
from bot.domain.errors import NoSeriesHereError, NotAllowedError
from bot.domain.people import Person, can_be_asked
from bot.domain.series import Series
from bot.rendering.joining import Joinings
from storage import deliveries, members, people
from storage import series as series_store
from storage.database import Database, Session


class CreatorReader(Protocol):
    """What succeeding needs of `bot.slack.channels.Channels`."""

    def creator(self, workspace_id: str, channel_id: str) -> str:
        """Return the id of the person who made a channel, or an empty string where Slack does not say."""
        ...


@dataclass(frozen=True, slots=True)
class Succeeding:
    """Offers series that nobody edits, and gives them to whoever takes one."""

    database: Database
    clock: Clock
    joinings: Joinings
    reader: CreatorReader

    def look_after(self, workspace_id: str, *, is_patient: bool = True) -> None:
        """Offer the series without an editor to the creators of their channels, or else to a workspace admin.

        A patient look asks nobody else while somebody who was asked is there to answer; the weekly one does.
        """
        with self.database.session() as session:
            orphaned = [each for each in series_store.every(session, workspace_id) if not _editing(session, each)]
        for series in orphaned:
            creator = self.reader.creator(workspace_id, series.channel_id)
            self._offer(workspace_id, series.id, creator, is_patient=is_patient)

    def take_over(self, workspace_id: str, user_id: str, series_id: int, of: str) -> Message:
        """Make somebody who was asked the editor of a series, unless it has one again. `of` are those who left it.

        Raises NoSeriesHereError, and NotAllowedError for somebody who was not asked.
        """
        with self.database.session() as session:
            series = series_store.lock(session, workspace_id, series_id)
            if series is None:
                raise NoSeriesHereError
            if deliveries.find(session, workspace_id, _key(series, of, user_id)) is None:
                raise NotAllowedError
            editing = _editing(session, series)
            if editing:
                names = [person.name for person in editing]
                return self.joinings.taken_over(series, names, is_theirs=user_id in {each.id for each in editing})
            series_store.remove_editors(session, workspace_id, series.id, series.editors)
            series_store.add_editor(session, workspace_id, series.id, user_id)
            return self.joinings.taken_over(series, (), is_theirs=True)

    def _offer(self, workspace_id: str, series_id: int, creator: str, *, is_patient: bool) -> None:
        now = self.clock.now()
        with self.database.session() as session:
            series = series_store.lock(session, workspace_id, series_id)
            if series is None or _editing(session, series):
                return
            candidates = _candidates(session, series, creator)
            of = "+".join(series.editors)
            asked = [each for each in candidates if deliveries.find(session, workspace_id, _key(series, of, each))]
            following = next((each for each in candidates if each not in asked), None)
            if following is None or (asked and is_patient):
                return
            gone = list(people.names(session, workspace_id, series.editors).values())
            message = self.joinings.take_over(series, gone, of, is_creator=following == creator)
            owed = Owed(_key(series, of, following), "take_over", following, message.payload())
            deliveries.owe(session, workspace_id, owed, now=now)


def _key(series: Series, of: str, user_id: str) -> str:
    """Return the key of an offer: of the series that these editors left, to this person."""
    return f"series:{series.id}:take_over:{of}:{user_id}"


def _editing(session: Session, series: Series) -> list[Person]:
    """Return the editors who are there to edit. One of whom nothing is known counts as there."""
    known = people.many(session, series.workspace_id, series.editors)
    found = [known.get(editor, Person(editor, editor)) for editor in series.editors]
    return [person for person in found if can_be_asked(person)]


def _candidates(session: Session, series: Series, creator: str) -> Sequence[str]:
    """Return who could take a series over: the channel's creator, then admins, those in the channel first."""
    workspace_id = series.workspace_id
    admins = people.admins(session, workspace_id)
    there = {each.user_id for each in members.of_series(session, workspace_id, series.id) if each.is_present}
    there |= set(series.contributors)
    maker = people.get(session, workspace_id, creator) if creator else None
    by_closeness = sorted(admins.values(), key=lambda person: (person.id not in there, person.id))
    fit = [each for each in (maker, *by_closeness) if each and can_be_asked(each) and not each.is_guest]
    return list(dict.fromkeys(each.id for each in fit))
