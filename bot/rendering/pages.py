"""Pages: the blocks of a note, put into as many messages as Slack's limits make of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.rendering.splitting import size

MAX_BLOCKS = 45
MAX_CHARACTERS = 9_000
MAX_JSON = 12_000  # Slack has refused messages for their characters "with a buffer for containers", and says no more
MOST_HALVINGS = 2  # beyond that a message would not hold one full block


@dataclass(frozen=True)
class Part:
    """One block on its way into a message, and the same in plain text. A heading stays with what follows it."""

    block: Mapping[str, Any]
    text: str
    is_heading: bool = False

    @cached_property
    def size(self) -> int:
        """How much text it holds, in UTF-16 code units."""
        return sum(map(size, _texts(self.block)))

    @cached_property
    def weight(self) -> int:
        """How long its JSON is, in UTF-16 code units."""
        return size(json.dumps(self.block, ensure_ascii=False))


def fill_pages(parts: Sequence[Part], reserved: Sequence[Part], halvings: int) -> list[list[Part]]:
    """Fill pages; the first has less room. What a page ends with is never a heading or a rule."""
    pages: list[list[Part]] = [[]]
    for part in parts:
        beside = reserved if len(pages) == 1 else ()
        if pages[-1] and not _fits([*beside, *pages[-1], part], halvings):
            pages.append(_taken_headings(pages[-1]))
        pages[-1].append(part)
    return [_without_rule(page) for page in pages if page] or [[]]


def _fits(parts: Sequence[Part], halvings: int) -> bool:
    return (
        len(parts) <= MAX_BLOCKS
        and sum(part.size for part in parts) <= MAX_CHARACTERS >> halvings
        and sum(part.weight for part in parts) <= MAX_JSON >> halvings
    )


def _taken_headings(page: list[Part]) -> list[Part]:
    """Take the headings off the end of a page, for the next one."""
    taken: list[Part] = []
    while page and page[-1].is_heading:
        taken.insert(0, page.pop())
    return taken


def _without_rule(page: list[Part]) -> list[Part]:
    return page[1:] if page[0].block["type"] == "divider" and len(page) > 1 else page


def halvings_below(blocks: Sequence[Mapping[str, Any]]) -> int | None:
    """Return how often the room of messages must be halved for less than these blocks to fit; None for too often."""
    parts = [Part(block, "") for block in blocks]
    return next((n for n in range(1, MOST_HALVINGS + 1) if not _fits(parts, n)), None)


def _texts(value: object) -> Iterator[str]:
    """Yield every text and address in a block."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in {"text", "url"} and isinstance(inner, str):
                yield inner
            else:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
