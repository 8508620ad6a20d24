"""House style: what editors' templates make of notes, and what they cannot do."""

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest

from bot.domain.deliveries import Message
from bot.domain.house_styles import (
    MAX_PIECE,
    MAX_PIECES,
    MAX_TEMPLATE,
    Document,
    StyleError,
    joined,
    pieces_of,
    place_of,
    tidied,
)
from bot.domain.notes import Note
from bot.domain.richtext import RichText, words
from bot.domain.series import Layout
from bot.rendering.environments import Templates
from bot.rendering.house.reading import read
from bot.rendering.house.samples import sample_note
from bot.rendering.house.styles import HouseStyles, starter
from bot.rendering.note_blocks import note_messages
from fakeslack.blocks import check_message
from tests.support import note_samples, weeks
from tests.support.readers import html_tags, html_words, markdown_words

HOUSE = HouseStyles(Templates())
DOCS = Path(__file__).parents[2] / "docs" / "house-style.md"
ALL = """{% for section in note.sections recursive %}
{{ section.heading }}

{{ section.words }}
{{ loop(section.sections) }}{% endfor %}"""
"""A template with all that people gave, once the introduction and the notices are before it."""
FULL = "{{ note.introduction }}\n" + ALL
NOTES = {
    "stories": note_samples.in_stories(),
    "prose": note_samples.in_prose(),
    "by person": note_samples.of_team(Layout.BY_PERSON),
    "by question": note_samples.of_team(Layout.BY_QUESTION),
    "hostile": note_samples.hostile(),
}
TEAM = NOTES["by person"]


def refused(template: str, document: Document = Document.HTML, note: Note = TEAM) -> tuple[str, int]:
    """Return why a template cannot be used, and in which line."""
    with pytest.raises(StyleError) as caught:
        HOUSE.check(template, document, note)
    assert "{" not in HOUSE.templates.error(caught.value)
    return str(caught.value), caught.value.line


def given_in(note: Note) -> list[str]:
    """Return all words that people gave, piece by piece."""

    def pieces(section: object) -> list[str]:
        inner = [piece for each in section.sections for piece in pieces(each)]  # type: ignore[attr-defined]
        return [words(RichText(section.blocks)), *inner]  # type: ignore[attr-defined]

    return [piece for section in note.sections for piece in pieces(section) if piece]


def said_in(messages: Iterable[Message]) -> str:
    """Return everything that messages say, letter for letter, but for white space."""
    listed = json.dumps([each.blocks for each in messages], ensure_ascii=False)
    return "".join(
        re.sub(r"\\n|\s", "", found) for found in re.findall(r'"(?:text|url|name)": "((?:[^"\\]|\\.)*)"', listed)
    )


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_what_to_begin_with_says_everybodys_words(note: Note) -> None:
    """The template that each form begins with has all words of any note, unchanged, and Slack takes the messages."""
    html = HOUSE.document(starter(Document.HTML), Document.HTML, note)
    markdown = HOUSE.document(starter(Document.MARKDOWN), Document.MARKDOWN, note)
    messages = note_messages(note, HOUSE.templates, laid=HOUSE.digest(starter(Document.DIGEST), note))
    read_in = {"html": " ".join(html_words(html)), "markdown": " ".join(markdown_words(markdown))}
    HOUSE.check(starter(Document.TEXT), Document.TEXT, note)

    assert [] == [(form, piece) for form, told in read_in.items() for piece in given_in(note) if piece not in told]
    assert {"script", "img"}.isdisjoint(html_tags(html))
    assert [] == [problem for each in messages for problem in check_message(list(each.blocks), each.text)]
    assert said_in(messages) == said_in(note_messages(note, HOUSE.templates))


