"""The note as Slack messages: the first stands on its own, the others follow in its thread. Nothing is cut."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from bot.domain.deliveries import Message
from bot.domain.notes import Note, Section
from bot.domain.richtext import Block, Figure, Line, Paragraph, RichText, Text, plain
from bot.domain.series import Layout
from bot.rendering.environments import Templates
from bot.rendering.filters import escape_mrkdwn
from bot.rendering.pages import Part, fill_pages
from bot.rendering.richtext import MAX_URL, Json, elements_of, is_safe, sendable
from bot.rendering.splitting import cost, cut, pack, size, split_block

MAX_FALLBACK = 4_000
MAX_HEADER = 150
MAX_ALT = 2_000
_BLOCK_LIMIT = 3_000  # of one rich_text block
_PIECE_LIMIT = 2_600  # of one paragraph, list or quote in it: leaves room for a heading above the first
_MAX_NAMES = 12


@dataclass(frozen=True, slots=True)
class Laid:
    """A part of a digest that a house template lays out: words, a heading of a `level`, or a rule across."""

    blocks: tuple[Block, ...] = ()
    heading: Line = ()
    level: int = 0
    is_rule: bool = False


def note_messages(
    note: Note,
    templates: Templates,
    *,
    lead: str = "",
    footer: str = "",
    laid: Sequence[Laid] | None = None,
    halvings: int = 0,
) -> tuple[Message, ...]:
    """Return the messages of a note, at least one. Each has half of the usual room for each of the `halvings`.

    `lead` is mrkdwn that is to stand above the first: its text begins with it. `footer` is a line of mrkdwn at its end.
    What stands between the title and the footer is `laid` out in house style, or (None) as every note is.
    """
    opening = [*_title(note), _context(_about(note, templates))]
    closing = [_context(footer, is_mrkdwn=True)] if footer.strip() else []
    body = list(_body_of(note) if laid is None else _laid(laid))
    continues = _context(templates.label("note.continues"))
    pages = fill_pages(body, [*opening, *closing, continues], halvings)
    more = [continues] if len(pages) > 1 else []
    first = _message([*opening, *pages[0], *more, *closing], lead=lead)
    return (first, *(_message(page, title=note.title) for page in pages[1:]))


def body_of(note: Note, templates: Templates) -> list[Mapping[str, Any]]:
    """Return the beginning of a note's body, as much as fits in one message, without its title."""
    return _body(note_messages(note, templates)[:1])


def beginning(note: Note, templates: Templates, lead: str, most: int) -> Message:
    """Return the beginning of a note's body, in so many blocks, to stand below a lead: its text says both."""
    first = note_messages(note, templates, lead=lead)[0]
    return Message(first.text, tuple(_body([first])[:most]))


def all_of(note: Note, templates: Templates) -> list[Mapping[str, Any]]:
    """Return the blocks of a note's body, without its title, for a place that holds more than a message does."""
    return _body(note_messages(note, templates))


def _body(messages: Sequence[Message]) -> list[Mapping[str, Any]]:
    return [block for each in messages for block in each.blocks if block["type"] not in {"header", "context"}]


def _title(note: Note) -> Iterator[Part]:
    if size(note.title) <= MAX_HEADER:
        yield _header(note.title)
    else:
        yield from _rich((), _bold((Text(note.title),)))


def _about(note: Note, templates: Templates) -> str:
    """Say which days the note covers and whose words are in it."""
    words = templates.words
    people = [author.name for author in note.contributors]
    is_few = len(people) <= _MAX_NAMES
    listed = words.names(people) if is_few else templates.label("note.people", count=len(people))
    label = words.week(note.period)
    when = f"{label[:1].upper()}{label[1:]} · {words.dates(note.period)}"
    return f"{when} · {listed}" if people and size(listed) <= _PIECE_LIMIT // 2 else when


def _body_of(note: Note) -> Iterator[Part]:
    yield from _words(note.introduction.blocks)
    yield from _notices(note)
    yield from _sections(note)


def _laid(laid: Iterable[Laid]) -> Iterator[Part]:
    for part in laid:
        if part.is_rule:
            yield _rule()
        else:
            yield from _section(Section(part.heading, part.blocks), part.level)


def _sections(note: Note) -> Iterator[Part]:
    is_team = note.layout is not Layout.PERSONAL
    for section in note.sections:
        if is_team and section.heading:
            yield _rule()
        yield from _section(section, 0 if is_team else 1)


