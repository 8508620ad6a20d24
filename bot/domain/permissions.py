"""Who may do what: roles, and the table that says which commands each may use."""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.errors import NotAllowedError
from bot.domain.people import in_words
from bot.domain.series import Series


class Role(StrEnum):
    """What a person is to a series."""

    EDITOR = "editor"
    CONTRIBUTOR = "contributor"
    ANYONE = "anyone"


ANYONE = frozenset(Role)
TAKING_PART = frozenset({Role.EDITOR, Role.CONTRIBUTOR})
CONTRIBUTORS = frozenset({Role.CONTRIBUTOR})
EDITORS = frozenset({Role.EDITOR})

ROLES_FOR: Mapping[str, frozenset[Role]] = {
    "help": ANYONE,
    "setup": ANYONE,
    "status": ANYONE,
    "export": ANYONE,
    "forget": ANYONE,
    "jot": CONTRIBUTORS,
    "skip": CONTRIBUTORS,
    "away": CONTRIBUTORS,
    "back": CONTRIBUTORS,
    "draft": TAKING_PART,
    "publish": EDITORS,
    "settings": EDITORS,
}


def roles_of(series: Series | None, user_id: str) -> frozenset[Role]:
    """Return everything a person is to a series."""
    roles = {Role.ANYONE}
    if series and user_id in series.editors:
        roles.add(Role.EDITOR)
    if series and user_id in series.contributors:
        roles.add(Role.CONTRIBUTOR)
    return frozenset(roles)


def may(role: Role, command: str) -> bool:
    """Say whether a role may use a command."""
    return role in ROLES_FOR.get(command, frozenset())


def may_any(series: Series | None, user_id: str, command: str) -> bool:
    """Say whether a person may use a command on a series, whatever they are to it."""
    return any(may(role, command) for role in roles_of(series, user_id))


def is_for_here(command: str) -> bool:
    """Say whether a command is about the channel it is typed in, not about the person's own part in a series."""
    return Role.CONTRIBUTOR not in ROLES_FOR.get(command, ANYONE) or Role.ANYONE in ROLES_FOR.get(command, ANYONE)


def require(series: Series, user_id: str, command: str, names: Mapping[str, str]) -> None:
    """Raise NotAllowedError, saying who the editors are, unless the person may use the command on the series."""
    if not may_any(series, user_id, command):
        raise NotAllowedError(refusal(series, user_id, command, names))


def refusal(series: Series, user_id: str, command: str, names: Mapping[str, str]) -> str:
    """Return the sentence for somebody who may not use a command: it says who can help."""
    editors = in_words((names.get(editor, editor) for editor in series.editors), "or")
    if ROLES_FOR.get(command) == EDITORS:
        return f"Only an editor of “{series.name}” can do that. Ask {editors}."
    if user_id in series.editors:
        return f"“{series.name}” doesn’t ask you for answers. `/weeknotes setup` in its channel lets you add yourself."
    return f"“{series.name}” doesn’t ask you for answers yet. {editors} can add you."
