"""Rich text: what Slack sends becomes a tree, and no word is lost on the way."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.richtext import (
    BOLD,
    Channel,
    Emoji,
    Item,
    Link,
    ListBlock,
    Mention,
    Paragraph,
    Preformatted,
    Quote,
    RichText,
    Style,
    Text,
    links,
    parse,
    plain,
    resolve,
    words,
)
from tests.support.richtexts import JSON, MRKDWN


def section(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the blocks of a message that is one section."""
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}]


def line(text: str) -> tuple[Any, ...]:
    """Return the elements of a message of one line of mrkdwn."""
    (paragraph,) = parse(text).blocks
    assert isinstance(paragraph, Paragraph)
    return paragraph.lines[0]


def test_paragraphs_are_split_at_blank_lines() -> None:
    """A blank line ends a paragraph; a single newline breaks a line in it."""
    expected = (Paragraph(((Text("one"),), (Text("two"),))), Paragraph(((Text("three"),),)))

    assert expected == parse("one\ntwo\n \n\nthree\n").blocks
    assert expected == parse("", section({"type": "text", "text": "one\ntwo\n \n\nthree\n"})).blocks


@pytest.mark.parametrize(
    ("mrkdwn", "expected"),
    (
        ("*bold*", (Text("bold", BOLD),)),
        ("_it_ ~no~", (Text("it", Style(italic=True)), Text(" "), Text("no", Style(strike=True)))),
        ("*a _b_*", (Text("a ", BOLD), Text("b", Style(bold=True, italic=True)))),
        ("2*3*4 snake_case_x a~b~c", (Text("2*3*4 snake_case_x a~b~c"),)),
        ("a * b* *c * **d** *", (Text("a * b* *c * **d** *"),)),
        ("`x *y* &lt;z`", (Text("x *y* <z", Style(code=True)),)),
        ("a &amp;amp; b &lt;!channel&gt;", (Text("a &amp; b <!channel>"),)),
        ("<!channel> <!here|@here> <!subteam^S1|@makers> <!subteam^S1>", (Text("@channel @here @makers @group"),)),
        ("<!date^1^{date}|Monday>", (Text("Monday"),)),
        ("<@U_ANA|ana> <@W1>", (Mention("U_ANA", "ana"), Text(" "), Mention("W1"))),
        ("<#C1|general>", (Channel("C1", "general"),)),
        (
            "<https://a.b/?x=1&amp;y=2|it> <https://a.b>",
            (Link("https://a.b/?x=1&y=2", "it"), Text(" "), Link("https://a.b")),
        ),
        ("<mailto:a@b.c|a@b.c>", (Link("mailto:a@b.c", "a@b.c"),)),
        ("(https://a.b/_c_/d_(e)).", (Text("("), Link("https://a.b/_c_/d_(e)"), Text(")."))),
        (":tada::wave::skin-tone-2:", (Emoji("tada", "🎉"), Emoji("wave", "👋🏻", is_toned=True))),
        ("at 10:30:15 std::x::y", (Text("at 10:30:15 std::x::y"),)),
        (":party_parrot:", (Emoji("party_parrot"),)),
        ("<foo> < bar", (Text("<foo> < bar"),)),
    ),
)
def test_a_line_of_mrkdwn(mrkdwn: str, expected: tuple[Any, ...]) -> None:
    """Slack's escapes, links, mentions and styles are read; what is not clearly one of them stays words."""
    assert expected == line(mrkdwn)


def test_lists_nest_by_their_indent() -> None:
    """Bullets and numbers become items, deeper ones by how far in they stand."""
    items = (
        Item(((Text("a"),),)),
        Item(((Text("b"),),), 1),
        Item(((Text("c"),), (Text("more c"),)), 2, 1),
        Item(((Text("d"),),)),
    )

    assert (ListBlock(items),) == parse("- a\n    • b\n        1. c\n        more c\n• d").blocks


def test_a_number_that_starts_no_list_is_words() -> None:
    """A year at the start of a line is no item."""
    assert "2019. What a year\n217) the count" == plain(parse("2019. What a year\n217) the count"))


def test_quotes_and_code() -> None:
    """Quoted lines become a quote, fenced ones keep their spaces."""
    expected = (
        Paragraph(((Text("He said:"),),)),
        Quote((Paragraph(((Text("a"),), (Text("b"),))),)),
        Preformatted("  x &lt; y"),
        Paragraph(((Text("end"),),)),
    )

    assert expected == parse("He said:\n&gt; a\n&gt; b\n```\n  x &amp;lt; y\n```end").blocks


