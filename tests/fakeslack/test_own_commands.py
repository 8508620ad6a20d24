"""The commands that are Slack's own."""

from fakeslack import FakeSlack
from fakeslack.people import Person
from tests.support.local_apps import SocketApp


def test_an_app_is_invited_by_its_name(slack: FakeSlack, app: SocketApp, ana: Person) -> None:
    """Everybody named comes in, the app is told who brought it, and doing it twice does it once."""
    slack.add_channel("C_OURS", name="ours", members=["U_ANA"], creator="U_ANA", private=True)
    for _ in range(2):
        assert ana.command("/invite", "@Weeknotes and @Ben Marsh", "C_OURS") is None
    slack.idle()

    joined = [(event["user"], event["inviter"]) for event in app.events("member_joined_channel")]
    assert [("U_BOT", "U_ANA"), ("U_BEN", "U_ANA")] == joined


def test_an_invitation_of_nobody_says_so(slack: FakeSlack, app: SocketApp, ana: Person) -> None:
    """Without a name, with the name of somebody who is gone, and in a conversation of two, nobody is invited."""
    for text, place in (("weeknotes", "C_TEAM"), ("@Old Hand", "C_OTHER"), ("@Ben Marsh", ana.dm())):
        assert "Nobody was invited" in str(ana.command("/invite", text, place))
    slack.idle()

    assert [] == app.events("member_joined_channel")
    assert "/invite" in [each["command"] for each in slack.snapshot("U_ANA")["commands"]]
