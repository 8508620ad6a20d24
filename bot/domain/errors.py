"""Every error a person may see. A class's docstring, or the message given to it, is the sentence they read."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.series import Series


class WeeknotesError(Exception):
    """Something went wrong."""

    def __str__(self) -> str:
        """Return the sentence for the person: the message given, or else the class's docstring."""
        return super().__str__() or (self.__doc__ or "").strip()


class NotAllowedError(WeeknotesError):
    """Only an editor of this series can do that."""


class NoSeriesHereError(WeeknotesError):
    """There are no weeknotes in this channel yet. Type `/weeknotes setup` to start them here."""


class WhichSeriesError(WeeknotesError):
    """You take part in several weeknotes. Please choose the one you mean."""

    def __init__(self, choices: Iterable["Series"]) -> None:
        """Keep the series to choose from."""
        super().__init__()
        self.choices = tuple(choices)


class NothingToPublishError(WeeknotesError):
    """Nobody has given anything yet, so there is nothing to publish. The number is kept for the next note."""


class EditionGoneError(WeeknotesError):
    """That week does not take answers any more. Send it to me as a message, and I keep it for your next weeknotes."""


class InvalidInputError(WeeknotesError):
    """Something that was typed cannot be used. `field` names the input it came from, so that a form can point at it."""

    def __init__(self, message: str, field: str = "") -> None:
        """Keep the sentence for the person, and the name of the input."""
        super().__init__(message)
        self.field = field


class SettingError(WeeknotesError):
    """A setting is missing or wrong."""


class SlackIsBusyError(WeeknotesError):
    """Slack didn’t answer me just now. Please try again in a minute."""
