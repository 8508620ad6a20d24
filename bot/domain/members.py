"""The people of a series' channel: who may be asked, and what they chose about taking part themselves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.people import Person, can_be_asked
from bot.domain.series import Series


class Choice(StrEnum):
    """What somebody chose about a series: nothing yet, though told of it or not, or what they said last."""

    NONE = ""
    TOLD = "told"
    JOINED = "joined"
    DECLINED = "declined"
    LEFT = "left"


STAYING_OUT = frozenset({Choice.DECLINED, Choice.LEFT})
"""Choices that a series which asks everyone in its channel does not undo."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a series' channel, or who was: whether they are there, and what they chose, and when."""

    user_id: str
    is_present: bool
    choice: Choice
    chosen_at: datetime | None = None

    @property
    def wants_in(self) -> bool:
        """Say whether a series that asks everyone in its channel asks them."""
        return self.is_present and self.choice not in STAYING_OUT


def may_be_asked(series: Series, person: Person | None) -> bool:
    """Say whether a series may ask somebody: they are there to answer, and no guest where it leaves guests out."""
    return person is not None and can_be_asked(person) and (series.asks_guests or not person.is_guest)
