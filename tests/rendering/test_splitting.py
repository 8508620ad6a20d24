"""Long texts are split where it does not hurt, and nothing is lost or said twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.richtext import Item, Link, ListBlock, Paragraph, Preformatted, RichText, Text, lines_of, words
from bot.rendering.richtext import sendable
from bot.rendering.splitting import cost, cut, element_size, pack, size, split_block, split_line
from tests.support.richtexts import TREES


def letters(tree: RichText) -> str:
    """Return everything that can be seen, without the spaces."""
    return "".join(words(tree).split())


@settings(max_examples=200, deadline=None)
@given(TREES, st.integers(80, 400))
def test_nothing_is_lost_or_doubled(tree: RichText, limit: int) -> None:
    """The pieces say together what the whole said."""
    sent = [sendable(block) for block in tree.blocks]
    pieces = [piece for block in sent for piece in split_block(block, limit)]

    assert letters(tree) == letters(RichText(tuple(pieces)))


@settings(max_examples=200, deadline=None)
@given(TREES, st.integers(80, 400))
def test_pieces_keep_to_the_limit(tree: RichText, limit: int) -> None:
    """No piece costs more than the limit, but for an address that cannot be split."""
    sent = [sendable(block) for block in tree.blocks]
    pieces = [piece for block in sent for piece in split_block(block, limit)]
    atoms = [element_size(e) for line in lines_of(RichText(tuple(sent))) for e in line if isinstance(e, Link)]
    allowed = max([limit, *atoms]) + 4 * 80  # line ends and wrapping are counted beside the words

    assert [] == [piece for piece in pieces if cost(piece) > allowed]


def test_prose_is_split_at_white_space() -> None:
    """No word is broken where there is a space to break at."""
    sentence = "The quick brown fox jumps over the lazy dog. " * 20
    pieces = list(split_line((Text(sentence),), 100))

    assert sentence.split() == [word for line in pieces for element in line for word in element.shown.split()]


def test_styles_are_kept() -> None:
    """Both halves of a bold sentence are bold."""
    (bold,) = {element.style for element in (Text("a", style=Text("b").style),)}
    pieces = list(split_line((Text("word " * 40, bold),), 50))

    assert {bold} == {element.style for line in pieces for element in line}


@pytest.mark.parametrize(
    "grapheme", ("👩‍👩‍👧‍👦", "🇬🇧", "é́", "👋🏽", "🏴\U000e0067\U000e0062\U000e007f", "각"), ids=ascii
)
def test_a_grapheme_is_never_broken(grapheme: str) -> None:
    """What people see as one character stays one, also where there is no space to split at."""
    text = grapheme * 40
    pieces = [line[0].shown for line in split_line((Text(text),), 100)]

    assert text == "".join(pieces)
    assert set() == {piece.replace(grapheme, "") for piece in pieces} - {""}


def test_endless_marks_are_split_all_the_same() -> None:
    """A letter under ten thousand accents does not hold the note up."""
    pieces = [line[0].shown for line in split_line((Text("a" + "\u0301" * 10_000),), 500)]

    assert 10_001 == sum(map(len, pieces))
    assert max(map(size, pieces)) <= 500


def test_a_list_goes_on_with_its_numbers() -> None:
    """An ordered list that is split goes on counting."""
    items = tuple(Item(((Text("word " * 10),),), number=number) for number in range(1, 21))
    first, second, *_ = split_block(ListBlock(items), 500)

    assert isinstance(first, ListBlock)
    assert isinstance(second, ListBlock)
    assert first.items[-1].number + 1 == second.items[0].number


def test_code_is_split_between_its_lines() -> None:
    """A long block of code is broken at line ends first."""
    code = "\n".join(f"    line {number} of the code" for number in range(100))
    pieces = list(split_block(Preformatted(code), 400))

    assert code == "\n".join(piece.text for piece in pieces if isinstance(piece, Preformatted))


def test_lines_of_a_paragraph_stay_together_while_they_fit() -> None:
    """A short paragraph is one piece."""
    paragraph = Paragraph(((Text("one"),), (Text("two"),)))

    assert [paragraph] == list(split_block(paragraph, 100))


def test_cutting_counts_as_slack_counts() -> None:
    """An emoji beyond the basic plane counts as two."""
    assert 5 == cut("🎉" * 20, 10)
    assert 20 == size("🎉" * 10)


def test_packing_fills_each_group() -> None:
    """As much goes in a group as fits; what is too large stands alone."""
    assert [(3, 3), (9,), (2, 4)] == list(pack([3, 3, 9, 2, 4], lambda unit: unit, 6))


def test_a_long_line_of_many_words_gets_no_breaks() -> None:
    """A paragraph that somebody wrote without a line break has none in any piece, and pieces are well filled."""
    paragraph = Paragraph(((Text("They told us a lot. " * 250),),))
    pieces = list(split_block(paragraph, 2600))

    assert [1, 1] == [len(piece.lines) for piece in pieces if isinstance(piece, Paragraph)]
