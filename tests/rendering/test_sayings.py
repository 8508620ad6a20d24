"""The bot's own words as messages."""

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.blocks import button
from bot.rendering.sayings import said
from fakeslack.blocks import check_message


@given(st.lists(st.text("ab <&>*_\n", min_size=1, max_size=900), min_size=1, max_size=8))
def test_long_texts_are_said_in_several_sections(parts: list[str]) -> None:
    """However long a text is Slack takes it, and all its words are there, in order."""
    text = "x" + "\n".join(parts)
    message = said(text)

    joined = " ".join(block["text"]["text"] for block in message.blocks)
    assert check_message(list(message.blocks), message.text) == []
    assert text.replace("\n", "").replace(" ", "") == joined.replace("\n", "").replace(" ", "")


def test_a_word_longer_than_a_section_is_cut_nowhere_else() -> None:
    """Text without a place to cut is cut at the limit, losing nothing."""
    message = said("x" * 7000)

    assert [3000, 3000, 1000] == [len(block["text"]["text"]) for block in message.blocks]


def test_buttons_come_last() -> None:
    """Buttons stand below what is said."""
    message = said("Shall I?", button("Yes", "note.publish", {"edition": 1}))

    assert ["section", "actions"] == [block["type"] for block in message.blocks]
    assert check_message(list(message.blocks), message.text) == []
