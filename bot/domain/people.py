"""People of a workspace, as Slack describes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.zones import UTC_ZONE

SLACKBOT = "USLACKBOT"
FORGOTTEN = "gone:"
"""How the ids begin that stand in for people who had themselves forgotten."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person: `name` is what Slack shows (display name, else real name), `zone` the IANA zone of their profile."""

    id: str
    name: str
    zone: str = UTC_ZONE
    is_bot: bool = False
    is_deactivated: bool = False
    is_guest: bool = False
    is_admin: bool = False


def can_be_asked(person: Person) -> bool:
    """Say whether a series may ask this person: somebody who is there to answer."""
    return not (person.is_bot or person.is_deactivated)


def name_unknown(user_id: str) -> str:
    """Return what stands for somebody of whom nothing is known: their id, unless they had themselves forgotten."""
    return "Somebody" if user_id.startswith(FORGOTTEN) else user_id


def name_of(user_id: str, people: Mapping[str, Person]) -> str:
    """Return a person's name, or their id when nothing is known of them."""
    person = people.get(user_id)
    return person.name if person and person.name else user_id


def in_words(names: Iterable[str], last: str = "and") -> str:
    """Join names as a sentence does: `Ana`, `Ana and Ben`, `Ana, Ben and Cai`."""
    *most, final = list(names) or [""]
    return f"{', '.join(most)} {last} {final}" if most else final
