"""The digest: a message that stands alone, and its thread."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.deliveries import Message
from bot.domain.notes import Author, Note, Section
from bot.domain.richtext import Item, ListBlock, Paragraph, RichText, Text, parse
from bot.domain.series import Layout
from bot.domain.weeks import Period
from bot.rendering.note_blocks import note_messages
from bot.rendering.pages import MAX_BLOCKS, MAX_CHARACTERS, MAX_JSON
from fakeslack.blocks import check_message
from tests.support.opinion import rebuilt
from tests.support.readers import inline_elements, message_words
from tests.support.richtexts import TREES, WORDS
from tests.support.told import english


@pytest.fixture
def note(period: Period) -> Note:
    """Give an empty note of one week."""
    return Note("3.24 — weeknotes", "3.24", "", RichText(), period, Layout.PERSONAL, (), (Author("U_ANA", "Ana"),))


def problems(note: Note) -> list[object]:
    """Return what Slack would refuse, and what goes beyond our own budget."""
    found: list[object] = []
    for message in note_messages(note, english()):
        found += check_message(list(message.blocks), message.text)
        found += [name for name, amount, most in _measures(message) if amount > most]
    return found


def _measures(message: Message) -> list[tuple[str, int, int]]:
    words = "".join(str(e.get("text", "")) + e.get("url", "") for e in inline_elements([message]))
    sizes = [len(json.dumps(block, ensure_ascii=False)) for block in message.blocks]
    return [
        ("blocks", len(message.blocks), MAX_BLOCKS),
        ("characters", len(words), MAX_CHARACTERS),
        ("json", sum(sizes), MAX_JSON),
        ("text", len(message.text), 4_000),
    ]


def test_the_first_message_opens_with_title_and_week(note: Note) -> None:
    """The title is a header; below it stand the week, its dates and who wrote."""
    header, context = note_messages(note, english())[0].blocks

    assert "3.24 — weeknotes" == header["text"]["text"]
    assert "Week 47 · 17–23 November 2025 · Ana" == context["elements"][0]["text"]


def test_a_title_too_long_for_a_header_is_bold(note: Note) -> None:
    """A title of more than 150 characters is kept whole."""
    title = "3.24 — " + "a very long week " * 12
    first = note_messages(replace(note, title=title.strip()), english())[0].blocks[0]

    assert {"type": "text", "text": title.strip(), "style": {"bold": True}} == first["elements"][0]["elements"][0]


@pytest.mark.parametrize(
    "words",
    (
        "word " * 8_000,
        "x" * 40_000,
        "🎉" * 20_000,
        "- item\n" * 6_000,
        "para\n\n" * 6_000,
        "```" + "code\n" * 8_000 + "```",
        "> quote\n" * 4_000,
    ),
    ids=("words", "one-word", "emoji", "items", "paragraphs", "code", "quote"),
)
def test_the_longest_answers_are_taken(note: Note, words: str) -> None:
    """Forty thousand characters become messages that Slack takes, and every word is there."""
    tree = parse(words)
    long = replace(note, sections=(Section((Text("A heading"),), tree.blocks),))
    letters = "".join(message_words(note_messages(long, english()), tree))

    assert [] == problems(long)
    assert len("Aheading") + len("".join(words.replace("```", "").replace("- ", "").replace("> ", "").split())) == len(
        letters
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(WORDS, TREES), max_size=8), st.sampled_from(Layout), st.integers(1, 30))
def test_every_note_keeps_to_the_limits(sections: list[tuple[str, RichText]], layout: Layout, times: int) -> None:
    """Whatever the headings and the words, Slack takes the messages."""
    inner = tuple(
        Section((Text(" ".join(h.split())),) if h.strip() else (), t.blocks * times) for h, t in sections if t.blocks
    )
    outer = (Section((Text("Ana"),), sections=inner),) if inner else ()
    long = Note("T", "", "", RichText(), Period(date(2025, 11, 17), date(2025, 11, 23)), layout, outer, ())

    assert [] == problems(long)


def test_only_the_first_message_says_that_it_goes_on(note: Note) -> None:
    """What does not fit follows in the thread, and the first message says so."""
    long = replace(note, sections=(Section((), parse("word " * 4_000).blocks),))
    first, *others = note_messages(long, english())

    assert "Continues in the thread ↓" == first.blocks[-1]["elements"][0]["text"]
    assert {"rich_text"} == {block["type"] for message in others for block in message.blocks}


def test_a_heading_is_never_left_behind(note: Note) -> None:
    """A person's name goes with their words to the next message."""
    words = parse("word " * 1_700).blocks
    people = tuple(Section((Text(name),), sections=(Section((), words),)) for name in ("Ana", "Ben", "Cy"))
    messages = note_messages(replace(note, layout=Layout.BY_PERSON, sections=people), english())

    assert ["rich_text", "context"] == [block["type"] for block in messages[0].blocks[-2:]]
    assert set() == {message.blocks[-1]["type"] for message in messages[1:]} - {"rich_text"}
    assert ["Ben", "Cy"] == [m.blocks[0]["text"]["text"] for m in messages if m.blocks[0]["type"] == "header"][1:]


