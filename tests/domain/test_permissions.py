"""Who may do what."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cadence import Cadence
from bot.domain.commands import COMMANDS
from bot.domain.errors import NotAllowedError
from bot.domain.people import Person
from bot.domain.permissions import ROLES_FOR, Role, check_is_here, may, may_any, require, roles_of
from bot.domain.series import DEFAULT_QUESTIONS, Layout, Numbering, Series
from tests.support.told import told

SERIES = Series(
    7,
    "T",
    "C",
    "Team weeknotes",
    Cadence("Europe/London", date(2026, 3, 2)),
    Layout.BY_PERSON,
    Numbering(),
    DEFAULT_QUESTIONS,
    contributors=("U_ANA", "U_BEN"),
    editors=("U_BEN", "U_DEE"),
)
NAMES = {"U_BEN": "Ben", "U_DEE": "Dee"}


@pytest.mark.parametrize(
    ("user_id", "roles"),
    (
        ("U_ANA", {Role.ANYONE, Role.CONTRIBUTOR}),
        ("U_BEN", {Role.ANYONE, Role.CONTRIBUTOR, Role.EDITOR}),
        ("U_DEE", {Role.ANYONE, Role.EDITOR}),
        ("U_EVE", {Role.ANYONE}),
    ),
)
def test_a_person_has_every_role_that_is_theirs(user_id: str, roles: set[Role]) -> None:
    """Somebody can be contributor and editor at once, and everybody is anyone."""
    assert roles == roles_of(SERIES, user_id)


@pytest.mark.parametrize(
    ("command", "roles"),
    (
        *((command, set(Role)) for command in ("help", "setup", "status", "export", "forget", "join")),
        *((command, {Role.CONTRIBUTOR}) for command in ("jot", "skip", "away", "back")),
        *((command, {Role.CONTRIBUTOR, Role.EDITOR}) for command in ("draft", "leave")),
        ("publish", {Role.EDITOR}),
        ("hold", {Role.EDITOR}),
        ("merge", {Role.EDITOR}),
        ("remind", {Role.EDITOR}),
        ("export note", {Role.EDITOR}),
        ("settings", {Role.EDITOR, Role.ADMIN}),
        ("season", {Role.EDITOR}),
        ("pause", {Role.EDITOR}),
        ("resume", {Role.EDITOR}),
        ("no such command", set()),
    ),
)
def test_the_table_of_roles_and_commands(command: str, roles: set[Role]) -> None:
    """Each command is for the roles that the product gives it, and for no others."""
    assert roles == {role for role in Role if may(role, command)}


def test_an_admin_has_a_role_of_their_own() -> None:
    """Somebody who looks after the workspace may change any series' settings, and read no draft of one."""
    assert {Role.ANYONE, Role.ADMIN} == roles_of(SERIES, "U_EVE", is_admin=True)
    assert may_any(SERIES, "U_EVE", "settings", is_admin=True)
    assert not may_any(SERIES, "U_EVE", "draft", is_admin=True)


@pytest.mark.parametrize("person", [Person("U_EVE", "Eve", is_deactivated=True), Person("U_EVE", "Eve", is_bot=True)])
def test_who_is_not_here_may_do_nothing(person: Person) -> None:
    """Nobody deactivated and no bot gets further than a sentence; a person not known yet does."""
    check_is_here(None)
    check_is_here(Person("U_EVE", "Eve", is_guest=True))
    with pytest.raises(NotAllowedError, match="not_here_any_more"):
        check_is_here(person)


def test_every_command_has_its_roles() -> None:
    """No command is offered that the table does not know."""
    assert {command.word for command in COMMANDS} <= ROLES_FOR.keys()


def test_refusal_names_the_editors() -> None:
    """Somebody who may not publish is told who may."""
    with pytest.raises(NotAllowedError) as refused:
        require(SERIES, "U_ANA", "publish", NAMES)

    assert told(refused.value) == "Only an editor of “Team weeknotes” can do that. Ask Ben or Dee."


def test_somebody_not_asked_is_told_who_can_add_them() -> None:
    """Somebody the series does not ask is told whom to turn to; an editor, how to add themselves."""
    with pytest.raises(NotAllowedError) as outsider:
        require(SERIES, "U_EVE", "jot", NAMES)
    with pytest.raises(NotAllowedError) as editor:
        require(SERIES, "U_DEE", "jot", NAMES)

    assert "Ben or Dee can add you" in told(outsider.value)
    assert "add yourself" in told(editor.value)


def test_those_who_may_are_let_through() -> None:
    """Nothing is raised for an editor who publishes, nor for a contributor who jots."""
    require(SERIES, "U_DEE", "publish", NAMES)
    require(SERIES, "U_ANA", "jot", NAMES)

    assert not may_any(replace(SERIES, editors=()), "U_DEE", "publish")
