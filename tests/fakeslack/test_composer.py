"""The message box: what a person types, as Slack stores it."""

import re
from typing import Any

import pytest
from hypothesis import given

from fakeslack.blocks import check_message
from fakeslack.composer import Flavour, compose
from tests.support.typed import CHANNELS, PEOPLE, PIECES, block, elements, kinds, lists, plain, shown, text

LONG_URL = "https://give.example/fundraiser-display/showPage?userUrl=Trust_Runners_&isTeam=true&q=*a*&z=(1)#a~b~"


@pytest.mark.parametrize(
    ("typed", "expected"),
    (
        ("plain & <simple>", [text("plain & <simple>")]),
        (
            "*b* _i_ ~s~ `c*d*`",
            [
                text("b", bold=True),
                text(" "),
                text("i", italic=True),
                text(" "),
                text("s", strike=True),
                text(" "),
                text("c*d*", code=True),
            ],
        ),
        ("*bold _both_*", [text("bold ", bold=True), text("both", bold=True, italic=True)]),
        ("snake_case_name 2*3*4 ~/home", [text("snake_case_name 2*3*4 ~/home")]),
        ("a * not bold * and _ not_", [text("a * not bold * and _ not_")]),
        ("*over\nlines*", [text("*over\nlines*")]),
        ("(*b*), *c*.", [text("("), text("b", bold=True), text("), "), text("c", bold=True), text(".")]),
        ("``` `` ***", [text("``` `` ***")]),
    ),
)
def test_styles(typed: str, expected: list[dict[str, Any]]) -> None:
    """Markers at the borders of words style them; others are characters like any other."""
    assert expected == elements(typed)


@pytest.mark.parametrize("flavour", ("slack", "markdown"))
def test_addresses_stay_byte_for_byte(flavour: Flavour) -> None:
    """A long address with ?, &, =, underscores and asterisks is one link, without the full stop after it."""
    assert [text("See "), {"type": "link", "url": LONG_URL}, text(".")] == elements(f"See {LONG_URL}.", flavour)


@pytest.mark.parametrize("flavour", ("slack", "markdown"))
@pytest.mark.parametrize(
    ("typed", "url", "after"),
    (
        ("https://a.b/c_(d)", "https://a.b/c_(d)", ""),
        ("https://a.b/c)…", "https://a.b/c", ")…"),
        ("https://a.b/c’s", "https://a.b/c’s", ""),
        ("https://a.b/c?”", "https://a.b/c", "?”"),
        ("HTTPS://A.B/é", "HTTPS://A.B/é", ""),
    ),
)
def test_where_an_address_ends(typed: str, url: str, after: str, flavour: Flavour) -> None:
    """The punctuation of the sentence is not part of an address; brackets that it opened itself are."""
    assert [{"type": "link", "url": url}, *([text(after)] if after else [])] == elements(typed, flavour)


def test_addresses_without_a_scheme() -> None:
    """A mail address and a www address are links that keep their words."""
    expected = [
        {"type": "link", "url": "mailto:ana@b.co", "text": "ana@b.co"},
        text(" "),
        {"type": "link", "url": "http://www.b.co/x", "text": "www.b.co/x"},
    ]

    assert expected == elements("ana@b.co www.b.co/x")


@pytest.mark.parametrize("flavour", ("slack", "markdown"))
def test_mentions(flavour: Flavour) -> None:
    """Names of people and channels become mentions, the longest name first; names of nobody stay words."""
    expected = [
        {"type": "user", "user_id": "U_ANA"},
        text(", "),
        {"type": "user", "user_id": "U_SHORT"},
        text(" @Anabel me@Ana "),
        {"type": "channel", "channel_id": "C_GENERAL"},
        text(" #generals "),
        {"type": "broadcast", "range": "here"},
    ]

    assert expected == elements("@Ana Okafor, @ana @Anabel me@Ana #general #generals @here", flavour)


