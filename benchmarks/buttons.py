"""A button, and a form: acknowledged after what they ask for is committed, against Bolt that does nothing."""

import statistics
from collections.abc import Callable

from benchmarks.events import MILLI
from benchmarks.figures import Figure, Scale, at_least, at_most
from benchmarks.live import HTTP, Team, running, team_at_work
from benchmarks.servers import BARE, DEFAULT
from benchmarks.teams import folder
from benchmarks.wire import Asked, Json, answered, form, press, signed

PRESSES = 60
Act = Callable[[Asked], Json]


def measure(scale: Scale) -> list[Figure]:
    """Return how long the acknowledgement of each takes, and how many of them Bolt's default would take as long as."""
    count = scale.of(PRESSES, least=2)
    with (
        folder() as place,
        team_at_work(HTTP, count * (scale.rounds + 1), place / "bot.sqlite3") as team,
        running(BARE, HTTP, team.slack, place / "none") as bare,
        running(DEFAULT, HTTP, team.slack, place / "none") as usual,
    ):
        return figures(team, bare, usual, count)


def figures(team: Team, bare: int, usual: int, count: int) -> list[Figure]:
    """Measure a bot and two Bolts that are up, with so many people a round."""
    ports = {"bot": team.port, "bare": bare, "usual": usual}
    return [
        *_figures("a button (Next) acknowledged", press, team.asked, ports, count),
        *_figures("a form (days away) acknowledged", form, team.asked, ports, count),
    ]


def _figures(row: str, act: Act, asked: list[Asked], ports: dict[str, int], count: int) -> list[Figure]:
    """Measure with somebody else for each press, a few people a round; the first round warms up."""
    waited: dict[str, list[float]] = {name: [] for name in ports}
    for start in range(0, len(asked), count):
        requests = [signed(act(each)) for each in asked[start : start + count]]
        for name, port in ports.items():
            waited[name] += answered(port, requests)[: len(requests) if start else 0]
    told = {name: statistics.median(times) * MILLI for name, times in waited.items()}
    how = "floor: bare Bolt with process_before_response"
    faster = Figure(
        f"{row}: how often in the time of Bolt’s default", 1 / told["bot"], "/ms", at_least(5), 1 / told["usual"]
    )
    return [Figure(f"{row}: p50", told["bot"], "ms", at_most(3), told["bare"], how), faster]
