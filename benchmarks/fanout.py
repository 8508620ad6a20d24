"""Asking six hundred people against a local Slack that enforces its limits, gently and hard.

Time runs twice as fast, for the bot and for Slack alike: what a call and the work around it take counts twice as much
as it would.
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass

from benchmarks.figures import Figure, Scale, at_least, no_more_than, seconds
from benchmarks.live import local_slack
from benchmarks.teams import TEAM, THURSDAY, bot_on, folder, people_of
from bot.domain.deliveries import Method, Owed
from bot.runtime import Runtime
from bot.slack.pace import Pace
from fakeslack import FakeSlack
from storage import deliveries

PEOPLE, PER_MINUTE, BURST = 600, 300, 30
HASTE = 2
LOCK_OUTS = {"gentle": 0.0, "hard": 10.0}
"""For how many seconds Slack locks out whoever is too fast."""


@dataclass(frozen=True, slots=True)
class QuickTime:
    """A monotonic time that runs several times as fast."""

    haste: float = HASTE

    def monotonic(self) -> float:
        """Return the time."""
        return time.monotonic() * self.haste

    async def sleep(self, length: float) -> None:
        """Sleep so long by this time."""
        await asyncio.sleep(length / self.haste)


def measure(scale: Scale) -> list[Figure]:
    """Return the pace that is kept, and what went wrong, by how Slack refuses."""
    people = scale.of(PEOPLE, least=BURST + 4)
    return [figure for name, seconds_out in LOCK_OUTS.items() for figure in _of(name, seconds_out, people)]


def _of(name: str, lock_out: float, people: int) -> list[Figure]:
    quick = QuickTime()
    pace = Pace(monotonic=quick.monotonic, sleep=quick.sleep)
    with folder() as place, local_slack(people) as slack:
        be_strict(slack, quick, lock_out)
        with bot_on(place / "bot.sqlite3", slack.clock, pace, slack_api_url=slack.api_url) as bot:
            owe(bot, TEAM, people)
            took = seconds(lambda: bot.sender.drain(TEAM)) * HASTE
        wrong = _wrong(slack, people)
    ideal = (people - BURST) / PER_MINUTE * 60
    row = f"asking {PEOPLE} people, {name} 429"
    how = f"time runs {HASTE} times as fast, for Slack too; floor: the limit itself"
    kept = Figure(f"{row}: people a minute", people / took * 60, "/min", at_least(0.93), people / ideal * 60, how)
    return [kept, Figure(f"{row}: refused, lost or twice", wrong, "", no_more_than(0))]


def owe(bot: Runtime, workspace_id: str, people: int) -> None:
    """Owe so many people a direct message."""
    payload = {"text": "It’s time for your weeknotes: what happened this week?"}
    with bot.database.session() as session:
        for user_id in people_of(people):
            owed = Owed(f"ask:{user_id}", "prompt", user_id, payload, Method.POST)
            deliveries.owe(session, workspace_id, owed, now=THURSDAY)


def be_strict(slack: FakeSlack, quick: QuickTime, lock_out: float) -> None:
    """Let Slack take no more than its limits, by this time."""
    limits = slack.rate_limits
    limits.monotonic, limits.enforce, limits.lock_out_seconds = quick.monotonic, True, lock_out
    limits.per_minute, limits.bursts = {Method.POST: PER_MINUTE}, {Method.POST: BURST}


def _wrong(slack: FakeSlack, people: int) -> int:
    """Return how many calls were refused, and how many messages did not arrive exactly once."""
    refused = sum(call.status != 200 for call in slack.calls)  # noqa: PLR2004 - OK
    arrived = Counter(len(slack.messages(slack.person(user_id).dm())) for user_id in people_of(people))
    return refused + people - arrived[1]
