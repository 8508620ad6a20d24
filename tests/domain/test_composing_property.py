"""For any answers and any editing, the words of the note are those given, less what an editor hid or changed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.arranging import DOWN, UP
from bot.domain.entries import Entry, shown
from bot.domain.notes import Section, arrangement, compose, in_order
from bot.domain.richtext import RichText, lines_of, text_of
from bot.domain.series import DEFAULT_QUESTIONS, Layout
from bot.rendering import documents
from tests.support.weeks import NAMES, answer, edition, series

NOW = datetime(2025, 11, 21, 15, tzinfo=UTC)
JOINTS = (" ", "\n", "\n\n", "\n- ", "\n1. ", "\n&gt; ", " *bold* ", "\n🔒 ", ". ")
KEYS = tuple(question.key for question in DEFAULT_QUESTIONS)


@st.composite
def replies(draw: st.DrawFn, prefix: str) -> str:
    """Return somebody's words: each word is like no other in the week, joined by whatever people put between words."""
    words = [f"{prefix}x{n}x" for n in range(draw(st.integers(1, 8)))]
    return "".join(word + draw(st.sampled_from(JOINTS)) for word in words[:-1]) + words[-1]


@st.composite
def weeks(draw: st.DrawFn) -> tuple[list[tuple[str, str, str]], dict[int, tuple[bool, str]], list[tuple[int, int]]]:
    """Return what people gave, what an editor made of it (hidden or not, reworded or not), and what they moved."""
    count = draw(st.integers(1, 8))
    told = [
        (draw(st.sampled_from(sorted(NAMES))), draw(st.sampled_from(KEYS)), draw(replies(f"g{n}")))
        for n in range(1, count + 1)
    ]
    edits = {
        n: (draw(st.booleans()), draw(st.one_of(st.just(""), replies(f"e{n}"))))
        for n in draw(st.sets(st.integers(1, count)))
    }
    moves = draw(st.lists(st.tuples(st.integers(1, count), st.sampled_from((UP, DOWN))), max_size=6))
    return told, edits, moves


def own_words(text: str) -> Counter[str]:
    """Return the words that stand in a text and could only come from one place."""
    return Counter(re.findall(r"[ge]\d+x\d+x", text))


def texts(sections: tuple[Section, ...]) -> Iterator[str]:
    """Yield every line of a note."""
    for section in sections:
        yield text_of(section.heading)
        yield from (text_of(line) for line in lines_of(RichText(section.blocks)))
        yield from texts(section.sections)


@settings(max_examples=60, deadline=None)
@given(weeks(), st.sampled_from(Layout))
def test_words_shown_are_words_given_less_what_an_editor_hid_or_changed(
    week: tuple[list[tuple[str, str, str]], dict[int, tuple[bool, str]], list[tuple[int, int]]], layout: Layout
) -> None:
    """Every word is there once, in every format, in whatever order the editor wants, and no other is."""
    told, edits, moves = week
    answers = [answer(n, key, text, user) for n, (user, key, text) in enumerate(told, 1)]
    entries = {
        n: Entry(n, "U_DEE", NOW, wording=_typed(wording), is_hidden=is_hidden)
        for n, (is_hidden, wording) in edits.items()
    }
    made, group = edition(), series(layout, *NAMES)
    for answer_id, step in moves:
        order = arrangement(group, made, in_order(answers)).moved(answer_id, step)
        made = replace(made, entry_order=order or made.entry_order)

    note = compose(group, made, answers, NAMES, entries=entries)

    wanted: Counter[str] = Counter()
    for n, (_, _, text) in enumerate(told, 1):
        is_hidden, wording = edits.get(n, (False, ""))
        wanted += Counter() if is_hidden else own_words(wording or text)
    assert wanted == sum((own_words(line) for line in texts(note.sections)), Counter())
    for document in (documents.markdown(note), documents.plain_text(note), documents.html(note)):
        assert wanted == own_words(document)
    assert [each.id for each in shown(answers, entries)] == [
        n for n in range(1, len(told) + 1) if not edits.get(n, (False, ""))[0]
    ]


def _typed(words: str) -> tuple[dict[str, object], ...]:
    """Return an editor's wording as Slack's input gives it."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return ({"type": "rich_text", "elements": [section]},) if words else ()
