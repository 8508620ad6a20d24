"""The rules of an attempt."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.attempts import (
    MOST_ATTEMPTS,
    Absent,
    Again,
    Claim,
    Failed,
    Result,
    Sent,
    Unknown,
    Unreadable,
    after_check,
    judge,
    pause_before,
    unclear,
)
from bot.domain.deliveries import Method

NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def claim(method: Method = Method.POST, attempt: int = 1, kind: str = "prompt") -> Claim:
    """Return a claim."""
    return Claim(1, "T_TEAM", "key", kind, method, "C_TEAM", {}, "", "1.5", attempt, NOW, LATER)


@pytest.mark.parametrize(
    ("method", "code", "result"),
    (
        (Method.POST, "channel_not_found", Failed("channel_not_found")),
        (Method.POST, "msg_blocks_too_long", Failed("msg_blocks_too_long")),
        (Method.POST, "invalid_auth", Failed("invalid_auth")),
        (Method.POST, "service_unavailable", Again(timedelta(seconds=5), "service_unavailable")),
        (Method.POST, "internal_error", Unknown("internal_error")),
        (Method.UPDATE, "fatal_error", Again(timedelta(seconds=5), "fatal_error")),
        (Method.UPDATE, "message_not_found", Failed("message_not_found")),
        (Method.REACT, "already_reacted", Sent("1.5", "C_TEAM")),
        (Method.REACT, "message_not_found", Sent("1.5", "C_TEAM")),
        (Method.UNREACT, "no_reaction", Sent("1.5", "C_TEAM")),
        (Method.REACT, "missing_scope", Failed("missing_scope")),
    ),
)
def test_what_an_error_code_means(method: Method, code: str, result: Result) -> None:
    """Slack's codes are definite, passing, ambiguous, or as good as done."""
    assert result == judge(claim(method), code)


@pytest.mark.parametrize(
    ("method", "kind"),
    (
        (Method.POST, Unknown),
        (Method.UPDATE, Again),
        (Method.REACT, Again),
        (Method.PUBLISH_HOME, Again),
        (Method.EPHEMERAL, Failed),
        (Method.RESPOND, Failed),
    ),
)
def test_what_silence_means(method: Method, kind: type) -> None:
    """Only a post is ambiguous: the others are repeated freely, or not at all."""
    assert isinstance(unclear(claim(method), "TimeoutError"), kind)


def test_pauses_grow_up_to_a_limit() -> None:
    """The pauses are those an operator would expect to read about."""
    assert [0, 5, 15, 45, 900, 900] == [pause_before(n).total_seconds() for n in (0, 1, 2, 3, 6, 60)]


def test_attempts_are_limited() -> None:
    """After the last attempt the delivery has failed, and says why."""
    result = judge(claim(attempt=MOST_ATTEMPTS), "service_unavailable")

    assert Failed(f"service_unavailable, after {MOST_ATTEMPTS} attempts") == result


def test_a_message_that_is_not_there_is_sent_again_at_once() -> None:
    """The first repetition need not wait: the settle time has passed already."""
    result = after_check(claim(), Absent())

    assert isinstance(result, Again)
    assert timedelta(0) == result.after


def test_a_digest_that_cannot_be_looked_for_is_an_editors_to_look_at() -> None:
    """A note is posted at most once; a prompt at least once."""
    digest = after_check(claim(kind="digest"), Unreadable("missing_scope"))
    prompt = after_check(claim(), Unreadable("missing_scope"))

    assert (True, "missing_scope" in str(digest), True) == (
        isinstance(digest, Failed),
        "missing_scope" in str(digest),
        isinstance(prompt, Again),
    )
