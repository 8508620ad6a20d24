"""A small workspace on localhost, and clients of it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from fakeslack import Clock, FakeSlack
from fakeslack.people import Person
from tests.support.local_apps import APP, HttpApp, SocketApp, http_app, socket_app, web_client

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def people_it(slack: FakeSlack) -> FakeSlack:
    """Give a workspace its people, channels and app."""
    slack.add_user("U_ANA", real_name="Ana Okafor", tz="Europe/London", is_admin=True)
    slack.add_user("U_BEN", real_name="Ben Marsh", tz="America/New_York")
    slack.add_user("U_OLD", real_name="Old Hand", deleted=True)
    slack.install(APP)
    slack.add_channel("C_TEAM", name="team", members=["U_ANA", "U_BEN", "U_BOT"], creator="U_ANA")
    slack.add_channel("C_OTHER", name="other", members=["U_ANA"], creator="U_ANA")
    slack.add_channel("C_SECRET", name="secret", members=["U_ANA"], creator="U_ANA", private=True)
    return slack


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """Give a started workspace standing at Monday 2 March 2026, 09:00 UTC, without rate limits."""
    made = people_it(FakeSlack(clock=Clock(MONDAY)))
    made.rate_limits.enforce = False
    made.start()
    yield made
    made.stop()


@pytest.fixture
def client(slack: FakeSlack) -> WebClient:
    """Give the app's client."""
    return web_client(slack)


@pytest.fixture
def ana(slack: FakeSlack) -> Person:
    """Give a member of the team."""
    return slack.person("U_ANA")


@pytest.fixture
def app(slack: FakeSlack) -> Iterator[SocketApp]:
    """Give an app connected by Socket Mode that acknowledges everything."""
    with socket_app(slack) as made:
        yield made


@pytest.fixture
def http() -> Iterator[HttpApp]:
    """Give an app behind a request URL that acknowledges everything; it is not installed yet."""
    with http_app() as made:
        yield made


@pytest.fixture
def refused() -> Callable[..., Any]:
    """Give a function that makes a call which must be refused, and returns the answer."""

    def call(method: Callable[..., object], **arguments: object) -> Any:  # noqa: ANN401 - the body of an answer
        with pytest.raises(SlackApiError) as error:
            method(**arguments)
        return error.value.response

    return call
