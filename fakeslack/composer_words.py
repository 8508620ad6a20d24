"""The words of a line as a message box takes them: addresses, mentions, emoji, and everything else as it stands."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, TypeAlias

import emoji

Element: TypeAlias = dict[str, Any]
Style: TypeAlias = Mapping[str, bool]

BARE_URL = re.compile(r"https?://[^\s<>|\x00-\x1f]+", re.IGNORECASE)
_WWW = r"(?<![\w.@/])www\.[^\s<>|\x00-\x1f]+\.[^\s<>|\x00-\x1f]+"
_EMAIL = r"(?<![\w.+@-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_EMOJI = r"(?<!\w):(?P<emoji>[^\s:]{1,60}):(?::skin-tone-(?P<tone>[2-6]):)?"
_AFTER_URL = ".,;:!?'\"…’”»*_~"
_CLOSING = {")": "(", "]": "[", "}": "{"}
_SLACK_NAMES = {"thumbsup": "+1", "thumbsdown": "-1"}
_TONES = {chr(0x1F3FB + step): step + 2 for step in range(5)}


@dataclass(frozen=True)
class Names:
    """Whom and which channels a message may mention: display name → user id, channel name → channel id."""

    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression that finds everything which is more than plain text."""
        return re.compile(
            rf"(?P<url>{BARE_URL.pattern})|(?P<www>{_WWW})|(?P<email>{_EMAIL})|{_EMOJI}"
            r"|(?<!\w)@(?P<broadcast>channel|here|everyone)(?!\w)"
            rf"|(?<!\w)@(?P<person>{_any_of(self.people)})(?!\w)"
            rf"|(?<!\w)#(?P<channel>{_any_of(self.channels)})(?![\w-])",
            re.IGNORECASE,
        )

    @cached_property
    def person_ids(self) -> Mapping[str, str]:
        """User ids by display name in small letters."""
        return {name.casefold(): user_id for name, user_id in self.people.items()}

    @cached_property
    def channel_ids(self) -> Mapping[str, str]:
        """Channel ids by name in small letters."""
        return {name.casefold(): channel_id for name, channel_id in self.channels.items()}


def _any_of(names: Iterable[str]) -> str:
    """Return an expression for any of the names, the longest first; for none, one that never matches."""
    return "|".join(re.escape(name) for name in sorted(filter(None, names), key=len, reverse=True)) or r"(?!)"


def trimmed(url: str, *, keep: str = "") -> str:
    """Return the address without the punctuation of the sentence it stands in; characters of `keep` are never cut."""
    unopened = {closing: url.count(closing) - url.count(opening) for closing, opening in _CLOSING.items()}
    end = len(url)
    while end:
        last = url[end - 1]
        closes = unopened.get(last, 0) > 0
        if last in keep or not (closes or last in _AFTER_URL):
            break
        if last in unopened:
            unopened[last] -= 1
        end -= 1
    return url[:end]


def text_element(words: str, style: Style) -> Element:
    """Return a text element."""
    return {"type": "text", "text": words, **styled(style)}


def link(url: str, words: str, style: Style) -> Element:
    """Return a link element; a link that shows its own address has no text."""
    shown = {"text": words} if words and words != url else {}
    return {"type": "link", "url": url, **shown, **styled(style)}


def styled(style: Style) -> Element:
    """Return the style field of an element, nothing when it has none."""
    return {"style": dict(style)} if style else {}


def elements(words: str, names: Names, style: Style) -> Iterator[Element]:
    """Yield the elements of a stretch of words that all have the same style."""
    done = 0
    for found in names.pattern.finditer(words):
        if found.start() < done:
            continue
        element, end = _special(found, names, style)
        if element is not None:
            yield from _plain(words[done : found.start()], style)
            yield element
            done = end
    yield from _plain(words[done:], style)


def _special(found: re.Match[str], names: Names, style: Style) -> tuple[Element | None, int]:
    kind, value = str(found.lastgroup), found[0]
    if kind in {"url", "www"}:
        return _address(kind, value, found.start(), style)
    if kind in {"emoji", "tone"}:
        return _named_emoji(found["emoji"], found["tone"], style), found.end()
    made: dict[str, Element] = {
        "email": {"type": "link", "url": f"mailto:{value}", "text": value},
        "broadcast": {"type": "broadcast", "range": value[1:].lower()},
        "person": {"type": "user", "user_id": names.person_ids.get(value[1:].casefold())},
        "channel": {"type": "channel", "channel_id": names.channel_ids.get(value[1:].casefold())},
    }
    return made[kind] | styled(style), found.end()


def _address(kind: str, value: str, start: int, style: Style) -> tuple[Element | None, int]:
    address = trimmed(value, keep="*_~")
    if address.count(".") + address.count("/") < 2 or address.endswith("://"):  # noqa: PLR2004 — "www." alone
        return None, start
    url = address if kind == "url" else f"http://{address}"
    return link(url, address, style), start + len(address)


def _named_emoji(name: str, tone: str | None, style: Style) -> Element | None:
    character = _characters().get(name)
    if character is None:
        return None
    return _emoji(name, character, int(tone) if tone else None, style)


def _emoji(name: str, character: str, tone: int | None, style: Style) -> Element:
    code = "-".join(f"{ord(one):x}" for one in character)
    toned = {"skin_tone": tone} if tone else {}
    return {"type": "emoji", "name": name, **toned, "unicode": code, **styled(style)}


def _plain(words: str, style: Style) -> Iterator[Element]:
    """Yield words with their Unicode emoji turned into elements, as Slack stores them."""
    done = 0
    for found in emoji.emoji_list(words) if not words.isascii() else ():
        character, start = str(found["emoji"]), int(found["match_start"])
        name, tone = name_of(character)
        if name:
            if words[done:start]:
                yield text_element(words[done:start], style)
            yield _emoji(name, character, tone, style)
            done = int(found["match_end"])
    if words[done:]:
        yield text_element(words[done:], style)


def name_of(character: str) -> tuple[str | None, int | None]:
    """Return Slack's name of an emoji and its skin tone; no name for signs that are text, such as ©."""
    tones = [tone for tone in character if tone in _TONES]
    if len(tones) == 1:
        base = character.replace(tones[0], "")
        for candidate in (base, f"{base[:1]}\ufe0f{base[1:]}"):
            if candidate in _names():
                return _names()[candidate], _TONES[tones[0]]
    return _names().get(character), None


@cache
def _names() -> Mapping[str, str]:
    complete = emoji.STATUS["fully_qualified"]
    return {
        character: _slack_name(str((data.get("alias") or [data["en"]])[0]).strip(":"))
        for character, data in emoji.EMOJI_DATA.items()
        if data["status"] == complete
    }


def _slack_name(name: str) -> str:
    return _SLACK_NAMES.get(name, name.replace(" ", "_"))


@cache
def _characters() -> Mapping[str, str]:
    complete = emoji.STATUS["fully_qualified"]
    return {
        str(name).strip(":"): character
        for character, data in emoji.EMOJI_DATA.items()
        if data["status"] == complete
        for name in (data["en"], *data.get("alias", ()))
    }


def merged(found: Iterable[Element]) -> list[Element]:
    """Return the elements with neighbouring text of the same style put together, and empty text left out."""
    result: list[Element] = []
    for element in found:
        if element["type"] == "text" and not element["text"]:
            continue
        before = result[-1] if result else {}
        if element["type"] == "text" == before.get("type") and element.get("style") == before.get("style"):
            result[-1] = {**before, "text": before["text"] + element["text"]}
        else:
            result.append(element)
    return result
