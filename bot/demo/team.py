"""The demo's workspace: who is in it, its channel, the app that is installed, and the series that is ready."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot import upkeep
from bot.bootstrap import build
from bot.config import Settings
from bot.demo.titles import OwnTitle
from bot.domain.errors import WeeknotesError
from bot.domain.series import Layout, Series
from bot.domain.series_forms import SeriesForm
from bot.domain.weeks import monday_of
from bot.runtime import Runtime
from bot.slack.manifest import manifest
from bot.slack.pace import Pace
from fakeslack import App, Clock, FakeSlack
from storage import series as stored_series

ZONE = "Europe/London"
CHANNEL_ID, CHANNEL = "C_TEAM", "team-weeknotes"
NAME = "Digital team weeknotes"
PATIENCE_SECONDS = 60.0
_BOT_TOKEN, _APP_TOKEN = "xoxb-local-demo", "xapp-local-demo"


class DemoStuckError(WeeknotesError):
    """The demo did not come to rest: the bot had work to do for a whole minute."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the workspace."""

    user_id: str
    name: str
    zone: str = ZONE


ANA = Member("U_ANA", "Ana Okafor")
TEAM = (
    ANA,
    Member("U_NIKOS", "Nikos Pappas", "Europe/Athens"),
    Member("U_MAYA", "Maya Goldberg", "America/New_York"),
    Member("U_TANE", "Tane Rewi", "Pacific/Auckland"),
)
EDITOR = ANA


@dataclass(frozen=True, slots=True)
class Demo:
    """The workspace with the bot running in it, and the series."""

    slack: FakeSlack
    clock: Clock
    runtime: Runtime
    workspace_id: str
    series: Series

    def settle(self) -> None:
        """Wait until what was said has been heard, what was due has been done and what is owed has been sent."""
        self.slack.idle(PATIENCE_SECONDS)
        if not self.runtime.idle(PATIENCE_SECONDS):
            raise DemoStuckError
        self.slack.idle(PATIENCE_SECONDS)


def thursday_before_ten(now: datetime) -> datetime:
    """Return half past nine, by the series' clock, on the Thursday of the present week."""
    return _at(now, 3, time(9, 30))


def monday_morning(now: datetime) -> datetime:
    """Return nine o'clock, by the series' clock, on the Monday of the present week."""
    return _at(now, 0, time(9))


def _at(now: datetime, weekday: int, at: time) -> datetime:
    today = now.astimezone(ZoneInfo(ZONE)).date()
    return datetime.combine(monday_of(today) + timedelta(days=weekday), at, ZoneInfo(ZONE)).astimezone(UTC)


@contextmanager
def running(  # noqa: PLR0913 — what a demo is made of
    slack: FakeSlack,
    clock: Clock,
    database: Path,
    members: Sequence[Member],
    contributors: Sequence[Member],
    *,
    editor: Member,
    title: OwnTitle = OwnTitle(),  # noqa: B008 - frozen
    port: int = 0,
    pace: Pace | None = None,
    tick_seconds: float = 1.0,
) -> Iterator[Demo]:
    """Run the workspace with the bot in it over Socket Mode; everything there already stays as it is."""
    for member in members:
        slack.add_user(member.user_id, real_name=member.name, tz=member.zone)
    app = _app()
    slack.install(app)
    people = [member.user_id for member in members]
    slack.add_channel(CHANNEL_ID, name=CHANNEL, members=[*people, app.bot_user], creator=editor.user_id)
    try:
        slack.start(port)
        settings = _settings(slack, database)
        upkeep.make_ready(settings)
        runtime = build(settings, clock=clock, pace=pace, tick_seconds=tick_seconds)
        try:
            runtime.start(socket_mode=True)
            slack.wait_connected()
            workspace_id = runtime.installed[0].id
            yield Demo(slack, clock, runtime, workspace_id, _series(runtime, workspace_id, contributors, editor, title))
        finally:
            runtime.stop()
    finally:
        slack.stop()


def _settings(slack: FakeSlack, database: Path) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(_BOT_TOKEN),
        slack_app_token=SecretStr(_APP_TOKEN),
        database_url=f"sqlite:///{database}",
        slack_api_url=slack.api_url,
    )


def _app() -> App:
    described = manifest(None)
    scopes = described["oauth_config"]["scopes"]
    return App(
        name="Weeknotes",
        bot_token=_BOT_TOKEN,
        app_token=_APP_TOKEN,
        scopes=[*scopes["bot"], *scopes.get("bot_optional", [])],
        commands=described["features"]["slash_commands"],
        shortcuts=described["features"]["shortcuts"],
    )


def _series(
    runtime: Runtime, workspace_id: str, contributors: Sequence[Member], editor: Member, title: OwnTitle
) -> Series:
    """Return the series that is there, or a new one."""
    with runtime.database.session() as session:
        series = stored_series.in_channel(session, workspace_id, CHANNEL_ID)
    return series or _new_series(runtime, workspace_id, contributors, editor, title)


def _new_series(
    runtime: Runtime, workspace_id: str, contributors: Sequence[Member], editor: Member, title: OwnTitle
) -> Series:
    asked = tuple(member.user_id for member in contributors)
    form = SeriesForm(
        channel_id=CHANNEL_ID,
        name=NAME,
        contributors=asked,
        editors=(editor.user_id,),
        zone=ZONE,
        layout=Layout.BY_PERSON if len(asked) > 1 else Layout.PERSONAL,
        season=title.season,
        next_number=title.episode,
    )
    people = runtime.services.workspaces.known(workspace_id, {*asked, editor.user_id})
    return runtime.services.administering.create_series(workspace_id, editor.user_id, form, people, is_in_channel=True)
