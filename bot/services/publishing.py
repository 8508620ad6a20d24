"""Publishing: what an editor does with a note, by a command, a button or a form."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.attempts import IN_DOUBT
from bot.domain.deliveries import Message
from bot.domain.editions import Edition, EditionState
from bot.domain.errors import NoSeriesHereError, NotAllowedError, NothingToPublishError
from bot.domain.permissions import needs_another
from bot.domain.series import Series
from bot.services.composing import own_note, zone_of
from bot.services.dates import goes_out_at
from bot.services.editable import editable, editable_edition
from bot.services.failing import NOTE_KINDS
from bot.services.placing import current_edition
from bot.services.posting import Posting
from storage import answers, deliveries, editions, failures
from storage import series as series_store
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Published:
    """A note that is out: its title, whether this brought a posted one up to date, and where it is."""

    title: str
    was_update: bool
    channel_id: str
    waits_for: tuple[str, ...] = ()
    """The names of the editors one of whom is to publish it, because it was edited by whoever wanted to."""
    is_in_doubt: bool = False
    """Whether nobody knows if it is out: then an editor is to look, and says so by *Try again*."""


@dataclass(frozen=True, slots=True)
class ToPublish:
    """The edition that `publish` is about, how many people have given something to it, and how its note stands."""

    edition: Edition
    givers: int
    is_out: bool
    is_in_doubt: bool


@dataclass(frozen=True, slots=True)
class Publishing:
    """Posts notes."""

    database: Database
    clock: Clock
    posting: Posting

    def publish(self, workspace_id: str, series_id: int, user_id: str) -> Published:
        """Post the present edition of a series now, or bring the note posted last up to date when nothing waits.

        Raises NotAllowedError, NoSeriesHereError, NothingToPublishError.
        """
        with self.database.session() as session:
            series = editable(session, workspace_id, series_id, user_id)
            edition = self._to_publish(session, series, is_posting=True)
            return self._publish(session, series, edition, user_id)

    def publish_edition(self, workspace_id: str, edition_id: int, user_id: str) -> Published:
        """Post an edition now, or bring its posted note up to date. Pressing twice posts once.

        Raises NotAllowedError, EditionGoneError, NothingToPublishError.
        """
        with self.database.session() as session:
            series, edition = editable_edition(session, workspace_id, edition_id, user_id)
            return self._publish(session, series, edition, user_id)

    def preview(self, workspace_id: str, series_id: int, user_id: str) -> tuple[Message, ...]:
        """Return the draft: for an editor the whole note with its buttons, for anyone else their own part."""
        with self.database.session() as session:
            series = series_store.get(session, workspace_id, series_id)
            edition = self._to_publish(session, series) if series else None
            if series is None or edition is None:
                raise NoSeriesHereError
            if user_id in series.editors:
                now = self.clock.now()
                return self.posting.drafting.messages(session, series, edition, user_id, now, is_asked_for=True)
            return self._own_draft(session, series, edition, user_id)

    def next_to_publish(self, workspace_id: str, series_id: int, user_id: str) -> ToPublish:
        """Return the edition that `publish` is about.

        Raises NotAllowedError, NoSeriesHereError, NothingToPublishError.
        """
        with self.database.session() as session:
            series = editable(session, workspace_id, series_id, user_id)
            edition = self._to_publish(session, series, is_posting=True)
            given = answers.givers(session, workspace_id, edition.id)
            if not given:
                raise NothingToPublishError
            error = failures.refusal(session, workspace_id, edition.id)
            is_out = edition.state is EditionState.PUBLISHED and not error
            return ToPublish(edition, len(given), is_out=is_out, is_in_doubt=IN_DOUBT in error)

    def retry(self, workspace_id: str, edition_id: int, user_id: str) -> Message:
        """Attempt again what could not be posted of an edition. Returns the sentence for the editor."""
        with self.database.session() as session:
            series, edition = editable_edition(session, workspace_id, edition_id, user_id)
            self._attempt_again(session, series, edition, is_sure=True)
            return self.posting.drafts.plain("retrying", series=series.name, period=edition.period)

    def _publish(self, session: Session, series: Series, edition: Edition, user_id: str) -> Published:
        locked = editions.lock(session, series.workspace_id, edition.id) or edition
        if locked.state is EditionState.PUBLISHED:
            error = failures.refusal(session, series.workspace_id, locked.id)
            self._attempt_again(session, series, locked, is_sure=False)
            return Published(
                self.posting.bring_up_to_date(session, series, locked, now=self.clock.now()),
                was_update=not error,
                channel_id=series.channel_id,
                is_in_doubt=IN_DOUBT in error,
            )
        if not answers.givers(session, series.workspace_id, edition.id):
            raise NothingToPublishError
        if needs_another(series, locked) and locked.edited_by == user_id:
            if len(series.editors) == 1:
                raise NotAllowedError("second_eyes_alone", series=series.name)
            others = self.posting.ask_others(session, series, locked, user_id, self.clock.now())
            return Published(series.name, was_update=False, channel_id=series.channel_id, waits_for=tuple(others))
        title = self.posting.post(session, series, locked, now=self.clock.now())
        return Published(title, was_update=False, channel_id=series.channel_id)

    def _attempt_again(self, session: Session, series: Series, edition: Edition, *, is_sure: bool) -> None:
        """Owe again what Slack refused of a note, in the channel where the series' notes go now.

        What may have arrived is repeated only where an editor has looked, and `is_sure` that it is not there.
        """
        workspace_id, channel, now = series.workspace_id, series.channel_id, self.clock.now()
        deliveries.send_elsewhere(
            session, workspace_id, edition_id=edition.id, kind="digest", channel=channel, is_sure=is_sure
        )
        deliveries.owe_again(session, workspace_id, edition_id=edition.id, kinds=NOTE_KINDS, is_sure=is_sure, now=now)
        self.posting.drafting.refresh(session, series, edition, now=now)

    def _to_publish(self, session: Session, series: Series, *, is_posting: bool = False) -> Edition:
        """Return the edition that is meant: the oldest waiting with answers, the last one out, or the present.

        A week that has not begun is not meant by posting, whatever was jotted for it. By looking at the draft, the last
        one out is meant only in its own week.
        """
        today = self.clock.now().astimezone(ZoneInfo(series.cadence.zone)).date()
        for edition in editions.unfinished(session, series.workspace_id, series.id):
            if is_posting and edition.period.start > today:
                continue
            if answers.givers(session, series.workspace_id, edition.id):
                return edition
        present = current_edition(session, series, self.clock.now())
        latest = next(iter(editions.latest_published(session, series.workspace_id, series.id)), None)
        is_latest_meant = latest is not None and (is_posting or today in latest.period)
        found = (latest if is_latest_meant else None) or present or latest
        if found is None:
            raise NoSeriesHereError
        return found

    def _own_draft(self, session: Session, series: Series, edition: Edition, user_id: str) -> tuple[Message, ...]:
        total = answers.givers(session, series.workspace_id, edition.id).get(user_id, 0)
        return self.posting.drafts.own(
            series,
            edition,
            note=own_note(session, series, edition, user_id) if total else None,
            total=total,
            goes_out=self.posting.templates.words.spoken(
                goes_out_at(session, series, edition), zone_of(session, series, user_id)
            ),
        )
