"""When the bot was down, and what it caught up on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

TOLD_AFTER = timedelta(minutes=5)
"""How long the bot has to be silent for it to count as having been down; a restart takes less."""


@dataclass(frozen=True, slots=True)
class Downtime:
    """When the bot was last down, and what of a series fell into that time and was caught up on."""

    from_at: datetime
    until_at: datetime
    answers: int
    steps: int
