"""Who may do what."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cadence import Cadence
from bot.domain.commands import COMMANDS
from bot.domain.errors import NotAllowedError
from bot.domain.permissions import ROLES_FOR, Role, may, may_any, require, roles_of
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
        ("help", {Role.ANYONE, Role.CONTRIBUTOR, Role.EDITOR}),
        ("setup", {Role.ANYONE, Role.CONTRIBUTOR, Role.EDITOR}),
        ("status", {Role.ANYONE, Role.CONTRIBUTOR, Role.EDITOR}),
        ("export", {Role.ANYONE, Role.CONTRIBUTOR, Role.EDITOR}),
        ("forget", {Role.ANYONE, Role.CONTRIBUTOR, Role.EDITOR}),
        ("jot", {Role.CONTRIBUTOR}),
        ("skip", {Role.CONTRIBUTOR}),
        ("away", {Role.CONTRIBUTOR}),
        ("back", {Role.CONTRIBUTOR}),
        ("draft", {Role.CONTRIBUTOR, Role.EDITOR}),
        ("publish", {Role.EDITOR}),
        ("hold", {Role.EDITOR}),
        ("merge", {Role.EDITOR}),
        ("remind", {Role.EDITOR}),
        ("settings", {Role.EDITOR}),
        ("no such command", set()),
    ),
)
def test_the_table_of_roles_and_commands(command: str, roles: set[Role]) -> None:
    """Each command is for the roles that the product gives it, and for no others."""
    assert roles == {role for role in Role if may(role, command)}


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
