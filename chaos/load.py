"""The load of a busy workspace: Slack's maximum for a minute, and a burst on Friday afternoon as the note goes out."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import Engine

from benchmarks.live import HTTP, SOCKET, Team, local_slack, team_at_work
from benchmarks.teams import people_of
from benchmarks.wire import Json, answered, reply, signed
from chaos.databases import databases
from chaos.process import Orders
from chaos.stage import WEDNESDAY, Slot, Stage
from chaos.timing import Load, Stopwatch, paced
from chaos.weeks import ASKED, DRAFTED, PUBLISHED, REMINDED, set_up, thread_of
from fakeslack.outbox import Delivery
from storage.database import normalised_url
from tests.support.world import CHANNEL, key_of

SLACKS_MOST = 30_000 / 3600
"""Events a second: no workspace gets more of an app's."""
STEADY_SECONDS, STEADY_PEOPLE = 60, 50
BURST, BURST_SECONDS, BURST_PEOPLE = 500, 10, 100
BURSTS = {"SQLite": ("sqlite", 1), "PostgreSQL": ("postgres", 1), "PostgreSQL, two processes": ("postgres", 2)}
"""On which databases, and in how many processes: SQLite has but one."""
REST_SECONDS = 1.0
"""Without a call for so long, the bot has nothing to do."""
THREADS = 32
PATIENCE = 400.0
"""Longer than Slack goes on delivering something."""
Send = Callable[[Json, Stopwatch], None]


def tried() -> dict[str, Load]:
    """Return what came of each."""
    found = {f"Slack’s maximum, {way}": steady(way, STEADY_SECONDS, STEADY_PEOPLE) for way in (HTTP, SOCKET)}
    for what, (kind, processes) in BURSTS.items():
        with tempfile.TemporaryDirectory(prefix="weeknotes-chaos-") as name, databases(kind, Path(name)) as give:
            folder = Path(name)
            with give(folder) as url:
                found[f"burst on Friday, {what}"] = burst(url, folder, BURST_PEOPLE, BURST, BURST_SECONDS, processes)
    return found


def steady(way: str, seconds: float, people: int) -> Load:
    """Send replies to a bot on SQLite as fast as Slack ever would; each that was acknowledged must be there."""
    count = round(SLACKS_MOST * seconds)
    with tempfile.TemporaryDirectory(prefix="weeknotes-chaos-") as name:
        path = Path(name) / "bot.sqlite3"
        with team_at_work(way, people, path) as team, ThreadPoolExecutor(THREADS) as threads:
            watch, send = Stopwatch(), _by_http(team) if way == HTTP else _by_socket(team)
            payloads = [reply(team.asked[number % people]) for number in range(count)]
            sent = []
            pace = paced(count, SLACKS_MOST, lambda n: sent.append(threads.submit(send, payloads[n], watch)))
            for each in sent:
                each.result()
        engine = create_engine(f"sqlite:///{path}")
        return _counted(engine, {payload["event"]["ts"] for payload in payloads}, pace, watch, twice=0)


def _by_http(team: Team) -> Send:
    return lambda payload, watch: watch.note(*answered(team.port, [signed(payload)]))


def _by_socket(team: Team) -> Send:
    def send(payload: Json, watch: Stopwatch) -> None:
        delivery = Delivery("events_api", "message", payload, team.slack.clock.now())
        watch.watch(delivery)
        team.slack.outbox.wait(team.slack.outbox.hand_out(delivery))

    return send


def burst(url: str, folder: Path, people: int, replies: int, seconds: float, processes: int = 1) -> Load:
    """Let everybody reply at once on Friday afternoon, while the draft is made and the note goes out."""
    with crowded(url, folder, people, processes) as week:
        for moment in (ASKED, REMINDED):
            week.jump(moment)
            week.settle()
        threads = {user: thread_of(week, user) for user in people_of(people)}
        _exchange(week, is_hurried=False)
        _rest(week)
        watch, said, turns = Stopwatch(), set[str](), {replies // 3: DRAFTED, 2 * replies // 3: PUBLISHED}
        week.slack.outbox.watchers.append(watch.watch)

        def say(number: int) -> None:
            if number in turns:
                week.jump(turns[number])
            person = week.slack.person(list(threads)[number % people])
            said.add(person.say(person.dm(), text=f"Story {number}.", thread_ts=threads[person.id])["ts"])

        pace = paced(replies, replies / seconds, say)
        week.slack.idle(PATIENCE)
        _exchange(week, is_hurried=True)
        return _counted(week.engine, said, pace, watch, twice=_twice(week, people))


@contextmanager
def crowded(url: str, folder: Path, people: int, processes: int) -> Iterator[Stage]:
    """Give a workspace in which so many people are to be asked, whose bot is so many processes of their own."""
    users = tuple(people_of(people))
    with local_slack(people) as slack:
        orders = Orders(url, slack.api_url, folder / "clock")
        week = Stage(slack, slack.clock, orders, create_engine(normalised_url(url)), [Slot() for _ in range(processes)])
        week.jump(WEDNESDAY)
        try:
            week.settle()
            set_up(week, users, users[0])
            yield week
        finally:
            week.end()
            week.engine.dispose()


def _exchange(week: Stage, *, is_hurried: bool) -> None:
    """Let another process go on, which keeps to Slack’s pace or, to come to an end, does not."""
    week.end()
    week.orders = replace(week.orders, is_hurried=is_hurried)
    week.settle()


def _rest(week: Stage) -> None:
    """Wait until the bot that was just started has read everybody's thread: on a Friday afternoon it is long up."""
    known = -1
    while known != len(week.slack.calls):
        known = len(week.slack.calls)
        time.sleep(REST_SECONDS)


def _counted(engine: Engine, said: set[str], pace: float, watch: Stopwatch, *, twice: int) -> Load:
    """Look in the database which answers are there, and how often."""
    with engine.connect() as connection:
        kept = Counter(str(ts) for (ts,) in connection.exec_driver_sql("SELECT ts FROM answer"))
    engine.dispose()
    lost = len(said - set(kept))
    return Load(len(said), pace, lost, twice + sum(kept[ts] > 1 for ts in said), watch)


def _twice(week: Stage, people: int) -> int:
    """Return how many of the bot’s messages are there twice."""
    places = [CHANNEL, *(week.slack.person(user).dm() for user in people_of(people))]
    keys = Counter(key for place in places for message in week.slack.messages(place) if (key := key_of(message)))
    return sum(times > 1 for times in keys.values())
