"""What comes next in a conversation."""

import pytest

from bot.domain.conversation import (
    Control,
    control_in,
    has_finished,
    open_prompt,
    question_after,
    question_for_jot,
    question_for_reply,
)
from bot.domain.editions import Prompt, PromptState
from bot.domain.series import DEFAULT_QUESTIONS

NOW = "1772704800.000000"


def prompt(position: int, state: PromptState, left_ts: str = "") -> Prompt:
    """Return a prompt for one of the default questions."""
    return Prompt(position + 1, "T1", 1, "U1", position, DEFAULT_QUESTIONS[position].key, state, left_ts=left_ts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next", Control.NEXT),
        ("  Next. ", Control.NEXT),
        ("SKIP", Control.SKIP),
        ("done!", Control.DONE),
        ("Nothing  this\nweek", Control.NOTHING),
        ("next week we ship", None),
        ("I am done", None),
        ("nothing", None),
        ("", None),
        (".", None),
    ],
)
def test_a_plain_word_steers_only_when_it_is_the_whole_message(text: str, expected: Control | None) -> None:
    """`next` moves on; a sentence that holds the word is an answer."""
    found = control_in(text)

    assert expected is found


def test_a_reply_counts_for_the_question_being_asked() -> None:
    """With the second question open, a reply is for the second."""
    prompts = [prompt(0, PromptState.ANSWERED), prompt(1, PromptState.OPEN)]

    found = question_for_reply(DEFAULT_QUESTIONS, prompts, NOW)

    assert found.key == "also"
    assert not has_finished(prompts)


@pytest.mark.parametrize(
    ("ts", "expected"),
    [("1772704799.999999", "highlights"), ("1772704800.000000", "also"), ("1772704803.000000", "learned")],
)
def test_a_reply_that_is_heard_late_counts_for_the_question_asked_when_it_was_said(ts: str, expected: str) -> None:
    """The first was left at one second, the second at another; whatever is said from then on is for what came next."""
    prompts = [
        prompt(1, PromptState.SKIPPED, "1772704802.000000"),
        prompt(0, PromptState.ANSWERED, "1772704800.000000"),
        prompt(2, PromptState.OPEN),
    ]

    assert expected == question_for_reply(DEFAULT_QUESTIONS, prompts, ts).key


def test_a_reply_after_the_last_question_counts_for_the_first() -> None:
    """When everything has been asked, what comes in is one more highlight."""
    prompts = [prompt(n, PromptState.ANSWERED) for n in range(4)]

    found = question_for_reply(DEFAULT_QUESTIONS, prompts, NOW)

    assert found.key == "highlights"
    assert open_prompt(prompts) is None
    assert has_finished(prompts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Met Tom about photos", "also"), ("A good day.\nWe met the team in Leeds.", "highlights"), ("One\n", "also")],
)
def test_a_jot_of_one_line_joins_the_list_and_a_longer_one_the_stories(text: str, expected: str) -> None:
    """Nobody has to say what a jot is for."""
    found = question_for_jot(DEFAULT_QUESTIONS, text)

    assert expected == found.key


def test_questions_follow_each_other_until_there_are_no_more() -> None:
    """After the last question comes nothing."""
    found = [question_after(DEFAULT_QUESTIONS, position) for position in range(4)]

    assert [following[0] if following else None for following in found] == [1, 2, 3, None]
