"""The setup form, over the wire."""

from typing import Any

from storage import series
from tests.support.world import CHANNEL, World, words_of

VALUE, PREVIEW = "value", "setup.preview"
FILLED: dict[str, dict[str, object]] = {
    "contributors": {VALUE: ["U_ANA", "U_BEN"]},
    "name": {VALUE: "Digital weeknotes"},
}


def open_form(team: World, user_id: str = "U_DEE", channel: str = CHANNEL) -> dict[str, Any]:
    """Open the form by the command, and return it as the person sees it."""
    team.person(user_id).command("/weeknotes", "setup", channel)
    view = team.person(user_id).view()
    assert view
    return dict(view)


def initial(view: dict[str, Any], block_id: str) -> dict[str, Any]:
    """Return the element of an input."""
    found: dict[str, Any] = next(block["element"] for block in view["blocks"] if block["block_id"] == block_id)
    return found


def give(team: World, field: str, value: str) -> str:
    """Choose or type something that the form answers to, and return what the form then says."""
    dee = team.person("U_DEE")
    dee.click_view((dee.view() or {})["id"], PREVIEW, value, block_id=field)
    team.settle()
    return words_of(dee.view() or {})


def test_the_form_opens_with_the_defaults(team: World) -> None:
    """The channel is the one it was typed in, the zone the person's own, and it says what is asked."""
    view = open_form(team, "U_BEN")

    assert initial(view, "channel")["initial_conversation"] == CHANNEL
    assert initial(view, "zone")["initial_value"] == "America/New_York"
    assert initial(view, "contributors")["initial_users"] == ["U_BEN"]
    assert "What is something you’ve learned?" in words_of(view)
    assert initial(view, "publish.at")["initial_time"] == "16:00"


def test_sending_the_form_introduces_the_series(team: World) -> None:
    """The channel reads who set it up, who is asked and when, without pings; the creator reads what happens next."""
    open_form(team)
    errors = team.person("U_DEE").submit(FILLED)
    team.settle()

    introduction = words_of(team.messages(CHANNEL)[-1])
    welcome = words_of(team.dms("U_DEE")[-1])
    assert errors == {}
    assert team.person("U_DEE").view() is None
    for words in (
        "Dee Roy",
        "Ana Okafor and Ben Marsh",
        "Thursday at 10:00",
        "Friday at 16:00",
        "Thursday 5 March at 10:00",
    ):
        assert words in introduction
    assert "<@" not in introduction
    assert "Friday 6 March at 15:00 (Europe/London): Dee Roy gets the draft" in welcome
    assert "/invite" not in welcome


def test_questions_and_numbers_are_chosen(team: World) -> None:
    """A series asks what was ticked, and a run of notes that exists goes on with its own numbers."""
    view = open_form(team)
    boxes = initial(view, "questions")["options"]
    chosen = [box for box in boxes if box["value"] in {"highlights", "tune"}]
    values: dict[str, dict[str, object]] = {
        **FILLED,
        "questions": {VALUE: chosen},
        "number_template": {PREVIEW: "S{season:02}E{episode:02}"},
        "season": {PREVIEW: "3"},
        "next_number": {PREVIEW: "24"},
    }
    errors = team.person("U_DEE").submit(values)
    team.settle()

    with team.bot.database.session() as session:
        made = series.in_channel(session, "T_TEAM", CHANNEL)
    assert errors == {}
    assert made
    assert ["highlights", "tune"] == [question.key for question in made.questions]
    assert (3, 24, "S{season:02}E{episode:02}") == (
        made.numbering.season,
        made.numbering.episode,
        made.numbering.number_template,
    )


def test_mistakes_are_said_where_they_are(team: World) -> None:
    """The sentence stands at the input it belongs to, and the form stays open."""
    open_form(team)
    submit = team.person("U_DEE").submit

    zone = submit({**FILLED, "zone": {VALUE: "Europe/Londn"}})
    order = submit({"zone": {VALUE: "europe/london"}, "publish.weekday": {VALUE: "0"}})
    number = submit({"publish.weekday": {VALUE: "4"}, "next_number": {PREVIEW: "the first"}})
    assert zone == {"errors": {"zone": "There is no time zone “Europe/Londn”. Did you mean Europe/London?"}}
    assert [["publish.at"], ["next_number"]] == [list(order["errors"]), list(number["errors"])]
    assert team.person("U_DEE").view()


