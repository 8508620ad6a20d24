"""Checking a team's own texts before anybody meets them: each must load, and ask for nothing that it is not given."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from bot.rendering.environments import TEMPLATES, Templates
from bot.rendering.labels import Words, labels_in

GLOBALS = frozenset({"label"})
TYPED = "typed."
HOUSE = "house"


def own_texts(folder: Path) -> list[Path]:
    """Return the files in a folder of texts, as they are called from there.

    What editors' templates begin with is none: it is read from the bot's own folder alone.
    """
    found = (file.relative_to(folder) for kind in ("*.j2", "*.toml") for file in folder.rglob(kind))
    return sorted(name for name in found if name.parts[0] != HOUSE)


def problems_of(folder: Path) -> Iterator[str]:
    """Return a sentence for each thing in a folder of texts that cannot be used, with its file and line."""
    environment = Templates().checker
    for name in own_texts(folder):
        if not (TEMPLATES / name).is_file():
            yield f"{name}: there is no text of this name, so this is never used."
            continue
        try:
            yield from (_in_labels if name.suffix == ".toml" else _in_template)(environment, folder, name)
        except UnicodeDecodeError:
            yield f"{name}: it is not in UTF-8."


def _in_template(environment: Environment, folder: Path, name: Path) -> Iterator[str]:
    ours, own = ((place / name).read_text(encoding="utf-8") for place in (TEMPLATES, folder))
    for line, problem in _in_text(environment, own, ours):
        yield f"{name}, line {line}: {problem}."


def _in_labels(environment: Environment, folder: Path, name: Path) -> Iterator[str]:
    try:
        own = labels_in(folder / name)
    except tomllib.TOMLDecodeError as error:
        yield f"{name}: {error}."
        return
    written = (folder / name).read_text(encoding="utf-8").splitlines()
    ours = labels_in(TEMPLATES / name)
    for key, words in own.items():
        if key.startswith(TYPED):  # the words that people may type are each language's own
            continue
        where = f"{name}, line {_line_of(key, written)}"
        if key not in ours:
            yield f"{where}: there is no text called {key}, so this is never used."
            continue
        problems = _in_text(environment, _joined(words), _joined(ours[key]))
        yield from (f"{where}: {problem}." for _, problem in problems)


def _in_text(environment: Environment, own: str, ours: str) -> Iterator[tuple[int, str]]:
    """Return what is wrong with a text, each with its line: how it is written, and the values it is not given."""
    try:
        environment.compile(own)
    except TemplateSyntaxError as error:
        yield error.lineno, str(error.message)
        return
    tree = environment.parse(own)
    unknown = meta.find_undeclared_variables(tree) - meta.find_undeclared_variables(environment.parse(ours)) - GLOBALS
    for each in tree.find_all(nodes.Name):
        if each.name in unknown:
            unknown = unknown - {each.name}
            yield each.lineno, f"it is not given a value called {each.name}"


def _joined(words: Words) -> str:
    return words if isinstance(words, str) else "\n".join(words)


def _line_of(key: str, written: list[str]) -> int:
    last = re.escape(key.rpartition(".")[2])
    return next((number for number, line in enumerate(written, 1) if re.match(rf"\s*[\"']?{last}[\"']?\s*=", line)), 1)