def _section(section: Section, level: int) -> Iterator[Part]:
    """Yield a section's parts. The headings of level 0 are headers, those below bold, and below that bold italic."""
    heading = section.heading
    if level == 0 and heading and size(_shown(heading)) <= MAX_HEADER:
        yield _header(_shown(heading))
        heading = ()
    yield from _rich(section.blocks, _bold(heading, italic=level > 1))
    for inner in section.sections:
        yield from _section(inner, level + bool(section.heading))


def _notices(note: Note) -> Iterator[Part]:
    for notice in note.notices:
        yield from _words(notice.blocks)


def _words(blocks: Iterable[Block]) -> Iterator[Part]:
    yield from _rich(tuple(blocks), ())


def _rich(blocks: Sequence[Block], heading: Line) -> Iterator[Part]:
    """Yield rich_text blocks and pictures. A heading is a section of its own in the first."""
    above = list(split_block(sendable(Paragraph((heading,))), _PIECE_LIMIT)) if heading else []
    for is_shown, group in groupby(blocks, _is_shown):
        if not is_shown:
            yield from _prose(tuple(group), above)
        else:
            yield from (_rich_part(above, ()),) if above else ()
            yield from (_picture(block) for block in group if isinstance(block, Figure))
        above = []
    if above:
        yield _rich_part(above, ())


def _prose(blocks: Sequence[Block], above: Sequence[Block]) -> Iterator[Part]:
    """Yield rich_text blocks; prose after a list starts a new one."""
    pieces = [piece for block in blocks for piece in split_block(sendable(block), _PIECE_LIMIT)]
    for index, run in enumerate(_runs(pieces)):
        top, room = (above, _BLOCK_LIMIT - sum(map(cost, above))) if index == 0 else ([], _BLOCK_LIMIT)
        yield from _filled(top, run, room)


def _is_shown(block: Block) -> bool:
    return isinstance(block, Figure) and block.is_shown and is_safe(block.permalink) and len(block.permalink) <= MAX_URL


def _picture(figure: Figure) -> Part:
    file = {"type": "image", "slack_file": {"url": figure.permalink}, "alt_text": figure.alt[:MAX_ALT]}
    return Part(file, figure.link.shown)


def _filled(above: Sequence[Block], run: Sequence[Block], room: int) -> Iterator[Part]:
    first, *others = pack(run, _padded_cost, max(room, 1))
    if above and sum(map(cost, first)) > room:
        yield _rich_part(above, ())
        above = ()
    if above or first:
        yield _rich_part(above, first)
    yield from (_rich_part((), group) for group in others)


def _runs(pieces: Sequence[Block]) -> list[tuple[Block, ...]]:
    runs: list[list[Block]] = []
    for piece in pieces:
        last = runs[-1][-1] if runs else None
        if last is not None and not (isinstance(piece, Paragraph) and not isinstance(last, Paragraph)):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return [tuple(run) for run in runs]


def _padded_cost(block: Block) -> int:
    return cost(block) + 2


def _rich_part(above: Sequence[Block], blocks: Sequence[Block]) -> Part:
    block = {"type": "rich_text", "elements": [*elements_of(above), *elements_of(blocks)]}
    text = "\n".join(filter(None, (plain(RichText(tuple(above))), plain(RichText(tuple(blocks))))))
    return Part(block, text, is_heading=bool(above) and not blocks)


def _rule() -> Part:
    return Part({"type": "divider"}, "", is_heading=True)


def _header(text: str) -> Part:
    return Part({"type": "header", "text": {"type": "plain_text", "text": text, "emoji": True}}, text, is_heading=True)


def _context(text: str, *, is_mrkdwn: bool = False) -> Part:
    element: Json = (
        {"type": "mrkdwn", "text": text} if is_mrkdwn else {"type": "plain_text", "text": text, "emoji": False}
    )
    return Part({"type": "context", "elements": [element]}, text)


def _bold(line: Line, *, italic: bool = False) -> Line:
    return tuple(replace(element, style=replace(element.style, bold=True, italic=italic)) for element in line)


def _shown(line: Line) -> str:
    return plain(RichText((Paragraph((line,)),))).strip()


def _message(parts: Sequence[Part], title: str = "", lead: str = "") -> Message:
    lines = [title, *(part.text for part in parts)]
    text = "\n\n".join(line for line in lines if line.strip())
    above = f"{lead}\n\n" if lead else ""
    return Message(above + _fallback(text, MAX_FALLBACK - size(above)), tuple(part.block for part in parts))


def _fallback(text: str, most: int) -> str:
    """Return text for notifications and screen readers: escaped, so that it pings nobody, and within Slack's limit."""
    room = most
    while size(escaped := escape_mrkdwn(text)) > most:
        room -= max(1, (size(escaped) - most) // 5)
        text = text[: cut(text, min(room, size(text) - 1))].rstrip("… ") + "…"
    return escaped
