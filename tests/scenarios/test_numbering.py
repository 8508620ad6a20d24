"""An editor starts a season and sets the next number, over the wire."""

from typing import Any

from tests.support.world import CHANNEL, World, words_of


def form(team: World) -> dict[str, Any]:
    """Return the form as Dee sees it."""
    view = team.person("U_DEE").view()
    assert view is not None
    return dict(view)


def open_season(team: World) -> dict[str, Any]:
    """Open the form."""
    team.person("U_DEE").command("/weeknotes", "season", CHANNEL)
    team.settle()
    return form(team)


def type_in(team: World, field: str, typed: str) -> str:
    """Type a number, and return what the form says then."""
    team.person("U_DEE").click_view(form(team)["id"], "season.preview", typed, block_id=field)
    team.settle()
    return words_of(form(team))


def publish_week(team: World, day: int) -> str:
    """Let a week go by from its Thursday, and return the title of its note."""
    team.at(day, 11)
    team.reply("U_ANA", "The library opened.")
    team.at(day + 1, 16)
    return str(team.messages(CHANNEL)[-1]["text"])


def test_a_new_season_starts_from_one(team: World) -> None:
    """The form suggests the next season, shows the next title, and what is out keeps its number."""
    team.series(season="3", next_number="24")
    first = publish_week(team, 5)
    suggested = words_of(open_season(team))
    careful = type_in(team, "season", "3") if type_in(team, "next_number", "24") else ""
    nonsense = type_in(team, "season", "three")
    refused = team.person("U_DEE").submit({"season": {"season.preview": "three"}})
    typed = {"season": {"season.preview": "4"}, "next_number": {"season.preview": "1"}}
    assert {} == team.person("U_DEE").submit(typed)
    said = words_of(form(team))
    second = publish_week(team, 12)

    assert "3.24" in first
    assert "is in season 3, and its next note is number 25" in suggested
    assert "The next title might be: 4.1 — weeknotes" in suggested
    assert "there is a note with that number already" in careful
    assert "This does not work yet: Please give a whole number" in nonsense
    assert ["season"] == list(refused["errors"])
    assert "The next note will be called: 4.1 — weeknotes" in said
    assert "4.1" in second


def test_a_note_that_goes_out_meanwhile_is_said(small: World) -> None:
    """The form was open while a note took its number: the editor sees what is next now, and what they typed."""
    small.series()
    small.at(5, 11)
    small.reply("U_ANA", "The library opened.")
    open_season(small)
    small.at(6, 16)
    assert {} == small.person("U_DEE").submit({"next_number": {"season.preview": "7"}})
    told = words_of(form(small))
    assert {} == small.person("U_DEE").submit({})

    assert "A note has taken its number while you were at it" in told
    assert "season 1, number 2" in told
    assert "2.7" in words_of(form(small))


def test_a_running_count_has_no_season(small: World) -> None:
    """Where all notes are counted in one run only that number is asked for; by the calendar, none."""
    small.series(number_template="#{count}")
    fields = [block["block_id"] for block in open_season(small)["blocks"] if block["type"] == "input"]
    assert {} == small.person("U_DEE").submit({"next_number": {"season.preview": "217"}})
    title = publish_week(small, 5)
    small.slack.add_channel("C_CALENDAR", name="calendar", members=["U_DEE", "U_BOT"], creator="U_DEE")
    small.series(channel_id="C_CALENDAR", number_template="week {week}")
    small.person("U_DEE").command("/weeknotes", "season", "C_CALENDAR")
    small.settle()

    assert ["next_number"] == fields
    assert "#217" in title
    assert "numbered by the calendar" in words_of(form(small))
    assert not form(small)["submit"]
