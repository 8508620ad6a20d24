"""Readers of each format: the words a person would read, and the addresses that labels hide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from markdown_it import MarkdownIt

from bot.domain.deliveries import Message
from bot.domain.richtext import Channel, Emoji, Link, RichText, lines_of

_LINE_ENDS = frozenset(
    {"p", "br", "li", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "div", "section"}
)


class _Reader(HTMLParser):
    """Gathers the text of a document, and the addresses that labels hide."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.href, self.label, self.tags = "", "", list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "a":
            self.href, self.label = dict(attrs).get("href") or "", ""
        if tag in _LINE_ENDS:
            self.read.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and Link(self.href, self.label).hides_address:
            self.read.append(f" ({self.href})")
        if tag == "a":
            self.href = ""
        if tag in _LINE_ENDS:
            self.read.append(" ")

    def handle_data(self, data: str) -> None:
        self.read.append(data)
        self.label += data if self.href else ""


def html_words(html: str) -> list[str]:
    """Return the words of HTML."""
    return "".join(_read(html).read).split()


def html_tags(html: str) -> set[str]:
    """Return the names of the tags in HTML."""
    return set(_read(html).tags)


def markdown_words(markdown: str) -> list[str]:
    """Return the words of Markdown, as CommonMark with strike-through renders it."""
    reader = MarkdownIt("commonmark").enable("strikethrough")
    reader.normalizeLink = reader.normalizeLinkText = str  # type: ignore[method-assign,assignment]
    return html_words(reader.render(markdown))


def message_words(messages: Iterable[Message], tree: RichText) -> list[str]:
    """Return the words in the rich text of messages; `tree` knows what its emoji and channels look like."""
    shown = {_key(element): element.shown for line in lines_of(tree) for element in line}
    blocks = (block for message in messages for block in message.blocks if block["type"] == "rich_text")
    return " ".join(text for block in blocks for text in _texts(block, shown)).split()


def inline_elements(messages: Iterable[Message]) -> Iterator[Mapping[str, Any]]:
    """Yield every element of the rich text of messages."""
    rich = (block for message in messages for block in message.blocks if block["type"] == "rich_text")
    waiting = [part for block in rich for part in block["elements"]]
    while waiting:
        part = waiting.pop(0)
        if "elements" in part:
            waiting[:0] = part["elements"]
        else:
            yield part


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _texts(part: Mapping[str, Any], shown: Mapping[object, str]) -> Iterator[str]:
    """Yield the text of each smallest part that is a line of its own."""
    elements: Sequence[Mapping[str, Any]] = part["elements"]
    if elements and "elements" in elements[0]:
        for element in elements:
            yield from _texts(element, shown)
    else:
        yield "".join(_text(element, shown) for element in elements)


def _text(element: Mapping[str, Any], shown: Mapping[object, str]) -> str:
    match element["type"]:
        case "link":
            return Link(element["url"], element.get("text", "")).shown
        case "channel":
            return shown[element["channel_id"]]
        case "emoji":
            return shown[element["name"]]
        case _:
            return str(element["text"])


def _key(element: object) -> object:
    match element:
        case Channel(channel_id):
            return channel_id
        case Emoji(name):
            return name
        case _:
            return None
