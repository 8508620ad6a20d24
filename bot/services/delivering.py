"""Delivering: what may be sent now, whose it is to send, and what became of it. The calls are made in bot.slack."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.attempts import (
    Absent,
    Again,
    CheckAgain,
    Claim,
    Failed,
    Outcome,
    Result,
    Sent,
    Unknown,
    Unreadable,
    after_check,
    claim_of,
)
from bot.domain.deliveries import DeliveryState, Method
from bot.domain.sending import CALL_TIMEOUT, SETTLE, Waiting, sendable
from bot.log import caused_by, get_logger
from bot.services.failing import Failing
from storage import claims, deliveries, people
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Delivering:
    """The way out, as the sender uses it: look, claim, call (elsewhere, outside any transaction), record."""

    database: Database
    clock: Clock
    failing: Failing
    made: Callable[[Session, Claim], Claim] = lambda _session, claim: claim
    """Returns a claim with what is made only when it is sent."""

    def workspaces_owing(self) -> list[str]:
        """Return the workspaces in which there is something to send, or to look into, now."""
        with self.database.session() as session:
            now = self.clock.now()
            owing = deliveries.workspaces_owing(session, now)
            return [each for each in owing if sendable(claims.pending(session, each), now)]

    def sendable(self, workspace_id: str) -> tuple[Waiting, ...]:
        """Return the deliveries that may go now, one of each lane, in the order they were owed."""
        with self.database.session() as session:
            return sendable(claims.pending(session, workspace_id), self.clock.now())

    def claim(self, workspace_id: str, delivery_id: int, *, has_waited: bool = False) -> Claim | None:
        """Take a delivery, recording the attempt before it is made. Returns None when it is not ours to send now.

        `has_waited` says that the pause Slack asked for has passed, whatever this bot's clock says.
        """
        with self.database.session() as session:
            now = self.clock.now()
            claims.lock(session, workspace_id)
            found = claims.get(session, workspace_id, delivery_id)
            if found is None:
                return None
            waiting = claims.pending(session, workspace_id, claims.channels_of(session, workspace_id, found.channel))
            if delivery_id not in _ids_sendable(waiting, now, delivery_id if has_waited else None):
                return None
            claim = claim_of(
                found,
                deliveries.find(session, workspace_id, found.thread_key) if found.thread_key else None,
                deliveries.find(session, workspace_id, found.target_key) if found.target_key else None,
                home_channel=people.dm_channel(session, workspace_id, found.channel),
                now=now,
            )
            is_ours = claims.change(session, workspace_id, delivery_id, found.attempt, **_claimed(claim))
            # A claim fails when what it belongs to has failed, and of that the editors have been told.
            return self.made(session, claim) if is_ours and isinstance(claim, Claim) else None

    def is_held(self, claim: Claim) -> bool:
        """Say whether there is still time for the call before the claim runs out. Asked right before the call."""
        return self.clock.now() + CALL_TIMEOUT <= claim.lease_until

    def record(self, claim: Claim, outcome: Outcome) -> bool:
        """Record what became of a claimed delivery. Returns False when somebody else has gone on with it."""
        result = after_check(claim, outcome) if isinstance(outcome, Absent | Unreadable) else outcome
        with caused_by(claim.cause):
            with self.database.session() as session:
                values = _recorded(result, self.clock.now())
                if claim.method is Method.UPLOAD and isinstance(result, Sent | Failed):
                    values["payload"] = {}  # a file is somebody's words, and is not needed any more
                is_ours = claims.change(session, claim.workspace_id, claim.id, claim.attempt, **values)
                if isinstance(result, Failed):
                    self._tell(session, claim.workspace_id, claim.id)
                if is_ours and isinstance(result, Sent) and result.ts and claim.method is Method.POST:
                    _place(session, claim, result)
            if is_ours:
                _log(claim, result)
        return is_ours

    def _tell(self, session: Session, workspace_id: str, delivery_id: int) -> None:
        failed = claims.get(session, workspace_id, delivery_id)
        if failed and failed.state is DeliveryState.FAILED:
            self.failing.tell(session, failed, now=self.clock.now())


def _place(session: Session, claim: Claim, sent: Sent) -> None:
    """Keep where a message came to stand."""
    if claim.prompt_id is not None:
        place = (sent.channel, sent.ts, claim.thread_ts)
        claims.place_prompt(session, claim.workspace_id, claim.prompt_id, *place)
    if sent.channel != claim.channel:
        people.remember_dm(session, claim.workspace_id, claim.channel, sent.channel)


def _log(claim: Claim, result: Result) -> None:
    """Write the line by which what became of a delivery can be followed back to what it came of."""
    get_logger(__name__).info(
        "delivery",
        workspace=claim.workspace_id,
        delivery=claim.id,
        key=claim.key,
        method=claim.method.value,
        attempt=claim.attempt,
        state=_state(result).value,
        **({"ts": result.ts, "channel": result.channel} if isinstance(result, Sent) else {"error": result.error}),
    )


def _ids_sendable(waiting: list[Waiting], now: datetime, waited_for: int | None) -> set[int]:
    """Return which deliveries may go, counting the one that was waited for as due."""
    now = max([now, *(each.not_before for each in waiting if each.id == waited_for)])
    return {each.id for each in sendable(waiting, now)}


def _claimed(claim: Claim | Failed) -> dict[str, object]:
    """Return what a delivery's row says once it is claimed, or turned out to be impossible."""
    if isinstance(claim, Failed):
        return {"state": DeliveryState.FAILED.value, "error": claim.error, "lease_until": None}
    state = DeliveryState.UNKNOWN if claim.is_check else DeliveryState.ATTEMPTED
    return {
        "state": state.value,
        "attempt": claim.attempt,
        "attempted_at": claim.attempted_at,
        "lease_until": claim.lease_until,
    }


def _recorded(result: Result, now: datetime) -> dict[str, object]:
    """Return what a delivery's row says after a call or a check."""
    if isinstance(result, Sent):
        changed: dict[str, object] = {"error": "", "ts": result.ts, "posted_channel": result.channel}
    elif isinstance(result, Again | CheckAgain):
        changed = {"error": result.error, "not_before": now + result.after}
    elif isinstance(result, Unknown):
        changed = {"error": result.error, "not_before": now + SETTLE}
    else:
        changed = {"error": result.error}
    return {"state": _state(result).value, "lease_until": None, **changed}


def _state(result: Result) -> DeliveryState:
    """Return the state a delivery is in after a call or a check."""
    if isinstance(result, Sent):
        return DeliveryState.SENT
    if isinstance(result, Again):
        return DeliveryState.OWED
    return DeliveryState.UNKNOWN if isinstance(result, CheckAgain | Unknown) else DeliveryState.FAILED
