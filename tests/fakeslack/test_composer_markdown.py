"""Markdown pasted into the message box."""

import re

import pytest
from hypothesis import given

from fakeslack.composer import compose
from tests.support.typed import CHANNELS, PEOPLE, PIECES, elements, plain, text


def test_markdown_headings_are_bold_lines() -> None:
    """A heading of any level is a bold line of its own."""
    assert [
        text("One", bold=True),
        text("\n\nwords\n"),
        text("Two", bold=True),
        text("\n"),
        text("Three", bold=True),
    ] == (elements("# One\n\nwords\n### Two\nThree\n===", "markdown"))


def test_markdown_links() -> None:
    """Inline, reference and automatic links are links; titles and relative addresses are written out."""
    typed = '[a *b*](https://a.b/x_y "T") [c][r] <https://d.e/f%20g> [rel](/about)\n\n[r]: https://r.s/?t&u'
    expected = [
        {"type": "link", "url": "https://a.b/x_y", "text": "a b"},
        text(" (T) "),
        {"type": "link", "url": "https://r.s/?t&u", "text": "c"},
        text(" "),
        {"type": "link", "url": "https://d.e/f%20g"},
        text(" rel (/about)"),
    ]

    assert expected == elements(typed, "markdown")


def test_markdown_images_are_links() -> None:
    """An image becomes a link with its alternative text; a linked one keeps both addresses."""
    assert [
        {"type": "link", "url": "https://a.b/c.png", "text": "A cat"},
        text("\n"),
        {"type": "link", "url": "https://ci.x", "text": "badge"},
        text(" "),
        {"type": "link", "url": "https://img.x/a.svg"},
        text("\n"),
        {"type": "link", "url": "https://a.b/d.png"},
    ] == elements(
        "![A cat](https://a.b/c.png)\n[![badge](https://img.x/a.svg)](https://ci.x)\n![](https://a.b/d.png)",
        "markdown",
    )


@pytest.mark.parametrize(
    "typed", ("| a | b |\n|---|---|\n| 1 | 2 |", "<div>\nhi <b>you</b>\n</div>", "a <br> b", "a\n\n***\n\nb")
)
def test_markdown_that_slack_does_not_know_stays_text(typed: str) -> None:
    """Tables, HTML and rules stay the characters they are."""
    assert [text(typed)] == elements(typed, "markdown")


def test_definitions_nothing_refers_to_are_kept() -> None:
    """A reference definition without a reference is written out, so that its address is not lost."""
    assert [text("a\n[x]: "), {"type": "link", "url": "https://x.y"}, text(' "T"')] == elements(
        'a\n\n[x]: https://x.y "T"',
        "markdown",
    )


@given(typed=PIECES)
def test_no_word_of_markdown_is_lost(typed: str) -> None:
    """In the Markdown flavour every word typed is shown again."""
    parts = [
        part for rich_text in compose(typed, PEOPLE, CHANNELS, "markdown").blocks for part in rich_text["elements"]
    ]
    said = re.findall(r"word|snake|case|Quoted|don|general|channel|https|Ana", typed)

    assert sorted(said) == sorted(re.findall(r"word|snake|case|Quoted|don|general|channel|https|Ana", plain(parts)))
