"""Joining and leaving: people becoming contributors of a series, and ceasing to be, of their own accord."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.cadence import instant
from bot.domain.deliveries import Message, Owed
from bot.domain.editions import StepKind
from bot.domain.errors import NoSeriesHereError, NotAllowedError, WhichSeriesError
from bot.domain.members import STAYING_OUT, Choice, may_be_asked
from bot.domain.people import Person, can_be_asked
from bot.domain.planning import first_period, publish_due
from bot.domain.series import Series
from bot.rendering.joining import Asks, Joinings
from bot.services.composing import zone_of
from bot.services.dates import goes_out_at
from bot.services.membership import Membership
from bot.services.placing import current_edition
from storage import answers, changes, deliveries, editions, members, people, steps
from storage import series as series_store
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Joining:
    """The use cases of taking part."""

    database: Database
    clock: Clock
    membership: Membership
    joinings: Joinings

    def join(self, workspace_id: str, user_id: str, *, channel_id: str = "", series_id: int = 0) -> Message:
        """Let somebody take part in the series of the channel they are in, or in one they were told of.

        Raises NoSeriesHereError, WhichSeriesError, and NotAllowedError for guests who are left out, and outsiders.
        """
        now = self.clock.now()
        with self.database.session() as session:
            series = self._to_join(session, workspace_id, user_id, channel_id, series_id)
            if not may_be_asked(series, people.get(session, workspace_id, user_id)):
                raise NotAllowedError("guests_cannot_join", series=series.name)
            if channel_id == series.channel_id:
                members.arrive(session, workspace_id, series.id, user_id)
            was_in = user_id in series.contributors
            if not was_in:
                members.choose(session, workspace_id, series.id, user_id, Choice.JOINED, now=now)
                series = self.membership.let_in(session, series, [user_id], now=now)
                changes.note_person(session, workspace_id, user_id)
            return self.joinings.joined(series, _asks(session, self.joinings, series, user_id, now), was_in=was_in)

    def decline(self, workspace_id: str, user_id: str, series_id: int) -> Message:
        """Keep that a newcomer does not want to take part. Raises NoSeriesHereError."""
        now = self.clock.now()
        with self.database.session() as session:
            series = _known(session, workspace_id, series_id, user_id)
            if user_id not in series.contributors:
                members.choose(session, workspace_id, series.id, user_id, Choice.DECLINED, now=now)
            return self.joinings.declined(series)

    def ask_to_leave(self, workspace_id: str, user_id: str, series_id: int) -> Message:
        """Let somebody out of a series; an editor is asked first what they want to leave. Raises NotAllowedError."""
        with self.database.session() as session:
            series = _get(session, workspace_id, series_id)
            if user_id in series.editors:
                return self._editor_question(session, series, user_id)
        return self.leave(workspace_id, user_id, series_id)

    def leave_question(self, workspace_id: str, user_id: str, series_id: int) -> Message:
        """Ask somebody whether they want to leave, an editor what. Raises NoSeriesHereError."""
        now = self.clock.now()
        with self.database.session() as session:
            series = _known(session, workspace_id, series_id, user_id)
            if user_id in series.editors:
                return self._editor_question(session, series, user_id)
            return self.joinings.leave_question(series, _staying(session, series, user_id, now))

    def leave(self, workspace_id: str, user_id: str, series_id: int) -> Message:
        """Ask somebody no more; what they gave stays. Leaving twice is leaving once. Raises NoSeriesHereError."""
        now = self.clock.now()
        with self.database.session() as session:
            series = _known(session, workspace_id, series_id, user_id)
            total = self._leave(session, series, user_id, now)
            if user_id in series.editors:
                return self.joinings.stopped_asking(series, total)
            return self.joinings.left(series, total)

    def stop_editing(self, workspace_id: str, user_id: str, series_id: int) -> Message:
        """Take an editor out of a series altogether, unless they are its last. Raises NotAllowedError."""
        now = self.clock.now()
        with self.database.session() as session:
            editions.lock_unfinished(session, workspace_id, series_id)  # before the series, as whoever publishes does
            series = series_store.lock(session, workspace_id, series_id)
            if series is None or user_id not in series.editors:
                raise NoSeriesHereError
            if not _others(session, series, user_id):
                raise NotAllowedError("last_editor", series=series.name, channel_id=series.channel_id)
            total = self._leave(session, series, user_id, now) if user_id in series.contributors else 0
            series_store.remove_editors(session, workspace_id, series.id, [user_id])
            return self.joinings.left(series, total, was_editor=True)

    def has_series(self, workspace_id: str, channel_id: str) -> bool:
        """Say whether a channel has a series, so that its comings and goings matter."""
        with self.database.session() as session:
            return series_store.in_channel(session, workspace_id, channel_id) is not None

    def arrived(self, workspace_id: str, channel_id: str, person: Person) -> None:
        """Tell somebody who came to a series' channel of it, once; where everyone is asked, let them in."""
        now = self.clock.now()
        with self.database.session() as session:
            series = series_store.in_channel(session, workspace_id, channel_id)
            if series is None:
                return
            people.upsert(session, workspace_id, [person], now=now)
            is_new = members.arrive(session, workspace_id, series.id, person.id)
            if not may_be_asked(series, person):
                return
            if series.follows_channel:
                self._let_in_followed(session, series, person, now, is_new=is_new)
            elif is_new and person.id not in {*series.contributors, *series.editors, _maker(session, series)}:
                self._tell(session, series, person, self.joinings.newcomer(series), now)

    def departed(self, workspace_id: str, channel_id: str, user_id: str) -> None:
        """Keep that somebody left a series' channel; where everyone there is asked, they are asked no more."""
        with self.database.session() as session:
            series = series_store.in_channel(session, workspace_id, channel_id)
            if series is None:
                return
            members.depart(session, workspace_id, series.id, user_id)
            if series.follows_channel:
                self.membership.follow_out(session, series, user_id, now=self.clock.now())

    def _to_join(self, session: Session, workspace_id: str, user_id: str, channel_id: str, series_id: int) -> Series:
        """Return the series that somebody wants to join: they must be in its channel, as far as is known."""
        here = series_store.in_channel(session, workspace_id, channel_id) if channel_id else None
        if series_id and not (here and here.id == series_id):
            return _known(session, workspace_id, series_id, user_id)
        if here:
            return here
        there = series_store.with_member(session, workspace_id, user_id)
        edited = series_store.of_editor(session, workspace_id, user_id)
        offered = {each.id: each for each in (*there, *edited) if user_id not in each.contributors}
        if len(offered) > 1:
            raise WhichSeriesError(offered.values())
        if not offered:
            raise NoSeriesHereError("join_in_channel")
        return next(iter(offered.values()))

    def _editor_question(self, session: Session, series: Series, user_id: str) -> Message:
        is_last = not _others(session, series, user_id)
        return self.joinings.editor_leave_question(series, is_asked=user_id in series.contributors, is_last=is_last)

    def _leave(self, session: Session, series: Series, user_id: str, now: datetime) -> int:
        """Let somebody out. Returns how many answers of theirs stay for the coming note."""
        staying = _staying(session, series, user_id, now)
        self.membership.let_out(session, series, user_id, now=now)
        changes.note_person(session, series.workspace_id, user_id)
        members.choose(session, series.workspace_id, series.id, user_id, Choice.LEFT, now=now)
        return staying

    def _let_in_followed(
        self, session: Session, series: Series, person: Person, now: datetime, *, is_new: bool
    ) -> None:
        member = members.get(session, series.workspace_id, series.id, person.id)
        if person.id in series.contributors or (member and member.choice in STAYING_OUT):
            return
        after = self.membership.let_in(session, series, [person.id], now=now)
        if is_new:
            asks = _asks(session, self.joinings, after, person.id, now)
            self._tell(session, after, person, self.joinings.newcomer_followed(after, asks), now)

    def _tell(self, session: Session, series: Series, person: Person, message: Message, now: datetime) -> None:
        owed = Owed(f"series:{series.id}:newcomer:{person.id}", "newcomer", person.id, message.payload())
        if deliveries.owe(session, series.workspace_id, owed, now=now):
            members.choose(session, series.workspace_id, series.id, person.id, Choice.TOLD, now=now)


