"""The tree of a rich text: blocks that hold lines, lines that hold elements. Frozen, and free of any format."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Style:
    """How an element looks."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    underline: bool = False
    code: bool = False


PLAIN = Style()
BOLD = Style(bold=True)


@dataclass(frozen=True, slots=True)
class Text:
    """Words on one line."""

    text: str
    style: Style = PLAIN

    @property
    def shown(self) -> str:
        """The words."""
        return self.text


@dataclass(frozen=True, slots=True)
class Link:
    """A link; `text` is empty when the address itself is what people see."""

    url: str
    text: str = ""
    style: Style = PLAIN

    @property
    def label(self) -> str:
        """What people see."""
        return self.text or self.url

    @property
    def hides_address(self) -> bool:
        """Whether the address says more than the label (`example.org` for `https://example.org/` hides nothing)."""
        bare = self.url.removeprefix("mailto:").removeprefix("https://").removeprefix("http://")
        return self.label not in {self.url, bare, bare.rstrip("/")}

    @property
    def shown(self) -> str:
        """The label, and the address where the label hides it."""
        return f"{self.label} ({self.url})" if self.hides_address else self.label


@dataclass(frozen=True, slots=True)
class Mention:
    """A person spoken of. Renderers show the name and notify nobody."""

    user_id: str
    name: str = ""
    style: Style = PLAIN

    @property
    def shown(self) -> str:
        """The name after an @."""
        return f"@{self.name or self.user_id}"


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel spoken of."""

    channel_id: str
    name: str = ""
    style: Style = PLAIN

    @property
    def shown(self) -> str:
        """The name after a #."""
        return f"#{self.name or self.channel_id}"


@dataclass(frozen=True, slots=True)
class Emoji:
    """An emoji by Slack's name; `character` is empty for a workspace's own."""

    name: str
    character: str = ""
    is_toned: bool = False
    style: Style = PLAIN

    @property
    def shown(self) -> str:
        """The character, or `:name:`."""
        return self.character or f":{self.name}:"


Element: TypeAlias = Text | Link | Mention | Channel | Emoji
Line: TypeAlias = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines with line breaks between them."""

    lines: tuple[Line, ...]
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: how deep it stands, and its number (0 for a bullet)."""

    lines: tuple[Line, ...]
    indent: int = 0
    number: int = 0
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, its nested lists included, as one run of items."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words; `author` is their name where it is known."""

    paragraphs: tuple[Paragraph, ...]
    is_inside: bool = False
    author: str = ""


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text that keeps its spaces and line breaks."""

    text: str
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A file given with an answer: its name, and where Slack keeps it.

    `alt` says in words what it shows. A picture that is `is_shown` is seen by readers, where others see a link. `path`
    is where a copy lies beside a document.
    """

    name: str
    permalink: str = ""
    mimetype: str = ""
    is_inside: bool = False
    alt: str = ""
    is_shown: bool = False
    path: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether there is something to see."""
        return self.mimetype.startswith("image/")

    @property
    def stands_alone(self) -> bool:
        """Whether it is more than a link in a line."""
        return self.is_shown or bool(self.path)

    @property
    def link(self) -> Element:
        """The file's name, linked where that is possible."""
        return Link(self.permalink, self.name) if self.permalink else Text(self.name)


Block: TypeAlias = Paragraph | ListBlock | Quote | Preformatted | Figure


@dataclass(frozen=True, slots=True)
class RichText:
    """Somebody's words as a tree."""

    blocks: tuple[Block, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.blocks


def text_of(line: Line) -> str:
    """Return what people see of a line."""
    return "".join(element.shown for element in line)


def is_blank(line: Line) -> bool:
    """Say whether there is nothing to see on a line."""
    return not text_of(line).strip()
