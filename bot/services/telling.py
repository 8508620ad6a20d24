"""Telling: a sentence for the person who pressed a button, where they pressed it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.deliveries import Message, Method, Owed
from storage import deliveries
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Telling:
    """Answers a button through the `response_url` Slack gave with it (5 posts within 30 minutes)."""

    database: Database
    clock: Clock

    def respond(
        self, workspace_id: str, channel: str, response_url: str, occasion: str, message: Message, *, is_replacing: bool
    ) -> None:
        """Owe an answer seen only by the person who pressed. `occasion` (the trigger_id) names it uniquely."""
        payload = {
            "response_url": response_url,
            "response_type": "ephemeral",
            "replace_original": is_replacing,
            "text": message.text,
            "blocks": list(message.blocks),
        }
        owed = Owed(f"response:{occasion}", "response", channel, payload, Method.RESPOND)
        with self.database.session() as session:
            deliveries.owe(session, workspace_id, owed, now=self.clock.now())

    def send(self, workspace_id: str, user_id: str, occasion: str, messages: Sequence[Message]) -> None:
        """Owe a direct message, and the further ones in its thread. `occasion` (the trigger_id) names it uniquely."""
        now = self.clock.now()
        first = f"sending:{occasion}"
        with self.database.session() as session:
            for n, message in enumerate(messages):
                key, thread_key = (f"{first}:{n}", first) if n else (first, "")
                owed = Owed(key, "sending", user_id, message.payload(), thread_key=thread_key)
                deliveries.owe(session, workspace_id, owed, now=now)