def test_those_who_cannot_be_asked_are_named(team: World) -> None:
    """A bot and somebody who has left are refused by name."""
    team.slack.add_user("U_ROBOT", real_name="Build Bot", is_bot=True)
    team.slack.add_user("U_GONE", real_name="Gwen Gone", deleted=True)
    open_form(team)

    errors = team.person("U_DEE").submit({**FILLED, "contributors": {VALUE: ["U_ANA", "U_ROBOT", "U_GONE"]}})
    assert "I can’t ask Build Bot and Gwen Gone" in errors["errors"]["contributors"]


def test_bot_outside_the_channel_asks_to_be_invited(team: World) -> None:
    """The creator is told to invite the bot; when it comes it says hello, once."""
    team.slack.add_channel("C_OTHER", name="other", members=["U_ANA"], creator="U_ANA", private=False)
    open_form(team, "U_ANA", "C_OTHER")
    team.person("U_ANA").submit(FILLED)
    team.settle()
    welcome = words_of(team.dms("U_ANA")[-1])
    team.person("U_ANA").invite("U_BOT", "C_OTHER")
    team.settle()

    posted = [message for message in team.messages("C_OTHER") if message.get("bot_id")]
    assert "/invite @Weeknotes" in welcome
    assert len(posted) == 1
    assert "Digital weeknotes" in words_of(posted[0])


def test_the_first_title_is_shown_as_its_number_is_chosen(team: World) -> None:
    """Choosing and typing shows how the first note would be called, or what is wrong; what is in the form stays."""
    dee = team.person("U_DEE")
    opened = words_of(open_form(team))
    give(team, "number_template", "S{season:02}E{episode:02}")
    good = give(team, "next_number", "24")
    wrong = give(team, "season", "three")
    give(team, "season", "3")
    errors = dee.submit(FILLED)
    team.settle()

    assert "The next title might be: 1.1 — weeknotes — the library opened" in opened
    assert "The next title might be: S01E24 — weeknotes" in good
    assert "This does not work yet: Please give a whole number" in wrong
    assert {} == errors
    with team.bot.database.session() as session:
        made = series.in_channel(session, "T_TEAM", CHANNEL)
    assert made
    assert (3, 24) == (made.numbering.season, made.numbering.episode)


def test_everyone_in_a_private_channel_is_asked_once_the_bot_is_in_it(team: World) -> None:
    """The bot says that it cannot see who is in it, and asks everybody there when it has been invited."""
    team.slack.add_channel("C_OURS", name="ours", members=["U_ANA", "U_CAI"], creator="U_ANA", private=True)
    open_form(team, "U_ANA", "C_OURS")
    errors = team.person("U_ANA").submit({"follows_channel": {VALUE: "channel"}, "contributors": {VALUE: []}})
    team.settle()
    welcome = words_of(team.dms("U_ANA")[-1])
    team.person("U_ANA").invite("U_BOT", "C_OURS")
    team.settle()

    with team.bot.database.session() as session:
        made = series.in_channel(session, "T_TEAM", "C_OURS")
    assert {} == errors
    assert "I’m not in <#C_OURS> yet, so I can’t post there or, if it is private, see who is in it." in welcome
    assert "I ask everyone in this channel" in words_of(team.messages("C_OURS")[-1])
    assert made
    assert {"U_ANA", "U_CAI"} == set(made.contributors)


def test_an_editor_gets_the_settings(team: World) -> None:
    """In a channel with a series `setup` opens its settings for an editor."""
    team.series()
    view = open_form(team)

    assert "Digital weeknotes" in words_of(view)


def test_others_are_told_who_edits(team: World) -> None:
    """Somebody who does not edit the channel's series is told who does."""
    team.series()
    answer = team.person("U_ANA").command("/weeknotes", "setup", CHANNEL)

    assert answer
    assert "Ask Dee Roy" in words_of(answer)
    assert team.person("U_ANA").view() is None
