"""SIGTERM under load: `run` and `web` end in time, and nothing of what was in hand is lost or comes twice."""

import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from subprocess import Popen

from sqlalchemy import create_engine, delete

from benchmarks.live import app, wait_until
from benchmarks.teams import APP_TOKEN, BOT_TOKEN, CHANNEL, SECRET, TEAM, bot_on, people_of, series_of
from bot.domain.editions import StepKind
from bot.domain.planning import PlannedStep
from bot.slack.manifest import EVENTS_PATH
from chaos.timing import paced
from fakeslack import Clock, FakeSlack
from storage import editions, steps
from storage.models import StepRow
from tests.support.programs import running
from tests.support.world import free_port, key_of

MOST_SECONDS = 10.0
"""How long service managers wait before they kill."""
NAME = "weeknotes.sqlite3"
COMMANDS = ("run", "web")
PEOPLE, PER_SECOND, SECONDS = 20, 20, 10.0
RETRY_FACTOR = 0.25
"""Slack’s second try comes at once, the third after a quarter of a minute."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a process ended when it was told to in the midst of replies, and what became of these."""

    replies: int
    acknowledged: int
    seconds: float
    status: int
    lost: int
    twice: int

    @property
    def is_clean(self) -> bool:
        """Say whether all is as it should be."""
        return self.seconds < MOST_SECONDS and not (self.status or self.lost or self.twice)

    def row(self) -> list[object]:
        """Return the figures of the table."""
        return [self.replies, self.acknowledged, f"{self.seconds:.1f} s", self.status, self.lost, self.twice]

    def kept(self) -> dict[str, object]:
        """Return what is written into the file."""
        return asdict(self)


HEADS = ("SIGTERM to", "replies", "acknowledged until then", "ended after", "exit status", "lost", "twice")


def tried(seconds: float = SECONDS, people: int = PEOPLE) -> dict[str, Ending]:
    """Return how each command ended."""
    return {f"weeknotes {command}": ended(command, seconds, people) for command in COMMANDS}


def ended(command: str, seconds: float, people: int) -> Ending:
    """Let people reply for so long, tell the process to end in the middle of it, and start it again afterwards."""
    with tempfile.TemporaryDirectory(prefix="weeknotes-chaos-") as name, workspace(people) as slack:
        folder, port = Path(name), free_port()
        _ask(folder / NAME, people)
        if command == "web":
            slack.install(app(f"http://127.0.0.1:{port}{EVENTS_PATH}"))
        settings = {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "WEEKNOTES_SLACK_API_URL": slack.api_url,
            "DATABASE_URL": f"sqlite:///{folder / NAME}",
            "PORT": str(port),
        }
        with running(command, cwd=folder, **settings) as process:
            threads = _threads(slack, people)
            said, took, status = _interrupted(slack, process, threads, seconds)
        kept = _kept(folder)
        acknowledged = {each.payload["event"]["ts"] for each in slack.sent("message") if each.state == "acknowledged"}
        lost = len(said & acknowledged - set(kept))
        with running(command, cwd=folder, **settings):
            wait_until(lambda: said <= set(_kept(folder)))
        kept = _kept(folder)
        twice = sum(times > 1 for times in kept.values()) + _repeated(slack, people)
        return Ending(len(said), len(said & acknowledged), took, status, lost, twice)


@contextmanager
def workspace(people: int) -> Iterator[FakeSlack]:
    """Give a workspace of this machine’s own time, with so many people in it."""
    slack = FakeSlack()
    slack.start()
    slack.rate_limits.enforce = False
    slack.outbox.retry_factor = RETRY_FACTOR
    slack.install(app())
    known = people_of(people)
    for person in known.values():
        slack.add_user(person.id, real_name=person.name, tz=person.zone)
    slack.add_channel(CHANNEL, name="weeknotes", members=[*known, "U_BOT"])
    try:
        yield slack
    finally:
        slack.stop()


def _interrupted(
    slack: FakeSlack, process: "Popen[str]", threads: dict[str, str], seconds: float
) -> tuple[set[str], float, int]:
    """Have everybody reply, and tell the process to end when half of it is said. Return how long it took, and how."""
    said: set[str] = set()
    count = round(PER_SECOND * seconds)
    ended: list[float] = []

    def end() -> None:
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait()
        ended.append(time.monotonic() - began)

    ending = threading.Thread(target=end)

    def say(number: int) -> None:
        if number == count // 2:
            ending.start()
        person = slack.person(list(threads)[number % len(threads)])
        said.add(person.say(person.dm(), text=f"Story {number}.", thread_ts=threads[person.id])["ts"])

    paced(count, PER_SECOND, say)
    ending.join()
    return said, ended[0], process.returncode


def _ask(path: Path, people: int) -> None:
    """Set up a series, and let everybody’s asking be due now."""
    clock = Clock()
    with bot_on(path, clock) as bot:
        made = series_of(bot, people)
        with bot.database.session() as session:
            edition = editions.unfinished(session, TEAM, made.id)[0]
            session.execute(delete(StepRow))
            asking = [PlannedStep(StepKind.ASK, user, clock.now()) for user in people_of(people)]
            steps.plan(session, edition, asking)


def _threads(slack: FakeSlack, people: int) -> dict[str, str]:
    """Wait until everybody was asked; return the message that did so, by who was asked."""
    found: dict[str, str] = {}

    def are_there() -> bool:
        for user in people_of(people):
            prompts = [m for m in slack.messages(slack.person(user).dm()) if key_of(m).startswith("prompt:")]
            if prompts:
                found[user] = str(prompts[0]["ts"])
        return len(found) == people

    wait_until(are_there)
    return found


def _kept(folder: Path) -> Counter[str]:
    """Return the `ts` of the answers that are kept, and how often each is."""
    engine = create_engine(f"sqlite:///{folder / NAME}")
    with engine.connect() as connection:
        found = Counter(str(ts) for (ts,) in connection.exec_driver_sql("SELECT ts FROM answer"))
    engine.dispose()
    return found


def _repeated(slack: FakeSlack, people: int) -> int:
    """Return how many of the bot’s messages are there twice."""
    dms = [slack.person(user).dm() for user in people_of(people)]
    keys = Counter(key for dm in dms for message in slack.messages(dm) if (key := key_of(message)))
    return sum(times > 1 for times in keys.values())
