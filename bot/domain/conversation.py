"""What comes next between the bot and a contributor: which question, for which edition, and what a plain word means."""

from collections.abc import Sequence
from enum import StrEnum

from bot.domain.editions import Prompt, PromptState
from bot.domain.series import Question, Shape
from bot.domain.vocabulary import ENGLISH, Vocabulary


class Control(StrEnum):
    """Plain words that steer the conversation when they are the whole message."""

    NEXT = "next"
    SKIP = "skip"
    DONE = "done"
    NOTHING = "nothing this week"


def control_in(text: str, vocabulary: Vocabulary = ENGLISH) -> Control | None:
    """Return what a message asks for when it consists of nothing but one of the plain words, in any case."""
    words = " ".join(vocabulary.english(text).casefold().split()).rstrip(".! ")
    return next((control for control in Control if control.value == words), None)


def open_prompt(prompts: Sequence[Prompt]) -> Prompt | None:
    """Return the question that is being asked, of one contributor's prompts in one edition."""
    waiting = [prompt for prompt in prompts if prompt.state is PromptState.OPEN]
    return max(waiting, key=lambda prompt: prompt.position, default=None)


def question_with(questions: Sequence[Question], key: str) -> Question | None:
    """Return the question with this key, if the edition still asks it."""
    return next((question for question in questions if question.key == key), None)


def question_after(questions: Sequence[Question], position: int) -> tuple[int, Question] | None:
    """Return the place and the question that follow `position`, or None after the last."""
    following = position + 1
    return (following, questions[following]) if following < len(questions) else None


def moves_on_by_itself(question: Question) -> bool:
    """Say whether one reply is all a question waits for."""
    return question.shape is Shape.LINE


def question_for_jot(questions: Sequence[Question], text: str) -> Question:
    """Return the question a jot counts for: one line is an item of the first list, more is a story."""
    wanted = Shape.STORIES if "\n" in text.strip() else Shape.BULLETS
    for shape in (wanted, Shape.STORIES, Shape.BULLETS):
        for question in questions:
            if question.shape is shape:
                return question
    return questions[0]


def question_for_reply(questions: Sequence[Question], prompts: Sequence[Prompt], ts: str) -> Question:
    """Return the question a reply counts for, whenever it is heard: the one being asked when it was said, at `ts`.

    When all of them had been, it is the first. Slack delivers events in any order.
    """
    in_order = sorted(prompts, key=lambda prompt: prompt.position)
    asked = (prompt for prompt in in_order if prompt.state is PromptState.OPEN or ts < prompt.left_ts)
    current = next(asked, None)
    found = question_with(questions, current.question_key) if current else None
    return found or questions[0]


def has_finished(prompts: Sequence[Prompt]) -> bool:
    """Say whether a contributor has been asked and has moved past every question, with answers or without."""
    return bool(prompts) and open_prompt(prompts) is None
