"""The rules of an attempt: what a call needs, what Slack's answer or silence means, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.deliveries import Delivery, DeliveryState, Method
from bot.domain.sending import IN_FLIGHT, LEASE, LONG_LEASE, REPEATABLE

MOST_ATTEMPTS = 12
"""How often a delivery is attempted before it is given up."""
AT_MOST_ONCE = (Method.EPHEMERAL, Method.RESPOND)
"""What cannot be looked for afterwards, and is not worth saying twice."""

SEEN_BY_ALL = frozenset({"digest", "question", "setup_introduction"})
"""The kinds of deliveries that a whole channel would see twice."""
AMBIGUOUS_ERRORS = frozenset({"internal_error", "fatal_error"})
"""Slack says of these that some part of the operation may have succeeded."""
PASSING_ERRORS = frozenset(
    {"service_unavailable", "request_timeout", "team_added_to_org", "ratelimited", "rate_limited"}
)
"""Slack did nothing, and may do it later."""
UNKNOWN_APP = frozenset({"invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed"})
"""Slack does not know the app any more: nothing goes until somebody installs it again."""
DONE_ALREADY = frozenset(
    {"already_reacted", "message_not_found", "no_reaction", "too_many_reactions", "too_many_emoji"}
)
"""A reaction that is there, or that nobody can see any more, is finished."""

IN_DOUBT = "may or may not"
"""What the error of a delivery says that may be there all the same."""
WHETHER_IT_ARRIVED = "it is not known whether this arrived, and it is not repeated"


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that belongs to this process until `lease_until`, with everything the call needs.

    `channel` is where to write: a channel id, or a user id for a direct message whose channel is not known yet.
    `home_channel` is where its message would be found, if that is known. `target_ts` is the message it changes.
    `is_check` means: do not send, look whether an earlier attempt arrived. `cause` is what the delivery came of.
    """

    id: int
    workspace_id: str
    key: str
    kind: str
    method: Method
    channel: str
    payload: Mapping[str, Any]
    thread_ts: str
    target_ts: str
    attempt: int
    attempted_at: datetime
    lease_until: datetime
    prompt_id: int | None = None
    home_channel: str = ""
    is_check: bool = False
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """Slack did it. `ts` and `channel` say where, for a message."""

    ts: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """Slack refused it, and would again. `error` is Slack's code or a sentence for an editor."""

    error: str


@dataclass(frozen=True, slots=True)
class Again:
    """Slack did nothing and may do it `after` a while. `is_paced` when Slack itself said how long (429)."""

    after: timedelta
    error: str
    is_paced: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether Slack did it."""

    error: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A check found no message with this delivery's key."""


@dataclass(frozen=True, slots=True)
class CheckAgain:
    """A check could not be made now; it may be `after` a while. `is_paced` when Slack itself said how long (429)."""

    after: timedelta
    error: str
    is_paced: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A check could not read the conversation, and will not be able to."""

    error: str


Result = Sent | Failed | Again | Unknown | CheckAgain
"""What becomes of a delivery."""
Outcome = Result | Absent | Unreadable
"""What a call, or a check, came to."""


def claim_of(
    found: Delivery, thread: Delivery | None, target: Delivery | None, *, home_channel: str, now: datetime
) -> Claim | Failed:
    """Return the claim on a delivery that may go now, or why it can never be sent.

    `thread` and `target` are the deliveries it names. It goes where the message stands that it belongs to.
    """
    refusal = _refusal(found, thread, target)
    if refusal:
        return Failed(refusal)
    is_check = found.state in IN_FLIGHT and found.method not in REPEATABLE
    return Claim(
        id=found.id,
        workspace_id=found.workspace_id,
        key=found.key,
        kind=found.kind,
        method=found.method,
        channel=(target.posted_channel if target else "") or (thread.posted_channel if thread else "") or found.channel,
        payload=found.payload,
        thread_ts=found.thread_ts or (thread.ts if thread else ""),
        target_ts=target.ts if target else "",
        attempt=found.attempt if is_check else found.attempt + 1,
        attempted_at=(found.attempted_at or now) if is_check else now,
        lease_until=now + (LONG_LEASE if found.method is Method.UPLOAD else LEASE),
        prompt_id=found.prompt_id,
        home_channel=home_channel,
        is_check=is_check,
        cause=found.cause,
    )


def _refusal(found: Delivery, thread: Delivery | None, target: Delivery | None) -> str:
    """Say why a delivery can never be sent, or nothing."""
    if found.state in IN_FLIGHT and found.method in AT_MOST_ONCE:
        return WHETHER_IT_ARRIVED
    for key, needed in ((found.thread_key, thread), (found.target_key, target)):
        if key and needed is None:
            return f"the message it belongs to ({key}) was never owed"
        if needed is not None and needed.state is DeliveryState.FAILED:
            return f"the message it belongs to ({key}) could not be sent: {needed.error}"
    return ""


def pause_before(attempt: int) -> timedelta:
    """Return the pause before another attempt: 5 s after the first, then three times as long each time, up to 900 s."""
    return timedelta(seconds=min(5 * 3 ** max(attempt - 1, 0), 900)) if attempt else timedelta(0)


def judge(claim: Claim, code: str) -> Result:
    """Say what an error code of Slack's means for a delivery."""
    if claim.method in {Method.REACT, Method.UNREACT} and code in DONE_ALREADY:
        return Sent(ts=claim.target_ts, channel=claim.channel)
    if code in AMBIGUOUS_ERRORS:
        return unclear(claim, code)
    if code in PASSING_ERRORS:
        return not_yet(claim, code)
    return Failed(code)


def unclear(claim: Claim, error: str) -> Result:
    """Say what follows when nobody knows whether Slack did it (a time-out, a dropped connection, a 5xx)."""
    if claim.method in {Method.POST, Method.UPLOAD}:
        return Unknown(error)
    if claim.method in REPEATABLE:
        return not_yet(claim, error)
    return Failed(f"{error}: {WHETHER_IT_ARRIVED}")


def not_yet(claim: Claim, error: str) -> Failed | Again:
    """Say what follows when Slack certainly did nothing: another attempt after a pause, a limited number of times."""
    if claim.attempt >= MOST_ATTEMPTS:
        return Failed(f"{error}, after {claim.attempt} attempts")
    return Again(pause_before(claim.attempt), error)


def after_check(claim: Claim, outcome: Absent | Unreadable) -> Failed | Again:
    """Say what follows a check that found nothing: another attempt, but not for what a channel might see twice."""
    if isinstance(outcome, Absent):
        again = not_yet(claim, "an earlier attempt did not arrive")
        return Again(pause_before(claim.attempt - 1), again.error) if isinstance(again, Again) else again
    if claim.kind in SEEN_BY_ALL:
        return Failed(
            f"It {IN_DOUBT} have been posted, and the bot cannot look ({outcome.error}). "
            "Please look in the channel before trying again."
        )
    return not_yet(claim, outcome.error)