def _get(session: Session, workspace_id: str, series_id: int) -> Series:
    series = series_store.get(session, workspace_id, series_id)
    if series is None:
        raise NoSeriesHereError
    return series


def _known(session: Session, workspace_id: str, series_id: int, user_id: str) -> Series:
    """Return a series that has to do with somebody already. One they made up gets the same answer as none."""
    series = _get(session, workspace_id, series_id)
    member = members.get(session, workspace_id, series_id, user_id)
    is_in = user_id in {*series.contributors, *series.editors}
    if not (is_in or (member and (member.is_present or member.choice is Choice.LEFT))):
        raise NoSeriesHereError("join_in_channel")
    return series


def _others(session: Session, series: Series, user_id: str) -> list[str]:
    """Return the editors that a series would have without somebody: those who are there to edit."""
    known = people.many(session, series.workspace_id, series.editors)
    others = [editor for editor in series.editors if editor != user_id]
    return [editor for editor in others if editor not in known or can_be_asked(known[editor])]


def _staying(session: Session, series: Series, user_id: str, now: datetime) -> int:
    """Return how many answers of somebody are there for the coming note."""
    edition = current_edition(session, series, now)
    return len(answers.of_edition(session, series.workspace_id, edition.id, user_id)) if edition else 0


def _maker(session: Session, series: Series) -> str:
    return series_store.created_by(session, series.workspace_id, series.id)


def _asks(session: Session, joinings: Joinings, series: Series, user_id: str, now: datetime) -> Asks:
    """Return when a series asks somebody next, who takes part in it."""
    zone, spoken = zone_of(session, series, user_id), joinings.templates.words.spoken
    waiting = editions.unfinished(session, series.workspace_id, series.id)
    for edition in waiting:
        step = steps.due_for(session, edition, user_id, StepKind.ASK)
        if step:
            goes_out = spoken(goes_out_at(session, series, edition), zone)
            return Asks(spoken(step.due_at, zone), step.due_at <= now, edition.period, goes_out)
    period = series.cadence.next_period(waiting[-1].period) if waiting else first_period(series.cadence, now)
    at = instant(series.cadence.ask.day_in(period), series.cadence.ask.at, zone)
    return Asks(spoken(at, zone), at <= now, period, spoken(publish_due(series.cadence, period), zone))
