"""What the message box does with what a person types: rich text, and the escaped text that Slack stores beside it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from fakeslack import composer_markdown
from fakeslack.composer_parts import Parts
from fakeslack.composer_stored import stored
from fakeslack.composer_words import BARE_URL, Element, Names, Style, elements, merged, text_element, trimmed

Flavour = Literal["slack", "markdown"]

_STYLES = {"*": "bold", "_": "italic", "~": "strike"}
_FENCE = re.compile(r"```(?P<code>.*?)```", re.DOTALL)
_CODE = re.compile(r"(?<!`)`(?=[^`\n]*[^`\s])[^`\n]+`(?!`)")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:(?P<bullet>[-*•◦▪])|(?P<number>\d{1,3})\.)[ \t]+(?P<words>\S.*)")
_QUOTE = re.compile(r"> (?P<words>.*)|>\Z")


@dataclass(frozen=True, slots=True)
class Composed:
    """A message as Slack stores it: escaped mrkdwn, and one rich_text block (none for an empty message)."""

    text: str
    blocks: list[dict[str, Any]]


def compose(
    text: str,
    people: Mapping[str, str] | None = None,
    channels: Mapping[str, str] | None = None,
    flavour: Flavour = "slack",
) -> Composed:
    """Compose what a person typed; `people` and `channels` say which `@name` and `#name` are mentions (name → id).

    In the `slack` flavour `*bold*`, `_italic_`, `~strike~`, code, fences, `> `, `- ` and `1. ` mean what they mean in
    Slack's message box; in the `markdown` flavour the text is Markdown, as when it is pasted there.
    """
    names = Names(people or {}, channels or {})
    typed = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    parts = composer_markdown.parts(typed, names) if flavour == "markdown" else _parts(typed, names)
    if not typed.strip() or not parts:
        return Composed("", [])
    return Composed(stored(parts), [{"type": "rich_text", "elements": parts}])


def _parts(typed: str, names: Names) -> list[Element]:
    parts, done = Parts(), 0
    for fence in _FENCE.finditer(typed):
        code = fence["code"].removeprefix("\n").removesuffix("\n")
        if code.strip():
            _add_lines(parts, typed[done : fence.start()], names)
            parts.preformatted(code)
            done = fence.end() + typed.startswith("\n", fence.end())
    _add_lines(parts, typed[done:], names)
    return parts.finished()


def _add_lines(parts: Parts, typed: str, names: Names) -> None:
    lines = typed.split("\n")
    for number, line in enumerate(lines, 1):
        is_last = number == len(lines)
        if not (line and (_add_item(parts, line, names) or _add_quote(parts, line, names))):
            parts.words([*inline(line, names, {}), text_element("" if is_last else "\n", {})])


def _add_item(parts: Parts, line: str, names: Names) -> bool:
    found = _ITEM.fullmatch(line)
    if not found:
        return False
    number = int(found["number"]) if found["number"] else None
    if number is not None and number not in {1, parts.last_number + 1}:
        return False
    level = parts.level_of(len(found["indent"].expandtabs(4)))
    parts.item(list(inline(found["words"], names, {})), level, number)
    return True


def _add_quote(parts: Parts, line: str, names: Names) -> bool:
    found = _QUOTE.fullmatch(line)
    words = found["words"] if found else None
    if not found or not (parts.is_in("quote") or (words and words.strip())):
        return False
    parts.quote(list(inline(words or "", names, {})))
    return True


def inline(line: str, names: Names, style: Style) -> list[Element]:
    """Return the elements of one line, with the styles of Slack's message box."""
    return merged(_inline(line, names, style))


def _inline(line: str, names: Names, style: Style) -> Iterator[Element]:
    done = 0
    for start, end, name in _spans(line):
        yield from elements(line[done:start], names, style)
        inside, inner = line[start + 1 : end - 1], {**style, name: True}
        yield from [text_element(inside, inner)] if name == "code" else _inline(inside, names, inner)
        done = end
    yield from elements(line[done:], names, style)


def _spans(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield where styled words begin and end, markers included; those inside others are found by looking inside."""
    closers = _closers(line)
    codes = {found.start(): found.end() for found in _CODE.finditer(line)}
    addresses = {found.start(): found.start() + len(trimmed(found[0])) for found in BARE_URL.finditer(line)}
    at = 0
    while at < len(line):
        end = at + 1
        if at in codes:
            end = codes[at]
            yield at, end, "code"
        elif at in addresses:
            end = max(end, addresses[at])
        elif line[at] in _STYLES and _opens(line, at):
            close = _next(closers[line[at]], at + 1)
            if close is not None:
                end = close + 1
                yield at, end, _STYLES[line[at]]
        at = end


def _opens(line: str, at: int) -> bool:
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    return not before.isalnum() and before != line[at] and bool(after) and not after.isspace() and after != line[at]


def _closers(line: str) -> dict[str, list[int]]:
    """Return, for each marker, where it may end styled words: the end of a word, outside code and addresses."""
    covered = [found.span() for found in _CODE.finditer(line)]
    covered += [(found.start(), found.start() + len(trimmed(found[0]))) for found in BARE_URL.finditer(line)]
    hidden = {at for start, end in covered for at in range(start, end)}
    closers: dict[str, list[int]] = {marker: [] for marker in _STYLES}
    for at, marker in enumerate(line):
        if marker in closers and at and at not in hidden and _closes(line, at):
            closers[marker].append(at)
    return closers


def _closes(line: str, at: int) -> bool:
    before, after = line[at - 1], line[at + 1 : at + 2]
    return not before.isspace() and before != line[at] and not after.isalnum() and after != line[at]


def _next(positions: list[int], least: int) -> int | None:
    while positions and positions[0] <= least:
        positions.pop(0)
    return positions[0] if positions else None
