"""The weeks that are played while the bot is killed, and what is looked at afterwards."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.domain.sending import LEASE, UNSETTLED
from bot.domain.series_forms import SeriesForm
from bot.rendering.environments import Templates
from bot.services.administering import Administering
from bot.services.workspaces import Workspaces
from chaos.stage import PEOPLE, TEAM, Stage
from fakeslack import FakeSlack
from storage.database import Database
from tests.support.world import CHANNEL, key_of

ASKED = datetime(2026, 3, 5, 10, tzinfo=UTC)
REMINDED, DRAFTED, PUBLISHED = (datetime(2026, 3, 6, hour, tzinfo=UTC) for hour in (10, 15, 16))
WORDS = ("The library opened.", "next", "Met Tom about photos", "next", "skip", "Nina Simone — Feeling Good")
STORIES = 12
MOST_KILLS = 3
LONGEST_LIFE_SECONDS = 0.4
LOOKED_AT = 1 / 3
"""How often so much time passes before a process dies that it looks into what the one before it left behind."""
Week = Callable[[Stage], None]


def calm(week: Stage) -> None:
    """Play a week: one person answers everything, the others nothing but the setting up."""
    week.settle()
    set_up(week)
    _at(week, ASKED)
    thread = thread_of(week, "U_ANA")
    ana = week.slack.person("U_ANA")
    for words in WORDS:
        ana.say(ana.dm(), text=words, thread_ts=thread)
        week.settle()
    for moment in (REMINDED, DRAFTED, PUBLISHED):
        _at(week, moment)


@dataclass(frozen=True, slots=True)
class Busy:
    """A week in which all answer at once while the bot is killed at any time, `kills` times at each step of it."""

    kills: int = 0
    seed: int = 0

    def __call__(self, week: Stage) -> None:
        """Play it."""
        chance = random.Random(self.seed)  # noqa: S311 - chance that can be repeated
        week.settle()
        set_up(week)
        for moment in (ASKED, REMINDED, DRAFTED, PUBLISHED):
            week.jump(moment)
            for _ in range(self.kills):
                self.strike(week, chance)
            week.settle()
            if moment == ASKED:
                self._answer(week, chance)

    def _answer(self, week: Stage, chance: random.Random) -> None:
        threads = {user: thread_of(week, user) for user in PEOPLE}
        for number in range(STORIES):
            for user, thread in threads.items():
                person = week.slack.person(user)
                person.say(person.dm(), text=f"Story {number} of {PEOPLE[user]}.", thread_ts=thread)
            if number < STORIES * self.kills // MOST_KILLS:
                self.strike(week, chance)
        week.settle()

    def strike(self, week: Stage, chance: random.Random) -> None:
        """Let a process live for a moment, and kill it."""
        week.keep_running()
        if chance.random() < LOOKED_AT:
            week.jump(week.clock.now() + LEASE + UNSETTLED)
        time.sleep(chance.random() * LONGEST_LIFE_SECONDS)
        chance.choice(week.slots).kill()


def _at(week: Stage, moment: datetime) -> None:
    week.jump(moment)
    week.settle()


def thread_of(week: Stage, user_id: str) -> str:
    """Return the message that asked somebody."""
    dm = week.slack.person(user_id).dm()
    return next(str(m["ts"]) for m in week.slack.messages(dm) if key_of(m).startswith("prompt:"))


def set_up(week: Stage, contributors: tuple[str, ...] = tuple(PEOPLE), editor: str = "U_DEE") -> None:
    """Set up the series, as somebody does by the form."""
    database = Database(week.orders.database_url)
    people = Workspaces(database, week.clock).known(TEAM, contributors)
    form = SeriesForm(CHANNEL, "Digital weeknotes", contributors, (editor,), zone="Europe/London")
    Administering(database, week.clock, Templates()).create_series(TEAM, editor, form, people)
    database.dispose()
    week.settle()


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is to be seen after a week: what is told where, what was ticked, and what became of each step."""

    told: dict[str, list[list[str]]]
    ticked: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, str, str], ...]
    twice: tuple[str, ...]
    lost: tuple[str, ...]


def seen(week: Stage) -> Seen:
    """Look at a week."""
    found = {place: _all(week.slack, place) for place in (CHANNEL, *(week.slack.person(user).dm() for user in PEOPLE))}
    keys = Counter(key for messages in found.values() for message in messages if (key := key_of(message)))
    with week.engine.connect() as connection:
        done = connection.exec_driver_sql(
            "SELECT kind, user_id, state FROM step WHERE due_at < '2026-03-07' ORDER BY 1, 2, 3"
        )
        steps = tuple((str(kind), str(user), str(state)) for kind, user, state in done)
    return Seen(
        {place: [shown(message) for message in messages] for place, messages in found.items()},
        tuple(sorted(_ticked(week.slack))),
        steps,
        tuple(key for key, times in keys.items() if times > 1),
        tuple(sorted(week.lost)),
    )


def _ticked(slack: FakeSlack) -> Iterator[tuple[str, str]]:
    """Yield what people wrote to the bot, each with the reactions that it has."""
    for user in PEOPLE:
        for message in _every(slack, slack.person(user).dm()):
            if not message.get("bot_id"):
                names = " ".join(each["name"] for each in message.get("reactions", ()))
                yield str(message.get("text")), names


def shown(part: object) -> list[str]:
    """Return every text in what was posted, in order, without the ids that are new each time."""
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for name, value in part.items() if name != "text" or not own for text in shown(value)]
    if isinstance(part, list):
        return [text for each in part for text in shown(each)]
    return []


def _all(slack: FakeSlack, channel: str) -> list[dict[str, Any]]:
    """Return the bot's messages in a conversation and in its threads."""
    return [message for message in _every(slack, channel) if message.get("bot_id")]


def _every(slack: FakeSlack, channel: str) -> list[dict[str, Any]]:
    """Return the messages in a conversation and in its threads, each once, by the time they were posted."""
    heads = slack.messages(channel)
    replies = [reply for head in heads if head.get("reply_count") for reply in slack.messages(channel, head["ts"])]
    by_ts = {message["ts"]: message for message in (*heads, *replies)}
    return [by_ts[ts] for ts in sorted(by_ts)]
