"""The pace of calls, in time that passes only where somebody sleeps."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.domain.deliveries import Method
from bot.slack.calls import retry_after
from bot.slack.pace import BURST, PERMITTED, SHARE, Pace
from fakeslack import FakeSlack
from tests.support.office import Office
from tests.support.owing import TEAM, Desk
from tests.support.passing_time import PassingTime

A_SECOND = SHARE * PERMITTED[Method.POST] / 60


def turns(time: PassingTime, pace: Pace, channels: list[str], method: Method = Method.POST) -> list[float]:
    """Take a turn for each channel, all asking at once, and return when they came, counted from the start."""
    began, came = time.seconds, []

    async def one(channel: str) -> None:
        await pace.turn(TEAM, method, channel)
        came.append(time.seconds - began)
        pace.called(TEAM, method, channel)

    async def everyone() -> None:
        await asyncio.gather(*(one(channel) for channel in channels))

    run(everyone())
    return came


@pytest.mark.parametrize(
    ("said", "seconds"),
    (
        ({"Retry-After": "7"}, 7),
        ({}, 30),
        ({"Retry-After": ""}, 30),
        ({"Retry-After": "Fri, 06 Mar 2026 16:00:00 GMT"}, 30),
        ({"Retry-After": "nan"}, 30),
        ({"Retry-After": "-5"}, 0),
        ({"Retry-After": "inf"}, 3600),
    ),
)
def test_how_long_slack_asks_to_wait(said: dict[str, str], seconds: int) -> None:
    """It is as long as the answer says; half a minute where it does not say, and never more than an hour."""
    assert seconds == retry_after(said).total_seconds()


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end."""
    with ThreadPoolExecutor(1) as thread:  # browser tests leave a loop running in this one
        thread.submit(asyncio.run, work).result()


def test_a_workspace_keeps_below_what_slack_permits() -> None:
    """After a burst, posts to 400 people come at 97 % of the permitted pace."""
    time = PassingTime()
    came = turns(time, time.pace(), [f"U_{number}" for number in range(400)])

    assert (BURST, 400, True) == (
        came.count(0.0),
        len(came),
        abs(came[-1] - (400 - BURST) / A_SECOND) < 0.01,
    )


def test_turns_come_in_the_order_they_were_asked_for() -> None:
    """Who asks first goes first."""
    time = PassingTime()
    pace = time.pace(burst=1)
    order: list[int] = []

    async def one(number: int) -> None:
        await pace.turn(TEAM, Method.POST, f"U_{number}")
        order.append(number)

    async def everyone() -> None:
        await asyncio.gather(*(one(number) for number in range(20)))

    run(everyone())

    assert list(range(20)) == order


def test_a_channel_takes_one_message_a_second() -> None:
    """Two messages for one channel keep a second's distance, measured from the answer to the first."""
    time = PassingTime()
    pace = time.pace()

    async def three() -> None:
        for _ in range(3):
            await pace.turn(TEAM, Method.POST, "C_TEAM")
            time.seconds += 0.5  # the call takes half a second
            pace.called(TEAM, Method.POST, "C_TEAM")

    began = time.seconds
    run(three())

    assert abs(time.seconds - began - (3 * 0.5 + 2 / SHARE)) < 0.01


def test_only_posts_keep_the_channels_distance() -> None:
    """Reactions in one channel do not wait for each other."""
    time = PassingTime()
    came = turns(time, time.pace(), ["C_TEAM"] * 10, Method.REACT)

    assert [0.0] * 10 == came


def test_methods_have_budgets_of_their_own() -> None:
    """Slack counts each method by itself: ticks do not wait behind a fan-out."""
    time = PassingTime()
    pace = time.pace()
    turns(time, pace, [f"U_{number}" for number in range(100)])
    came = turns(time, pace, ["C_TEAM"], Method.REACT)

    assert [0.0] == came


def test_a_pause_holds_everybody_and_begins_slowly() -> None:
    """After 429 nobody of the workspace calls before Retry-After, and then there is no burst."""
    time = PassingTime()
    pace = time.pace()
    turns(time, pace, ["U_0"])
    pace.pause(TEAM, 30)
    came = turns(time, pace, [f"U_{number}" for number in range(5)])

    assert ([True] * 5, True) == ([moment >= 30 for moment in came], came[-1] >= 30 + 4 / A_SECOND)


def test_a_pause_holds_other_methods_too() -> None:
    """A workspace that Slack finds too fast is left alone altogether; another workspace is not concerned."""
    time = PassingTime()
    pace = time.pace()
    pace.pause(TEAM, 30)
    pace.pause("T_OTHER", 0)

    assert [30.0] == turns(time, pace, ["C_TEAM"], Method.UPDATE)


def test_quiet_channels_are_forgotten() -> None:
    """Ten thousand people do not stay in memory."""
    time = PassingTime()
    pace = time.pace()
    turns(time, pace, [f"U_{number}" for number in range(100)])
    time.seconds += 10
    pace.forget_quiet_channels()

    assert {} == pace._channels


def test_a_fan_out_keeps_the_pace(office: Office, desk: Desk) -> None:
    """Sixty deliveries take as long as the pace says, and all arrive."""
    time = PassingTime()
    began = time.seconds
    for number in range(58):
        desk.owe(f"{number}", channel=f"U_{number}")
    office.hire(pace=time.pace(burst=10)).drain(TEAM)

    assert (["sent"] * 58, True) == (
        desk.states(*(f"{number}" for number in range(58))),
        abs(time.seconds - began - 48 / A_SECOND) < 0.1,
    )


@pytest.mark.parametrize("channel", ("C_OURS", "U_ANA"))
def test_slack_never_has_to_say_that_it_is_too_fast(office: Office, desk: Desk, slack: FakeSlack, channel: str) -> None:
    """Against a Slack that enforces its distance in a channel, nothing is refused.

    Nor in a conversation that is known to be the person's only once the first message is there.
    """
    desk.add_person("U_ANA")
    slack.rate_limits.enforce = True
    slack.rate_limits.per_channel_seconds = 0.4
    for number in range(3):
        desk.owe(f"{number}", channel=channel)
    office.hire(pace=Pace(channel_seconds=0.4)).drain(TEAM)

    assert ([200] * 3, [f"{number}" for number in range(3)]) == (
        [call.status for call in slack.calls],
        office.texts() or office.dm_texts("U_ANA"),
    )
