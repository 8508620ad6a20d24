"""Weeks in which the database is in trouble again and again while the bot’s process stays up."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from chaos.kills import Arena, Tally
from chaos.stage import Stage
from chaos.weeks import ASKED, DRAFTED, PUBLISHED, REMINDED, WORDS, Seen, calm, set_up, thread_of
from tests.support.world import CHANNEL, free_port

MOMENTS = (ASKED, REMINDED, DRAFTED, PUBLISHED)
SLACK_SECONDS = 60.0
"""When Slack delivers an event for the third time. Here it comes as long after it as the trouble lasts."""
ACK_SECONDS = 3.0
BEFORE = timedelta(seconds=1)
PATIENCE = 120.0
PAGE_SECONDS = 5.0
"""How long those who watch over a bot wait for a page."""
LOOK_SECONDS = 0.05
READING = "status"
"""A command that keeps nothing. One that does would be kept after all as soon as the database goes on."""
WELL, SILENT = "ok", "no answer"

Trouble = Callable[[Stage], AbstractContextManager[None]]
"""Makes trouble for as long as a block runs."""


@dataclass(slots=True)
class Watch:
    """Looks at the pages of a bot: what they said while there was trouble, and how soon all was well afterwards.

    `told` is what a command was answered meanwhile.
    """

    port: int = field(default_factory=free_port)
    said: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    ready: list[float] = field(default_factory=list)
    caught_up: list[float] = field(default_factory=list)

    def page(self, name: str) -> str:
        """Return what a page says."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{name}", timeout=PAGE_SECONDS) as answer:
                return str(json.load(answer)["status"])
        except urllib.error.HTTPError as error:
            return str(json.load(error)["status"])
        except OSError:
            return SILENT

    def look(self) -> None:
        """Note what there is to be seen of the trouble, and see that the process lives."""
        self.said.add(self.page("readyz"))
        assert self.page("healthz") == WELL, "The bot does not live."

    def until_well(self, week: Stage) -> None:
        """Wait until the bot is ready again and has done what there was to do, and note how long each took."""
        began = time.monotonic()
        while self.page("readyz") != WELL:
            assert time.monotonic() - began < PATIENCE, "The bot did not recover."
            time.sleep(LOOK_SECONDS)
        self.ready.append(time.monotonic() - began)
        week.settle()
        self.caught_up.append(time.monotonic() - began)


@dataclass(slots=True)
class Troubled:
    """A week with trouble for so long at each of some moments, and while somebody answers and types a command."""

    trouble: Trouble
    seconds: float
    moments: Collection[datetime] = MOMENTS
    command: str = "jot Something on the side"
    is_given_up: bool = False
    """Whether Slack delivers nothing of what is said meanwhile, as it does after hours of trouble."""
    watch: Watch = field(default_factory=Watch)

    def __call__(self, week: Stage) -> None:
        """Play it."""
        week.orders = replace(week.orders, health_port=self.watch.port)
        week.slack.outbox.retry_factor = self.seconds / SLACK_SECONDS
        week.slack.outbox.ack_seconds = ACK_SECONDS
        week.settle()
        set_up(week)
        for moment in MOMENTS:
            self._due(week, moment)
            if moment == ASKED:
                self._answers(week)

    def _due(self, week: Stage, moment: datetime) -> None:
        """Let a step fall due in the midst of it."""
        week.jump(moment - BEFORE)
        week.settle()
        if moment in self.moments:
            with self._in_trouble(week):
                week.jump(moment)
        else:
            week.jump(moment)
            week.settle()

    def _answers(self, week: Stage) -> None:
        ana, thread = week.slack.person("U_ANA"), thread_of(week, "U_ANA")
        first, *others = WORDS
        with self._in_trouble(week):
            time.sleep(self.seconds / 2)
            week.slack.faults.events(lose=int(self.is_given_up))
            ana.say(ana.dm(), text=first, thread_ts=thread)
            answered = ana.command("/weeknotes", self.command, CHANNEL) or {}
            self.watch.told.add(str(answered.get("text", "")))
        for words in others:
            ana.say(ana.dm(), text=words, thread_ts=thread)
            week.settle()

    @contextmanager
    def _in_trouble(self, week: Stage) -> Iterator[None]:
        with self.trouble(week):
            began = time.monotonic()
            yield
            self.watch.look()
            time.sleep(max(0.0, self.seconds - (time.monotonic() - began)))
        week.engine.dispose()
        week.look_for_losses()
        self.watch.until_well(week)


@dataclass(frozen=True, slots=True)
class Troubles:
    """How often there was trouble, and what came of it."""

    times: int
    tally: Tally
    watch: Watch

    @property
    def is_clean(self) -> bool:
        """Say whether nothing went wrong."""
        return self.tally.is_clean

    def row(self) -> list[object]:
        """Return the figures of the table: the longest times."""
        tally, watch = self.tally, self.watch
        went_wrong = (tally.answers_lost, tally.messages_twice, tally.steps_skipped, tally.weeks_otherwise)
        longest = [f"{max(times):.1f} s" for times in (watch.ready, watch.caught_up)]
        return [self.times, *went_wrong, *longest, ", ".join(sorted(watch.said))]

    def kept(self) -> dict[str, object]:
        """Return what is written into the file."""
        told = {name: sorted(value) if isinstance(value, set) else value for name, value in asdict(self.watch).items()}
        return {"times": self.times, **asdict(self.tally), **told}


HEADS = (
    *("trouble", "times", "answers lost", "messages twice", "steps skipped", "weeks otherwise"),
    *("ready after", "caught up after", "`/readyz` says"),
)


def compared(arena: Arena, week: Troubled, name: str, expected: Seen | None = None) -> Troubles:
    """Play a week of trouble, and compare it with one without."""
    tally = Tally()
    if expected is None:
        _, expected = arena.play(calm)
    kills, found = arena.play(week)
    tally.add(kills, found, expected, name)
    return Troubles(len(week.watch.ready), tally, week.watch)
