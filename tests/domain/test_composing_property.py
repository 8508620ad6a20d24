"""For any answers and any editing, the words of the note are those given, less what an editor hid or changed."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.arranging import DOWN, UP
from bot.domain.entries import Entry, shown
from bot.domain.inside import LOCK
from bot.domain.notes import Note, Section, arrangement, compose, in_order
from bot.domain.richtext import RichText, lines_of, text_of
from bot.domain.series import DEFAULT_QUESTIONS, Layout
from bot.rendering import documents
from tests.support.weeks import NAMES, answer, edition, series

NOW = datetime(2025, 11, 21, 15, tzinfo=UTC)
JOINTS = (" ", "\n", "\n\n", "\n- ", "\n1. ", "\n&gt; ", " *bold* ", f"\n{LOCK.character} ", ". ")
KEYS = tuple(question.key for question in DEFAULT_QUESTIONS)
MARK = LOCK.character
TYPED = "h0x0x"  # a headline that an editor typed


@st.composite
def replies(draw: st.DrawFn, prefix: str) -> str:
    """Return somebody's words: each word is like no other in the week, joined by whatever people put between words."""
    words = [f"{prefix}x{n}x" for n in range(draw(st.integers(1, 8)))]
    return "".join(word + draw(st.sampled_from(JOINTS)) for word in words[:-1]) + words[-1]


@dataclass(frozen=True)
class Told:
    """One answer, and what an editor made of it: hidden or not, reworded or not."""

    user_id: str
    key: str
    text: str
    is_inside: bool
    is_hidden: bool = False
    wording: str = ""

    @property
    def shown(self) -> str:
        """Return what the note shows of it."""
        return "" if self.is_hidden else self.wording or self.text

    @property
    def is_for_all(self) -> bool:
        """Say whether nothing of it was ever to stay inside."""
        return not self.is_inside and MARK not in self.text + self.wording


@dataclass(frozen=True)
class Edited:
    """A week: what people gave, what an editor moved, and the headline they typed or chose among the answers."""

    told: Sequence[Told]
    moves: Sequence[tuple[int, int]]
    headline: str
    headline_answer_id: int | None

    @property
    def entries(self) -> Mapping[int, Entry]:
        """Return what stands beside the answers."""
        return {
            n: Entry(n, "U_DEE", NOW, wording=_typed(each.wording), is_hidden=each.is_hidden)
            for n, each in enumerate(self.told, 1)
            if each.is_hidden or each.wording
        }

    def note(self, layout: Layout) -> Note:
        """Compose its note."""
        answers = [
            answer(n, each.key, each.text, each.user_id, is_inside=each.is_inside)
            for n, each in enumerate(self.told, 1)
        ]
        made, group = (
            edition(headline=self.headline, headline_answer_id=self.headline_answer_id),
            series(layout, *NAMES),
        )
        for answer_id, step in self.moves:
            order = arrangement(group, made, in_order(answers)).moved(answer_id, step)
            made = replace(made, entry_order=order or made.entry_order)
        visible = [each.id for each in shown(answers, self.entries)]
        assert visible == [n for n, each in enumerate(self.told, 1) if not each.is_hidden]
        return compose(group, made, answers, NAMES, entries=self.entries)


@st.composite
def weeks(draw: st.DrawFn) -> Edited:
    """Return a week that people told and an editor edited."""
    count = draw(st.integers(1, 8))
    told = [
        Told(
            draw(st.sampled_from(sorted(NAMES))),
            draw(st.sampled_from(KEYS)),
            draw(replies(f"g{n}")),
            draw(st.booleans()),
            draw(st.booleans()),
            draw(st.one_of(st.just(""), replies(f"e{n}"))),
        )
        for n in range(1, count + 1)
    ]
    moves = draw(st.lists(st.tuples(st.integers(1, count), st.sampled_from((UP, DOWN))), max_size=6))
    return Edited(told, moves, draw(st.sampled_from(("", TYPED))), draw(st.none() | st.integers(1, count)))


def own_words(text: str) -> Counter[str]:
    """Return the words that stand in a text and could only come from one place."""
    return Counter(re.findall(r"[geh]\d+x\d+x", text))


def words_in(note: Note) -> Counter[str]:
    """Return the words in every line of a note, without its title."""
    return sum((own_words(line) for line in texts(note.sections)), Counter())


def texts(sections: tuple[Section, ...]) -> Iterator[str]:
    """Yield every line of a note."""
    for section in sections:
        yield text_of(section.heading)
        yield from (text_of(line) for line in lines_of(RichText(section.blocks)))
        yield from texts(section.sections)


@settings(max_examples=60, deadline=None)
@given(weeks(), st.sampled_from(Layout))
def test_words_shown_are_words_given_less_what_an_editor_hid_or_changed(week: Edited, layout: Layout) -> None:
    """Every word is there once, in every format, in whatever order the editor wants, and no other is."""
    note = week.note(layout)
    wanted = sum((own_words(each.shown) for each in week.told), Counter[str]())
    title = own_words(note.title)

    assert wanted == words_in(note)
    assert wanted + title == own_words(documents.plain_text(note))
    for document in (documents.markdown(note), documents.html(note)):  # they say the title at their head, too
        assert wanted + title + title == own_words(document)


@settings(max_examples=30, deadline=None)
@given(weeks(), st.sampled_from(Layout))
def test_the_headline_is_what_the_editor_typed_or_a_line_of_the_answer_they_chose(week: Edited, layout: Layout) -> None:
    """It adds to the title and takes nothing from the note; of an answer that stays inside it shows nothing."""
    title = own_words(week.note(layout).title)
    chosen = week.told[week.headline_answer_id - 1] if week.headline_answer_id else None

    if week.headline or chosen is None:
        assert title == own_words(week.headline)
    elif chosen.is_for_all:
        assert title
        assert title <= own_words(chosen.wording or chosen.text)
    elif chosen.is_inside:
        assert not title


@settings(max_examples=30, deadline=None)
@given(weeks(), st.sampled_from(Layout))
def test_what_stays_inside_is_in_no_note_for_outside_however_it_was_edited(week: Edited, layout: Layout) -> None:
    """Outside, everything that is for all is still there, and nothing of an answer that was to stay inside."""
    note = week.note(layout)
    outside = words_in(note.outside())

    for_all = sum((own_words(each.shown) for each in week.told if each.is_for_all), Counter[str]())
    kept = sum((own_words(each.text + each.wording) for each in week.told if each.is_inside), Counter[str]())
    assert for_all <= outside
    assert not outside & kept
    assert outside <= words_in(note)


def _typed(words: str) -> tuple[dict[str, object], ...]:
    """Return an editor's wording as Slack's input gives it."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return ({"type": "rich_text", "elements": [section]},) if words else ()
