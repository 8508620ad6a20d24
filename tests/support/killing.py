"""Playing a week with a bot that is killed on the way, and started again."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.clock import Clock as AnyClock
from bot.domain.series_forms import SeriesForm
from bot.rendering.environments import Templates
from bot.services.administering import Administering
from bot.services.delivering import Delivering
from bot.services.failing import Failing
from bot.services.workspaces import Workspaces
from fakeslack import Clock, FakeSlack
from storage import steps
from storage.database import Database
from tests.support.opinion import assert_taken
from tests.support.world import APP_TOKEN, BOT_TOKEN, CHANNEL, WEDNESDAY, app_of

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
READS = ("auth.test", "apps.connections.open", "users.list", "conversations.replies", "conversations.history")
STEP = timedelta(seconds=3)
"""How far the clock moves while the bot is not at rest, so that what waits for a time gets there."""


@dataclass
class Victim:
    """A workspace whose bot is a process. It is started whenever it is not running."""

    slack: FakeSlack
    clock: Clock
    database: Database
    clock_file: Path
    environment: dict[str, str]
    kill_at_call: int = 0
    kills: int = 0
    writes: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def jump(self, to: datetime) -> None:
        """Let it become this time, for the bot too."""
        self.clock.jump(to)
        scratch = self.clock_file.with_suffix(".new")
        scratch.write_text(to.isoformat())
        scratch.replace(self.clock_file)

    def on_change(self, change: dict[str, object]) -> None:
        """Kill the bot when Slack has accepted its n-th write, and before it hears so."""
        if change.get("type") != "call" or change.get("method") in READS:
            return
        self.writes += 1
        if self.writes == self.kill_at_call and self.process:
            self.process.kill()

    def settle(self) -> None:
        """Keep the bot running, and the clock too, until nothing is due and nothing owed."""
        ends = time.monotonic() + PATIENCE
        calm = 0
        while calm < 3:
            assert time.monotonic() < ends, "The bot did not come to rest."
            self._keep_running()
            self.slack.idle(PATIENCE)
            calm = 0 if self._has_work() else calm + 1
            if not calm:
                self.jump(self.clock.now() + STEP)
            time.sleep(0.05)

    def _has_work(self) -> bool:
        with self.database.session() as session:
            due = steps.workspaces_due(session, self.clock.now())
        return bool(due or Delivering(self.database, _Far(self.clock), Failing(Templates())).workspaces_owing())

    def _keep_running(self) -> None:
        if self.process is None or self.process.poll() is not None:
            if self.process is not None:
                assert self.process.returncode == -signal.SIGKILL, "The bot ended by itself."
                self.process.communicate()
                self.kills += 1
                self.environment.pop("KILL_AT_COMMIT", None)
            command = [sys.executable, "-m", "tests.support.bot_process"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdin=subprocess.PIPE)  # noqa: S603
            self._wait_for_socket()

    def _wait_for_socket(self) -> None:
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends and self.process and self.process.poll() is None:
            try:
                self.slack.wait_connected(timeout=0.1)
            except TimeoutError:
                continue
            return

    def end(self) -> None:
        """End the bot."""
        if self.process:
            self.process.kill()
            self.process.communicate()


class _Far:
    """A clock far ahead: by it, whatever is owed may be sent, even what waits for later."""

    def __init__(self, clock: AnyClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now() + timedelta(days=1)


@contextmanager
def victim(database_url: str, folder: Path, *, commit: int = 0, call: int = 0) -> Iterator[Victim]:
    """Give a workspace whose bot dies once: before its n-th commit, or after its n-th write was accepted."""
    clock = Clock(WEDNESDAY, ticking=False)
    slack = FakeSlack(clock=clock)
    slack.start()
    slack.rate_limits.enforce = False
    slack.outbox.retry_factor = 0.005  # Slack's minutes between deliveries would be this test's
    for user_id, name in (("U_ANA", "Ana Okafor"), ("U_DEE", "Dee Roy")):
        slack.add_user(user_id, real_name=name, tz="Europe/London")
    slack.install(app_of(0))
    slack.add_channel(CHANNEL, name="team-weeknotes", members=["U_ANA", "U_DEE", "U_BOT"], creator="U_DEE")
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "DATABASE_URL": database_url,
        "WEEKNOTES_SLACK_API_URL": slack.api_url,
        "CLOCK_FILE": str(folder / "clock"),
    }
    if commit:
        environment["KILL_AT_COMMIT"] = str(commit)
    made = Victim(slack, clock, Database(database_url), folder / "clock", environment, call)
    made.jump(WEDNESDAY)
    slack.subscribe(made.on_change)
    try:
        yield made
        assert_taken(slack)
    finally:
        made.end()
        made.database.dispose()
        slack.stop()


def play(week: Victim) -> None:
    """Play a week: one person answers everything, the other nothing but the editing."""
    week.settle()
    _set_up(week)
    week.settle()
    ana = week.slack.person("U_ANA")
    week.jump(datetime(2026, 3, 5, 10, tzinfo=UTC))
    week.settle()
    thread = next(m["ts"] for m in week.slack.messages(ana.dm()) if "It’s time for" in m["text"])
    for words in ("The library opened.", "next", "Met Tom about photos", "next", "skip", "Nina Simone — Feeling Good"):
        ana.say(ana.dm(), text=words, thread_ts=thread)
        week.settle()
    for hour in (10, 15, 16):
        week.jump(datetime(2026, 3, 6, hour, tzinfo=UTC))
        week.settle()


def _set_up(week: Victim) -> None:
    people = Workspaces(week.database, week.clock).known("T_TEAM", ["U_ANA", "U_DEE"])
    form = SeriesForm(CHANNEL, "Digital weeknotes", ("U_ANA", "U_DEE"), ("U_DEE",), zone="Europe/London")
    Administering(week.database, week.clock, Templates()).create_series("T_TEAM", "U_DEE", form, people)


def told(week: Victim) -> dict[str, list[list[str]]]:
    """Return everything the bot has posted, conversation by conversation: what people see, in order."""
    places = {"channel": CHANNEL, "ana": week.slack.person("U_ANA").dm(), "dee": week.slack.person("U_DEE").dm()}
    return {name: [shown(message) for message in _all(week.slack, place)] for name, place in places.items()}


def shown(part: object) -> list[str]:
    """Return every text in what was posted, in order, without the ids that are new each time."""
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for name, value in part.items() if name != "text" or not own for text in shown(value)]
    if isinstance(part, list):
        return [text for each in part for text in shown(each)]
    return []


def repeated(week: Victim) -> list[str]:
    """Return the effects that were posted more than once."""
    places = (CHANNEL, week.slack.person("U_ANA").dm(), week.slack.person("U_DEE").dm())
    keys = Counter(
        message["metadata"]["event_payload"]["key"]
        for place in places
        for message in _all(week.slack, place)
        if message.get("metadata")
    )
    return [key for key, times in keys.items() if times > 1]


def _all(slack: FakeSlack, channel: str) -> list[dict[str, Any]]:
    """Return the bot's messages in a conversation and in its threads, each once, by the time they were posted."""
    heads = slack.messages(channel)
    replies = [reply for head in heads if head.get("reply_count") for reply in slack.messages(channel, head["ts"])]
    by_ts = {message["ts"]: message for message in (*heads, *replies) if message.get("bot_id")}
    return [by_ts[ts] for ts in sorted(by_ts)]
