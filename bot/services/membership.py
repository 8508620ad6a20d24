"""Who takes part: letting people into a series and out of it, inside a transaction of another service."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversation import open_prompt
from bot.domain.editions import StepKind
from bot.domain.members import may_be_asked
from bot.domain.people import can_be_asked
from bot.domain.series import Series
from bot.services.asking import Asking
from bot.services.away_people import asked_later
from bot.services.planning import plan_series
from storage import editions, members, people, prompts, steps
from storage import series as series_store
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Membership:
    """Lets people in and out."""

    asking: Asking

    def let_in(self, session: Session, series: Series, user_ids: Collection[str], *, now: datetime) -> Series:
        """Let a series ask these people: at once where it is asking already. Returns the series as it then is."""
        added = series_store.add_contributors(session, series.workspace_id, series.id, user_ids, now=now)
        after = series_store.get(session, series.workspace_id, series.id) or series
        if not added:
            return after
        for user_id in added:
            for edition in editions.unfinished(session, series.workspace_id, series.id):
                if not prompts.of_person(session, series.workspace_id, edition.id, user_id):
                    steps.revive_for(session, edition, user_id)
            plan_person(session, after, user_id, now=now)
        return after

    def let_out(self, session: Session, series: Series, user_id: str, *, now: datetime, is_told: bool = True) -> bool:
        """Let a series ask somebody no more. What is open closes kindly; what they gave stays.

        Returns False when it did not ask them.
        """
        if not series_store.remove_contributor(session, series.workspace_id, series.id, user_id):
            return False
        for edition in editions.unfinished(session, series.workspace_id, series.id):
            current = open_prompt(prompts.of_person(session, series.workspace_id, edition.id, user_id))
            if current and is_told:
                self.asking.let_go(session, series, edition, current, now=now, template="left_closed")
            steps.skip_for(session, edition, user_id, now=now)
        return True

    def follow(self, session: Session, series: Series, *, now: datetime) -> None:
        """Have a series that asks everyone in its channel ask just those: who is there, may be asked, and wants to."""
        there = [each.user_id for each in members.of_series(session, series.workspace_id, series.id) if each.wants_in]
        known = people.many(session, series.workspace_id, there)
        wanted = {user_id for user_id in there if may_be_asked(series, known.get(user_id))}
        for user_id in series.contributors:
            if user_id not in wanted:
                self.follow_out(session, series, user_id, now=now)
        self.let_in(session, series, sorted(wanted - set(series.contributors)), now=now)

    def follow_out(self, session: Session, series: Series, user_id: str, *, now: datetime) -> None:
        """Ask somebody no more who is not in the channel any more, or may not be asked: only that is told to nobody."""
        person = people.get(session, series.workspace_id, user_id)
        self.let_out(session, series, user_id, now=now, is_told=person is not None and can_be_asked(person))


def plan_person(session: Session, series: Series, user_id: str, *, now: datetime) -> None:
    """Plan what one contributor is asked, who has just joined or moved.

    Where the others have been asked already they are too, by day; but once the draft is out the next edition is theirs.
    """
    plan_series(session, series, now=now, only_for=[user_id])
    person = people.get(session, series.workspace_id, user_id)
    for edition in editions.unfinished(session, series.workspace_id, series.id):
        step = steps.due_for(session, edition, user_id, StepKind.ASK)
        if step is None or step.due_at > now:
            continue
        at = asked_later(session, series, edition, person, now) if person else now
        if at is None:
            steps.skip_for(session, edition, user_id, now=now)
        elif at > now:
            steps.put_off(session, step, at)
