"""What becomes of an answer as the form has it."""

import pytest

from bot.domain.answer_forms import Block, Entry, Verdict, has_box_changed, mark_of, verdict


def words(text: str) -> Block:
    """Return a rich text of one line."""
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
    }


@pytest.mark.parametrize(
    ("seen", "stored", "typed", "expected"),
    [
        ("A", "A", "A", Verdict.KEEP),
        ("A", "A", "B", Verdict.REWORD),
        ("A", "A", None, Verdict.REMOVE),
        ("A", "B", "A", Verdict.KEEP),
        ("A", "B", "B", Verdict.KEEP),
        ("A", "B", "C", Verdict.CLASH),
        ("A", "B", None, Verdict.CLASH),
        ("A", None, "A", Verdict.KEEP),
        ("A", None, None, Verdict.KEEP),
        ("A", None, "B", Verdict.CLASH),
    ],
)
def test_only_what_was_changed_in_the_form_alone_is_stored(
    seen: str, stored: str | None, typed: str | None, expected: Verdict
) -> None:
    """What was not touched stays as it is now; what both changed, or one took out, the person decides."""
    blocks = [words(text) if text else None for text in (stored, typed)]

    assert expected is verdict(mark_of(words(seen)), *blocks)


@pytest.mark.parametrize("was", [True, False])
@pytest.mark.parametrize("ticked", [True, False])
def test_a_box_counts_when_it_was_changed(was: bool, ticked: bool) -> None:
    """A box left as it was does not undo what the receipt's button did in the meantime."""
    assert (was != ticked) == has_box_changed(mark_of(words("A"), is_inside=was), Entry(words("A"), ticked))
    assert not has_box_changed(mark_of(words("A"), is_inside=was), Entry(words("A")))
