"""The digest of one person, of twelve and of a hundred and fifty."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.notes import Note
from bot.domain.richtext import RichText, parse
from bot.domain.series import Layout
from bot.rendering.drafts import Drafts, Stand
from bot.rendering.environments import Templates, folders_of
from bot.rendering.note_blocks import note_messages
from fakeslack.blocks import check_message
from tests.support.crowd import crowd, weeks_of
from tests.support.noted import edition_now, series_of
from tests.support.opinion import rebuilt
from tests.support.readers import message_words
from tests.support.told import english

FOOTER = "Next weeknotes: Friday 13 March."
INTRODUCTION = RichText(parse("What a week: the forms have moved.").blocks)
each_crowd = pytest.mark.parametrize(
    ("count", "layout", "at_most"),
    [
        (1, Layout.PERSONAL, 1),
        (12, Layout.BY_PERSON, 2),
        (12, Layout.BY_QUESTION, 2),
        (150, Layout.BY_PERSON, 16),
        (150, Layout.BY_QUESTION, 12),
    ],
)


def _note(count: int, layout: Layout) -> Note:
    return replace(crowd(count, layout), introduction=INTRODUCTION)


@pytest.mark.parametrize(("folders", "others"), [((), "and 5 others"), (folders_of("de"), "und 5 weitere")])
def test_a_draft_counts_those_whom_a_sentence_cannot_name(folders: tuple[Path, ...], others: str) -> None:
    """Of thirty who gave nothing an editor reads twenty-five names, and how many more there are, in their language."""
    missing = tuple(f"Person {n}" for n in range(30))
    stand = Stand(note=None, given=["Ana"], missing=missing, goes_out="")
    (draft,) = Drafts(Templates(*folders)).draft(series_of(missing), edition_now(), stand)

    assert f"Person 24 {others}" in draft.text
    assert 3 == len(draft.text.splitlines())  # when it goes out, who gave something, and that it has no headline


@each_crowd
def test_the_first_message_stands_on_its_own(count: int, layout: Layout, at_most: int) -> None:
    """Title, week, who wrote, introduction and the first words are in it, and where it goes on, and the next date."""
    note = _note(count, layout)
    first, *others = note_messages(note, english(), footer=FOOTER)
    texts = [block["elements"][0]["text"] for block in first.blocks if block["type"] == "context"]

    assert len(others) < at_most
    assert note.title == first.blocks[0]["text"]["text"]
    assert texts[0].startswith("Week 10 · 2–8 March 2026 · ")
    assert texts[0].endswith("150 people" if count == 150 else note.contributors[-1].name)
    assert [*(["Continues in the thread ↓"] if others else []), FOOTER] == texts[1:]
    assert "What a week: the forms have moved." in first.text
    assert "On Monday I moved the forms to the new host" in first.text


@each_crowd
def test_slack_takes_all_of_it_and_nothing_is_cut(count: int, layout: Layout, at_most: int) -> None:
    """Each message is within the limits, and together they hold everything that everybody wrote."""
    note = _note(count, layout)
    messages = note_messages(note, english(), footer=FOOTER)
    written = [line for week in weeks_of(count) for text in week.texts for line in text.splitlines() if line]
    shown = " ".join(message_words(messages, RichText(())))

    assert [] == [problem for message in messages for problem in check_message(list(message.blocks), message.text)]
    assert [list(message.blocks) for message in messages] == [rebuilt(message) for message in messages]
    assert [] == [line for line in written if line.removeprefix("- ") not in shown]
    assert len(messages) <= at_most
