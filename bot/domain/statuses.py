"""A person's Slack status, where it says that they are away."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.domain.away import Days

DAY = timedelta(days=1)
NOON = time(12)
EMOJIS = frozenset(
    {
        "palm_tree",
        "desert_island",
        "beach_with_umbrella",
        "beach_umbrella",
        "face_with_thermometer",
        "face_with_head_bandage",
        "nauseated_face",
        "sneezing_face",
    }
)
PICTURES = re.compile("[🌴🏝🏖🤒🤕🤢🤧]")
WORDS = re.compile(
    r"\b(vacation(?:ing)?|(?:on|annual|sick|parental|maternity|paternity) leave|on holidays?|holidays?|pto|a\.?l"
    r"|o\.?o\.?o|out of (?:the )?office|(?:off|out|home|i’m|i'm) sick|sick(?: day)?|day off|time off"
    r"|urlaub|krank|abwesend|elternzeit)\b",
    re.IGNORECASE,
)
HERE_AFTER_ALL = re.compile(
    r"\b(back from|planning|no longer|not (?:on|sick|away)|until (?:my )?(?:vacation|holidays?))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Status:
    """A status as Slack shows it. `ends_at` is empty for one that stays until it is changed."""

    text: str = ""
    emoji: str = ""
    ends_at: datetime | None = None

    @property
    def digest(self) -> str:
        """Return what tells this status from another, without holding its words."""
        return sha256(f"{self.emoji}\n{self.text}\n{self.ends_at}".encode()).hexdigest()[:16]


def says_away(status: Status, now: datetime) -> bool:
    """Say whether a status that has not ended says that somebody is on holiday, ill, or out of the office."""
    if (status.ends_at and status.ends_at <= now) or HERE_AFTER_ALL.search(status.text):
        return False
    names = {status.emoji.strip(":"), *re.findall(r":([a-z0-9_+-]+):", status.text)}
    return bool(names & EMOJIS or WORDS.search(status.text) or PICTURES.search(status.emoji + status.text))


def days_of(status: Status, today: date, zone: str, said: list[Days]) -> Days:
    """Return the days that a status names, from today on; one that ends in the morning ends with the day before.

    They stop short of the days that somebody has `said` they will be away.
    """
    last = None
    if status.ends_at:
        ends = status.ends_at.astimezone(ZoneInfo(zone))
        last = max(ends.date() if ends.time() > NOON else ends.date() - DAY, today)
    for days in said:
        if days.first > today and (last is None or last >= days.first):
            last = days.first - DAY
    return Days(today, last)
