"""Merging: this week's note comes together with the next one's, as a fortnight note."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.deliveries import Message, Owed
from bot.domain.editions import Edition, EditionState
from bot.domain.errors import EditionGoneError
from bot.domain.series import Series
from bot.services.composing import zone_of
from bot.services.dates import goes_out_at
from bot.services.editable import editable_edition
from bot.services.posting import Posting
from bot.services.threads import in_thread
from storage import answers, deliveries, editions, prompts, steps
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Merging:
    """Lets an edition be part of the next one's note, and takes it out again."""

    database: Database
    clock: Clock
    posting: Posting

    def next_of(self, workspace_id: str, edition_id: int, user_id: str) -> Edition:
        """Return the edition that another would be merged into. Raises EditionGoneError where there is none."""
        with self.database.session() as session:
            _, edition = editable_edition(session, workspace_id, edition_id, user_id)
            return _next(session, edition)

    def merge(self, workspace_id: str, edition_id: int, user_id: str) -> Message:
        """Let an edition come with the next one's note; doing it twice does it once. Returns the editor's sentence.

        Answers stay with the edition they were given to, so that they keep their week and their order.
        """
        now = self.clock.now()
        with self.database.session() as session:
            series, edition = editable_edition(session, workspace_id, edition_id, user_id, is_locked=True)
            if edition.state is not EditionState.MERGED:
                target = editions.lock(session, workspace_id, _next(session, edition).id)
                if target is None or target.state is EditionState.PUBLISHED:
                    raise EditionGoneError("nothing_to_merge")
                editions.merge(session, edition, target)
                self._follow(session, series, editions.merged_into(session, target)[-1], target.id, now)
            merged = editions.get(session, workspace_id, edition_id) or edition
            target = editions.get(session, workspace_id, merged.merged_into or 0) or merged
            due = goes_out_at(session, series, target)
            return self.posting.drafts.merged(series, merged, target, due, zone_of(session, series, user_id))

    def unmerge(self, workspace_id: str, edition_id: int, user_id: str) -> Message:
        """Let each week have a note of its own again. One whose time has passed waits until an editor publishes it."""
        now = self.clock.now()
        with self.database.session() as session:
            series, found = editable_edition(session, workspace_id, edition_id, user_id, is_locked=True)
            if found.state is EditionState.MERGED:
                target = editions.lock(session, workspace_id, found.merged_into or 0)
                if target is None or target.state is EditionState.PUBLISHED:
                    raise EditionGoneError("merged_is_out")
                freed = editions.merged_into(session, target)
                editions.unmerge(session, target)
                for edition in freed:
                    self._set_free(session, series, edition, now)
                self.posting.refresh(session, series, target, now=now)
            return self.posting.drafts.plain("unmerged", series=series.name, period=found.period)

    def _set_free(self, session: Session, series: Series, edition: Edition, now: datetime) -> None:
        """Let an edition go on as it would have: what it skipped while it was merged falls due again."""
        is_late = goes_out_at(session, series, edition) <= now
        was_asked = prompts.openings(session, edition.workspace_id, edition.id)
        state = EditionState.CLOSED if is_late else EditionState.COLLECTING if was_asked else EditionState.SCHEDULED
        editions.change(session, edition, state=state.value, is_held=edition.is_held or is_late)
        if not is_late:
            steps.revive(session, edition)
        free = editions.get(session, edition.workspace_id, edition.id) or edition
        self.posting.refresh(session, series, free, now=now)
        self._tell(session, series, free, free, now)

    def _follow(self, session: Session, series: Series, merged: Edition, target_id: int, now: datetime) -> None:
        """Let the drafts of both weeks follow, and tell those who know of the first."""
        target = editions.get(session, series.workspace_id, target_id) or merged
        self.posting.refresh(session, series, merged, now=now)
        self.posting.refresh(session, series, target, now=now)
        self._tell(session, series, merged, target, now)

    def _tell(self, session: Session, series: Series, edition: Edition, target: Edition, now: datetime) -> None:
        """Tell the contributors who have been asked, or have given something, when their words go out now."""
        asked = {prompt.user_id: prompt for prompt in prompts.openings(session, edition.workspace_id, edition.id)}
        given = answers.givers(session, edition.workspace_id, edition.id)
        due = goes_out_at(session, series, target)
        for user_id in dict.fromkeys([*asked, *given]):
            message = self.posting.drafts.told_of_merging(
                series, edition, target, due, zone_of(session, series, user_id), has_given=user_id in given
            )
            key = f"edition:{edition.id}:merging:{user_id}:{now.timestamp():.6f}:{target.id}"
            opening = asked.get(user_id)
            owed = (
                in_thread(opening, key, "merging", message)
                if opening and opening.ts
                else Owed(key, "merging", user_id, message.payload(), edition_id=edition.id)
            )
            deliveries.owe(session, edition.workspace_id, owed, now=now)


def _next(session: Session, edition: Edition) -> Edition:
    """Return the edition after another, if neither is out. Raises EditionGoneError."""
    waiting = {each.id for each in editions.unfinished(session, edition.workspace_id, edition.series_id)}
    found = editions.following(session, edition.workspace_id, edition)
    if found is None or not {edition.id, found.id} <= waiting:
        raise EditionGoneError("nothing_to_merge")
    return found
