"""An edition of ten thousand contributors in one workspace, asked as fast as Slack permits, for some minutes of it.

Asking all of them takes more than half an hour.
"""

import time
from collections import Counter
from dataclasses import asdict, dataclass

from benchmarks.fanout import PER_MINUTE, QuickTime, be_strict
from benchmarks.live import local_slack
from benchmarks.teams import THURSDAY, WEDNESDAY, bot_on, folder, people_of, series_of
from bot.jobs.engines import Task
from bot.runtime import Runtime
from bot.slack.pace import BURST, Pace
from fakeslack import FakeSlack
from storage import backlog
from tests.support.world import key_of

PEOPLE, SECONDS = 10_000, 180.0
LOOK_SECONDS, STOP_SECONDS = 0.1, 30.0
LEAST = 0.95
"""How much of the pace that Slack permits is to be kept."""
FEW = 0.001
"""How much of all calls may be refused, for being the exception."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How many of how many people were asked in which time, and what went wrong."""

    people: int
    asked: int
    seconds: float
    refused: int
    lost: int
    twice: int

    @property
    def a_minute(self) -> float:
        """Return the pace, not counting those who are asked at once after a quiet time."""
        return max(0, self.asked - BURST) / self.seconds * 60

    @property
    def is_clean(self) -> bool:
        """Say whether all is as it should be."""
        is_fast = self.a_minute >= LEAST * PER_MINUTE
        return is_fast and self.refused <= FEW * self.asked and not (self.lost or self.twice)

    def row(self) -> list[object]:
        """Return the figures of the table."""
        pace = (f"{self.seconds:.0f} s", f"{self.a_minute:.1f}", f"{self.a_minute / PER_MINUTE:.1%}")
        return [self.asked, *pace, self.refused, self.lost, self.twice]

    def kept(self) -> dict[str, object]:
        """Return what is written into the file."""
        return {**asdict(self), "a_minute": self.a_minute}


HEADS = ("an edition of", "asked", "within", "a minute", "of what is permitted", "refused (429)", "lost", "twice")


def tried(people: int = PEOPLE, seconds: float = SECONDS, haste: float = 1.0) -> dict[str, Asking]:
    """Ask everybody for so long, from the steps that are due to the messages in Slack. Time may run faster for both."""
    quick = QuickTime(haste)
    pace = Pace(monotonic=quick.monotonic, sleep=quick.sleep)
    with folder() as place, local_slack(people) as slack:
        slack.clock.jump(WEDNESDAY)
        with bot_on(place / "bot.sqlite3", slack.clock, pace, slack_api_url=slack.api_url) as bot:
            series_of(bot, people)
            slack.clock.jump(THURSDAY)
            be_strict(slack, quick, lock_out=0.0)
            took = _ask(bot, seconds / haste) * haste
            return {f"{people:,} contributors": _counted(bot, slack, people, took)}


def _ask(bot: Runtime, seconds: float) -> float:
    """Do the steps and send what they owe, for so long, or until nothing is left of either; return how long it took."""
    began = time.monotonic()
    bot.database.on_owed = lambda workspace_id: bot.engine.defer(Task.DELIVERIES, workspace_id)
    bot.engine.start()
    bot.tick()
    while time.monotonic() - began < seconds and not bot.engine.idle(LOOK_SECONDS):
        pass
    took = time.monotonic() - began
    bot.ending.set()
    bot.sender.close(STOP_SECONDS)
    bot.engine.stop(STOP_SECONDS)
    return took


def _counted(bot: Runtime, slack: FakeSlack, people: int, seconds: float) -> Asking:
    """Compare what the bot knows to be sent with what is there."""
    arrived = Counter(_prompts(slack, user) for user in people_of(people))
    asked, refused = people - arrived[0], sum(call.status == 429 for call in slack.calls)  # noqa: PLR2004 - too many
    with bot.database.session() as session:
        sent = backlog.deliveries_by_state(session).get("sent", 0)
    extra = len(slack.calls) - refused - asked  # what else was sent: a welcome, an introduction
    return Asking(people, asked, seconds, refused, max(0, sent - extra - asked), asked - arrived[1])


def _prompts(slack: FakeSlack, user: str) -> int:
    """Return how often somebody was asked."""
    return sum(key_of(message).startswith("prompt:") for message in slack.messages(slack.person(user).dm()))
