"""The use cases on a database, without Slack: for what happens inside them, and between two of them at once."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from pydantic import SecretStr
from sqlmodel import col, select

from bot.bootstrap import build
from bot.config import Settings
from bot.domain.editions import Edition, Prompt
from bot.domain.incoming import Jot, Said
from bot.domain.people import Person
from bot.domain.series import Series
from bot.domain.series_forms import SeriesForm
from bot.domain.workspaces import Workspace
from bot.rendering.settings.views import Opened
from bot.services import Services
from storage import editions, prompts
from storage.database import Database
from storage.models import DeliveryRow
from tests.support.clocks import FrozenClock

T, CHANNEL = "T_TEAM", "C_TEAM"
PEOPLE = {
    user_id: Person(user_id, name, "Europe/London") for user_id, name in (("U_ANA", "Ana Okafor"), ("U_DEE", "Dee Roy"))
}


@dataclass
class Staff:
    """The services of a bot that never starts: nothing is sent, and nothing falls due by itself."""

    database: Database
    services: Services
    clock: FrozenClock

    @classmethod
    def of(cls, database_url: str, clock: FrozenClock) -> "Staff":
        """Return the services, in a workspace whose people are known."""
        settings = Settings(
            database_url=database_url, slack_bot_token=SecretStr("xoxb-local"), slack_api_url="http://127.0.0.1:9/api/"
        )
        built = build(settings, clock=clock)
        built.database.on_owed = lambda _workspace_id: None
        built.services.workspaces.installed(Workspace(T, "Team", scopes=frozenset({"chat:write", "reactions:write"})))
        built.services.workspaces.know(T, PEOPLE.values())
        return cls(built.database, built.services, clock)

    def series(self, **changes: object) -> Series:
        """Set up a series in which Ana and Dee are asked, and Dee edits."""
        given: dict[str, object] = {
            "channel_id": CHANNEL,
            "name": "Team",
            "contributors": tuple(PEOPLE),
            "editors": ("U_DEE",),
            "zone": "Europe/London",
        }
        return self.services.administering.create_series(T, "U_DEE", SeriesForm(**{**given, **changes}), PEOPLE)  # type: ignore[arg-type]

    def change(self, *, occasion: str = "", **values: Any) -> Opened:  # noqa: ANN401 - fields of the form
        """Have Dee change settings of the first series."""
        opened, _ = self.services.configuring.save(
            T, "U_DEE", 1, lambda form: replace(form, **values), PEOPLE, occasion=occasion or uuid4().hex
        )
        return opened

    def at(self, to: datetime) -> None:
        """Let it become this time, and do what is due."""
        self.clock.jump(to)
        self.services.scheduling.run_due(T)

    def say(self, text: str, ts: str, *, user_id: str = "U_ANA", thread_ts: str = "", version: str = "") -> None:
        """Have somebody send the bot a message, or (with a `version`) edit one."""
        said = Said(T, user_id, f"D_{user_id}", ts, text, thread_ts, version=version)
        collecting = self.services.collecting
        collecting.edit(said) if version else collecting.record(said)

    def jot(self, text: str, *, user_id: str = "U_ANA", channel_id: str = CHANNEL, occasion: str = "1") -> str:
        """Have somebody type `/weeknotes jot`, and return the receipt."""
        jot = Jot(T, user_id, channel_id, f"command:{occasion}", occasion, text)
        return self.services.jotting.keep(jot).text

    def editions(self, series_id: int = 1) -> list[Edition]:
        """Return the editions of a series that are not over."""
        with self.database.session() as session:
            return editions.unfinished(session, T, series_id)

    def prompts(self, edition_id: int, user_id: str = "U_ANA") -> list[Prompt]:
        """Return what somebody was asked."""
        with self.database.session() as session:
            return prompts.of_person(session, T, edition_id, user_id)

    def owed(self, kind: str) -> list[DeliveryRow]:
        """Return the deliveries of one kind, in the order they were owed."""
        with self.database.session() as session:
            rows = list(session.exec(select(DeliveryRow).filter_by(kind=kind).order_by(col(DeliveryRow.id))))
            session.expunge_all()
            return rows


def meanwhile(work: Callable[[], object]) -> Callable[[], None]:
    """Start `work` beside this thread, give it time to be kept waiting, and return what waits for its end."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - it is raised where the test waits
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.3)

    def wait() -> None:
        thread.join(20)
        if raised:
            raise raised[0]

    return wait
