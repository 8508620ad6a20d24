"""Rich text: what people wrote, as a tree that every format renders from."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from bot.domain.richtext_blocks import Names, parse_blocks
from bot.domain.richtext_inline import clean, merge, unescape
from bot.domain.richtext_mrkdwn import parse_mrkdwn
from bot.domain.richtext_tree import (
    BOLD,
    PLAIN,
    Block,
    Channel,
    Element,
    Emoji,
    Figure,
    Item,
    Line,
    Link,
    ListBlock,
    Mention,
    Paragraph,
    Preformatted,
    Quote,
    RichText,
    Style,
    Text,
    is_blank,
    text_of,
)

__all__ = [
    "BOLD",
    "PLAIN",
    "Block",
    "Channel",
    "Element",
    "Emoji",
    "Figure",
    "Item",
    "Line",
    "Link",
    "ListBlock",
    "Mention",
    "Paragraph",
    "Preformatted",
    "Quote",
    "RichText",
    "Style",
    "Text",
    "clean",
    "is_blank",
    "lines_of",
    "links",
    "map_lines",
    "merge",
    "parse",
    "plain",
    "resolve",
    "text_of",
    "words",
]

_NAMED = re.compile(r"<([@#]|!subteam\^)([A-Z0-9_]{1,50})\|[@#]?([^<>|]{1,200})>")


def parse(text: str | None, blocks: Iterable[object] | None = ()) -> RichText:
    """Return the tree of a message: of its blocks if they say anything, else of its escaped mrkdwn."""
    text = clean(text or "")
    return RichText(parse_blocks(blocks or (), _names_in(text)) or parse_mrkdwn(text))


def plain(richtext: RichText) -> str:
    """Return the text as plain text: paragraphs with a blank line between them, one line for each item."""
    return "\n\n".join(_plain_block(block) for block in richtext.blocks)


def words(richtext: RichText) -> str:
    """Return the words and addresses with one space between them, for comparing: no markers of lists or quotes."""
    return " ".join(word for line in lines_of(richtext) for word in text_of(line).split())


def links(richtext: RichText) -> tuple[str, ...]:
    """Return the addresses that are linked, in order."""
    return tuple(element.url for line in lines_of(richtext) for element in line if isinstance(element, Link))


def lines_of(richtext: RichText) -> Iterator[Line]:
    """Return every line, in order."""
    for block in richtext.blocks:
        match block:
            case Paragraph():
                yield from block.lines
            case ListBlock():
                yield from (line for item in block.items for line in item.lines)
            case Quote():
                yield from (line for paragraph in block.paragraphs for line in paragraph.lines)
            case Preformatted():
                yield (Text(block.text),)
            case Figure():
                yield (block.link,)


def map_lines(change: Callable[[Line], Line], block: Block) -> Block:
    """Return a block whose lines of elements are changed."""
    match block:
        case Paragraph():
            return replace(block, lines=tuple(map(change, block.lines)))
        case ListBlock():
            items = (replace(item, lines=tuple(map(change, item.lines))) for item in block.items)
            return ListBlock(tuple(items))
        case Quote():
            paragraphs = (replace(part, lines=tuple(map(change, part.lines))) for part in block.paragraphs)
            return replace(block, paragraphs=tuple(paragraphs))
        case _:
            return block


def resolve(richtext: RichText, names: Mapping[str, str]) -> RichText:
    """Return the text with the names of the people and channels it speaks of, where `names` knows their ids."""
    if not any(isinstance(element, Mention | Channel) for line in lines_of(richtext) for element in line):
        return richtext  # as most do

    def named(element: Element) -> Element:
        match element:
            case Mention(user_id):
                return replace(element, name=_one_line(names.get(user_id, "")) or element.name)
            case Channel(channel_id):
                return replace(element, name=_one_line(names.get(channel_id, "")) or element.name)
            case _:
                return element

    return RichText(tuple(map_lines(lambda line: tuple(map(named, line)), block) for block in richtext.blocks))


def _names_in(text: str) -> Names:
    """Find the names that Slack wrote beside ids."""
    names = Names()
    places = {"@": names.users, "#": names.channels}
    for kind, identity, name in _NAMED.findall(text):
        places.get(kind, names.groups)[identity] = _one_line(unescape(name))
    return names


def _one_line(name: str) -> str:
    return " ".join(clean(name).split())


def _plain_block(block: Block) -> str:
    match block:
        case Paragraph():
            return "\n".join(map(text_of, block.lines))
        case ListBlock():
            return "\n".join(map(_plain_item, block.items))
        case Quote():
            paragraphs = "\n\n".join(map(_plain_block, block.paragraphs))
            return "\n".join(f"> {line}".rstrip() for line in paragraphs.split("\n"))
        case Preformatted():
            return block.text
        case Figure():
            return block.link.shown


def _plain_item(item: Item) -> str:
    margin = "  " * item.indent
    marker = f"{item.number}. " if item.number else "- "
    return margin + marker + f"\n{margin}{' ' * len(marker)}".join(map(text_of, item.lines))
