"""The note: what shapes and layouts make of what people gave."""

import textwrap
from dataclasses import replace

import pytest

from bot.domain.editions import Answer
from bot.domain.notes import Note, Section, compose
from bot.domain.richtext import RichText, plain, text_of
from bot.domain.series import DEFAULT_QUESTIONS, Layout, Question, Shape
from tests.support.weeks import NAMES, answer, edition, note, series


def outline(sections: tuple[Section, ...], depth: int = 0) -> list[str]:
    """Return headings, indented with # by depth, and the plain text of blocks."""
    lines: list[str] = []
    for section in sections:
        lines += ["#" * (depth + 1) + " " + text_of(section.heading)] if section.heading else []
        lines += [plain(RichText((block,))) for block in section.blocks]
        lines += outline(section.sections, depth + bool(section.heading))
    return lines


def told(*replies: str, key: str = "highlights") -> list[str]:
    """Return the outline of one person's replies to one question."""
    return outline(note({"U_ANA": {key: replies}}).sections)


def composed(*answers: Answer, layout: Layout = Layout.PERSONAL, people: tuple[str, ...] = ("U_ANA",)) -> Note:
    """Return the note of these answers."""
    return compose(series(layout, *people), edition(), answers, NAMES)


@pytest.mark.parametrize(
    ("reply", "expected"),
    (
        ("Budget day\nIt went on until six.", ["# Budget day", "It went on until six."]),
        ("Budget day\n\nIt went on.", ["# Budget day", "It went on."]),
        ("*We did it!*\nAt last.", ["# We did it!", "At last."]),
        ("Budget day", ["Budget day"]),
        ("It went on until six.\nThen home.", ["It went on until six.\nThen home."]),
        ("Done:\n- one", ["Done:", "- one"]),
        ("Done\n- one", ["# Done", "- one"]),
        ("We went to London\nand had a great time", ["We went to London\nand had a great time"]),
        ("x" * 81 + "\nmore", ["x" * 81 + "\nmore"]),
        ("https://a.example/b\nis the page", ["https://a.example/b\nis the page"]),
        ("He said “stop.”\nSo we did", ["He said “stop.”\nSo we did"]),
        (
            "Words that open.\nLibraries\nThey turn seventy.\nI also…\n- this\nWhat I learned\nA lot.",
            [
                "Words that open.",
                "# Libraries",
                "They turn seventy.",
                "# I also…",
                "- this",
                "# What I learned",
                "A lot.",
            ],
        ),
    ),
)
def test_a_short_first_line_heads_a_story(reply: str, expected: list[str]) -> None:
    """A line that is short and stands alone, or is bold, heads what follows; everything else is prose."""
    assert expected == told(reply)


def test_wrapped_text_is_not_taken_for_headings() -> None:
    """Text that some program wrapped at a width stays one paragraph."""
    wrapped = textwrap.fill(
        "We Met Housing, Planning And Parks, Then Ana Okafor Showed Us The Depot And Its Old Maps " * 3, 72
    )

    assert [wrapped] == told(wrapped)


def test_a_long_line_is_a_paragraph_of_its_own() -> None:
    """Prose typed with single newlines reads as paragraphs."""
    long = "This is a sentence that goes on for a good while, so that it is clearly prose and no line of a poem at all."

    assert [long, "And on."] == told(f"{long}\nAnd on.")


def test_bullets_become_one_list() -> None:
    """One item a line, whoever typed which mark; nested items stay nested; a photo stays with its caption."""
    photo = {"name": "cake.jpg", "permalink": "https://files.example/1"}
    composed_note = composed(
        answer(1, "also", "- one\n    ◦ deep\n* two"),
        answer(2, "also", "– three\n4) four\nfive"),
        answer(3, "also", "Cake", files=(photo, {})),
        answer(4, "also", "", files=(photo,)),
    )

    assert [
        "# I also…",
        (
            "- one\n  - deep\n- two\n- three\n- four\n- five\n"
            "- Cake\n  cake.jpg (https://files.example/1)\n- cake.jpg (https://files.example/1)"
        ),
    ] == outline(composed_note.sections)


@pytest.mark.parametrize(
    ("reply", "expected"),
    (
        ("Nina Simone — Sinnerman", ["Tune of the week: Nina Simone — Sinnerman"]),
        ("(for June): Sam — Time\n(live)", ["Tune of the week (for June): Sam — Time (live)"]),
        ("None\n\nReally.", ["Tune of the week: None", "Really."]),
        ("- a\n- b", ["Tune of the week", "- a\n- b"]),
    ),
)
def test_a_line_follows_its_heading(reply: str, expected: list[str]) -> None:
    """Heading and answer share a line; brackets continue the heading."""
    assert expected == told(reply, key="tune")


def test_by_person_each_name_heads_their_part() -> None:
    """People come in the series' order, their answers in the order of the questions."""
    composed_note = composed(
        answer(1, "tune", "A song", "U_BEN"),
        answer(2, "also", "b", "U_BEN"),
        answer(3, "highlights", "Mine."),
        layout=Layout.BY_PERSON,
        people=("U_ANA", "U_BEN", "U_CY"),
    )

    assert ["# Ana Okafor", "Mine.", "# Ben Lindqvist", "## I also…", "- b", "Tune of the week: A song"] == outline(
        composed_note.sections
    )
    assert ["Ana Okafor", "Ben Lindqvist"] == [author.name for author in composed_note.contributors]


