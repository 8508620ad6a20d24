"""Replies over signed HTTP: verified, matched, de-duplicated, committed, and only then acknowledged."""

import statistics
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, String, Table, insert

from benchmarks.figures import Figure, Scale, at_least, at_most, in_turns, no_more_than, percentile, seconds
from benchmarks.live import HTTP, Team, running, team_at_work
from benchmarks.servers import BARE
from benchmarks.teams import WORDS, folder
from benchmarks.wire import Request, answered, reply, signed
from storage.database import Database

PEOPLE, ONE_AT_A_TIME, AT_ONCE = 50, 100, 480
IN_FLIGHT = 16
MILLI = 1000
KEPT = Table("kept", MetaData(), Column("id", Integer, primary_key=True), Column("text", String))


def measure(scale: Scale) -> list[Figure]:
    """Return how long an acknowledgement takes, one at a time, and how many are made a second, many in flight."""
    with (
        folder() as place,
        team_at_work(HTTP, scale.of(PEOPLE, least=2), place / "bot.sqlite3") as team,
        running(BARE, HTTP, team.slack, place / "none") as bare,
    ):
        return figures(team, bare, place, scale)


def figures(team: Team, bare: int, place: Path, scale: Scale) -> list[Figure]:
    """Measure a bot and a bare Bolt that are up; in `place` a database is made for the floor."""
    return [*_one_at_a_time(team, bare, place / "floor.sqlite3", scale), _at_once(team, bare, scale)]


def _one_at_a_time(team: Team, bare: int, floor: Path, scale: Scale) -> list[Figure]:
    count = scale.of(ONE_AT_A_TIME, least=4)
    insertion = _insertion(floor)
    found: tuple[list[float], ...] = ([], [], [])
    for number in range(scale.rounds + 1):
        requests = replies(team, count)
        waited = (answered(team.port, requests), answered(bare, requests), [seconds(insertion) for _ in requests])
        if number:  # the first round warms up
            for times, more in zip(found, waited, strict=True):
                times.extend(more)
    bot, acknowledged, inserted = found
    least = statistics.median(acknowledged) + statistics.median(inserted)
    row = "a reply over HTTP acknowledged, one at a time"
    how = "the whole bot on SQLite; floor: bare Bolt’s acknowledgement, and one core insert with its commit"
    p50 = Figure(f"{row}: p50", statistics.median(bot) * MILLI, "ms", at_most(2.5), least * MILLI, how)
    return [p50, Figure(f"{row}: p99", percentile(bot, 0.99) * MILLI, "ms", no_more_than(5), least * MILLI)]


def _at_once(team: Team, bare: int, scale: Scale) -> Figure:
    count = scale.of(AT_ONCE, least=IN_FLIGHT)

    def rate(port: int) -> float:
        prepared = replies(team, count)
        return count / seconds(lambda: answered(port, prepared, in_flight=IN_FLIGHT))

    found = in_turns(scale.rounds, {"bot": lambda: rate(team.port), "bare": lambda: rate(bare)})
    row = f"replies over HTTP, {IN_FLIGHT} in flight"
    return Figure(row, found["bot"], "/s", at_least(0.5), found["bare"], "floor: bare Bolt on the same server")


def replies(team: Team, count: int) -> list[Request]:
    """Return so many replies that the bot has not seen, by everybody in turn."""
    return [signed(reply(asked)) for asked in islice(cycle(team.asked), count)]


def _insertion(path: Path) -> Callable[[], None]:
    """Return what inserts a row with SQLAlchemy core and commits it, on a database with the bot's own settings."""
    engine = Database(f"sqlite:///{path}").engine
    KEPT.create(engine)

    def insertion() -> None:
        with engine.begin() as connection:
            connection.execute(insert(KEPT).values(text=WORDS))

    return insertion
