"""A local Slack with a team, and senders that write to it over the wire."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from fakeslack import App, Clock, FakeSlack
from storage.database import Database
from tests.support.office import Office
from tests.support.owing import Desk

SCOPES = ("chat:write", "reactions:write", "im:history", "im:write", "channels:history", "users:read")


@pytest.fixture
def clock() -> Clock:
    """Give the local Slack's clock, which is the bot's too. It stands still."""
    return Clock(datetime(2026, 3, 5, 10, tzinfo=UTC), ticking=False)


@pytest.fixture
def slack(clock: Clock) -> Iterator[FakeSlack]:
    """Give a local Slack with a channel and sixty people. It takes messages as fast as they come."""
    slack = FakeSlack(clock=clock)
    people = ["U_ANA", "U_BEN", *(f"U_{number}" for number in range(58))]
    for user_id in people:
        slack.add_user(user_id)
    slack.add_channel("C_TEAM", name="team-weeknotes", members=[*people])
    slack.install(App(name="Weeknotes", scopes=SCOPES))
    slack.add_channel("C_OURS", name="ours", members=["U_ANA", "U_BOT"])
    slack.rate_limits.enforce = False
    slack.start()
    yield slack
    slack.stop()


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    """Give the workspace in the database."""
    return Desk(database, clock).open()


@pytest.fixture
def office(slack: FakeSlack, desk: Desk) -> Iterator[Office]:
    """Give senders."""
    office = Office(slack, desk)
    yield office
    office.close()
