"""The rules of sending."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.deliveries import DeliveryState, Method
from bot.domain.sending import UNSETTLED, Waiting, sendable

NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
OWED, ATTEMPTED, UNKNOWN = DeliveryState.OWED, DeliveryState.ATTEMPTED, DeliveryState.UNKNOWN
SENT, FAILED = DeliveryState.SENT, DeliveryState.FAILED


def waiting(
    number: int,
    channel: str = "C_TEAM",
    method: Method = Method.POST,
    state: DeliveryState = OWED,
    not_before: datetime = NOW,
    lease_until: datetime | None = None,
    needs: tuple[DeliveryState | None, ...] = (),
) -> Waiting:
    """Return a pending delivery."""
    return Waiting(number, f"key-{number}", channel, method, state, not_before, lease_until, needs)


def ids(found: tuple[Waiting, ...]) -> list[int]:
    """Return the ids of deliveries."""
    return [each.id for each in found]


def test_one_of_each_channel_in_the_order_they_were_owed() -> None:
    """Of three messages for two channels, the first of each channel may go."""
    found = sendable([waiting(3, "C_B"), waiting(2, "C_A"), waiting(1, "C_A")], NOW)

    assert [1, 3] == ids(found)


def test_one_waiting_for_its_time_holds_up_its_channel() -> None:
    """What was owed later must not be read first."""
    found = sendable([waiting(1, not_before=LATER), waiting(2), waiting(3, "C_OTHER")], NOW)

    assert [3] == ids(found)


def test_one_in_flight_holds_up_its_channel() -> None:
    """While nobody knows whether a message arrived, the next one of its channel waits, even one owed earlier."""
    in_flight = waiting(2, state=ATTEMPTED, lease_until=LATER)
    found = sendable([waiting(1), in_flight, waiting(3)], NOW)

    assert [] == ids(found)


def test_reactions_and_homes_do_not_wait_for_messages() -> None:
    """A tick appears though a message of the same channel is held up."""
    held_up = waiting(1, not_before=LATER)
    found = sendable([held_up, waiting(2, method=Method.REACT), waiting(3, method=Method.PUBLISH_HOME)], NOW)

    assert [2, 3] == ids(found)


def test_a_reaction_is_taken_back_after_it_was_given() -> None:
    """Where both are still owed, they go one after the other."""
    given_and_taken = [waiting(1, method=Method.REACT), waiting(2, method=Method.UNREACT)]

    assert [1] == ids(sendable(given_and_taken, NOW))


def test_answers_to_buttons_do_not_wait_for_each_other() -> None:
    """Each response_url is a lane of its own."""
    found = sendable([waiting(1, method=Method.RESPOND), waiting(2, method=Method.RESPOND)], NOW)

    assert [1, 2] == ids(found)


def test_one_that_needs_another_waits_without_holding_up_the_channel() -> None:
    """What it waits for may have been owed after it."""
    found = sendable([waiting(1, needs=(OWED,)), waiting(2)], NOW)

    assert [2] == ids(found)


@pytest.mark.parametrize("needed", (SENT, FAILED, None))
def test_one_whose_need_is_settled_goes(needed: DeliveryState | None) -> None:
    """Once what it needs is sent, or never will be, its turn has come."""
    assert [1] == ids(sendable([waiting(1, needs=(needed,))], NOW))


def test_an_expired_attempt_waits_for_the_settle_time() -> None:
    """An attempt whose claim has run out is looked into, but not before Slack's history has settled."""
    left = waiting(1, state=ATTEMPTED, lease_until=NOW)

    assert ([], [1]) == (ids(sendable([left], NOW)), ids(sendable([left], NOW + UNSETTLED)))


def test_what_may_be_repeated_does_not_wait_for_the_settle_time() -> None:
    """An update left behind by a crash is simply made again."""
    left = waiting(1, method=Method.UPDATE, state=ATTEMPTED, lease_until=NOW)

    assert [1] == ids(sendable([left], NOW))
