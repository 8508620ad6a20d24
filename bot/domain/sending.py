"""The rules of sending: which deliveries may go now, and for how long one belongs to whoever sends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.deliveries import DeliveryState, Method

CALL_TIMEOUT = timedelta(seconds=10)
"""How long one call to Slack may take."""
SETTLE = timedelta(seconds=20)
"""How long after a call a conversation is read to see whether its message arrived; Slack's history may lag."""
LEASE = CALL_TIMEOUT + timedelta(seconds=10)
"""How long a claimed delivery belongs to whoever claimed it: the call begins within ten seconds, or not at all."""
UNSETTLED = SETTLE - CALL_TIMEOUT
"""How long after a claim ran out an attempt that nobody recorded is looked into: its call may have begun late."""
LONG_LEASE = timedelta(minutes=2)
"""The same for a file, which may have to be fetched together first."""
IN_FLIGHT = (DeliveryState.ATTEMPTED, DeliveryState.UNKNOWN)
REPEATABLE = (Method.UPDATE, Method.REACT, Method.UNREACT, Method.PUBLISH_HOME)
"""What may be done twice with the effect of once."""
IN_ORDER = (Method.POST, Method.UPDATE, Method.EPHEMERAL)
"""What a person reads one below the other, and therefore goes out one after the other in its channel."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What decides whether a pending delivery may go: its lane, its state, and the states of the deliveries it `needs`.

    `needs` holds None for a delivery that was never owed.
    """

    id: int
    key: str
    channel: str
    method: Method
    state: DeliveryState
    not_before: datetime
    lease_until: datetime | None = None
    needs: tuple[DeliveryState | None, ...] = ()

    @property
    def lane(self) -> str:
        """Name the queue this delivery stands in. One delivery of a lane is in flight at a time."""
        if self.method in IN_ORDER:
            return self.channel
        if self.method is Method.RESPOND:
            return f"{self.method} {self.key}"
        # a reaction is taken back after it was given, never before
        return f"{Method.REACT if self.method is Method.UNREACT else self.method} {self.channel}"

    @property
    def must_wait(self) -> bool:
        """Say whether a delivery that this one needs is still on its way."""
        return any(state not in {None, DeliveryState.SENT, DeliveryState.FAILED} for state in self.needs)

    def is_due(self, now: datetime) -> bool:
        """Say whether it may be sent, or an attempt of unknown result looked into, at this instant."""
        if self.not_before > now or (self.lease_until is not None and self.lease_until > now):
            return False
        if self.state is not DeliveryState.ATTEMPTED or self.method in REPEATABLE or self.lease_until is None:
            return True
        return self.lease_until + UNSETTLED <= now


def sendable(waiting: Iterable[Waiting], now: datetime) -> tuple[Waiting, ...]:
    """Return the deliveries that may go now, in the order they were owed: the first of each lane, if it is due.

    A delivery waiting for a later instant holds up its lane, so that the order is kept. One waiting for another
    does not: what it waits for may stand behind it. One in flight goes before all others of its lane.
    """
    ready = []
    taken: set[str] = set()
    for each in sorted(waiting, key=lambda each: (each.state not in IN_FLIGHT, each.id)):
        if each.lane in taken or (each.must_wait and each.state not in IN_FLIGHT):
            continue
        taken.add(each.lane)
        if each.is_due(now):
            ready.append(each)
    return tuple(sorted(ready, key=lambda each: each.id))
