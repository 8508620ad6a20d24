"""Whether anything that people gave is missing from the note."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.demo.check import Missing, missing
from bot.demo.play import SAMPLES
from bot.demo.weeks import Week, parse, read_folder
from bot.domain.series import Layout
from tests.support.documents import DOCUMENTS
from tests.support.noted import noted

WEEK = Week("Ana Okafor", {"highlights": ("We *opened* it: [here](https://a.b/c_d?e=f&g).", "Forty people came. 🎉")})
MARKDOWN = """---
title: x
---

# 1.1

## Ana Okafor

We *opened* it: [here](<https://a.b/c_d?e=f&g>).

Forty people came. 🎉

## Ben

Forty people came.
"""
HTML = (
    "<title>T</title><h1>1.1</h1><h2>Ana <b>Okafor</b></h2><p>We <em>opened</em> it: "
    '<a href="https://a.b/c_d?e=f&amp;g">here</a>.</p><p>Forty people came.</p><h2>Ben</h2><p>Forty people came.</p>'
)
MESSAGES = [
    {
        "text": "Note",
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "Ana Okafor"}},
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "text", "text": "We "},
                            {"type": "text", "text": "opened", "style": {"italic": True}},
                            {"type": "text", "text": " it: "},
                            {"type": "link", "url": "https://a.b/c_d?e=f&g", "text": "here"},
                            {"type": "text", "text": ".\nForty people came. "},
                            {"type": "emoji", "name": "tada"},
                        ],
                    },
                ],
            },
        ],
    },
]


def test_a_whole_note_misses_nothing() -> None:
    """A note with every word and link, differently marked up, is complete."""
    assert [] == missing([WEEK], MARKDOWN, HTML, MESSAGES)


@pytest.mark.parametrize("word", ("opened", "here", "came"))
def test_a_lost_word_is_named(word: str) -> None:
    """A word that is gone from one form of the note is named, though others wrote it too."""
    assert [Missing("Ana Okafor", word, "Markdown")] == missing([WEEK], MARKDOWN.replace(word, "", 1), HTML, MESSAGES)
    assert [Missing("Ana Okafor", word, "HTML")] == missing([WEEK], MARKDOWN, HTML.replace(word, "", 1), MESSAGES)


def test_a_changed_link_is_named() -> None:
    """A link that leads somewhere else is named whole, though its words are there."""
    broken = HTML.replace("&amp;g", "")

    assert [Missing("Ana Okafor", "https://a.b/c_d?e=f&g", "HTML")] == missing([WEEK], MARKDOWN, broken)


def test_a_reply_lost_in_slack_is_named_word_by_word() -> None:
    """What is missing from the posted messages is found too."""
    assert ["Forty", "people", "came"] == [
        one.what
        for one in missing([replace(WEEK, replies={"highlights": ("Forty people came.",)})], MARKDOWN, HTML, [])
    ]


def test_order_is_part_of_a_line() -> None:
    """Words of a line that are there, but not in its order, are not all there."""
    assert missing([WEEK], MARKDOWN.replace("Forty people came", "came people Forty"), HTML)


def test_a_markup_that_eats_words_is_noticed() -> None:
    """A word that the document has in its source, but no reader sees, is missing."""
    week = Week("Ana", {"highlights": ("a <b>bold</b> move",)})

    assert ["b", "b"] == [one.what for one in missing([week], "a <b>bold</b> move", "a &lt;b&gt;bold&lt;/b&gt; move")]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(source=DOCUMENTS, filename=st.sampled_from(["ana.md", "ana.txt"]))
def test_any_week_is_wholly_in_its_note(source: str, filename: str) -> None:
    """Whatever somebody writes, typed into Slack and noted, each form of the note has its every word and link."""
    week = parse(source, filename)

    assert [] == noted([week]).missing([week])


@pytest.mark.parametrize("layout", tuple(Layout))
def test_the_samples_are_wholly_in_their_note(layout: Layout) -> None:
    """In each layout, the note of the sample week has all of it."""
    weeks = read_folder(SAMPLES)
    note = noted(weeks, layout)

    assert [] == note.missing(weeks)
