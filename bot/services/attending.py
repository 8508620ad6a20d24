"""Attending: a series that asks everyone in its channel asks just those who are there."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from bot.clock import Clock
from bot.domain.errors import InvalidInputError
from bot.domain.members import may_be_asked
from bot.domain.people import Person
from bot.domain.series_forms import SeriesForm
from bot.services.membership import Membership
from storage import editions, members, people
from storage import series as series_store
from storage.database import Database


class ChannelReader(Protocol):
    """What attending needs of `bot.slack.channels.Channels`."""

    def members(self, workspace_id: str, channel_id: str) -> frozenset[str] | None:
        """Return the ids of those who are in a channel, or None where Slack does not say."""
        ...

    def people(self, workspace_id: str, user_ids: Collection[str]) -> tuple[Person, ...]:
        """Return these people, as far as Slack knows them and answers."""
        ...


@dataclass(frozen=True, slots=True)
class Attending:
    """Reads who is in a channel, outside any transaction, and brings series into line. Doing it twice does it once."""

    database: Database
    clock: Clock
    membership: Membership
    reader: ChannelReader

    def check(self, workspace_id: str, form: SeriesForm) -> None:
        """Raise InvalidInputError when everyone in a channel is to be asked, and Slack does not say who that is."""
        if form.follows_channel and self.reader.members(workspace_id, form.channel_id) is None:
            raise InvalidInputError("channel_unreadable", "follows_channel")

    def follow_all(self, workspace_id: str) -> None:
        """Bring every series of a workspace that follows its channel into line."""
        with self.database.session() as session:
            found = series_store.every(session, workspace_id)
        for series in found:
            self.follow(workspace_id, series.id)

    def follow(self, workspace_id: str, series_id: int) -> None:
        """Bring a series into line with its channel, if it follows it and Slack says who is there."""
        with self.database.session() as session:
            series = series_store.get(session, workspace_id, series_id)
        if series is None or not series.follows_channel:
            return
        present = self.reader.members(workspace_id, series.channel_id)
        if present is None:
            return
        with self.database.session() as session:
            unknown = present - people.many(session, workspace_id, present).keys()
        found = self.reader.people(workspace_id, unknown) if unknown else ()
        now = self.clock.now()
        with self.database.session() as session:
            people.upsert(session, workspace_id, found, now=now)
            editions.lock_unfinished(session, workspace_id, series_id)  # before the series, as whoever publishes does
            locked = series_store.lock(session, workspace_id, series_id)
            if locked and locked.follows_channel:
                members.set_present(session, workspace_id, series_id, present)
                self.membership.follow(session, locked, now=now)

    def person_changed(self, workspace_id: str, user_id: str) -> None:
        """Let somebody in or out of the series that follow a channel they are in, after their standing changed."""
        now = self.clock.now()
        with self.database.session() as session:
            person = people.get(session, workspace_id, user_id)
            for series in series_store.with_member(session, workspace_id, user_id):
                if not series.follows_channel:
                    continue
                member = members.get(session, workspace_id, series.id, user_id)
                if not may_be_asked(series, person):
                    self.membership.follow_out(session, series, user_id, now=now)
                elif member and member.wants_in:
                    self.membership.let_in(session, series, [user_id], now=now)
