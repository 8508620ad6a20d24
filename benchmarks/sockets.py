"""The same replies over Socket Mode: so many that wait for their acknowledgement at any moment."""

import threading
from collections.abc import Callable, Sequence

from benchmarks.events import IN_FLIGHT, PEOPLE
from benchmarks.figures import Figure, Scale, at_least, in_turns, seconds
from benchmarks.live import SOCKET, Team, local_slack, running, team_at_work
from benchmarks.servers import BARE
from benchmarks.teams import folder
from benchmarks.wire import Json, reply
from fakeslack import FakeSlack
from fakeslack.outbox import Delivery

COUNT = 480
PATIENCE = 60.0
ROW = f"replies over Socket Mode, {IN_FLIGHT} in flight"


def measure(scale: Scale) -> list[Figure]:
    """Return how many replies are acknowledged a second."""
    count, people = scale.of(COUNT, least=IN_FLIGHT), scale.of(PEOPLE, least=2)
    with (
        folder() as place,
        team_at_work(SOCKET, people, place / "bot.sqlite3") as team,
        local_slack(1) as other,
        running(BARE, SOCKET, other, place / "none"),
    ):
        slacks = {"bot": team.slack, "bare": other}
        found = in_turns(scale.rounds, {name: _rate(slack, team, count) for name, slack in slacks.items()})
    return [Figure(ROW, found["bot"], "/s", at_least(0.5), found["bare"], "floor: bare Bolt on such a socket")]


def _rate(slack: FakeSlack, team: Team, count: int) -> Callable[[], float]:
    def rate() -> float:
        payloads = [reply(team.asked[number % len(team.asked)]) for number in range(count)]
        return count / seconds(lambda: _send(slack, payloads))

    return rate


def _send(slack: FakeSlack, payloads: Sequence[Json]) -> None:
    """Hand everything out, one more whenever one was acknowledged, and wait for the last."""
    left, lock, done = list(payloads), threading.Lock(), threading.Semaphore(0)

    def following(_answered: Delivery | None = None) -> None:
        if _answered:
            done.release()
        with lock:
            payload = left.pop() if left else None
        if payload:
            slack.outbox.hand_out(Delivery("events_api", "message", payload, slack.clock.now(), following))

    for _ in range(IN_FLIGHT):
        following()
    for _ in payloads:
        if not done.acquire(timeout=PATIENCE):
            raise TimeoutError("A reply was not acknowledged.")
