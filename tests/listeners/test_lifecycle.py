"""The app's own life in a workspace, and news of its people."""

from tests.support.world import World


def test_an_uninstalled_app_is_known_to_be_gone(team: World) -> None:
    """When the app is taken out of the workspace that is kept."""
    before = team.bot.services.workspaces.get("T_TEAM")
    team.slack.uninstall()
    team.slack.idle()

    after = team.bot.services.workspaces.get("T_TEAM")
    assert before
    assert before.scopes
    assert after
    assert after.scopes == frozenset()


def test_new_people_are_known_at_once(team: World) -> None:
    """Somebody who joins the workspace, and then changes their name, is known by it."""
    team.slack.add_user("U_EVE", real_name="Eve Lund", tz="Asia/Tokyo")
    team.settle()
    joined = team.bot.services.workspaces.known("T_TEAM", ["U_EVE"])["U_EVE"]
    team.slack.change_user("U_EVE", profile={"display_name": "Evie", "real_name": "Eve Lund"})
    team.settle()

    renamed = team.bot.services.workspaces.known("T_TEAM", ["U_EVE"])["U_EVE"]
    assert ("Eve Lund", "Asia/Tokyo") == (joined.name, joined.zone)
    assert renamed.name == "Evie"
