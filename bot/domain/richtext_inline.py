"""Lines of mrkdwn, as Slack escapes it, to elements."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from bot.domain.richtext_tree import PLAIN, Channel, Element, Emoji, Line, Link, Mention, Style, Text

_ATOM = re.compile(r"`[^`\n]+`|<[^<>\n]+>|\ufffc|https?://(?:(?!&[lg]t;)[^\s<>`\ufffc])+")
_AFTER_URL = ".,;:!?'\"”’»…]}*_~"  # what follows an address in a sentence; a bracket does too where none was opened
_STAND_IN = "\ufffc"  # stands for one atom while styles are looked for, so that no style starts inside a link or code
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_EMOJI_RUN = re.compile(r"(?<![\w:])(?::[a-z0-9_+'-]*[a-z+-][a-z0-9_+'-]*:(?::skin-tone-[2-6]:)?)+(?![\w:])")
_EMOJI = re.compile(r":([a-z0-9_+'-]+):(?::skin-tone-([2-6]):)?")
_EMOJI_NAME = re.compile(r"[\w+'-]{1,100}")
_TONES = {tone: chr(0x1F3FB + tone - 2) for tone in range(2, 7)}
_STYLES = {"*": "bold", "_": "italic", "~": "strike"}
_STYLED = re.compile(
    "|".join(rf"(?<![\w{c}]){c}(?=[^\s{c}])([^{c}\n]*[^\s{c}]){c}(?![\w{c}])" for c in map(re.escape, _STYLES))
)

# Control characters mean nothing in a message and are refused by one format or another; U+2028 and U+2029 break lines.
_LINE_BREAK = re.compile("\r\n?|[\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return text whose only control characters are newlines and tabs."""
    if text.isprintable():
        return text  # as most is: nothing that is looked for below can be in it
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", _LINE_BREAK.sub("\n", text)))


def unescape(text: str) -> str:
    """Undo Slack's three escapes."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def parse_line(line: str) -> Line:
    """Return the elements of one line of escaped mrkdwn."""
    atoms: list[str] = []

    def stand_in(match: re.Match[str]) -> str:
        atom = _address(match[0]) if match[0].startswith("http") else match[0]
        atoms.append(atom)
        return _STAND_IN + match[0][len(atom) :]

    skeleton = _ATOM.sub(stand_in, line)
    return merge(_styled(skeleton, iter(atoms), PLAIN))


def merge(elements: Iterable[Element]) -> Line:
    """Join neighbouring words of one style, and drop empty ones."""
    line: list[Element] = []
    for element in elements:
        last = line[-1] if line else None
        if isinstance(element, Text) and isinstance(last, Text) and element.style == last.style:
            line[-1] = Text(last.text + element.text, last.style)
        elif not isinstance(element, Text) or element.text:
            line.append(element)
    return tuple(line)


def emoji_of(name: str, character: str = "", tone: int = 0) -> Element:
    """Return an emoji by Slack's name, or the same as words where the name cannot be one."""
    if not _EMOJI_NAME.fullmatch(name):
        return Text(f":{name}:")
    character = character or _character(name)
    if character and tone in _TONES and not any(shade in character for shade in _TONES.values()):
        character = character[0] + _TONES[tone] + character[1:].lstrip("\ufe0f")
    return Emoji(name, character, is_toned=tone in _TONES)


def _styled(skeleton: str, atoms: Iterator[str], style: Style) -> Iterator[Element]:
    """Walk a line whose atoms are stand-ins; styles hold at word boundaries, each once inside another."""
    position = 0
    for match in _STYLED.finditer(skeleton):
        mark = match.group(0)[0]
        yield from _flat(skeleton[position : match.start()], atoms, style)
        yield from _styled(match.group(0)[1:-1], atoms, replace(style, **{_STYLES[mark]: True}))
        position = match.end()
    yield from _flat(skeleton[position:], atoms, style)


def _flat(skeleton: str, atoms: Iterator[str], style: Style) -> Iterator[Element]:
    """Walk words and stand-ins."""
    for index, words in enumerate(skeleton.split(_STAND_IN)):
        if index:
            yield _atom(next(atoms), style)
        yield from _words(words, style)


def _words(words: str, style: Style) -> Iterator[Element]:
    """Find the emoji among words."""
    position = 0
    for run in _EMOJI_RUN.finditer(words):
        yield Text(unescape(words[position : run.start()]), style)
        for name, tone in _EMOJI.findall(run.group(0)):
            yield replace(emoji_of(name, tone=int(tone or 0)), style=style)
        position = run.end()
    yield Text(unescape(words[position:]), style)


def _address(found: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    unopened = found.count(")") - found.count("(")
    end = len(found)
    while found[end - 1] in _AFTER_URL or (found[end - 1] == ")" and unopened > 0):
        end -= 1
        unopened -= found[end] == ")"
    return found[:end]


def _atom(atom: str, style: Style) -> Element:
    if atom.startswith("`"):
        return Text(unescape(atom[1:-1]), replace(style, code=True))
    if atom.startswith("<"):
        return _angled(atom, style)
    if atom in {_STAND_IN, "http://", "https://"}:
        return Text(atom, style)
    return Link(unescape(atom), style=style)


def _angled(atom: str, style: Style) -> Element:
    """Read what Slack writes between `<` and `>`; anything else keeps its brackets."""
    target, _, label = (unescape(part) for part in atom[1:-1].partition("|"))
    if re.fullmatch(r"@[UW][A-Z0-9_]+", target):
        return Mention(target[1:], label.removeprefix("@"), style)
    if re.fullmatch(r"#[CDG][A-Z0-9_]+", target):
        return Channel(target[1:], label.removeprefix("#"), style)
    if target.startswith("!"):
        return Text(_special(target, label) or unescape(atom), style)
    if _URL.fullmatch(target):
        return Link(target, "" if label.strip() in {"", target} else label, style)
    return Text(unescape(atom), style)


def _special(target: str, label: str) -> str:
    """Return a broadcast, a user group or a date as words."""
    name = target.removeprefix("!").partition("^")[0]
    if name in {"channel", "here", "everyone"}:
        return f"@{name}"
    if name == "subteam":
        return f"@{label.removeprefix('@') or 'group'}"
    return label


@cache
def _characters() -> dict[str, str]:
    """Return the characters of the standard emoji by the names Slack and others use."""
    from emoji import EMOJI_DATA  # noqa: PLC0415 - its table takes a moment to load, and few texts need it

    characters: dict[str, str] = {}
    for character, known in EMOJI_DATA.items():
        for name in (str(known.get("en", "")), *known.get("alias", ())):
            if name and (name.strip(":") not in characters or known["status"] == 2):  # noqa: PLR2004 - fully qualified
                characters[name.strip(":")] = character
    return characters


def _character(name: str) -> str:
    return _characters().get(name, "")
