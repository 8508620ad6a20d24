"""Senders at work for one workspace, and what they achieved."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.sending import LEASE, UNSETTLED
from bot.rendering.environments import Templates
from bot.services.delivering import Delivering
from bot.services.failing import Failing
from bot.slack.installation_store import InstallationStore
from bot.slack.messenger import Sender
from bot.slack.pace import PERMITTED, Pace
from fakeslack import FakeSlack
from tests.support.owing import TEAM, Desk


@dataclass
class Office:
    """Senders for one workspace, each as a process of its own would have one."""

    slack: FakeSlack
    desk: Desk
    senders: list[Sender] = field(default_factory=list)

    def hire(
        self,
        pace: Pace | None = None,
        base_url: str = "",
        call_seconds: float = 2.0,
        delivering: Delivering | None = None,
    ) -> Sender:
        """Return another sender, by default one that need not keep any pace."""
        sender = Sender(
            delivering or Delivering(self.desk.database, self.desk.clock, Failing(Templates())),
            InstallationStore(self.desk.database, self.desk.clock, own_token="xoxb-local"),
            base_url=base_url or self.slack.api_url,
            pace=pace or Pace(permitted=dict.fromkeys(PERMITTED, 100_000), channel_seconds=0),
            call_timeout=timedelta(seconds=call_seconds),
        )
        self.senders.append(sender)
        return sender

    def drain(self, base_url: str = "", call_seconds: float = 2.0) -> None:
        """Send what can be sent now."""
        self.hire(base_url=base_url, call_seconds=call_seconds).drain(TEAM)

    def drain_later(self, delivering: Delivering | None = None) -> None:
        """Send what can be sent once every attempt of unknown result may be looked into."""
        self.desk.clock.jump(self.desk.clock.now() + LEASE + UNSETTLED)
        self.hire(delivering=delivering).drain(TEAM)

    def texts(self, channel: str = "C_OURS") -> list[str]:
        """Return what stands in a channel."""
        return [str(message["text"]) for message in self.slack.messages(channel)]

    def dm_texts(self, user_id: str) -> list[str]:
        """Return what stands in somebody's conversation with the bot."""
        return self.texts(self.slack.person(user_id).dm())

    def calls(self, method: str) -> int:
        """Return how many calls of a method came over the wire."""
        return sum(call.method == method for call in self.slack.calls)

    def close(self) -> None:
        """Close every sender."""
        for sender in self.senders:
            sender.close()
