"""A real Chromium, and a workspace in which a small app answers buttons, forms and commands."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from slack_bolt import App as Bolt
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.slack.sockets import leave
from fakeslack import App, Clock, FakeSlack, Stop
from tests.support.windows import Windows

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 20_000  # milliseconds: other tests run beside these
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START = datetime(2026, 3, 5, 9, 59, tzinfo=UTC)
THURSDAY = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)
PEOPLE = {
    "U_ANA": ("Ana Okafor", "Europe/London"),
    "U_BO": ("Bo Lindqvist", "Europe/Stockholm"),
    "U_CHIDI": ("Chidi Nwosu", "America/New_York"),
}
SCOPES = ("chat:write", "commands", "im:history", "channels:history", "users:read", "reactions:write")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Run the system's Chromium."""
    if not CHROMIUM.exists():
        pytest.fail(
            "The page is tested in Chromium, which is not here: apt-get install chromium fonts-noto-color-emoji"
        )
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """Run a workspace with three people in three zones, two channels and an installed app."""
    workspace = FakeSlack(clock=Clock(START))
    for user_id, (name, tz) in PEOPLE.items():
        workspace.add_user(user_id, real_name=name, tz=tz)
    command = {"command": "/weeknotes", "description": "Your weeknotes", "usage_hint": "help | draft"}
    shortcut = {"callback_id": "jot.save", "name": "Save to my weeknotes", "type": "message"}
    workspace.install(App(name="Weeknotes", scopes=SCOPES, commands=[command], shortcuts=[shortcut]))
    workspace.add_channel("C_TEAM", name="team-weeknotes", members=[*PEOPLE, "U_BOT"], creator="U_ANA")
    workspace.add_channel("C_LEADS", name="leads", members=["U_ANA"], creator="U_ANA", private=True)
    for user_id in PEOPLE:
        workspace.person(user_id).dm()
    workspace.stops = lambda: [Stop("Thursday 10:00", THURSDAY), Stop("Friday 16:00", FRIDAY)]
    workspace.start()
    yield workspace
    workspace.stop()


@pytest.fixture
def windows(browser: Browser, slack: FakeSlack) -> Iterator[Windows]:
    """Open windows on the workspace; at the end their consoles must have been silent."""
    opened = Windows(browser, slack.url)
    yield opened
    opened.close()
    assert [] == opened.complaints


@pytest.fixture
def client(slack: FakeSlack) -> WebClient:
    """Speak to the workspace as the app."""
    return WebClient("xoxb-local", base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def bolt(slack: FakeSlack, client: WebClient) -> Iterator[Callable[[], Bolt]]:
    """Return what makes an app that is connected when the test has told it what to do."""
    handlers: list[SocketModeHandler] = []
    app = Bolt(client=client, signing_secret="local-signing-secret", process_before_response=True)

    def connect() -> Bolt:
        handler = SocketModeHandler(app, "xapp-local")
        handlers.append(handler)
        handler.connect()  # type: ignore[no-untyped-call]
        slack.wait_connected()
        return app

    yield connect
    for handler in handlers:
        leave(handler, seconds=10)
