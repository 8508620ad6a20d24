"""The words of `/weeknotes`: reading them, and suggesting the nearest when one is unknown."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from bot.domain.vocabulary import ENGLISH, Vocabulary


@dataclass(frozen=True, slots=True)
class Command:
    """A command that people may type after `/weeknotes`, and how it is written.

    What it does is told in `templates/labels/commands.toml`, under its word or, where that is not enough, its `key`.
    """

    word: str
    usage: str
    key: str = ""

    @property
    def told(self) -> str:
        """Return the key of what it does."""
        return self.key or self.word


COMMANDS = (
    Command("help", "help"),
    Command("jot", "jot TEXT"),
    Command("draft", "draft"),
    Command("skip", "skip"),
    Command("away", "away FROM to UNTIL"),
    Command("back", "back"),
    Command("join", "join"),
    Command("leave", "leave"),
    Command("status", "status"),
    Command("export", "export"),
    Command("export note", "export note", key="export_note"),
    Command("forget", "forget me"),
    Command("publish", "publish"),
    Command("hold", "hold"),
    Command("merge", "merge"),
    Command("remind", "remind"),
    Command("season", "season"),
    Command("pause", "pause"),
    Command("resume", "resume"),
    Command("settings", "settings"),
    Command("setup", "setup"),
)

WORDS = tuple(command.word for command in COMMANDS)


@dataclass(frozen=True, slots=True)
class Invocation:
    """What somebody typed: the command's word in lower case (`help` when there was none), and the rest, untouched."""

    word: str
    rest: str = ""


def parse(typed: str, vocabulary: Vocabulary = ENGLISH) -> Invocation:
    """Read what was typed after `/weeknotes`. The rest stays as it was typed: it may be somebody's words."""
    word, *rest = typed.strip().split(maxsplit=1)[:2] or ["help"]
    return Invocation(vocabulary.english(word).casefold(), rest[0] if rest else "")


def nearest(word: str, words: Sequence[str] = WORDS) -> str | None:
    """Return the command of these that an unknown word is nearest to, if any is near."""
    found = get_close_matches(word.casefold(), words, n=1, cutoff=0.5)
    return found[0] if found else None
