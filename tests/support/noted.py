"""Weeks made into a note without a bot between: what is typed is composed as the message box does, and that noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, TypeAlias

from bot.demo.check import Missing, missing
from bot.demo.weeks import Week
from bot.domain.cadence import Cadence
from bot.domain.editions import Answer, Edition, EditionState, Source
from bot.domain.files import Files
from bot.domain.notes import Note, compose
from bot.domain.series import DEFAULT_QUESTIONS, Layout, Numbering, Series
from bot.domain.weeks import Period
from bot.rendering import documents
from bot.rendering.note_blocks import note_messages
from fakeslack.composer import compose as typed
from tests.support.told import english

GivenFiles: TypeAlias = Mapping[str, Sequence[Mapping[str, Any]]]
NO_FILES: GivenFiles = MappingProxyType({})
MONDAY = date(2026, 3, 2)
THURSDAY = datetime(2026, 3, 5, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Noted:
    """A note in each of its forms."""

    markdown: str
    html: str
    messages: Sequence[Mapping[str, Any]]

    def missing(self, weeks: Sequence[Week]) -> list[Missing]:
        """Return what of the weeks is not in it."""
        return missing(weeks, self.markdown, self.html, self.messages)


def noted(weeks: Sequence[Week], layout: Layout = Layout.BY_PERSON) -> Noted:
    """Return the note of the weeks."""
    note = note_of(weeks, layout)
    return Noted(
        documents.markdown(note),
        documents.html(note),
        [{"text": message.text, "blocks": message.blocks} for message in note_messages(note, english())],
    )


def note_of(
    weeks: Sequence[Week],
    layout: Layout = Layout.BY_PERSON,
    *,
    given_files: GivenFiles = NO_FILES,
    files: Files = Files.LINKED,
) -> Note:
    """Compose the note of the weeks. `given_files` came with people's first answers, `files` says how they are seen."""
    names = {f"U{number}": week.name for number, week in enumerate(weeks)}
    people = {name: user_id for user_id, name in names.items()}
    series, edition = series_of(tuple(names), layout), edition_now()
    answers = _answers(weeks, people, given_files)
    return compose(series, edition, answers, names, number="1.1", files=files)


def series_of(contributors: tuple[str, ...], layout: Layout = Layout.BY_PERSON) -> Series:
    """Return a series of these people, whose editor is `U0`."""
    cadence = Cadence("Europe/London", MONDAY)
    return Series(
        1, "T", "C", "Weeknotes", cadence, layout, Numbering(), DEFAULT_QUESTIONS, contributors, editors=("U0",)
    )


def edition_now() -> Edition:
    """Return the edition of the week, which is being asked for."""
    return Edition(1, "T", 1, Period(MONDAY, MONDAY + timedelta(days=6)), EditionState.COLLECTING, DEFAULT_QUESTIONS)


def _answers(weeks: Sequence[Week], people: Mapping[str, str], given_files: GivenFiles) -> list[Answer]:
    answers: list[Answer] = []
    for week in weeks:
        waiting = tuple(given_files.get(week.name, ()))
        for key, texts in week.replies.items():
            for text in texts:
                said = typed(text, people, flavour=week.flavour)
                given_at = THURSDAY + timedelta(minutes=len(answers))
                answers.append(
                    Answer(
                        len(answers) + 1,
                        "T",
                        1,
                        people[week.name],
                        key,
                        Source.THREAD,
                        said.text,
                        given_at,
                        blocks=tuple(said.blocks),
                        files=waiting,
                    )
                )
                waiting = ()
    return answers
