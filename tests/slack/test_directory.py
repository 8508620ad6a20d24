"""What Slack says of the workspace, its people and its channels."""

from collections.abc import Iterator

import pytest

from bot.domain.errors import SlackIsBusyError
from bot.domain.people import Person, can_be_asked
from bot.domain.workspaces import Workspace
from bot.slack import directory
from bot.slack.clients import web_client
from bot.slack.directory import person_of
from fakeslack import App, FakeSlack, Fault

SCOPES = ("chat:write", "users:read", "channels:read", "groups:read")


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """Give a workspace with Ana, Ben and a private channel that the bot is not in."""
    made = FakeSlack()
    made.start()
    made.rate_limits.enforce = False
    made.add_user("U_ANA", real_name="Ana Okafor", tz="Europe/London")
    made.add_user("U_BEN", real_name="Ben Hale", tz="America/New_York")
    made.install(App(name="Weeknotes", bot_token="xoxb-1", app_token="xapp-1", signing_secret="s", scopes=list(SCOPES)))
    made.add_channel("C_TEAM", name="team", members=["U_ANA", "U_BEN", "U_BOT"], creator="U_ANA", private=False)
    made.add_channel("C_SECRET", name="secret", members=["U_ANA"], creator="U_ANA", private=True)
    yield made
    made.stop()


def workspace(*scopes: str) -> Workspace:
    """Return a workspace with these scopes."""
    return Workspace("T_TEAM", scopes=frozenset(scopes))


def test_the_installation_says_what_was_granted(slack: FakeSlack) -> None:
    """The token's workspace comes with the bot's ids and the scopes in Slack's header."""
    found = directory.installation(web_client("xoxb-1", slack.api_url))

    assert ("T_TEAM", "U_BOT", frozenset(SCOPES)) == (found.id, found.bot_user_id, found.scopes)
    assert found.can_read_channels
    assert not found.can_react


def test_everyone_comes_a_page_at_a_time(slack: FakeSlack) -> None:
    """People come over all pages, Slackbot as a bot."""
    for n in range(directory.PAGE + 5):
        slack.add_user(f"U{n}", real_name=f"Person {n}")
    pages = list(directory.everyone(web_client("xoxb-1", slack.api_url)))

    found = {person.id: person for page in pages for person in page}
    assert len(pages) > 1
    assert Person("U_BEN", "Ben Hale", "America/New_York") == found["U_BEN"]
    assert "U204" in found
    assert not can_be_asked(found["U_BOT"])


def test_some_people_are_asked_about_by_name(slack: FakeSlack) -> None:
    """Those Slack does not know are left out."""
    found = directory.people(web_client("xoxb-1", slack.api_url), {"U_ANA", "U_NOBODY"})

    assert (Person("U_ANA", "Ana Okafor", "Europe/London"),) == found
    assert directory.people(web_client("xoxb-1", "http://127.0.0.1:9/"), set()) == ()


def test_a_slack_that_does_not_answer_is_said_to_be_busy(slack: FakeSlack) -> None:
    """An error of Slack's own is not taken for somebody who is not there."""
    slack.faults.add(Fault(method="users.info", kind="error:internal_error", times=1))

    with pytest.raises(SlackIsBusyError):
        directory.people(web_client("xoxb-1", slack.api_url), ["U_ANA"])
    with pytest.raises(SlackIsBusyError):
        directory.people(web_client("xoxb-1", "http://127.0.0.1:9/"), ["U_ANA"])


def test_the_bot_knows_where_it_is(slack: FakeSlack) -> None:
    """Whether the bot is in a channel is told as far as its scopes tell."""
    client = web_client("xoxb-1", slack.api_url)

    assert directory.is_in_channel(client, workspace(*SCOPES), "C_TEAM") is True
    assert directory.is_in_channel(client, workspace(*SCOPES), "C_SECRET") is False
    assert directory.is_in_channel(client, workspace("channels:read"), "C_SECRET") is None
    assert directory.is_in_channel(client, workspace("chat:write"), "C_TEAM") is None
    assert directory.is_in_channel(client, None, "C_TEAM") is None


@pytest.mark.parametrize(
    ("user", "person"),
    (
        ({"id": "U1"}, Person("U1", "U1")),
        ({"id": "U1", "tz": None, "profile": None, "real_name": ""}, Person("U1", "U1")),
        ({"id": "U1", "tz": "Mars/Base", "profile": {"display_name": " "}, "real_name": "R"}, Person("U1", "R")),
        ({"id": "U1", "profile": {"display_name": "D", "real_name": "R"}}, Person("U1", "D")),
        ({"id": "U1", "tz": "Asia/Tokyo", "is_owner": True}, Person("U1", "U1", "Asia/Tokyo", is_admin=True)),
        ({"id": "U1", "is_ultra_restricted": True}, Person("U1", "U1", is_guest=True)),
        ({"id": "USLACKBOT", "is_bot": False}, Person("USLACKBOT", "USLACKBOT", is_bot=True)),
        ({"id": "U1", "deleted": True}, Person("U1", "U1", is_deactivated=True)),
        ({"id": "U1", "is_stranger": True}, Person("U1", "U1", is_deactivated=True)),
        ({"id": "U1", "is_invited_user": True}, Person("U1", "U1", is_deactivated=True)),
    ),
)
def test_people_are_read_whatever_is_missing(user: dict[str, object], person: Person) -> None:
    """Any field may be missing, null or empty; a zone that is none becomes UTC; who is not there cannot be asked."""
    assert person == person_of(user)
    assert can_be_asked(person) == (not (person.is_bot or person.is_deactivated))
