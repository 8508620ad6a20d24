"""A note of many people: read, composed and rendered, beside the same text read and joined.

At full size each measurement is a process of its own, which has done the same once with nothing in it before.
"""

import json
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment
from sqlmodel import col, select

from benchmarks.figures import Figure, Scale, at_most, seconds
from benchmarks.processes import peak_megabytes, told_by
from benchmarks.teams import TEAM, bot_on, folder, give, series_of
from bot.domain.notes import Note
from bot.rendering import documents
from bot.rendering.environments import Templates
from bot.rendering.note_blocks import note_messages
from bot.runtime import Runtime
from bot.services.composing import whole_note
from storage import editions, series
from storage.models import AnswerRow

PEOPLE = {1_000: 5, 10_000: 3}
"""How many people, and in how many rounds."""
JOINED = "{% for text in texts %}{{ text }}\n\n{% endfor %}"
FORMS: dict[str, Callable[[Note, Templates], object]] = {
    "blocks": note_messages,
    "Markdown": lambda note, _templates: documents.markdown(note),
    "HTML": lambda note, _templates: documents.html(note),
}
FLOOR = "floor"
TIME, MEMORY = at_most(2), at_most(1.2)


def measure(scale: Scale) -> list[Figure]:
    """Return the time and the memory of a note of each size in each format."""
    return [
        figure for people, rounds in PEOPLE.items() for figure in _of_size(people, min(rounds, scale.rounds), scale)
    ]


def _of_size(people: int, rounds: int, scale: Scale) -> list[Figure]:
    with folder() as place:
        path = place / "note.sqlite3"
        _fill(path, scale.of(people, least=5))
        took = _measured if scale.is_full else _took
        found = {name: [took(name, path) for _ in range(rounds)] for name in (FLOOR, *FORMS)}
    told = {name: tuple(map(statistics.median, zip(*each, strict=True))) for name, each in found.items()}
    figures = []
    for name in FORMS:
        row = f"a note of {people:,} people to {name}"
        figures.append(Figure(f"{row}: time", told[name][0] * 1000, "ms", TIME, told[FLOOR][0] * 1000))
        figures.append(Figure(f"{row}: memory", told[name][1], "MB", MEMORY, told[FLOOR][1]))
    return figures


def _fill(path: Path, people: int) -> None:
    with bot_on(path) as bot:
        made = series_of(bot, people)
        with bot.database.session() as session:
            edition = editions.unfinished(session, TEAM, made.id)[0]
        give(bot, made, edition.id)


def _measured(name: str, path: Path) -> tuple[float, float]:
    took, megabytes = json.loads(told_by("benchmarks.compiling", name, path))
    return took, megabytes


def _compiled(bot: Runtime, form: Callable[[Note, Templates], object], edition_number: int) -> None:
    """Do what the bot does: read an edition, compose its note, render it."""
    with bot.database.session() as session:
        known = series.get(session, TEAM, 1)
        if known is None:
            raise LookupError("series")
        note = whole_note(session, known, editions.unfinished(session, TEAM, 1)[edition_number])
    form(note, bot.templates)


def _joined(bot: Runtime, edition_id: int) -> None:
    """Read the same words with SQLAlchemy core, and join them by one bare template."""
    with bot.database.session() as session:
        statement = select(AnswerRow.text).where(col(AnswerRow.edition_id) == edition_id)
        texts = session.execute(statement.order_by(col(AnswerRow.given_at), col(AnswerRow.id))).scalars().all()
    Environment(autoescape=False).from_string(JOINED).render(texts=texts)  # noqa: S701 - the floor escapes nothing


def _took(name: str, path: Path) -> tuple[float, float]:
    """Do one of them once with the empty edition of next week, then measure it with the full one."""
    with bot_on(path) as bot:

        def work(edition_number: int) -> None:
            if name == FLOOR:
                _joined(bot, edition_number + 1)
            else:
                _compiled(bot, FORMS[name], edition_number)

        work(1)
        return seconds(lambda: work(0)), peak_megabytes()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_took(sys.argv[1], Path(sys.argv[2]))))
