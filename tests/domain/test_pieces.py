"""Long texts in the pieces that a form shows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.pieces import LONGEST, Piece, join, split
from bot.domain.richtext import parse, plain
from tests.support.richtexts import PARTS

WORD: dict[str, object] = {"type": "text", "text": "word " * 1_500 + "end"}


def section(*elements: dict[str, object]) -> dict[str, object]:
    """Return a rich_text block that is one section."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=5), st.integers(1, 60))
def test_a_text_in_pieces_comes_back_together(parts: list[dict[str, object]], longest: int) -> None:
    """Whatever was written, and wherever it is cut, no character and no formatting is lost."""
    block = {"type": "rich_text", "elements": parts}

    together = join(split(block, longest))

    assert parse("", [block]) == parse("", [together] if together else [])


def test_a_text_is_cut_between_words_and_no_piece_is_too_long() -> None:
    """7,503 characters are three inputs, each of which begins and ends with a word."""
    shown = [plain(parse("", [piece.block])) for piece in split(section(WORD))]

    assert [True] * 3 == [len(text) <= LONGEST for text in shown]
    assert [text.strip() for text in shown] == shown
    assert " ".join(shown) == str(WORD["text"])


def test_a_text_is_cut_where_a_line_ends_if_one_does_nearby() -> None:
    """The second input begins with a paragraph, and the blank line before it is not lost."""
    text = "\n\n".join("A paragraph of some words." for _ in range(150))
    first, second = split(section({"type": "text", "text": text}))

    assert ("", "c0a0a") == (first.joint, second.joint)
    assert text.count("\n") == plain(parse("", [join((first, second))])).count("\n")


def test_a_short_text_is_one_piece() -> None:
    """What fits in one input is shown in one, as it is."""
    block = section({"type": "text", "text": "The library opened."})

    assert (Piece("", block),) == split(block)


def test_a_piece_that_was_changed_or_emptied_leaves_the_others_as_they_are() -> None:
    """Somebody empties the middle of three inputs, and turns the last into a list."""
    first, _, last = split(section(WORD))
    items = {"type": "rich_text_list", "style": "bullet", "elements": [{"type": "rich_text_section", "elements": []}]}
    items["elements"] = [{"type": "rich_text_section", "elements": [{"type": "text", "text": "an item"}]}]

    together = join((first, Piece("c20", None), Piece(last.joint, {"type": "rich_text", "elements": [items]})))

    assert f"{plain(parse('', [first.block]))}\n\n- an item" == plain(parse("", [together]))


def test_nothing_in_any_piece_is_nothing() -> None:
    """Emptied inputs make no block."""
    assert join((Piece("", None), Piece("c0a", {"type": "rich_text", "elements": []}))) is None
