"""The words of `/weeknotes`: reading them, and suggesting the nearest when one is unknown."""

from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Command:
    """A command that people may type after `/weeknotes`: how it is written, and what it does."""

    word: str
    usage: str
    does: str


COMMANDS = (
    Command("help", "help", "what I do here, your next dates, and these commands"),
    Command("jot", "jot TEXT", "add something to this week"),
    Command("draft", "draft", "see how it will look so far, just for you"),
    Command("skip", "skip", "nothing from you this week"),
    Command("away", "away FROM to UNTIL", "I don’t ask you on those days: `away until Monday`, `away 3 Aug to 14 Aug`"),
    Command("back", "back", "I ask you again"),
    Command("status", "status", "what you have given, and what comes next"),
    Command("export", "export", "your own words of the last six months, as a file; or `export csv 1 Jan to 31 Mar`"),
    Command("forget", "forget me", "I delete what I hold of you, after telling you what goes"),
    Command("publish", "publish", "post the note now, after asking you; `publish now` doesn’t ask"),
    Command("setup", "setup", "start weeknotes in this channel"),
)

WORDS = tuple(command.word for command in COMMANDS)


@dataclass(frozen=True, slots=True)
class Invocation:
    """What somebody typed: the command's word in lower case (`help` when there was none), and the rest, untouched."""

    word: str
    rest: str = ""


def parse(typed: str) -> Invocation:
    """Read what was typed after `/weeknotes`."""
    word, *rest = typed.strip().split(maxsplit=1)[:2] or ["help"]
    return Invocation(word.casefold(), rest[0] if rest else "")


def nearest(word: str) -> str | None:
    """Return the command that an unknown word is nearest to, if any is near."""
    found = get_close_matches(word.casefold(), WORDS, n=1, cutoff=0.5)
    return found[0] if found else None
