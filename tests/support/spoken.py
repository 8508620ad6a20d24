"""What people see of the bot, and telling whether it is English."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment

from bot.rendering.environments import TEMPLATES
from bot.rendering.labels import read_labels
from fakeslack import FakeSlack

SHOWN = ("text", "alt_text", "accessibility_label")
SEVERAL_WORDS = 3
COMMON = frozenset(
    re.findall(r"\w+", "the you your and is are this that what with not it of to on will have has for they week note")
)
"""Words that English can hardly do without, and German has not."""
ASIDE = re.compile(r"`[^`]*`|<[^>]*>|https?://\S+|/\w+")
"""What is the same in every language: code, commands, links and mentions."""


def shown_texts(slack: FakeSlack) -> Iterator[str]:
    """Return every text that the bot showed to anybody: in messages, forms and Homes, and beside inputs."""
    for seen in slack.blocks_seen:
        yield from _texts(seen)
    for call in slack.calls:
        if call.method.startswith(("chat.", "views.", "response_url", "files.")):
            yield from _texts(call.args)


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, Mapping):
        for name, value in part.items():
            if isinstance(value, str) and name in (*SHOWN, "title", "initial_comment"):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)


class English:
    """Knows English when it sees it: the catalogue's own sentences, and everyday words."""

    def __init__(self) -> None:
        """Read what the catalogue says in English alone."""
        english, german = _fragments(""), _fragments("de")
        self._sentences = {each for each in english - german if len(each.split()) >= SEVERAL_WORDS}
        self._labels = _labels("") - _labels("de")

    def is_in(self, text: str) -> bool:
        """Say whether a text has English of ours in it."""
        bare = " ".join(ASIDE.sub(" ", text).split())
        words = re.findall(r"[^\W\d_]+", bare.casefold())
        return (
            text in self._labels
            or any(sentence in bare for sentence in self._sentences)
            or len(COMMON & set(words)) > 1
        )


def _fragments(language: str) -> set[str]:
    """Return the words between the values in all templates of a language."""
    lexer: Any = Environment(autoescape=True)
    found = set()
    for file in (TEMPLATES / language / "slack").rglob("*.j2"):
        for _, kind, value in lexer.lex(file.read_text(encoding="utf-8")):
            if kind == "data":
                found |= {" ".join(ASIDE.sub(" ", line).split()) for line in value.split("\n")}
    return found


def _labels(language: str) -> set[str]:
    texts = read_labels([TEMPLATES / language]).values()
    return {each for text in texts for each in ((text,) if isinstance(text, str) else text)}
