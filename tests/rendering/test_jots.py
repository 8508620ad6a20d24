"""The list of what somebody jotted, within Slack's limits whatever it holds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.environments import Templates
from bot.rendering.jots import LISTED_JOTS, jots_blocks, jots_text
from fakeslack.blocks import check_message
from tests.support.weeks import answer

TEMPLATES = Templates()
WORDS = st.one_of(
    st.text(min_size=1), st.sampled_from(("<!channel> & <@U_ANA>", "a\n" * 400, "&" * 4000, "   ", "🔒🎉" * 300))
)


@settings(deadline=None, max_examples=60)
@given(st.lists(WORDS, max_size=25))
def test_whatever_was_jotted_the_list_fits_and_hides_nothing_silently(texts: list[str]) -> None:
    """Each has its beginning and a button, or is counted among those that are not shown; Slack takes all of it."""
    jots = [answer(n, "also", text, permalink="https://example.org/p1") for n, text in enumerate(texts, 1)]

    blocks = jots_blocks(TEMPLATES, jots, {})
    listed = [block for block in blocks if block["type"] == "section"]

    assert [] == check_message(blocks, "jots") if blocks else not texts
    assert len(listed) == min(len(texts), LISTED_JOTS)
    assert ("more" in str(blocks[-1:])) == (len(texts) > LISTED_JOTS)
    assert len(jots_text(jots, {})) <= 2500


def test_a_file_without_words_is_listed_by_its_name() -> None:
    """Somebody who sent a photo and nothing else still sees what it is that they would remove."""
    photo = answer(1, "also", "", files=({"id": "F1", "name": "demo.png"},))

    assert "demo.png" in str(jots_blocks(TEMPLATES, [photo], {})[0]["text"])
