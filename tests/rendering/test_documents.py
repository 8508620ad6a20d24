"""Documents: what each leaves out, and the places where a format could read words as markup."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from bot.domain.notes import Section
from bot.domain.richtext import BOLD, ListBlock, RichText, Style, Text, parse
from bot.rendering import documents
from bot.rendering.lists import nested
from bot.rendering.richtext_html import html_line
from bot.rendering.richtext_markdown import markdown_blocks, markdown_heading, markdown_line
from tests.support import note_samples
from tests.support.readers import html_tags

CODE = Style(code=True)


@pytest.mark.parametrize("render", (documents.markdown, documents.html, documents.plain_text))
def test_what_stays_inside_is_left_out_outside(render: Callable[..., str]) -> None:
    """A document for outside has no word of what is marked 🔒."""
    inside, outside = render(note_samples.hostile()), render(note_samples.hostile(), outside=True)

    assert "between us" in inside
    assert "Nothing that may leave the house" in inside
    assert "between us" not in outside
    assert "Nothing that may leave the house" not in outside
    assert "Bobby Tables" in outside


def test_html_has_only_our_tags() -> None:
    """No tag that somebody typed is a tag."""
    tags = html_tags(documents.html(note_samples.hostile()))

    assert {"script", "img", "b"} & tags == set()
    assert {
        "html",
        "head",
        "title",
        "style",
        "body",
        "article",
        "header",
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "ol",
        "pre",
    } <= tags


def test_front_matter_quotes_what_people_typed() -> None:
    """A title cannot end its line, its quotes or the front matter."""
    note = replace(note_samples.in_prose(), title='a: "b" # c\u0085---\x7f', number="")
    lines = documents.markdown(note).split("\n")

    assert ["---", r'title: "a: \"b\" # c\u0085---\u007f"', 'series: "Weeknotes"', "period:"] == lines[:4]


def test_a_note_of_nobody_has_an_empty_list_of_contributors() -> None:
    """The front matter stays valid when nobody is in the note."""
    note = replace(note_samples.in_prose(), contributors=(), sections=())

    assert "contributors: []\n---\n" in documents.markdown(note)


@pytest.mark.parametrize(
    "text",
    (
        "# a",
        "- a",
        "+ a",
        "1. a",
        "12) a",
        "> a",
        "===",
        "---",
        "- - -",
        "|a|b|",
        ":-:|:-:",
        "a  ",
        "***",
        "[a]: b",
        "-",
        "#",
    ),
)
def test_a_line_is_never_the_start_of_a_block(text: str) -> None:
    """Whatever a line begins with, Markdown reads a paragraph."""
    rendered = MarkdownIt("commonmark").enable("table").render(f"{markdown_line((Text(text),))}\n")

    assert rendered.startswith("<p>")
    assert 1 == rendered.count("<") - rendered.count("</")


def test_words_that_need_no_escape_have_none() -> None:
    """Markdown stays pleasant to read as it is."""
    text = "It's 50% off & R&D's snake_case -5 #tag 2019.5 (really!) “quotes” – dash: a/b @me"

    assert text == markdown_line((Text(text),))


def test_marks_stand_only_where_they_are_read() -> None:
    """White space moves out of bold; inside a word, or beside other marks, the words stay without it."""
    assert "a **b** c" == markdown_line((Text("a"), Text(" b ", BOLD), Text("c")))
    assert "word" == markdown_line((Text("wo"), Text("rd", BOLD)))
    assert "ab" == markdown_line((Text("a", BOLD), Text("b", Style(italic=True))))
    assert "~~***a***~~" == markdown_line((Text("a", Style(bold=True, italic=True, strike=True)),))


def test_code_that_touches_code_is_one_span() -> None:
    """Backticks of two spans side by side would be read as one longer mark."""
    assert "x`ab`" == markdown_line((Text("x"), Text("a", CODE), Text("b", Style(code=True, bold=True))))
    assert "`` a`b` ``" == markdown_line((Text("a`b`", CODE),))


def test_a_hash_ends_a_heading_as_a_hash() -> None:
    """A heading that ends with # keeps it."""
    assert "Learning C\\#" == markdown_heading((Text("Learning C#"),))


def test_lists_that_follow_each_other_stay_apart() -> None:
    """Two lists are not read as one."""
    tree = parse("- a\n\n1. b")
    both = (*tree.blocks, *tree.blocks)

    assert "- a\n\n<!-- -->\n\n1. b\n\n<!-- -->\n\n- a\n\n<!-- -->\n\n1. b" == markdown_blocks(both)


def test_a_jump_in_depth_is_one_level() -> None:
    """A list may begin deep and go in and out as it likes."""
    (block,) = parse("- a\n- b\n  - c\n- d").blocks
    assert isinstance(block, ListBlock)
    jumping = [replace(item, indent=indent) for item, indent in zip(block.items, (3, 0, 7, 2), strict=True)]
    first, second = nested(jumping)

    assert [1, 1] == [len(first.entries), len(second.entries)]
    assert [1, 1] == [len(below.entries) for below in second.entries[0][1]]


def test_html_styles_nest() -> None:
    """Bold code is both."""
    assert "<strong><code>&lt;a&gt;</code></strong>" == html_line((Text("<a>", Style(bold=True, code=True)),))


def test_headings_go_down_with_depth() -> None:
    """A story below a question below a person is a heading of the fourth rank."""
    story = Section((Text("Story"),), parse("Words.").blocks)
    note = replace(
        note_samples.in_prose(),
        sections=(Section((Text("Ana"),), sections=(Section((Text("Learned"),), sections=(story,)),)),),
        introduction=RichText(),
    )

    assert "## Ana\n\n### Learned\n\n#### Story\n\nWords.\n" in documents.markdown(note)
    assert {"h2", "h3", "h4"} <= html_tags(documents.html(note))
