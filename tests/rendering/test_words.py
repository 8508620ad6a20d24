"""Every format says the same words."""

from datetime import date

from hypothesis import example, given, settings

from bot.domain.notes import Note, Section
from bot.domain.richtext import RichText, parse, words
from bot.domain.series import Layout
from bot.domain.weeks import Period
from bot.rendering.note_blocks import note_messages
from bot.rendering.richtext_html import html_blocks
from bot.rendering.richtext_markdown import markdown_blocks
from fakeslack.blocks import check_message
from tests.support.block_samples import part, rich
from tests.support.readers import html_words, markdown_words, message_words
from tests.support.richtexts import TREES
from tests.support.told import english


def note_of(tree: RichText) -> Note:
    """Return a note whose only section holds a tree."""
    period = Period(date(2026, 3, 2), date(2026, 3, 8))
    section = (Section(blocks=tree.blocks),) if tree.blocks else ()
    return Note("3.24", "3.24", "", RichText(), period, Layout.PERSONAL, section, ())


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_html_says_the_same_words(tree: RichText) -> None:
    """HTML says what was written, with the address of every link."""
    assert words(tree).split() == html_words(html_blocks(tree.blocks))


@settings(max_examples=200, deadline=None)
@example(parse("", [rich(part("section", {"type": "link", "url": "0\n="}))]))  # `=` below a line makes it a heading
@given(TREES)
def test_markdown_says_the_same_words(tree: RichText) -> None:
    """Markdown, rendered, says what was written: no character of it turns into markup."""
    assert words(tree).split() == markdown_words(markdown_blocks(tree.blocks))


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_messages_say_the_same_words(tree: RichText) -> None:
    """Slack's blocks say what was written, and Slack takes them. A word that is too long goes on in the next block."""
    messages = note_messages(note_of(tree), english())

    assert "".join(words(tree).split()) == "".join(message_words(messages, tree))
    assert [] == [problem for message in messages for problem in check_message(list(message.blocks), message.text)]
