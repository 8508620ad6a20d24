"""Slack's `rich_text` blocks to a tree. Whatever comes in, nothing is raised and no text is lost."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.domain.richtext_inline import clean, emoji_of, merge
from bot.domain.richtext_mrkdwn import MAX_INDENT, paragraphs_of, parse_mrkdwn
from bot.domain.richtext_tree import (
    PLAIN,
    Block,
    Channel,
    Element,
    Item,
    Line,
    Link,
    ListBlock,
    Mention,
    Preformatted,
    Quote,
    Style,
    Text,
    is_blank,
    text_of,
)

_Raw: TypeAlias = Mapping[str, Any]
_MAX_DEPTH = 20
_MAX_WHOLE = 99_999
_NAMES = ("bold", "italic", "strike", "underline", "code")


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a message's text gives for ids; its blocks have the ids only."""

    users: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)


def parse_blocks(blocks: Iterable[object], names: Names) -> tuple[Block, ...]:
    """Return the tree's blocks of a message's blocks."""
    return _joined(block for raw in blocks if isinstance(raw, dict) for block in _block(raw, names, 0))


def _joined(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Join lists that follow each other: Slack starts a new one wherever the indent changes."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, ListBlock) and isinstance(last, ListBlock):
            joined[-1] = ListBlock(last.items + block.items)
        else:
            joined.append(block)
    return tuple(joined)


def _block(raw: _Raw, names: Names, depth: int) -> Iterator[Block]:
    kind = _string(raw, "type")
    if depth > _MAX_DEPTH:
        yield from paragraphs_of(_lines([Text(_loose(raw))]))
    elif kind == "rich_text":
        for element in _children(raw):
            yield from _block(element, names, depth + 1)
    elif kind in _BLOCKS:
        yield from _BLOCKS[kind](raw, names)
    elif kind in _INLINE:
        yield from _section({"elements": [raw]}, names)
    else:
        yield from _unknown(raw)


def _section(raw: _Raw, names: Names) -> Iterator[Block]:
    yield from paragraphs_of(_lines(_elements(raw, names)))


def _quote(raw: _Raw, names: Names) -> Iterator[Block]:
    if paragraphs := paragraphs_of(_lines(_elements(raw, names))):
        yield Quote(paragraphs)


def _preformatted(raw: _Raw, names: Names) -> Iterator[Block]:
    text = text_of(tuple(_elements(raw, names)))
    if text.strip():
        yield Preformatted(text.strip("\n"))


def _list(raw: _Raw, names: Names) -> Iterator[Block]:
    if items := tuple(_items(raw, names, _whole(raw, "indent"), 0)):
        yield ListBlock(items)


def _items(raw: _Raw, names: Names, indent: int, depth: int) -> Iterator[Item]:
    number = _whole(raw, "offset") + 1 if raw.get("style") == "ordered" else 0
    for element in _children(raw):
        if element.get("type") == "rich_text_list" and depth < MAX_INDENT:
            yield from _items(element, names, max(indent + 1, _whole(element, "indent")), depth + 1)
            continue
        inline = _children(element) if element.get("type") == "rich_text_section" else [element]
        lines = tuple(line for line in _lines(_elements({"elements": inline}, names)) if not is_blank(line))
        if lines:
            yield Item(lines, min(indent, MAX_INDENT), number)
            number += bool(number)


def _unknown(raw: _Raw) -> Iterator[Block]:
    """Keep the text of a block that people cannot write; what is mrkdwn there is read as such."""
    text = raw.get("text")
    if isinstance(text, Mapping) and text.get("type") == "mrkdwn":
        yield from parse_mrkdwn(_string(text, "text"))
    else:
        yield from paragraphs_of(_lines([Text(_loose(raw))]))


def _elements(raw: _Raw, names: Names) -> Iterator[Element]:
    for element in _children(raw):
        kind = _string(element, "type")
        read = _INLINE.get(kind)
        yield read(element, names) if read else Text(_loose(element), _style(element))


def _lines(elements: Iterable[Element]) -> list[Line]:
    """Break elements into lines at the newlines in words, and in the labels of links."""
    lines: list[list[Element]] = [[]]
    for element in elements:
        if not isinstance(element, Text):
            lines[-1].append(element)
            continue
        first, *others = element.text.split("\n")
        lines[-1].append(Text(first, element.style))
        lines.extend([Text(other, element.style)] for other in others)
    return [merge(iter(line)) for line in lines]


def _style(element: _Raw) -> Style:
    style = element.get("style")
    if not isinstance(style, dict):
        return PLAIN
    return Style(**{name: style.get(name) is True for name in _NAMES})


def _text(element: _Raw, _: Names) -> Element:
    return Text(_string(element, "text") or _loose(element), _style(element))


def _link(element: _Raw, _: Names) -> Element:
    url, text = " ".join(_string(element, "url").split("\n")).strip(), " ".join(_string(element, "text").split())
    if not url:
        return Text(text, _style(element))
    return Link(url, "" if text == url else text, _style(element))


def _user(element: _Raw, names: Names) -> Element:
    user_id = _identity(element, "user_id")
    return Mention(user_id, names.users.get(user_id, ""), _style(element)) if user_id else Text(_loose(element))


def _channel(element: _Raw, names: Names) -> Element:
    channel_id = _identity(element, "channel_id")
    if not channel_id:
        return Text(_loose(element))
    return Channel(channel_id, names.channels.get(channel_id, ""), _style(element))


def _usergroup(element: _Raw, names: Names) -> Element:
    return Text(f"@{names.groups.get(_string(element, 'usergroup_id')) or 'group'}", _style(element))


def _team(element: _Raw, _: Names) -> Element:
    return Text("@team", _style(element))


def _broadcast(element: _Raw, _: Names) -> Element:
    return Text(f"@{_string(element, 'range') or 'channel'}", _style(element))


def _emoji(element: _Raw, _: Names) -> Element:
    return emoji_of(_string(element, "name"), _character(_string(element, "unicode")), _whole(element, "skin_tone"))


def _color(element: _Raw, _: Names) -> Element:
    return Text(_string(element, "value"), _style(element))


def _date(element: _Raw, _: Names) -> Element:
    return Text(_string(element, "fallback") or _loose(element), _style(element))


_INLINE: Mapping[str, Callable[[_Raw, Names], Element]] = {
    "text": _text,
    "link": _link,
    "user": _user,
    "channel": _channel,
    "usergroup": _usergroup,
    "team": _team,
    "broadcast": _broadcast,
    "emoji": _emoji,
    "color": _color,
    "date": _date,
}
_BLOCKS: Mapping[str, Callable[[_Raw, Names], Iterator[Block]]] = {
    "rich_text_section": _section,
    "rich_text_quote": _quote,
    "rich_text_preformatted": _preformatted,
    "rich_text_list": _list,
}


def _character(codes: str) -> str:
    """Return the character that Slack writes as `1f44b-1f3fc`, or nothing where it is no emoji."""
    if not re.fullmatch(r"[0-9a-fA-F]{2,5}(?:-[0-9a-fA-F]{2,5}){0,15}", codes):
        return ""
    character = "".join(chr(int(code, 16)) for code in codes.split("-"))
    return character if character == "".join(clean(character).split()) and not character.isascii() else ""


def _children(raw: _Raw) -> list[_Raw]:
    children = raw.get("elements")
    return [child for child in children if isinstance(child, dict)] if isinstance(children, list | tuple) else []


def _string(raw: _Raw, key: str) -> str:
    value = raw.get(key)
    return clean(value) if isinstance(value, str) else ""


def _identity(raw: _Raw, key: str) -> str:
    return "".join(_string(raw, key).split())


def _whole(raw: _Raw, key: str) -> int:
    value = raw.get(key)
    return min(max(0, value), _MAX_WHOLE) if isinstance(value, int) else 0


def _loose(raw: object) -> str:
    """Gather the text that an unknown element holds, however deep."""
    found: list[str] = []
    waiting = [raw]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.append(clean(value))
        elif isinstance(value, Mapping):
            waiting.extend(reversed([value[key] for key in ("text", "fallback", "elements", "fields") if key in value]))
        elif isinstance(value, list | tuple):
            waiting.extend(reversed(value))
    return " ".join(found)