def test_typed_control_sequences_stay_words() -> None:
    """What looks like Slack's own escapes is escaped, not obeyed."""
    assert "&lt;!channel&gt; &lt;@U1&gt; &amp;amp;" == compose("<!channel> <@U1> &amp;").text


@pytest.mark.parametrize("flavour", ("slack", "markdown"))
def test_emoji(flavour: Flavour) -> None:
    """Names of emoji and Unicode emoji are stored alike; times and signs stay text."""
    tada = {"type": "emoji", "name": "tada", "unicode": "1f389"}
    thumb = {"type": "emoji", "name": "+1", "skin_tone": 4, "unicode": "1f44d-1f3fd"}

    assert [tada, tada, thumb, text(" 10:30:45 :nope: ©™ 1:100:2")] == elements(
        ":tada:🎉👍🏽 10:30:45 :nope: ©™ 1:100:2",
        flavour,
    )


@pytest.mark.parametrize("flavour", ("slack", "markdown"))
def test_lists_with_nesting(flavour: Flavour) -> None:
    """Bulleted and numbered lists keep their levels, and numbers go on after a nested list."""
    typed = "1. one\n    - deep\n        - deeper\n2. two\n\nText\n\n- *a*"
    expected = [
        ("ordered", 0, 0, ["one"]),
        ("bullet", 1, 0, ["deep"]),
        ("bullet", 2, 0, ["deeper"]),
        ("ordered", 0, 1, ["two"]),
        ("bullet", 0, 0, ["a"]),
    ]

    assert expected == lists(typed, flavour)


def test_a_number_that_does_not_go_on_is_text() -> None:
    """A line that begins with some other number is words, not a list."""
    assert [text("24. March was cold\n2. no")] == elements("24. March was cold\n2. no")


def test_blank_lines_are_kept() -> None:
    """Newlines and blank lines stay as they were typed."""
    assert "a\n\n\nb\nc\n• d\n\n&gt; e\nf" == compose("a\n\n\nb\nc\n- d\n\n> e\nf").text


@pytest.mark.parametrize("flavour", ("slack", "markdown"))
def test_quotes_and_code(flavour: Flavour) -> None:
    """Lines of a quote are one quote; fenced code is kept as it stands."""
    typed = "> one\n> two\n\nText:\n\n```\nif *x* < 2:\n    https://a.b\n```\n\nEnd"
    parts = block(typed, flavour)

    assert (["quote", "section", "preformatted", "section"], "one\ntwo", "if *x* < 2:\n    https://a.b") == (
        kinds(typed, flavour),
        shown(parts[0]["elements"]),
        shown(parts[2]["elements"]),
    )


def test_code_in_the_middle_of_a_line() -> None:
    """Three backticks in a line make code too."""
    assert ["section", "preformatted", "section"] == kinds("see ```x = 1``` there")


def test_nothing_typed_is_nothing() -> None:
    """Only blank space is no message."""
    assert [("", [])] * 3 == [
        (made.text, made.blocks) for made in (compose(""), compose(" \n "), compose("\n", flavour="markdown"))
    ]


@pytest.mark.parametrize("flavour", ("slack", "markdown"))
@given(typed=PIECES)
def test_every_message_is_one_slack_would_accept(typed: str, flavour: Flavour) -> None:
    """Whatever is typed, the rich text it becomes has the shape Slack prescribes."""
    composed = compose(typed, PEOPLE, CHANNELS, flavour)

    assert [] == check_message(composed.blocks, composed.text or "nothing typed")


def characters(words: str) -> str:
    """Return all characters but blank space and the markers that a message box takes for itself."""
    return re.sub(r"[\s*_~`>•◦▪-]", "", words)


@given(typed=PIECES)
def test_no_character_is_lost(typed: str) -> None:
    """In Slack's flavour every character typed, but for the markers, is shown again, in order."""
    parts = [part for rich_text in compose(typed, PEOPLE, CHANNELS).blocks for part in rich_text["elements"]]

    assert characters(typed).casefold() == characters(plain(parts)).casefold()
