"""What people type, and what is shown of it: hostile pieces, and short ways of reading rich text."""

from collections.abc import Iterable, Mapping
from typing import Any

from hypothesis import strategies as st

from fakeslack.composer import Flavour, compose

PEOPLE = {"Ana Okafor": "U_ANA", "Ana": "U_SHORT"}
CHANNELS = {"general": "C_GENERAL"}
# Pieces of hostile typing: every marker next to every other, with words between.
MARKERS = (
    "*",
    "_",
    "~",
    "`",
    "```",
    "> ",
    ">",
    "- ",
    "• ",
    "1. ",
    "2. ",
    "12. ",
    "\n",
    "\n\n",
    " ",
    "    ",
    "@",
    "#",
    ":",
)
TYPED = (
    "@Ana",
    "#general",
    "https://a.b/?c=d_e&f=*g*",
    "www.",
    "<!channel>",
    "<@U1>",
    "&amp;",
    "word",
    "snake_case",
    "é",
)
STRANGE = ("“Quoted”", "don’t", "2*3", "🎉", "👍🏽", "©", "|", "\\", "<b>", "# ", "***", "| --- |", "[", "](", ")", "!")
PIECES = st.lists(st.sampled_from(MARKERS + TYPED + STRANGE) | st.text(max_size=3), max_size=25).map("".join)


def block(typed: str, flavour: Flavour = "slack") -> list[dict[str, Any]]:
    """Return the parts of the rich_text that typing this gives."""
    (rich_text,) = compose(typed, PEOPLE, CHANNELS, flavour).blocks
    assert rich_text["type"] == "rich_text"
    return [dict(part) for part in rich_text["elements"]]


def elements(typed: str, flavour: Flavour = "slack") -> list[dict[str, Any]]:
    """Return the elements of the one section that typing this gives."""
    (section,) = block(typed, flavour)
    return list(section["elements"])


def kinds(typed: str, flavour: Flavour = "slack") -> list[str]:
    """Return what kinds of part typing this gives."""
    return [part["type"].removeprefix("rich_text_") for part in block(typed, flavour)]


def lists(typed: str, flavour: Flavour = "slack") -> list[tuple[str, int, int, list[str]]]:
    """Return the lists that typing this gives: style, indent, offset, words of the items."""
    return [
        (part["style"], part["indent"], part.get("offset", 0), [shown(item["elements"]) for item in part["elements"]])
        for part in block(typed, flavour)
        if part["type"] == "rich_text_list"
    ]


def shown(found: Iterable[Mapping[str, Any]]) -> str:
    """Return the words of elements as a reader sees them."""
    names = {"U_ANA": "@Ana Okafor", "U_SHORT": "@Ana", "C_GENERAL": "#general"}
    words = []
    for element in found:
        kind = element["type"]
        if kind == "emoji":
            words.append("".join(chr(int(code, 16)) for code in element["unicode"].split("-")))
        elif kind == "broadcast":
            words.append(f"@{element['range']}")
        else:
            words.append(element.get("text") or element.get("url") or names[element.get(f"{kind}_id", "")])
    return "".join(words)


def plain(parts: Iterable[Mapping[str, Any]]) -> str:
    """Return a whole message as a reader sees it."""
    lines = []
    for part in parts:
        if part["type"] == "rich_text_list":
            first = part.get("offset", 0) + 1 if part["style"] == "ordered" else None
            items = enumerate(part["elements"], first or 0)
            lines += [(f"{number}. " if first else "") + shown(item["elements"]) for number, item in items]
        else:
            lines.append(part.get("language", "") + " " + shown(part["elements"]))
    return "\n".join(lines)


def text(words: str, **style: bool) -> dict[str, Any]:
    """Return a text element."""
    return {"type": "text", "text": words} | ({"style": style} if style else {})
