"""Reading the HTML that a house template writes: what is shown of it, and that nothing in it runs.

It reads less than browsers do, and refuses the rest, so that nothing is one thing here and another there. Every
pattern goes over the text once: Python's own parser takes a minute for forty thousand characters that are meant to.
"""

import html
import re
from collections.abc import Iterator

from bot.domain.house_styles import StyleError

_OPENS = re.compile(r"<(?=[a-zA-Z/!?])")
_COMMENT = re.compile(r"<!--(?![>-])(?:[^<>-]|-(?!->))*+-->")
_DECLARATION = re.compile(r"<[!?][^<>\"'-]*+>")
_ADDRESS = re.compile(r"<(?:https?://|mailto:)[^\s<>\"']++>", re.IGNORECASE)
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][^\s"'<>/=]*+)(?P<attributes>(?:[\s/]++(?:[^\s"'<>/=]++(?:\s*+=\s*+"""
    r"""(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'=<>`]++))?+)?+)*+)>"""
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+""")
_BLANK = re.compile(r"[\s\x00-\x20]+")
_RUNS = frozenset({"applet", "base", "embed", "form", "frame", "iframe", "math", "object", "script", "svg"})
_HIDES = frozenset({"head", "noscript", "option", "style", "template", "textarea", "title"})
_SCHEMES = ("javascript:", "vbscript:", "data:")


def read(text: str) -> Iterator[str]:
    """Yield what is shown. Raises StyleError for what runs, and for tags that are not written out."""
    hidden, end = 0, 0
    while opened := _OPENS.search(text, end):
        if not hidden:
            yield text[end : opened.start()]
        found = next(filter(None, (each.match(text, opened.start()) for each in (_COMMENT, _ADDRESS, _TAG))), None)
        found = found or _DECLARATION.match(text, opened.start())
        if found is None:
            beginning = text[opened.start() : opened.start() + 20].partition("\n")[0]
            raise StyleError("style_tag_broken", beginning=beginning)
        if found.re is _TAG:
            _check(found)
            is_hiding = found["name"].lower() in _HIDES
            hidden = max(0, hidden + is_hiding * (-1 if found["end"] else 1))
        end = found.end()
    if not hidden:
        yield text[end:]


def _check(tag: re.Match[str]) -> None:
    """Raise StyleError for a tag that does more than show."""
    name = tag["name"].lower()
    if name in _RUNS:
        raise StyleError("style_runs", what=f"<{name}>")
    for attribute, value in _ATTRIBUTE.findall(tag["attributes"]):
        told = _BLANK.sub("", html.unescape(value.strip("\"'"))).lower()
        if attribute.lower().startswith("on") or attribute.lower() == "http-equiv" or told.startswith(_SCHEMES):
            raise StyleError("style_runs", what=attribute)
