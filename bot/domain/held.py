"""What the bot holds of a person, in numbers and names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """What the bot holds of a person: `unpublished` answers (of which `jots`), `published` ones in so many `notes`.

    `asked_in` and `edited` are the names of the series that ask them, and that they edit.
    """

    unpublished: int
    jots: int
    published: int
    notes: int
    asked_in: tuple[str, ...]
    edited: tuple[str, ...]
