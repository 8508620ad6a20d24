"""Adding the app to further workspaces: whoever begins comes back, once, and what they bring is kept encrypted."""

import json
import re
import shutil
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from wsgiref.types import WSGIApplication

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs
from werkzeug.serving import make_server
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Response

from bot.bootstrap import build
from bot.config import Settings
from bot.runtime import Runtime
from bot.slack.manifest import REDIRECT_PATH
from bot.slack.oauth import InstallError
from bot.web.app import create_app
from bot.web.headers import SECURITY_HEADERS
from bot.web.oauth import COOKIE, INSTALL_PATH, Installing
from fakeslack import Clock, FakeSlack, Fault, Team
from tests.support.world import WEDNESDAY, Quiet, app_of

KEY = urlsafe_b64encode(b"k" * 32).decode()
OTHER = Team("T_OTHER", "Other <b>people</b>", "other")


class Browser:
    """Somebody who adds the app to a workspace with their browser."""

    def __init__(self, database_url: str) -> None:
        """Have an app that is installed nowhere, in front of two workspaces at one address."""
        self.clock = Clock(WEDNESDAY, ticking=False)
        self.slack, self.other = FakeSlack(self.clock), FakeSlack(self.clock, team=OTHER)
        for slack in (self.slack, self.other):
            slack.start()
            slack.add_user("U_ANA", real_name="Ana Okafor")
        self.slack.neighbour(self.other)
        self.slack.publish(replace(app_of(0), redirect_url=f"https://notes.example.org{REDIRECT_PATH}"))
        self.bot = build(settings_of(database_url, self.slack), clock=self.clock, tick_seconds=3600)
        self.bot.start(socket_mode=False)
        self.client = Client(self._served(self.bot))

    def begin(self) -> str:
        """Open the page that leads to Slack; return where it leads."""
        answer = self.client.get(INSTALL_PATH)
        assert 302 == answer.status_code
        return answer.headers["Location"]

    def choices(self) -> dict[str, str]:
        """Return where each link on Slack's page leads back to, by its words."""
        to = urlsplit(self.begin())
        connection = HTTPConnection(to.netloc)
        connection.request("GET", f"{to.path}?{to.query}")
        shown = connection.getresponse().read().decode()
        connection.close()
        return {words: unescape(link) for link, words in re.findall(r'<a href="([^"]*)">([^<]*)</a>', shown)}

    def come_back(self, link: str) -> TestResponse:
        """Follow a link back to the bot."""
        parts = urlsplit(link)
        assert REDIRECT_PATH == parts.path
        return self.client.get(f"{parts.path}?{parts.query}")

    def allow(self, words: str) -> TestResponse:
        """Add the app to a workspace."""
        answer = self.come_back(next(link for said, link in self.choices().items() if words in said))
        self.bot.idle(10)
        return answer

    def token(self, workspace_id: str) -> str:
        """Return the token that the bot uses in a workspace."""
        return self.bot.installations.find(workspace_id).token

    def exchanged(self) -> int:
        """Return how often Slack was asked for a token."""
        return sum(call.method == "oauth.v2.access" for call in self.slack.calls)

    def stop(self) -> None:
        """Close everything."""
        self.bot.stop()
        self.slack.stop()
        self.other.stop()

    @staticmethod
    def _served(bot: Runtime) -> WSGIApplication:
        assert bot.oauth
        installing = Installing(bot.oauth, bot.templates, bot.arrived)
        return create_app(bot.bolt, bot.database, bot.clock, bot.metrics, installing)


def settings_of(database_url: str, slack: FakeSlack) -> Settings:
    """Return the settings of a bot without a token of its own."""
    return Settings(
        slack_signing_secret=SecretStr("local-signing-secret"),
        slack_client_id="1.1",
        slack_client_secret=SecretStr("local-client-secret"),
        encryption_keys=SecretStr(KEY),
        database_url=database_url,
        slack_api_url=slack.api_url,
    )


