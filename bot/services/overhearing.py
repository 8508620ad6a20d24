"""Overhearing: replies to the questions in a channel become answers, whoever gives them."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.editions import Source
from bot.domain.incoming import Said, message_id
from bot.domain.members import may_be_asked
from bot.services.collecting import Collecting
from bot.services.placing import follow, takes_answers
from bot.services.planning import EVERYBODY
from bot.services.threads import tick_of
from storage import answers, deliveries, editions, events, people, prompts, workspaces
from storage import series as series_store
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Overhearing:
    """Keeps what is said in the threads of a channel's questions; everything else there is nobody's business."""

    database: Database
    clock: Clock
    collecting: Collecting

    def is_ours(self, workspace_id: str, channel_id: str, thread_ts: str) -> bool:
        """Say whether a thread is that of a question."""
        with self.database.session() as session:
            return prompts.in_thread(session, workspace_id, channel_id, thread_ts, EVERYBODY) is not None

    def record(self, said: Said) -> None:
        """Keep a reply as an answer of whoever gave it, and tick it. The same message again does nothing.

        Guests are left out where the series leaves them out; who is not known is heard. Nothing is said in public.
        """
        now = self.clock.now()
        with self.database.session() as session:
            prompt = prompts.in_thread(session, said.workspace_id, said.channel_id, said.thread_ts, EVERYBODY)
            edition = editions.lock(session, said.workspace_id, prompt.edition_id, is_shared=True) if prompt else None
            series = series_store.get(session, said.workspace_id, edition.series_id) if edition else None
            if prompt is None or edition is None or series is None or not takes_answers(series, edition, now):
                return
            person = people.get(session, said.workspace_id, said.user_id)
            if person and not may_be_asked(series, person):
                return
            if events.receive(session, said.workspace_id, message_id(said.channel_id, said.ts), now=now):
                self._keep(session, said, edition.id, prompt.question_key)

    def edit(self, said: Said) -> None:
        """Let an answer follow an edit of its message; one never seen is recorded as it now is."""
        with self.database.session() as session:
            key = answers.message_key(said.channel_id, said.ts)
            is_known = answers.is_known(session, said.workspace_id, key)
        if is_known:
            self.collecting.edit(said)
        else:
            self.record(said)

    def delete(self, said: Said) -> None:
        """Let an answer go with its message."""
        if self.is_ours(said.workspace_id, said.channel_id, said.thread_ts):
            self.collecting.delete(said.workspace_id, said.user_id, said.channel_id, said.ts)

    def _keep(self, session: Session, said: Said, edition_id: int, question_key: str) -> None:
        now = self.clock.now()
        answer = answers.record_said(
            session, said, edition_id=edition_id, question_key=question_key, source=Source.THREAD
        )
        if answer is None:
            return
        workspace = workspaces.get(session, said.workspace_id)
        if workspace and workspace.can_react:
            deliveries.owe(session, said.workspace_id, tick_of(answer), now=now)
        follow(session, answer, now)