def test_values_are_escaped_once_as_each_document_wants_it() -> None:
    """A name or a title is never markup, wherever it comes from: straight, through a macro, or put together."""
    hostile = NOTES["hostile"]
    template = "{% macro shown(what) %}{{ what }}{% endmacro %}{{ shown(note.headline) }}\n\n" + FULL
    html = HOUSE.document(template, Document.HTML, hostile)
    markdown = HOUSE.document(template, Document.MARKDOWN, hostile)
    laid = HOUSE.digest(template, hostile)
    first = laid[0].blocks[0]

    assert html.startswith("&lt;!channel&gt; *# &lt;/title&gt;&lt;script&gt;")
    assert "&lt;!channel> \\*# &lt;/title>&lt;script>" == markdown.splitlines()[0]
    assert "<!channel> *# </title><script>" in words(RichText((first,)))
    assert '"\\u003c!channel> *# ' in HOUSE.document(
        "{{ note.headline | quoted }}\n" + FULL, Document.MARKDOWN, hostile
    )


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{{ ''.__class__ }}", "style_unknown"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "style_unknown"),
        ("{{ note['__class__'] }}", "style_unknown"),
        ("{{ note.sections.__len__() }}", "style_unknown"),
        ("{{ note.title.format(1) }}", "style_unknown"),
        ("{{ note | attr('__class__') }}", "style_syntax"),
        ("{{ note.title | safe }}", "style_syntax"),
        ("{{ lipsum() }}{{ cycler }}{{ range(3) }}", "style_unknown"),
        ("{{ self._TemplateReference__context }}", "style_not_allowed"),
        ("{% macro f() %}{{ varargs }}{% endmacro %}{{ f(1) }}", "style_not_allowed"),
        ("{% include 'note/note.css' %}", "style_not_allowed"),
        ("{% extends 'note/note.html.j2' %}", "style_not_allowed"),
        ("{% from 'note/section.html.j2' import section %}", "style_not_allowed"),
        ("{% autoescape false %}{{ note.title }}{% endautoescape %}", "style_not_allowed"),
        ("{% set a %}{{ note.title }}{% endset %}", "style_not_allowed"),
        ("{{ 'a' * 10**9 }}", "style_not_allowed"),
        ("{{ '%1000000000d' % 1 }}", "style_not_allowed"),
        ("{{ 'a' in note.title }}", "style_not_allowed"),
        ("{{ [1, 2] }}", "style_not_allowed"),
        ("{{ note }}", "style_not_words"),
        ("{{ note.sections }}", "style_not_words"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "style_too_much"),
        ("{{ " + "not " * 2900 + "1 }}", "style_too_much"),
        ("{{ 1" + "1" * 5000 + " }}", "style_broken"),
        ("{% for a in note.title %}" * 30 + "{% endfor %}" * 30, "style_broken"),
        ("x" * (MAX_TEMPLATE + 1), "style_too_long"),
        ("<script>alert(1)</script>" + FULL, "style_runs"),
        ("<img src=x ONERROR = 'alert(1)'>" + FULL, "style_runs"),
        ("<a href='java&#115;cript:alert(1)'>x</a>" + FULL, "style_runs"),
        ("<a title='" + FULL, "style_tag_broken"),
    ],
)
def test_a_template_reaches_nothing_but_the_note(template: str, reason: str) -> None:
    """What would look further, read a file, or run something in a browser is refused, with a sentence."""
    assert reason == refused(template)[0]


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in note.title %}" * 15 + "{% endfor %}" * 15,
        "{% for a in note.title %}{% for a in note.title if false %}{% endfor %}{% endfor %}" * 90 + FULL,
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% macro f(n) %}{% if n > 0 %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
        "{% for s in note.sections recursive %}{{ loop(note.sections) }}{% endfor %}",
        "{% set a = note.title %}" + "{% set a = a + a %}" * 400,
        "{% set a = note.sections %}" + "{% set a = a + a %}" * 400,
        "{% macro d(x) %}{{ x }}{{ x }}{% endmacro %}{{ " + "d(" * 300 + "note.title" + ")" * 300 + " }}",
        "{% for a in note.title %}{% for b in note.title %}{% for c in note.title %}"
        + "{% if note.title == note.title %}{% endif %}" * 200
        + "{% endfor %}{% endfor %}{% endfor %}",
        "{% set a = note.contributors | join('-----------------------------------------------') %}"
        + "{% set a = note.contributors | join(a) %}" * 200,
    ],
)
def test_every_template_ends(template: str) -> None:
    """Whatever would go on for ever, or grow for ever, is given up within a moment, and the same one everywhere."""
    began = process_time()
    reason = refused(template)[0]

    assert reason == "style_too_much"
    assert process_time() - began < 10


