"""A look whether a message arrived, made by a process that stands still for longer than the look is its own."""

from dataclasses import dataclass, field

from bot.domain.attempts import Claim
from bot.domain.sending import LEASE
from bot.rendering.environments import Templates
from bot.services.delivering import Delivering
from bot.services.failing import Failing
from fakeslack import FakeSlack, Fault
from tests.support.office import Office
from tests.support.owing import Desk


@dataclass(frozen=True, slots=True)
class Sleepy(Delivering):
    """Stands still between the first claim on a look and the look, until the claim has run out."""

    looks: list[bool] = field(default_factory=list)

    def is_held(self, claim: Claim) -> bool:
        """Sleep first, where it is the first look. Keep what came of it."""
        if claim.is_check and not self.looks:
            self.clock.jump(self.clock.now() + LEASE)  # type: ignore[attr-defined]  # a clock that stands still
        self.looks.append(Delivering.is_held(self, claim))
        return self.looks[-1]


def test_nobody_has_looked_where_the_claim_ran_out(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """A message that arrived, and was not looked for in time, is looked for again, and not sent again."""
    desk.owe("a", channel="C_OURS")
    slack.faults.add(Fault(method="chat.postMessage", kind="accept_then_drop"))
    office.drain()
    sleepy = Sleepy(desk.database, desk.clock, Failing(Templates()))
    office.drain_later(sleepy)

    assert ([False, True], ["sent"], ["a"]) == (sleepy.looks, desk.states("a"), office.texts())
