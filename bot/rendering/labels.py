"""The short texts of the catalogue: buttons, titles, options, hints, sentences of refusal."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template

Words = str | tuple[str, ...]


def read_labels(folders: Sequence[Path]) -> dict[str, Words]:
    """Read `labels/*.toml` of each folder; an earlier folder's text goes before a later one's.

    A text is known by its file's name and its own, with dots between: `save` in `form.toml` is `form.save`.
    """
    found: dict[str, Words] = {}
    for folder in reversed(folders):
        for file in sorted(folder.glob("labels/*.toml")):
            found.update(labels_in(file))
    return found


def labels_in(file: Path) -> dict[str, Words]:
    """Read the texts of one file. Raises TOMLDecodeError."""
    return dict(_flat(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))))


def _flat(name: str, texts: Mapping[str, Any]) -> Iterator[tuple[str, Words]]:
    for key, text in texts.items():
        if isinstance(text, Mapping):
            yield from _flat(f"{name}.{key}", text)
        else:
            yield f"{name}.{key}", tuple(text) if isinstance(text, list) else str(text)


class Labels:
    """Renders the short texts, each compiled once."""

    def __init__(self, texts: Mapping[str, Words], environment: Environment) -> None:
        """Keep the texts, and the environment that compiles them; nothing in them is escaped."""
        self._texts = texts
        self._environment = environment
        self._compiled: dict[str, Template] = {}

    def __contains__(self, key: str) -> bool:
        """Say whether there is such a text."""
        return key in self._texts

    def one(self, key: str, values: Mapping[str, object]) -> str:
        """Return the text called `key`, with the values it asks for. Raises KeyError when there is none."""
        template = self._compiled.get(key)
        if template is None:
            template = self._compiled[key] = self._environment.from_string(str(self._texts[key]))
        return template.render(values)

    def below(self, table: str) -> dict[str, tuple[str, ...]]:
        """Return the lists in a table, by their names in it."""
        start = f"{table}."
        return {key.removeprefix(start): self.several(key) for key in self._texts if key.startswith(start)}

    def several(self, key: str) -> tuple[str, ...]:
        """Return the words listed under `key`."""
        words = self._texts[key]
        return (words,) if isinstance(words, str) else words
