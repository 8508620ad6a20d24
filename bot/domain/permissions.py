"""Who may do what: roles, and the table that says which commands each may use."""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.editions import Edition
from bot.domain.errors import NotAllowedError
from bot.domain.people import Person
from bot.domain.series import Series


class Role(StrEnum):
    """What a person is to a series."""

    EDITOR = "editor"
    ADMIN = "admin"
    CONTRIBUTOR = "contributor"
    ANYONE = "anyone"


ANYONE = frozenset(Role)
TAKING_PART = frozenset({Role.EDITOR, Role.CONTRIBUTOR})
CONTRIBUTORS = frozenset({Role.CONTRIBUTOR})
EDITORS = frozenset({Role.EDITOR})
IN_CHARGE = frozenset({Role.EDITOR, Role.ADMIN})
"""Who may change a series: its editors, and the workspace's admins, who can thereby become editors, for all to see."""

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
    "hold": EDITORS,
    "merge": EDITORS,
    "remind": EDITORS,
    "export note": EDITORS,
    "settings": IN_CHARGE,
    "join": ANYONE,
    "leave": TAKING_PART,
    "season": EDITORS,
    "pause": EDITORS,
    "resume": EDITORS,
}


def roles_of(series: Series | None, user_id: str, *, is_admin: bool = False) -> frozenset[Role]:
    """Return everything a person is to a series. `is_admin` says that they look after the workspace."""
    roles = {Role.ANYONE, *([Role.ADMIN] if is_admin else [])}
    if series and user_id in series.editors:
        roles.add(Role.EDITOR)
    if series and user_id in series.contributors:
        roles.add(Role.CONTRIBUTOR)
    return frozenset(roles)


def may(role: Role, command: str) -> bool:
    """Say whether a role may use a command."""
    return role in ROLES_FOR.get(command, frozenset())


def may_any(series: Series | None, user_id: str, command: str, *, is_admin: bool = False) -> bool:
    """Say whether a person may use a command on a series, whatever they are to it."""
    return any(may(role, command) for role in roles_of(series, user_id, is_admin=is_admin))


def is_for_here(command: str) -> bool:
    """Say whether a command is about the channel it is typed in, not about the person's own part in a series."""
    return Role.CONTRIBUTOR not in ROLES_FOR.get(command, ANYONE) or Role.ANYONE in ROLES_FOR.get(command, ANYONE)


def require(series: Series, user_id: str, command: str, names: Mapping[str, str], *, is_admin: bool = False) -> None:
    """Raise NotAllowedError, saying who the editors are, unless the person may use the command on the series."""
    if not may_any(series, user_id, command, is_admin=is_admin):
        raise refusal(series, user_id, command, names)


def check_is_here(person: Person | None) -> None:
    """Raise NotAllowedError for somebody who was deactivated, or is a bot: they may do nothing here."""
    if person is not None and (person.is_deactivated or person.is_bot):
        raise NotAllowedError("not_here_any_more")


def refusal(series: Series, user_id: str, command: str, names: Mapping[str, str]) -> NotAllowedError:
    """Return the error for somebody who may not use a command: it says who can help."""
    key = "not_asked" if Role.CONTRIBUTOR in ROLES_FOR.get(command, EDITORS) else "editors_only"
    if key == "not_asked" and user_id in series.editors:
        key = "editor_not_asked"
    editors = [names.get(editor, editor) for editor in series.editors]
    return NotAllowedError(key, series=series.name, editors=editors)


def needs_another(series: Series, edition: Edition) -> bool:
    """Say whether an editor has changed a note that another is to look at before it goes out."""
    return series.wants_second_eyes and edition.edited_by in series.editors