def test_blocks_win_over_text() -> None:
    """The tree that Slack sends needs no parsing, so its asterisks are asterisks."""
    assert "*not bold*" == plain(parse("other", section({"type": "text", "text": "*not bold*"})))
    assert "text" == plain(parse("text", [{"type": "rich_text", "elements": []}]))


def test_every_element_of_a_block() -> None:
    """Each kind of element keeps what people see of it; names come from the text beside the blocks."""
    blocks = section(
        {"type": "user", "user_id": "U_ANA"},
        {"type": "text", "text": " "},
        {"type": "channel", "channel_id": "C1"},
        {"type": "text", "text": " b ", "style": {"bold": True}},
        {"type": "emoji", "name": "wave", "unicode": "1f44b-1f3fc", "skin_tone": 3},
        {"type": "broadcast", "range": "here"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "team", "team_id": "T1"},
        {"type": "color", "value": "#fff000"},
        {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "1 May"},
        {"type": "link", "url": "https://a.b", "text": "t"},
        {"type": "hologram", "text": "?", "elements": [{"text": "!"}]},
    )

    assert "@Ana #general b 👋🏼@here@makers@team#fff0001 Mayt (https://a.b)? !" == plain(
        parse("<@U_ANA|Ana> <#C1|general> <!subteam^S1|@makers>", blocks)
    )


def test_lists_of_blocks() -> None:
    """Slack writes a nested list as lists that follow each other; numbers go on from their offset."""

    def part(style: str, text: str, **fields: int) -> dict[str, Any]:
        inner = [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}]
        return {"type": "rich_text_list", "style": style, "elements": inner, **fields}

    blocks = [
        {"type": "rich_text", "elements": [part("bullet", "a", indent=0), part("ordered", "b", indent=1, offset=4)]}
    ]

    assert (ListBlock((Item(((Text("a"),),)), Item(((Text("b"),),), 1, 5))),) == parse("", blocks).blocks


def test_names_are_put_to_ids() -> None:
    """People and channels get the names they have now; an unknown one keeps what it had."""
    tree = resolve(parse("<@U1|old> <@U2|two> <@U3>"), {"U1": "Ana\nOkafor"})

    assert "@Ana Okafor @two @U3" == plain(tree)


def test_words_and_links_are_for_comparing() -> None:
    """Words come without the markers of lists and quotes; hidden addresses are words too."""
    tree = parse("- one  <https://a.b|two>\n&gt; three\n```four```")

    assert "one two (https://a.b) three four" == words(tree)
    assert ("https://a.b",) == links(tree)


def test_plain_text_reads_like_a_letter() -> None:
    """Paragraphs stand apart, items have a line each, quotes their marks."""
    tree = parse("a\n\n- b\n    1. c\n\n&gt; d\n\n```e```")

    assert "a\n\n- b\n  1. c\n\n> d\n\ne" == plain(tree)


@pytest.mark.parametrize("nothing", ("", " \n\t\n", "```  ```", "- ", "\x00", "&gt; "))
def test_nothing_is_empty(nothing: str) -> None:
    """White space says nothing, except the dash of an item nobody wrote."""
    assert plain(parse(nothing)).strip("-") == ""


@settings(max_examples=400, deadline=None)
@given(st.text() | MRKDWN)
def test_no_character_is_lost(text: str) -> None:
    """Every letter and digit that was sent as plain words is there to read."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    seen = "".join(words(parse(escaped)).split())

    for run in re.findall(r"(?<![\w.)])[^\W\d_]{2,}(?!\w)", text):
        assert run in seen or f":{run}:" in text or run.startswith("skin")


@settings(max_examples=400, deadline=None)
@given(JSON, st.text(max_size=20))
def test_anything_may_come(blocks: object, text: str) -> None:
    """Wrong types, missing keys and unknown kinds raise nothing."""
    given_blocks = blocks if isinstance(blocks, list) else [blocks]

    assert isinstance(parse(text, given_blocks), RichText)


def test_deep_nesting_raises_nothing() -> None:
    """Ten thousand lists in each other keep the word at the bottom."""
    block: dict[str, Any] = {"type": "text", "text": "bottom"}
    for _ in range(10_000):
        block = {"type": "rich_text_list", "elements": [block]}

    assert "bottom" == words(parse("", [{"type": "rich_text", "elements": [block]}]))


@pytest.mark.parametrize(
    "part", ("*", "_*~", "`", "<", ":a", "&gt; ", "1. a\n", "- a\n  ", "\n", "```", "https://a)(", "[", "*a ")
)
def test_forty_thousand_characters_are_read_quickly(part: str) -> None:
    """No pattern takes more than linear time (pytest's time limit is the judge)."""
    assert isinstance(parse(part * (40_000 // len(part))), RichText)
