"""Reading what is typed after `/weeknotes`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands import WORDS, Invocation, nearest, parse


@pytest.mark.parametrize(
    ("typed", "read"),
    (
        ("", Invocation("help")),
        ("   ", Invocation("help")),
        ("HELP", Invocation("help")),
        ("publish  now", Invocation("publish", "now")),
        ("jot  Two  spaces\nand a line", Invocation("jot", "Two  spaces\nand a line")),
        ("jot\nOn a new line", Invocation("jot", "On a new line")),
    ),
)
def test_the_first_word_is_the_command(typed: str, read: Invocation) -> None:
    """The first word, in whatever case, is the command; nothing is help; the rest is left as it was typed."""
    assert read == parse(typed)


@given(st.text())
def test_words_after_the_command_are_never_changed(words: str) -> None:
    """Whatever is jotted comes out as it went in, but for space at its ends."""
    assert words.strip() == parse(f"jot {words}").rest


@pytest.mark.parametrize(
    ("typed", "suggested"),
    (("publsih", "publish"), ("Drafts", "draft"), ("stauts", "status"), ("jott", "jot"), ("set-up", "setup")),
)
def test_slips_get_the_nearest_command(typed: str, suggested: str) -> None:
    """A slip of the finger gets the command that was meant."""
    assert suggested == nearest(typed)


def test_nothing_is_suggested_for_anything_else() -> None:
    """A word that is near to none gets no suggestion."""
    assert nearest("xylophone") is None
    assert all(nearest(word) == word for word in WORDS)
