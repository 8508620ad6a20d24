"""People's weeks as files: one text or Markdown file is one person's week, its paragraphs are their replies."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bot.demo.chunks import Definition, chunks_of_markdown, chunks_of_text, name_in_byline
from bot.demo.sorting import Sorting
from bot.domain.errors import WeeknotesError
from bot.domain.series import DEFAULT_QUESTIONS, Question

SUFFIXES = frozenset({".md", ".markdown", ".txt"})
_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)^(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"""([\w-]+)\s*[:=]\s*["']?(.*?)["']?\s*\Z""")
_FIELD_OR_MORE = re.compile(r"""\s*\Z|\s+\S|#|-\s|[\w-]+\s*[:=](?:\s|\Z)|[\[\]]""")
_NO_NAME = re.compile(r"week(?:s|ly|notes?)?|notes?", re.IGNORECASE)


class NoWeeksError(WeeknotesError):
    """There are no weeks in that folder: put one .md or .txt file in it for each person."""


@dataclass(frozen=True, slots=True)
class Week:
    """One person's week: who, and what they reply to each question (by its key), in order, as they type it."""

    name: str
    replies: Mapping[str, tuple[str, ...]]
    flavour: Literal["slack", "markdown"] = "markdown"
    title: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """All replies, in the order they are given."""
        return tuple(text for replies in self.replies.values() for text in replies)


def read_folder(folder: Path, questions: Sequence[Question] = DEFAULT_QUESTIONS) -> list[Week]:
    """Read the weeks in a folder, in the order of the files' names, each under a name of its own."""
    files = sorted(path for path in folder.glob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    weeks = [parse(_text_of(path), path.name, questions) for path in files]
    weeks = [week for week in weeks if week.texts]
    if not weeks:
        raise NoWeeksError
    return list(_named(weeks))


def parse(source: str, filename: str = "", questions: Sequence[Question] = DEFAULT_QUESTIONS) -> Week:
    """Read one week. `filename` names its person when nothing in it does; `.txt` is typed text, the rest Markdown."""
    source = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    fields, source = _front_matter(source)
    is_text = filename.lower().endswith(".txt")
    definitions: list[Definition] = []
    if is_text:
        chunks = chunks_of_text(source)
    else:
        chunks, definitions = chunks_of_markdown(source)
    sorting = Sorting(questions, chunks)
    byline = next(filter(None, map(name_in_byline, chunks[:4])), "")
    return Week(
        name=fields.get("author") or fields.get("name") or fields.get("by") or byline or _name_of(filename),
        replies=_with_definitions(sorting.replies(), definitions),
        flavour="slack" if is_text else "markdown",
        title=sorting.title,
    )


def _text_of(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _front_matter(source: str) -> tuple[dict[str, str], str]:
    found = _FRONT_MATTER.match(source)
    lines = found[2].splitlines() if found else []
    if not found or not all(map(_FIELD_OR_MORE.match, lines)) or not any(map(_FIELD.match, lines)):
        return {}, source
    fields = (_FIELD.match(line) for line in lines)
    return {one[1].lower(): one[2].strip() for one in fields if one}, source[found.end() :]


def _name_of(filename: str) -> str:
    """Make a name of a file's: `02-ana-okafor.md` is Ana Okafor's week."""
    words = re.split(r"[-_. ]+", filename.rsplit(".", 1)[0])
    names = [word for word in words if re.fullmatch(r"[^\W\d_]+(?:['’][^\W\d_]+)*", word)]
    return " ".join(word[:1].upper() + word[1:] for word in names if not _NO_NAME.fullmatch(word))


def _named(weeks: Sequence[Week]) -> Iterator[Week]:
    """Give everybody a name of their own: those without one a number, namesakes too."""
    seen: dict[str, int] = {}
    for number, week in enumerate(weeks, 1):
        name = week.name or f"Writer {number}"
        seen[name] = seen.get(name, 0) + 1
        unique = name if seen[name] == 1 else f"{name} {seen[name]}"
        yield replace(week, name=unique)


def _with_definitions(
    replies: Mapping[str, Sequence[str]], definitions: Sequence[Definition]
) -> dict[str, tuple[str, ...]]:
    """Give each reply the reference definitions it needs; those nobody needs go with the last one."""
    needed = {
        (key, index): [one for one in definitions if one.is_named_in(text)]
        for key, texts in replies.items()
        for index, text in enumerate(texts)
    }
    used = {one for some in needed.values() for one in some}
    for place in list(needed)[-1:]:
        needed[place] += [one for one in definitions if one not in used]
    return {
        key: tuple("\n\n".join([text, *map(str, needed[key, index])]) for index, text in enumerate(texts))
        for key, texts in replies.items()
    }
