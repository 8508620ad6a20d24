"""Databases to measure on: a migrated file, a workspace with people in it, a series, and what everybody gave."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr
from sqlalchemy import insert

from bot import collector, upkeep
from bot.bootstrap import build
from bot.config import Settings
from bot.domain.people import Person
from bot.domain.series import DEFAULT_QUESTIONS, Series
from bot.domain.series_forms import SeriesForm
from bot.domain.workspaces import Workspace
from bot.runtime import Runtime
from bot.slack.pace import Pace
from fakeslack import Clock
from storage.database import Session
from storage.models import AnswerRow, Table

TEAM, CHANNEL = "T_TEAM", "C_TEAM"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-local-bot", "xapp-local-app", "local-signing-secret"
WEDNESDAY = datetime(2026, 3, 4, 9, tzinfo=UTC)
THURSDAY = WEDNESDAY + timedelta(days=1, hours=1, minutes=1)
"""A minute after everybody is to be asked."""
SCOPES = frozenset({"chat:write", "reactions:write", "files:read", "channels:read", "channels:history"})
WORDS = (
    "On Tuesday we opened the doors of the reading room again, two years after the flood, and the first visitor wanted "
    "to know where the large print shelf had gone. We knew the answer. The volunteers had baked, the boiler held, and "
    "nobody minded the rain. There was no time at all to say thank you properly, so thank you"
)
"""An answer of sixty words."""


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="weeknotes-bench-") as name:
        yield Path(name)


def settings_of(path: Path, **values: Any) -> Settings:  # noqa: ANN401 - fields of the settings
    """Return the settings of a bot on a SQLite file, which is made if need be."""
    settings = Settings(
        database_url=f"sqlite:///{path}",
        slack_bot_token=SecretStr(BOT_TOKEN),
        slack_app_token=SecretStr(APP_TOKEN),
        slack_signing_secret=SecretStr(SECRET),
        **{"slack_api_url": "http://127.0.0.1:9/api/", **values},
    )
    if not path.exists():
        upkeep.migrate(settings)
    return settings


@contextmanager
def bot_on(
    path: Path,
    clock: Clock | None = None,
    pace: Pace | None = None,
    **values: Any,  # noqa: ANN401 - see above
) -> Iterator[Runtime]:
    """Give a bot that is made and not started, in a workspace of its own: nothing is sent, nothing falls due.

    The garbage collector is set as in the bot's own processes.
    """
    runtime = build(settings_of(path, **values), clock=clock or Clock(WEDNESDAY), pace=pace)
    runtime.database.on_owed = lambda _workspace_id: None
    runtime.services.workspaces.installed(Workspace(TEAM, "Team", bot_user_id="U_BOT", bot_id="B_BOT", scopes=SCOPES))
    collector.settle()
    try:
        yield runtime
    finally:
        runtime.stop()


def people_of(count: int) -> dict[str, Person]:
    """Return so many people, by id."""
    return {
        user_id: Person(user_id, f"Person {number}", "Europe/London")
        for number in range(count)
        for user_id in (f"U{number:06}",)
    }


def series_of(bot: Runtime, count: int) -> Series:
    """Set up a series that asks so many people, the first of whom edits it."""
    people = people_of(count)
    bot.services.workspaces.know(TEAM, people.values())
    form = SeriesForm(CHANNEL, "Weeknotes", tuple(people), tuple(people)[:1], zone="Europe/London")
    return bot.services.administering.create_series(TEAM, next(iter(people)), form, people)


def give(bot: Runtime, series: Series, edition_id: int) -> None:
    """Have everybody give five answers of sixty words, as Slack sends them: text, and the tree of the same words."""
    keys = [question.key for question in DEFAULT_QUESTIONS]
    rows = [
        _answer(edition_id, user_id, keys[number % len(keys)], number)
        for user_id in series.contributors
        for number in range(5)
    ]
    with bot.database.session() as session:
        insert_all(session, AnswerRow, rows)


def insert_all(session: Session, table: type[Table], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows at once, with what their table says of columns that are not given."""
    session.execute(insert(table), [table.model_construct(**row).model_dump(exclude={"id"}) | row for row in rows])


def _answer(edition_id: int, user_id: str, question_key: str, number: int) -> dict[str, Any]:
    text = f"{WORDS} {number}."
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    key = f"D{user_id}:{number}"
    given = {"workspace_id": TEAM, "edition_id": edition_id, "user_id": user_id, "question_key": question_key}
    words = {"text": text, "blocks": [{"type": "rich_text", "block_id": "b1", "elements": [section]}]}
    return {**given, **words, "source": "thread", "source_key": key, "given_at": THURSDAY}
