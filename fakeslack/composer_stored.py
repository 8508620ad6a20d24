"""The `text` that Slack stores beside a message's rich text: escaped mrkdwn."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

_MARKS = {"bold": "*", "italic": "_", "strike": "~", "code": "`"}


def stored(parts: Sequence[Mapping[str, Any]]) -> str:
    """Return the message's `text` as Slack stores it beside these parts of rich_text: escaped mrkdwn."""
    pieces: list[str] = []
    for part in parts:
        if pieces and not pieces[-1].endswith("\n"):
            pieces.append("\n")
        pieces.append(_stored_part(part))
    return "".join(pieces)


def _stored_part(part: Mapping[str, Any]) -> str:
    kind = str(part["type"]).removeprefix("rich_text_")
    if kind == "list":
        return "\n".join(_stored_items(part))
    words = _stored_words(part["elements"])
    if kind == "quote":
        return "\n".join(f"&gt; {line}" for line in words.split("\n"))
    return f"```{words}```" if kind == "preformatted" else words


def _stored_items(part: Mapping[str, Any]) -> Iterator[str]:
    indent = part.get("indent", 0)
    for number, item in enumerate(part["elements"], part.get("offset", 0) + 1):
        mark = f"{number}." if part["style"] == "ordered" else "•◦▪"[indent % 3]
        yield f"{'    ' * indent}{mark} {_stored_words(item['elements'])}"


def _stored_words(elements: Sequence[Mapping[str, Any]]) -> str:
    """Return elements as mrkdwn; a style that goes on over several of them is opened and closed once."""
    pieces: list[str] = []
    active: list[str] = []
    for element in elements:
        words = _stored_bare(element)
        style = element.get("style", {}) if words.strip() else {}
        wanted = [mark for name, mark in _MARKS.items() if style.get(name)]
        kept = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(active, wanted, strict=False))))
        pieces += [*reversed(active[kept:]), *wanted[kept:], words]
        active = wanted
    return "".join([*pieces, *reversed(active)])


def _stored_bare(element: Mapping[str, Any]) -> str:
    match element["type"]:
        case "link":
            shown = f"|{escaped(element['text'])}" if "text" in element else ""
            return f"<{escaped(element['url'])}{shown}>"
        case "user":
            return f"<@{element['user_id']}>"
        case "channel":
            return f"<#{element['channel_id']}>"
        case "broadcast":
            return f"<!{element['range']}>"
        case "emoji":
            tone = f":skin-tone-{element['skin_tone']}:" if "skin_tone" in element else ""
            return f":{element['name']}:{tone}"
        case _:
            return escaped(element["text"])


def escaped(words: str) -> str:
    """Escape the three characters that Slack escapes."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