@pytest.mark.parametrize("text", ["<!--", "<a ", "<a/", "<a b='", "<a b=", "</a", "<style>", "<"])
def test_reading_html_takes_no_longer_than_it_is(text: str) -> None:
    """What is meant to make a parser go back and forth is read once."""
    began = process_time()
    with suppress(StyleError):
        "".join(read(text * (200_000 // len(text))))

    assert process_time() - began < 5


@pytest.mark.parametrize(
    ("template", "document", "reason"),
    [
        (ALL, Document.TEXT, "style_words_missing"),  # the introduction
        (FULL.replace("{{ section.heading }}", ""), Document.TEXT, "style_words_missing"),  # what Ben called his story
        (f"<!-- {FULL} -->", Document.HTML, "style_words_missing"),
        (f"<title>{FULL}</title>", Document.HTML, "style_words_missing"),
        (FULL.replace("{{ section.words }}", "<p title='{{ section.words }}'>"), Document.HTML, "style_words_missing"),
        (f"<!-- {FULL} -->", Document.MARKDOWN, "style_words_missing"),
        (FULL.replace("{{ section.words }}", "{{ section.words | upper }}!"), Document.MARKDOWN, "style_words_inline"),
        (
            FULL.replace("{{ section.words }}", "<https://x.example/{{ section.words }}>"),
            Document.DIGEST,
            "style_words_inline",
        ),
        (
            FULL.replace("{{ section.heading }}", "<https://x.example/{{ section.heading }}>"),
            Document.DIGEST,
            "style_words_broken",
        ),
        ("{{ note.introduction }}\n" + FULL, Document.HTML, "style_words_twice"),
        *(
            (
                FULL.replace(f"{{{{ {name} }}}}", around.replace("NAME", f"{{{{ {name} }}}}")),
                document,
                "style_words_broken",
            )
            for document in (Document.HTML, Document.MARKDOWN)
            for name, around in (
                ("section.heading", "<a href='NAME'>NAME</a>"),
                ("section.words", "<img alt='NAME'>\nNAME"),
                ("section.words", "<!-- NAME -->\nNAME"),
            )
        ),
    ],
)
def test_no_words_are_left_out_or_put_where_nobody_reads_them(template: str, document: Document, reason: str) -> None:
    """A template that would leave somebody's words out, hide them or break them is not used."""
    assert reason == refused(template, document)[0]


def test_the_line_of_a_mistake_is_told() -> None:
    """A mistake is found where it is, before and while the template runs; and in the input it was typed into."""
    assert ("style_syntax", 3) == refused("a\nb\n{% if %}")
    assert ("style_unknown", 4) == refused("\n\n{% for x in note.sections %}\n{{ x.wrods }}{% endfor %}")
    assert ("style_not_allowed", 2) == refused("\n{{ 'a' ~ 'b' }}")
    assert "Line 4: there is no “wrods” here." == HOUSE.templates.error(StyleError("style_unknown", 4, name="wrods"))
    assert (2, 3) == place_of(["a\nb", "", "c\nd\ne"], 5)
    assert (0, 0) == place_of(["a"], 0)


def test_a_long_template_goes_into_several_inputs_and_comes_back() -> None:
    """Nothing of it changes, and it takes no more inputs than it was typed into."""
    template = tidied("\n".join(f"line {n} " + "x" * (n % 90) for n in range(200)))
    pieces = pieces_of(template)

    assert template == joined(pieces)
    assert len(pieces) > 2
    assert max(map(len, pieces)) <= MAX_PIECE
    assert pieces == pieces_of(joined(pieces))
    assert "style_words_missing" == refused(joined(["x" * MAX_PIECE] * MAX_PIECES))[0]  # and not that it is too long


def test_words_cannot_be_marked_from_outside() -> None:
    """The characters that mark a place are nobody's to type: in a template or a name they are replaced."""
    assert "style_words_missing" == refused("\ufdd00\ufdd1")[0]
    assert HOUSE.document("{{ '\\ufdd00\\ufdd1' }}\n" + FULL, Document.TEXT, TEAM).startswith("\ufffd0\ufffd")


def test_a_large_team_has_room() -> None:
    """A hundred and fifty people, each with a few things, are within the steps of the templates to begin with."""
    gave = {"highlights": ("A story\nAnd what is told.",), "also": ("- one\n- two",), "learned": ("Ask.",)}
    note = weeks.note({f"U_{n}": gave for n in range(150)}, Layout.BY_PERSON)

    for document in Document:
        HOUSE.check(starter(document), document, note)


def test_before_the_first_note_there_is_one_made_up() -> None:
    """It has every question of the series, and the templates to begin with can be tried on it."""
    series = weeks.series(Layout.BY_PERSON)
    note = sample_note(series, weeks.WEEK_47.start, HOUSE.templates)

    assert "Ana Example" in HOUSE.document(starter(Document.TEXT), Document.TEXT, note)
    assert [] == [q.heading for q in series.questions if q.heading and q.heading not in str(note)]


def test_the_examples_in_the_documentation_work() -> None:
    """Each template on the page makes its document, and the page names every value and filter there is."""
    page = DOCS.read_text(encoding="utf-8")
    examples = re.findall(r"<!-- example: (\w+) -->\n\n```\w*\n(.*?)\n```", page, re.DOTALL)

    assert {"digest", "markdown"} <= {name for name, _ in examples}
    for name, template in examples:
        for note in NOTES.values():
            HOUSE.check(template, Document(name), note)
    named = set(re.findall(r"`(?:note|section)?\.?(\w+)`", page))
    assert {"title", "number", "headline", "series", "week", "dates", "start", "end", "published"} <= named
    assert {"contributors", "introduction", "notices", "sections", "heading", "author", "words"} <= named
    assert set(HOUSE.filters(Document.MARKDOWN)) <= named