@pytest.fixture
def browser(sqlite_url: str) -> Iterator[Browser]:
    """Give a browser."""
    made = Browser(sqlite_url)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def visitor(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Give a browser to the tests in which nobody ever gets as far as adding the app."""
    made = Browser(f"sqlite:///{shutil.copy(sqlite_template, tmp_path_factory.mktemp('visited') / 'visited.sqlite3')}")
    yield made
    made.stop()


def test_two_workspaces_add_the_app(browser: Browser) -> None:
    """Each has its own token, its people are known at once, and its name on the page is words."""
    browser.clock.jump(browser.clock.now() + timedelta(seconds=0.7))  # a state is not from the second that begins
    with capture_logs() as logged:
        answers = [browser.allow("Local preview"), browser.allow("Other")]

    assert [200, 200] == [answer.status_code for answer in answers]
    assert {"installed": 2, "met": 2} == Counter(line["event"] for line in logged)
    assert "Weeknotes is in Other &lt;b&gt;people&lt;/b&gt;" in answers[1].text
    assert {"xoxb-local-bot", "xoxb-local-bot-t_other"} == {browser.token("T_TEAM"), browser.token("T_OTHER")}
    known = browser.bot.services.workspaces.known("T_OTHER", ["U_ANA"])
    assert "Ana Okafor" == known["U_ANA"].name


def test_the_cookie_is_for_nobody_else(browser: Browser) -> None:
    """It goes over https alone, no script reads it, no other site's form carries it, and it is gone at the end."""
    cookie = browser.client.get(INSTALL_PATH).headers["Set-Cookie"]
    after = browser.allow("Other").headers["Set-Cookie"]

    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/slack", "Max-Age=600"} <= set(cookie.split("; "))
    assert "Max-Age=0" in after


def test_slacks_page_is_asked_for_no_more_than_the_manifest_has(visitor: Browser) -> None:
    """The address has our id, our scopes and the state, and no secret."""
    query = parse_qs(urlsplit(visitor.begin()).query)

    assert {"client_id", "scope", "state"} == set(query)
    assert set(app_of(0).scopes) == set(query["scope"][0].split(","))


def test_a_state_that_is_not_this_browsers_gets_nowhere(visitor: Browser) -> None:
    """A code that somebody else began with, or that comes too late, is not shown to Slack."""
    for spoiled in ("nothing", "", "1.a.b", "é.é", f"{int(visitor.clock.now().timestamp())}.a.b"):
        link = visitor.choices()["Allow in Local preview"]
        visitor.client.set_cookie(COOKIE, spoiled, path="/slack")
        assert_begun_again(visitor, link.replace(state_of(link), spoiled))
    link = visitor.choices()["Allow in Local preview"]
    visitor.clock.jump(visitor.clock.now() + timedelta(minutes=11))
    assert_begun_again(visitor, link)
    link = visitor.choices()["Allow in Local preview"]
    visitor.begin()
    assert_begun_again(visitor, link)
    link = visitor.choices()["Allow in Local preview"]
    visitor.client.delete_cookie(COOKIE, path="/slack")
    assert_begun_again(visitor, link)


def state_of(link: str) -> str:
    """Return the state in an address."""
    return parse_qs(urlsplit(link).query)["state"][0]


def assert_begun_again(browser: Browser, link: str) -> None:
    """See that a link leads to the page that says so, and that Slack was not asked."""
    exchanged = browser.exchanged()
    answer = browser.come_back(link)

    assert (400, exchanged) == (answer.status_code, browser.exchanged())
    assert "Please begin again" in answer.text


def test_the_pages_are_under_the_strict_policy(browser: Browser) -> None:
    """Both, whatever they say: no script, nothing kept by the browser or on the way."""
    for answer in (browser.client.get(INSTALL_PATH), browser.client.get(REDIRECT_PATH), browser.allow("Other")):
        assert dict(SECURITY_HEADERS).items() <= dict(answer.headers).items()


def test_coming_back_twice_is_coming_back_once(browser: Browser) -> None:
    """The state is spent with the first."""
    link = browser.choices()["Allow in Local preview"]

    assert [200, 400] == [browser.come_back(link).status_code for _ in range(2)]
    assert 1 == browser.exchanged()


def test_whoever_cancels_is_told_that_nothing_changed(visitor: Browser) -> None:
    """Nothing is kept."""
    exchanged = visitor.exchanged()
    answer = visitor.come_back(visitor.choices()["Cancel"])

    assert (400, exchanged, ()) == (answer.status_code, visitor.exchanged(), visitor.bot.installations.ids())
    assert "Nothing has changed" in answer.text


def test_a_state_of_a_process_whose_clock_is_ahead_is_good(browser: Browser) -> None:
    """It is ours, and that is what counts."""
    link = browser.choices()["Allow in Local preview"]
    browser.clock.jump(browser.clock.now() - timedelta(seconds=2))

    assert 200 == browser.come_back(link).status_code


@pytest.mark.parametrize(
    ("granted", "told"),
    [
        ({"is_enterprise_install": True}, "please choose a workspace, not the whole organisation."),
        ({"refresh_token": "xoxe-1", "token_type": "bot", "access_token": "xoxb-1"}, "without token rotation."),
    ],
)
def test_what_we_cannot_take_is_said_to_be_ours(browser: Browser, granted: dict[str, Any], told: str) -> None:
    """Slack lets the app in for a whole organisation, or with tokens that change: to begin again would not help."""
    answer = Response(json.dumps({"ok": True, **granted}), content_type="application/json")
    slack = make_server("127.0.0.1", 0, answer, request_handler=Quiet)
    Thread(target=slack.serve_forever, args=(0.02,), daemon=True).start()
    assert browser.bot.oauth
    oauth = replace(browser.bot.oauth, api_url=f"http://127.0.0.1:{slack.port}/api/")
    with pytest.raises(InstallError) as refused:
        oauth.install("code")
    slack.shutdown()
    slack.server_close()

    assert told in browser.bot.templates.error(refused.value)
    assert "begin again" not in browser.bot.templates.error(refused.value)


@pytest.mark.parametrize("kind", ("error:invalid_code", "http_500", "drop"))
def test_slack_refusing_the_code_is_a_sentence(visitor: Browser, kind: str) -> None:
    """It says what Slack said, and nothing that was sent."""
    link = visitor.choices()["Allow in Local preview"]
    visitor.slack.faults.add(Fault("oauth.v2.access", kind))
    answer = visitor.come_back(link)

    assert 502 == answer.status_code
    assert "Slack did not let me in" in answer.text
    assert "secret" not in answer.text
    assert () == visitor.bot.installations.ids()


def test_the_token_is_nowhere_to_be_read(browser: Browser) -> None:
    """Not in the database's file, not in what is shown of the bot's parts, not in the local Slack's inspector."""
    browser.allow("Other")
    bot = browser.bot
    shown = [*map(repr, (bot.installations.find("T_OTHER"), bot.oauth, bot.settings, browser.slack.calls))]
    file = Path(str(bot.database.engine.url.database))
    written = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))

    assert b"T_OTHER" in written
    for secret in ("xoxb-", "local-client-secret", KEY):
        assert secret.encode() not in written
        assert secret not in "".join(shown)


def test_an_app_that_is_taken_out_leaves_no_token(browser: Browser) -> None:
    """Its token goes at once from memory and database; when it is added again, late word of the end changes nothing."""
    browser.allow("Other")
    workspaces = browser.bot.services.workspaces
    workspaces.uninstalled("T_OTHER", browser.clock.now())
    assert () == browser.bot.installations.ids()
    with pytest.raises(Exception, match="not installed"):
        browser.token("T_OTHER")
    ended = browser.clock.now()
    browser.clock.jump(ended + timedelta(seconds=30))
    browser.allow("Other")
    workspaces.uninstalled("T_OTHER", ended)

    assert ("T_OTHER",) == browser.bot.installations.ids()
    assert "xoxb-local-bot-t_other" == browser.token("T_OTHER")


def test_pages_for_adding_are_there_only_where_wanted(sqlite_url: str) -> None:
    """A bot for one workspace has no such addresses."""
    bot = build(Settings(database_url=sqlite_url))
    client = Client(create_app(bot.bolt, bot.database, bot.clock, bot.metrics))

    assert [404, 404] == [client.get(path).status_code for path in (INSTALL_PATH, REDIRECT_PATH)]
    bot.database.dispose()
