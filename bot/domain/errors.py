"""Every error a person may see. Each names its sentence in `templates/labels/errors.toml`, and the values in it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from bot.domain.series import Series


class WeeknotesError(Exception):
    """Something a person is told of.

    `told` is the key of its sentence, the class's own unless one is given. Errors for whoever runs the bot have no key:
    what they are given, or else the class's docstring, is the sentence itself.
    """

    key: ClassVar[str] = ""

    def __init__(self, told: str = "", **values: object) -> None:
        """Keep the key of the sentence, or the sentence, and the values that stand in it."""
        super().__init__(told or self.key)
        self.values = values

    def __str__(self) -> str:
        """Return the key of the sentence, or the sentence itself where there is no key."""
        return super().__str__() or (self.__doc__ or "").strip()


class NotAllowedError(WeeknotesError):
    """Somebody may not do this: it takes an editor of the series."""

    key = "not_allowed"


class NoSeriesHereError(WeeknotesError):
    """There is no series in this channel."""

    key = "no_series_here"


class WhichSeriesError(WeeknotesError):
    """Somebody takes part in several series, and it is not clear which one is meant."""

    key = "which_series"

    def __init__(self, choices: Iterable["Series"]) -> None:
        """Keep the series to choose from."""
        super().__init__()
        self.choices = tuple(choices)


class NothingToPublishError(WeeknotesError):
    """Nobody has given anything yet."""

    key = "nothing_to_publish"


class NothingToKeepError(WeeknotesError):
    """A message has neither words nor a file."""

    key = "nothing_to_keep"


class EditionGoneError(WeeknotesError):
    """The edition takes no answers any more."""

    key = "edition_gone"


class InvalidInputError(WeeknotesError):
    """Something that was typed cannot be used. `field` names the input it came from, so that a form can point at it."""

    def __init__(self, told: str, field: str = "", **values: object) -> None:
        """Keep the key of the sentence, the name of the input, and the values that stand in the sentence."""
        super().__init__(told, **values)
        self.field = field


class ChangedMeanwhileError(WeeknotesError):
    """Somebody else has changed the same settings meanwhile."""

    key = "changed_meanwhile"


class DatabaseAwayError(WeeknotesError):
    """The database keeps nothing at the moment. `trouble` says why, to whoever runs the bot."""

    key = "database_away"

    def __init__(self, trouble: str) -> None:
        """Keep what the trouble is."""
        super().__init__()
        self.trouble = trouble


class SettingError(WeeknotesError):
    """A setting is missing or wrong."""


class SlackIsBusyError(WeeknotesError):
    """Slack did not answer in time."""

    key = "slack_is_busy"
