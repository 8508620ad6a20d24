"""The question bank: from it a series draws one more question for each edition, never the same twice running."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from hashlib import sha256

from bot.domain.errors import InvalidInputError
from bot.domain.series import Question, Shape

SEPARATOR = "|"
MAX_BANK = 3000
"""How many characters Slack takes in one input."""
MAX_WORDING = 250
MAX_BANK_HEADING = 150
ALIKE = 0.85
"""How alike two wordings are that count as one question: somebody has put a spelling right."""


def bank_question(ask: str, heading: str = "") -> Question:
    """Return a question of the bank. Its key is made of its wording, so that what was drawn is known again."""
    key = f"bank.{sha256(ask.encode()).hexdigest()[:12]}"
    return Question(key, ask, heading or ask[:MAX_BANK_HEADING], Shape.STORIES)


def read_bank(typed: str, field: str = "bank") -> tuple[Question, ...]:
    """Read a bank as it is typed: a question a line, after a `|` its heading in the note. Each is taken once."""
    found: dict[str, Question] = {}
    for line in typed.splitlines():
        ask, _, heading = (part.strip() for part in line.partition(SEPARATOR))
        if len(ask) > MAX_WORDING or len(heading) > MAX_BANK_HEADING:
            raise InvalidInputError("bank_question_long", field, beginning=ask[:60], most=MAX_WORDING)
        if ask:
            question = bank_question(ask, heading)
            found.setdefault(question.key, question)
    return tuple(found.values())


def written_bank(bank: Iterable[Question]) -> str:
    """Write a bank as it is typed."""
    lines = (
        each.ask if each.heading == each.ask[:MAX_BANK_HEADING] else f"{each.ask} {SEPARATOR} {each.heading}"
        for each in bank
    )
    return "\n".join(lines)


def draw(bank: Sequence[Question], earlier: Sequence[Question], following: Question | None = None) -> Question | None:
    """Return the question of an edition: the first not asked yet, or else the one asked longest ago.

    `earlier` are those drawn for the editions before it, the latest last; `following` is the one after it, if drawn
    already. Neither neighbour's comes again: with one question only, there is none every other time.
    """
    neighbours = [*earlier[-1:], *([following] if following else [])]
    last_asked = {question.key: place for place, question in enumerate(earlier)}
    candidates = [question for question in bank if not any(_are_alike(question, each) for each in neighbours)]
    return min(candidates, key=lambda question: last_asked.get(question.key, -1), default=None)


def _are_alike(one: Question, other: Question) -> bool:
    return one.key == other.key or SequenceMatcher(None, one.ask.casefold(), other.ask.casefold()).ratio() > ALIKE
