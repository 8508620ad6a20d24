"""House style: an editor's own templates for what a note becomes, one for each document of a series."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from bot.domain.entries import fingerprint
from bot.domain.errors import InvalidInputError
from bot.domain.exports import Format

MAX_PIECE = 3_000
"""What Slack takes in one input."""
MAX_PIECES = 4
MAX_TEMPLATE = (MAX_PIECE + 1) * MAX_PIECES


class Document(StrEnum):
    """What a note becomes that may have a template of its own."""

    DIGEST = "digest"
    MARKDOWN = "markdown"
    HTML = "html"
    TEXT = "text"


STYLED = {Format.MARKDOWN: Document.MARKDOWN, Format.HTML: Document.HTML, Format.TEXT: Document.TEXT}
"""The formats that are laid out for readers; the others are for programs."""


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """An editor's template for one document of a series."""

    document: Document
    template: str
    changed_at: datetime

    @property
    def state(self) -> str:
        """Return a name for what it says, to tell whether it has changed since somebody looked."""
        return state_of(self.template)


class StyleError(InvalidInputError):
    """A template cannot be used. `line` is where (0: in no line), `key` names the reason."""

    def __init__(self, told: str, line: int = 0, **values: Any) -> None:  # noqa: ANN401 - whatever the sentence says
        """Keep the key of the sentence, the line, and the values that stand in the sentence."""
        super().__init__(told, line=line, **values)
        self.line = line

    def at(self, line: int) -> Self:
        """Return the same reason with the line where it was met."""
        others = {name: value for name, value in self.values.items() if name != "line"}
        return type(self)(str(self), line, **others)


def state_of(template: str) -> str:
    """Return a short name for what a template says."""
    return fingerprint(template)


def tidied(template: str) -> str:
    """Return a template as it is kept: one kind of line break, and nothing at the ends of lines and of the whole."""
    lines = [line.rstrip() for line in template.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).rstrip("\n")


def pieces_of(template: str) -> tuple[str, ...]:
    """Return a template in pieces for inputs, cut between lines. What was typed into so many takes no more of them."""
    pieces = [""]
    for line in template.split("\n"):
        longer = f"{pieces[-1]}\n{line}" if pieces[-1] else line
        pieces = [*pieces[:-1], longer] if len(longer) <= MAX_PIECE else [*pieces, line]
    return tuple(pieces)


def joined(pieces: Sequence[str]) -> str:
    """Return the template that is in several inputs, one below the other; empty ones say nothing."""
    return tidied("\n".join(piece for piece in pieces if piece.strip()))


def place_of(pieces: Sequence[str], line: int) -> tuple[int, int]:
    """Return the number of the piece in which a line of the joined template stands, and which line of it that is."""
    above = 0
    for number, piece in enumerate(pieces):
        lines = piece.count("\n") + 1 if piece.strip() else 0
        if line <= above + lines:
            return number, line - above
        above += lines
    return 0, line
