"""An edition of ten thousand contributors in one workspace, asked as fast as Slack permits.

Time runs several times as fast, for the bot and for Slack alike: what the bot’s own work takes counts as many times as
much.
"""

import time
from collections import Counter
from dataclasses import asdict, dataclass

from benchmarks.fanout import PER_MINUTE, QuickTime, be_strict
from benchmarks.live import local_slack
from benchmarks.teams import THURSDAY, WEDNESDAY, bot_on, folder, people_of, series_of
from bot.jobs.engines import Task
from bot.runtime import Runtime
from bot.slack.pace import SHARE, Pace
from fakeslack import FakeSlack
from tests.support.world import key_of

PEOPLE, HASTE = 10_000, 2
LOCK_OUT_SECONDS = 0.0
PATIENCE = 3600.0
FEW = 0.001
"""How much of all calls may be refused, for being the exception."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How many were asked at which pace, and what went wrong."""

    people: int
    minutes: float
    refused: int
    lost: int
    twice: int

    @property
    def share(self) -> float:
        """Return how much of the permitted pace was kept."""
        return self.people / self.minutes / PER_MINUTE

    @property
    def is_clean(self) -> bool:
        """Say whether all is as it should be."""
        return self.share >= SHARE and self.refused <= FEW * self.people and not (self.lost or self.twice)

    def row(self) -> list[object]:
        """Return the figures of the table."""
        pace = f"{self.people / self.minutes:.1f}"
        return [self.people, f"{self.minutes:.1f}", pace, f"{self.share:.1%}", self.refused, self.lost, self.twice]

    def kept(self) -> dict[str, object]:
        """Return what is written into the file."""
        return {**asdict(self), "share": self.share}


HEADS = ("asked", "people", "minutes", "a minute", "of what is permitted", "refused (429)", "lost", "twice")


def tried(people: int = PEOPLE, haste: float = HASTE) -> dict[str, Asking]:
    """Ask everybody, from the steps that are due to the messages in Slack."""
    quick = QuickTime(haste)
    pace = Pace(monotonic=quick.monotonic, sleep=quick.sleep)
    with folder() as place, local_slack(people) as slack:
        slack.clock.jump(WEDNESDAY)
        with bot_on(place / "bot.sqlite3", slack.clock, pace, slack_api_url=slack.api_url) as bot:
            series_of(bot, people)
            slack.clock.jump(THURSDAY)
            be_strict(slack, quick, LOCK_OUT_SECONDS)
            began = time.monotonic()
            _ask(bot)
            minutes = (time.monotonic() - began) * haste / 60
        return {f"time running {haste:g} times as fast": _counted(slack, people, minutes)}


def _ask(bot: Runtime) -> None:
    """Do the steps, and send what they owe meanwhile, until nothing is left of either."""
    bot.database.on_owed = lambda workspace_id: bot.engine.defer(Task.DELIVERIES, workspace_id)
    bot.engine.start()
    assert bot.idle(PATIENCE), "Not everybody was asked."


def _counted(slack: FakeSlack, people: int, minutes: float) -> Asking:
    refused = sum(call.status == 429 for call in slack.calls)  # noqa: PLR2004 - too many requests
    arrived = Counter(_prompts(slack, user) for user in people_of(people))
    return Asking(people, minutes, refused, arrived[0], people - arrived[0] - arrived[1])


def _prompts(slack: FakeSlack, user: str) -> int:
    """Return how often somebody was asked."""
    return sum(key_of(message).startswith("prompt:") for message in slack.messages(slack.person(user).dm()))
