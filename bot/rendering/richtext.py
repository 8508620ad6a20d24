"""A rich text as Slack's `rich_text` elements: people's words verbatim, and nobody notified."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, TypeAlias

from bot.domain.richtext import (
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
    Style,
    Text,
    is_blank,
    map_lines,
    merge,
)

Json: TypeAlias = dict[str, Any]

MAX_URL = 2_000
_SAFE = re.compile(r"(?:https?://[^\s<>\"/?#]|mailto:[^\s<>\"])[^\s<>\"]*", re.IGNORECASE)
_CHANNEL = re.compile(r"[CG][A-Z0-9_]{1,30}")
_STYLES = ("bold", "italic", "strike", "underline", "code")


def is_safe(url: str) -> bool:
    """Say whether an address may be linked: http, https and mailto only, and nothing that could end the link early."""
    return bool(_SAFE.fullmatch(url))


def sendable(block: Block) -> Block:
    """Return a block with words in place of whatever would notify somebody or be refused."""
    block = Paragraph(((block.link,),)) if isinstance(block, Figure) else block
    return map_lines(lambda line: merge(map(_sendable, line)), block)


def elements_of(blocks: Sequence[Block]) -> list[Json]:
    """Return the elements of one `rich_text` block. Neighbouring paragraphs share a section, with blank lines."""
    elements: list[Json] = []
    for is_prose, group in groupby(blocks, lambda block: isinstance(block, Paragraph)):
        if is_prose:
            lines = [line for block in group if isinstance(block, Paragraph) for line in ((), *block.lines)]
            elements.append(_section(lines[1:]))
        else:
            elements.extend(element for block in group for element in _element(block))
    return elements


def _element(block: Block) -> Iterator[Json]:
    match block:
        case ListBlock():
            yield from _lists(block.items)
        case Quote():
            lines = [line for paragraph in block.paragraphs for line in ((), *paragraph.lines)]
            yield {**_section(lines[1:]), "type": "rich_text_quote"}
        case Preformatted():
            yield {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": block.text}]}
        case Paragraph():
            yield _section(block.lines)
        case Figure():
            yield _section(((block.link,),))


def _lists(items: Sequence[Item]) -> Iterator[Json]:
    """Yield a list for each run of items of one kind; Slack nests them by their indent."""
    run: list[Item] = []
    for item in items:
        if run and not _goes_on(run[-1], item):
            yield _list(run)
            run = []
        run.append(item)
    if run:
        yield _list(run)


def _goes_on(last: Item, item: Item) -> bool:
    follows = item.number == last.number + 1 if last.number else item.number == 0
    return follows and item.indent == last.indent


def _list(run: Sequence[Item]) -> Json:
    first = run[0]
    element: Json = {
        "type": "rich_text_list",
        "style": "ordered" if first.number else "bullet",
        "elements": [_section(item.lines) for item in run],
    }
    if first.indent:
        element["indent"] = first.indent
    if first.number > 1:
        element["offset"] = first.number - 1
    return element


def _section(lines: Sequence[Line]) -> Json:
    """Return a section of lines. A line break is written into the words beside it, as Slack's own composer does."""
    broken: list[Element] = []
    for index, line in enumerate(lines):
        if index:
            broken.append(Text("\n"))
        broken.extend(line)
    return {"type": "rich_text_section", "elements": [_inline(element) for element in merge(iter(broken))]}


def _inline(element: Element) -> Json:
    return {**_INLINE[type(element)](element), **_style(element.style)}


def _text(element: Any) -> Json:  # noqa: ANN401 - each is called with its own kind of element
    return {"type": "text", "text": element.shown}


def _link(element: Any) -> Json:  # noqa: ANN401
    return {"type": "link", "url": element.url, **({"text": element.text} if element.text else {})}


def _channel(element: Any) -> Json:  # noqa: ANN401
    return {"type": "channel", "channel_id": element.channel_id}


def _emoji(element: Any) -> Json:  # noqa: ANN401
    return {"type": "emoji", "name": element.name}


_INLINE: Mapping[type, Callable[[Any], Json]] = {
    Text: _text,
    Mention: _text,
    Link: _link,
    Channel: _channel,
    Emoji: _emoji,
}


def _style(style: Style) -> Json:
    chosen = {name: True for name in _STYLES if getattr(style, name)}
    return {"style": chosen} if chosen else {}


def _sendable(element: Element) -> Element:
    match element:
        case Mention():
            return Text(element.shown, replace(element.style, bold=True))
        case Link(url, text) if not is_safe(url) or len(url) > MAX_URL or (text and is_blank((Text(text),))):
            return Text(element.shown, element.style)
        case Link(url, text) if len(text) > MAX_URL:
            return Text(element.shown, element.style)
        case Channel(channel_id) if not _CHANNEL.fullmatch(channel_id):
            return Text(element.shown, element.style)
        case Emoji() if element.is_toned or element.style != Style():
            return Text(element.shown, element.style)
        case _:
            return element