def test_nobody_is_notified(note: Note) -> None:
    """Broadcasts, groups and people are shown as words."""
    tree = parse("<!channel> <!here> <!subteam^S1|@makers> <@U_BEN|Ben> and <!everyone>")
    message = note_messages(replace(note, sections=(Section((), tree.blocks),)), english())[0]

    assert {"text"} == {element["type"] for element in inline_elements([message])}
    assert "<" not in message.text
    assert "@channel @here @makers @Ben and @everyone" == "".join(e["text"] for e in inline_elements([message]))


def test_a_dangerous_address_is_words(note: Note) -> None:
    """Only http, https and mailto are links."""
    tree = parse(
        "",
        [
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [{"type": "link", "url": "javascript:alert(1)", "text": "me"}],
                    }
                ],
            }
        ],
    )
    message = note_messages(replace(note, sections=(Section((), tree.blocks),)), english())[0]

    assert [{"type": "text", "text": "me (javascript:alert(1))"}] == list(inline_elements([message]))


def test_nested_lists_keep_indent_and_number(note: Note) -> None:
    """Slack's lists are flat: each run of items says how deep it is and where its numbers start."""
    items = (Item(((Text("a"),),)), Item(((Text("b"),),), 1, 3), Item(((Text("c"),),), 1, 4), Item(((Text("d"),),)))
    message = note_messages(replace(note, sections=(Section((), (ListBlock(items),)),)), english())[0]
    lists = message.blocks[-1]["elements"]

    assert [("bullet", 0, 0), ("ordered", 1, 2), ("bullet", 0, 0)] == [
        (part["style"], part.get("indent", 0), part.get("offset", 0)) for part in lists
    ]


def test_the_text_is_the_whole_message_for_those_who_hear_it(note: Note) -> None:
    """The text beside the blocks says title, week and words, escaped."""
    tree = parse("Fish &amp; chips &lt;3")
    message = note_messages(replace(note, sections=(Section((Text("Lunch"),), tree.blocks),)), english())[0]

    assert "3.24 — weeknotes\n\nWeek 47 · 17–23 November 2025 · Ana\n\nLunch\nFish &amp; chips &lt;3" == message.text


def test_the_footer_closes_the_first_message(note: Note) -> None:
    """A footer stands at the end of what the channel sees."""
    message = note_messages(note, english(), footer="Asked by <https://example.org|Weeknotes>")[0]

    assert {"type": "mrkdwn", "text": "Asked by <https://example.org|Weeknotes>"} == message.blocks[-1]["elements"][0]


def test_blockkit_agrees(note: Note) -> None:
    """A second opinion builds the same blocks and finds nothing wrong with them."""
    tree = parse("*bold* <https://a.example|link> `code` :tada:\n> quote\n```pre```\n- one\n    1. two")
    message = note_messages(replace(note, sections=(Section((Text("Lunch"),), tree.blocks),)), english(), footer="f")[0]

    assert list(message.blocks) == rebuilt(message)


def test_a_paragraph_after_a_list_has_air_above_it(note: Note) -> None:
    """Prose after a list starts a block of its own; Slack sets them apart."""
    blocks = (ListBlock((Item(((Text("a"),),)),)), Paragraph(((Text("b"),),)))
    message = note_messages(replace(note, sections=(Section((), blocks),)), english())[0]

    assert ["header", "context", "rich_text", "rich_text"] == [block["type"] for block in message.blocks]
