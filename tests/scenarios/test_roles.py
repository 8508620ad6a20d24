"""Who may do what, over the wire: every command by everybody it may come from."""

from collections.abc import Mapping
from functools import partial

import pytest

from bot.domain.commands import WORDS
from bot.domain.errors import NotAllowedError
from bot.domain.house_styles import Document
from bot.rendering.house.styles import starter
from tests.support.asking import tell
from tests.support.world import CHANNEL, World

PEOPLE: Mapping[str, str] = {
    "anyone": "U_BEN",
    "contributor": "U_ANA",
    "editor": "U_DEE",
    "admin": "U_CAI",
    "guest": "U_GUS",
    "deactivated": "U_OLD",
}
HERE = {"anyone", "contributor", "editor", "admin", "guest"}
WRITING, MAKING, RUNNING = {"contributor"}, {"editor"}, {"editor", "admin"}
MAY: Mapping[str, set[str]] = {
    "help": HERE,
    "status": HERE,
    "export": HERE,
    "forget me": HERE,
    "jot We met.": WRITING,
    "skip": WRITING,
    "away 20 March": WRITING,
    "back": HERE,  # whoever is not away is told so
    "draft": {"contributor", "editor"},
    "publish": MAKING,
    "remind": MAKING,
    "hold": MAKING,
    "merge": MAKING,
    "season": MAKING,
    "pause": MAKING,
    "resume": MAKING,
    "export note": MAKING,
    "setup": RUNNING,
    "settings": RUNNING,
    "leave": {"contributor", "editor"},  # from here on somebody's role changes
    "join": HERE,
}
REFUSALS = (
    "Only an editor of",
    "doesn’t ask you for answers",
    "You don’t take part in any weeknotes",
    "account isn’t active",
)


def staffed(team: World) -> None:
    """Set up a series with somebody of every role about: Ana writes, Dee edits, Cai looks after the workspace."""
    team.slack.add_user("U_GUS", real_name="Gus Wahl", is_restricted=True)
    team.slack.add_user("U_OLD", real_name="Old Hand")
    for user_id in ("U_GUS", "U_OLD"):
        team.person(user_id).join(CHANNEL)
    team.settle()
    team.slack.change_user("U_CAI", is_admin=True)
    team.slack.change_user("U_OLD", deleted=True)
    team.settle()
    team.series(contributors=("U_ANA",))


def test_every_command_by_every_role(small: World) -> None:
    """Whoever may is served; everybody else reads a sentence of what is missing, and never of an error."""
    staffed(small)
    served: dict[str, set[str]] = {}
    for typed in MAY:
        for role, user_id in PEOPLE.items():
            said = tell(small, user_id, typed)
            view = small.person(user_id).view()
            assert "went wrong" not in said
            assert said.strip('[]"') or view, f"{role} heard nothing of {typed}"
            if not any(refusal in said for refusal in REFUSALS):
                served.setdefault(typed, set()).add(role)
            if view:
                small.person(user_id).close_view()

    assert MAY == served
    assert set(WORDS) == {typed if typed in WORDS else typed.split()[0] for typed in MAY}


def test_guests_start_no_weeknotes(small: World) -> None:
    """In a channel without a series a guest reads who can help, where anybody else gets the form."""
    staffed(small)
    small.slack.add_channel("C_NEW", name="new", members=["U_GUS", "U_BEN", "U_BOT"], creator="U_BEN")

    assert "Guests can’t start weeknotes" in tell(small, "U_GUS", "setup", "C_NEW")
    assert small.person("U_GUS").view() is None
    assert tell(small, "U_BEN", "setup", "C_NEW") == "[]"
    assert small.person("U_BEN").view()


def test_only_editors_meet_house_style(small: World) -> None:
    """Its forms, sent by anybody else, change and show nothing; an admin's settings offer neither it nor notices."""
    staffed(small)
    styling, template = small.bot.services.styling, starter(Document.TEXT)
    for role, user_id in PEOPLE.items():
        who = ("T_TEAM", 1, user_id)
        for use in (
            partial(styling.opened, *who),
            partial(styling.try_out, *who, Document.TEXT, template),
            partial(styling.save, *who, Document.TEXT, template, ""),
            partial(styling.remove, *who, Document.TEXT),
        ):
            if role == "editor":
                use()
            else:
                with pytest.raises(NotAllowedError):
                    use()
    tell(small, "U_DEE", "settings", CHANNEL)
    tell(small, "U_CAI", "settings", CHANNEL)

    for user_id, offered in (("U_DEE", True), ("U_CAI", False)):
        view = str(small.person(user_id).view())
        assert [offered] * 2 == [action in view for action in ("style.list", "notice.list")]
    cai = small.person("U_CAI")
    with pytest.raises(LookupError):
        cai.click_view((cai.view() or {})["id"], "style.list")


def test_an_admin_makes_themselves_editor_for_all_to_see(small: World) -> None:
    """Cai opens the settings of a series that is not hers; before she is its editor she reads no draft."""
    staffed(small)
    refused = tell(small, "U_CAI", "publish")
    tell(small, "U_CAI", "settings", CHANNEL)

    assert "Ask Dee Roy" in refused
    assert "Dee Roy edits" in str(small.person("U_CAI").view())
