"""The catalogue in every language: complete, with the same values, within Slack's limits, in one voice."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from bot.rendering.environments import TEMPLATES
from bot.rendering.labels import Words, read_labels

LANGUAGES = ("de",)
ENVIRONMENT = Environment(autoescape=True)
ENVIRONMENT.filters.update(dict.fromkeys(("dates", "day", "mrkdwn", "names", "plain_day", "quantity", "week"), str))
FREE = ("errors.", "commands.", "dates.", "typed.", "series.question.", "series.heading.", "language.", "export.")
"""Labels that stand in sentences, or that people may change before they are used."""
LIMITS = (
    (re.compile(r"(^|[._])(title|save|start|cancel|close|done|submit)$"), 24),
    (re.compile(r"hint|text|means"), 300),
)
"""How long a label may be, by its name: what heads a form or ends it, what explains an input; all others, 75."""
USUAL_LIMIT = 75
VALUE = re.compile(r"\{\{[^}]*?(\w+)[^}]*\}\}|\{%.*?%\}")
SAMPLES = {"count": 88, "number": 88, "section": "Name und Channel", "author": "X" * 20, "excerpt": "X" * 30}


def templates_of(language: str) -> dict[str, Path]:
    """Return the templates of a language by name."""
    folder = TEMPLATES / language / "slack"
    return {str(file.relative_to(folder)): file for file in folder.rglob("*.j2")}


def labels_of(language: str) -> dict[str, Words]:
    """Return the labels of a language; lists of what people type are each language's own."""
    found = read_labels([TEMPLATES / language])
    return {key: words for key, words in found.items() if not key.startswith("typed.")}


def values_in(text: str) -> set[str]:
    """Return the names of the values that a template or label asks for."""
    return meta.find_undeclared_variables(ENVIRONMENT.parse(text)) - {"label"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_is_there_with_the_same_values(language: str) -> None:
    """No template is missing or left over, and none asks for a value that it is not given."""
    english, translated = templates_of(""), templates_of(language)

    assert english.keys() == translated.keys()
    unknown = {
        name: values_in(file.read_text("utf-8")) - values_in(english[name].read_text("utf-8"))
        for name, file in translated.items()
    }
    assert {} == {name: values for name, values in unknown.items() if values}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_there_with_the_same_values(language: str) -> None:
    """The same of labels; and a list has as many words."""
    english, translated = labels_of(""), labels_of(language)

    assert english.keys() == translated.keys()
    lists = {key: len(words) for key, words in english.items() if not isinstance(words, str)}
    assert lists == {key: len(words) for key, words in translated.items() if not isinstance(words, str)}
    unknown = {key: values_in(str(words)) - values_in(str(english[key])) for key, words in translated.items()}
    assert {} == {key: values for key, values in unknown.items() if values}


@pytest.mark.parametrize("language", ["", *LANGUAGES])
def test_labels_are_short_enough(language: str) -> None:
    """No label is longer than Slack takes of what it is used for."""
    assert [] == [f"{key}: {text}" for key, text in _shown(language) if len(text) > _limit(key)]


@pytest.mark.parametrize("language", ["", *LANGUAGES])
def test_the_voice(language: str) -> None:
    """Nobody is shouted at: no message has two exclamation marks; nothing is left to do."""
    told = {name: file.read_text("utf-8") for name, file in templates_of(language).items()}
    told |= {key: str(words) for key, words in labels_of(language).items()}
    words = {name: re.sub(r"\{\{.*?\}\}|\{%.*?%\}|`[^`]*`", "", text) for name, text in told.items()}

    assert [] == [name for name, text in words.items() if "!!" in text or text.count("!") > 1]
    assert [] == [name for name, text in words.items() if re.search(r"TODO|FIXME|XXX|\?\?", text)]


def test_english_is_british() -> None:
    """One spelling throughout."""
    american = re.compile(
        r"\b\w*(?:color|favorite|organiz|recogniz|center\b|canceled|apologiz|behavior|gray\b)\w*", re.IGNORECASE
    )
    told = {name: file.read_text("utf-8") for name, file in templates_of("").items()}
    told |= {key: str(words) for key, words in labels_of("").items()}

    assert {} == {name: found[0] for name, text in told.items() if (found := american.search(text))}


@pytest.mark.parametrize("language", ["", *LANGUAGES])
def test_an_emoji_is_never_alone(language: str) -> None:
    """Whatever an emoji says stands in words beside it, for those who have it read to them."""
    for name, text in _shown(language):
        assert re.search(r"\w", text), name


def _shown(language: str) -> Iterator[tuple[str, str]]:
    """Return each label as it might be shown."""
    for key, words in labels_of(language).items():
        if not isinstance(words, str) or key.startswith(FREE):
            continue
        yield key, VALUE.sub(lambda found: str(SAMPLES.get(found[1] or "", "")), words)


def _limit(key: str) -> int:
    if f"{key.removesuffix('title')}yes" in labels_of(""):  # a question to confirm, not the head of a form
        return 100
    return next((limit for pattern, limit in LIMITS if pattern.search(key)), USUAL_LIMIT)