def test_by_question_each_heading_holds_everybody() -> None:
    """Under each question stand the names and what they gave; a line has its name before it."""
    composed_note = composed(
        answer(1, "highlights", "Mine."),
        answer(2, "tune", "(again): A song", "U_BEN"),
        layout=Layout.BY_QUESTION,
        people=("U_BEN", "U_ANA"),
    )

    assert ["# Highlights", "## Ana Okafor", "Mine.", "# Tune of the week", "Ben Lindqvist (again): A song"] == outline(
        composed_note.sections
    )


def test_answers_come_in_the_order_they_were_given() -> None:
    """Order does not depend on how the answers are handed over."""
    first, second = answer(1, "highlights", "First."), answer(2, "highlights", "Second.")

    assert ["First.", "Second."] == outline(composed(second, first).sections)


def test_no_answer_is_lost() -> None:
    """An answer to a question that is no longer asked, by somebody who has left, is in the note."""
    stray = answer(1, "gone", "Still here.", "U_CY")

    assert ["# Cy Marsh", "Still here."] == outline(composed(stray, layout=Layout.BY_PERSON).sections)


def test_the_questions_are_those_the_edition_froze() -> None:
    """A heading that an editor changed since does not change this note."""
    frozen = edition(questions=(Question("also", "?", "Odds and ends", Shape.BULLETS),))
    composed_note = compose(series(), frozen, [answer(1, "also", "a")], NAMES)

    assert ["# Odds and ends", "- a"] == outline(composed_note.sections)


def test_title_number_and_introduction() -> None:
    """The recorded number wins; without one, the number given stands in."""
    draft = compose(series(), edition(number="", introduction="*Hi* <@U_BEN>"), [], NAMES, number="3.25")

    assert "3.25 — weeknotes" == draft.title
    assert "3.24" == composed().number
    assert "Hi @Ben Lindqvist" == plain(draft.introduction)
    assert draft.is_empty


def test_a_series_of_one_may_answer_its_own_headline() -> None:
    """The answer to the headline question is the title's, and no section."""
    asked = (Question("headline", "Title?", "", Shape.LINE), *DEFAULT_QUESTIONS)
    composed_note = compose(series(questions=asked), edition(questions=asked), [answer(1, "headline", "Roofs")], NAMES)

    assert "3.24 — weeknotes — Roofs" == composed_note.title
    assert composed_note.is_empty


def test_what_stays_inside_is_marked_and_left_out_outside() -> None:
    """What is marked 🔒, and lines that begin with it, stay inside; who has nothing else in the note is not named."""
    composed_note = composed(
        answer(1, "highlights", "Open.\n🔒 Closed."),
        answer(2, "also", "a\nb", is_inside=True),
        answer(3, "also", "🔒 c\nd"),
        answer(4, "highlights", "Secret\nWords.", "U_BEN", is_inside=True),
        answer(5, "tune", "&gt; q", "U_BEN", is_inside=True),
        layout=Layout.BY_PERSON,
        people=("U_ANA", "U_BEN"),
    )
    ana, ben = outline(composed_note.sections[:1]), outline(composed_note.sections[1:])

    assert ["# Ana Okafor", "Open.", "🔒 Closed.", "## I also…", "- 🔒 a\n- 🔒 b\n- 🔒 c\n- d"] == ana
    assert ["# Ben Lindqvist", "## 🔒 Secret", "Words.", "Tune of the week: 🔒", "> q"] == ben
    assert ["# Ana Okafor", "Open.", "## I also…", "- d"] == outline(composed_note.outside().sections)
    assert ["Ana Okafor"] == [author.name for author in composed_note.outside().contributors]


def test_a_person_without_a_name_is_their_id() -> None:
    """A name Slack never told does not leave a gap."""
    unnamed = compose(series(Layout.BY_PERSON), edition(), [answer(1, "highlights", "x.")], {})

    assert ["# U_ANA", "x."] == outline(unnamed.sections)


def test_an_empty_answer_makes_no_section() -> None:
    """White space is nothing to read."""
    assert composed(answer(1, "highlights", " \n"), answer(2, "tune", "")).is_empty


def test_a_note_keeps_when_it_was_published() -> None:
    """A late note says when it appeared, and still belongs to its week."""
    late = edition()

    assert (late.published_at, late.period) == (composed().published_at, composed().period)
    assert replace(composed(), published_at=None).published_at is None


def test_the_counters_in_the_title_of_a_posted_note_are_its_own() -> None:
    """The series has moved on to its next numbers; bringing an old note up to date keeps its title."""
    told = replace(series(), numbering=replace(series().numbering, title_template="S{season} E{episode} #{count}"))
    out = edition(season=3, episode=20, count=200)

    assert "S3 E20 #200" == compose(told, out, (), NAMES).title
