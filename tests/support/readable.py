"""What a screen reader makes of what the bot shows: texts that say it all, pictures described, buttons told apart."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from fakeslack import FakeSlack

Json = Mapping[str, Any]

ENOUGH = 1_500
"""So many characters of what a message says its text must hold; a longer one may end there."""
PRESSED = frozenset({"button", "overflow", "static_select"})
MARKUP = re.compile(r"<![a-z]+\^[^|>]*\|([^>]*)>|<[^|>]*\|([^>]*)>|<([^|>]*)>")


def unreadable(slack: FakeSlack) -> list[str]:
    """Return what is wrong, for a screen reader, with anything that the bot ever showed."""
    return [problem for seen in slack.blocks_seen for problem in _problems(seen)]


def _problems(seen: Json) -> Iterator[str]:
    blocks = seen.get("blocks") or ()
    where = f"{seen['method']}: {str(seen.get('text') or blocks)[:60]!r}"
    for part in _parts(blocks):
        if part.get("type") == "image" and not re.search(r"\w", part.get("alt_text") or ""):
            yield f"{where} has a picture that is not described"
    names = Counter(_spoken(part) for part in _parts(blocks) if part.get("type") == "button")
    yield from (f"{where} has {name!r} {count} times" for name, count in names.items() if count > 1)
    if seen["surface"] == "message":
        yield from (f"{where} does not say {word!r}" for word in _unsaid(seen))


def _unsaid(seen: Json) -> list[str]:
    """Return the words of a message's blocks that its text lacks, as far as it need say them."""
    said = " ".join(text for block in seen.get("blocks") or () for text in _texts(block))
    said = said if len(said) < ENOUGH else said[:ENOUGH].rpartition(" ")[0]  # no half of a word
    missing = Counter(_words(said)) - Counter(_words(seen.get("text") or ""))
    return list(missing)[:5]


def _texts(part: object) -> Iterator[str]:
    """Yield what stands in a block, without what can be pressed and small print."""
    if isinstance(part, Mapping) and part.get("type") not in (*PRESSED, "actions", "context"):
        for name, value in part.items():
            if isinstance(value, str) and name in ("text", "alt_text"):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)


def _words(text: str) -> list[str]:
    bare = MARKUP.sub(lambda found: next((each for each in found.groups() if each), ""), text)
    return re.findall(r"\w+", bare)


def _spoken(part: Json) -> str:
    """Return what a screen reader says of a button."""
    return str(part.get("accessibility_label") or part["text"]["text"])


def _parts(value: object) -> Iterator[Json]:
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _parts(inner)
