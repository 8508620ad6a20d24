"""Editors change the settings of a series, over the wire."""

from typing import Any

from bot.domain.series import Series
from fakeslack.forms import Values
from tests.support.world import CHANNEL, World, words_of

VALUE = "value"


def open_settings(team: World, section: str = "", *, user_id: str = "U_DEE") -> dict[str, Any]:
    """Open the settings by the command, and one section of them, and return what the editor sees."""
    person = team.person(user_id)
    person.command("/weeknotes", "settings", CHANNEL)
    team.settle()
    if section:
        press(team, "settings.open", block_id=f"settings.{section}", user_id=user_id)
    return view_of(team, user_id)


def view_of(team: World, user_id: str = "U_DEE") -> dict[str, Any]:
    """Return the modal that somebody sees."""
    view = team.person(user_id).view()
    assert view is not None
    return dict(view)


def press(
    team: World, action_id: str, selected: object = None, *, block_id: str | None = None, user_id: str = "U_DEE"
) -> None:
    """Use something in the modal."""
    team.person(user_id).click_view(view_of(team, user_id)["id"], action_id, selected, block_id=block_id)
    team.settle()


def save(team: World, values: Values, *, user_id: str = "U_DEE") -> dict[str, Any]:
    """Send the modal, and return what it says is wrong."""
    errors: dict[str, Any] = team.person(user_id).submit(values)
    team.settle()
    return errors


def series_of(team: World, channel: str = CHANNEL) -> Series:
    """Return the series as it is kept."""
    return team.bot.services.administering.find_series("T_TEAM", channel, "U_DEE")


def test_a_section_changes_only_itself(team: World) -> None:
    """The overview shows each section; saving one says so there and by direct message, and leaves the others."""
    before = team.series()
    overview = open_settings(team)
    press(team, "settings.open", block_id="settings.publishing")
    errors = save(team, {"approval": {VALUE: "approved"}, "reminder_limit": {VALUE: "0"}, "grace_days": {VALUE: "14"}})

    after = series_of(team)
    assert errors == {}
    assert "Digital weeknotes" in words_of(overview)
    assert "No reminders" in words_of(view_of(team))
    assert (True, 0, 14) == (after.needs_approval, after.reminder_limit, after.grace_days)
    assert (before.questions, before.cadence, before.contributors) == (
        after.questions,
        after.cadence,
        after.contributors,
    )
    assert "are saved" in words_of(team.dms("U_DEE")[-1])


def test_questions_are_added_moved_reworded_and_taken_out(small: World) -> None:
    """Each is done at once, and a question keeps its key, by which its answers are known."""
    small.series()
    open_settings(small, "questions")
    press(small, "question.add")
    assert save(small, {"question.ask": {VALUE: "What next?"}, "question.heading": {VALUE: "Next week"}}) == {}
    press(small, "question.arrange", "up:next-week", block_id="question.4")
    press(small, "question.arrange", "remove:also", block_id="question.1")
    press(small, "question.arrange", "change:highlights", block_id="question.0")
    assert save(small, {"question.ask": {VALUE: "What went well?"}, "question.optional": {VALUE: [VALUE]}}) == {}

    questions = series_of(small).questions
    assert ["highlights", "learned", "next-week", "tune"] == [question.key for question in questions]
    assert ("What went well?", True) == (questions[0].ask, questions[0].is_optional)


def test_the_title_is_previewed_as_it_is_typed(small: World) -> None:
    """While a template is typed the next title is shown, or what is wrong; nothing is saved, and no word is lost."""
    small.series()
    open_settings(small, "note")
    press(small, "title.preview", "S{season:02}E{episode:02}", block_id="number_template")
    good = words_of(view_of(small))
    press(small, "title.preview", "{headlin}", block_id="title_template")
    bad = words_of(view_of(small))
    errors = save(small, {})

    assert "The next title would be: S01E01 — weeknotes — the library opened" in good
    assert "{headlin} is not something a number or a title knows" in bad
    assert ["title_template"] == list(errors["errors"])
    assert "{season}.{episode}" == series_of(small).numbering.number_template
    assert save(small, {"title_template": {"title.preview": "{number}: {headline}"}}) == {}
    assert "S{season:02}E{episode:02}" == series_of(small).numbering.number_template


def test_two_editors_at_once_do_not_overwrite_each_other(team: World) -> None:
    """Who saves second is told what changed and keeps what they typed; saving again puts it in place."""
    team.series(editors=("U_DEE", "U_ANA"))
    for user_id in ("U_DEE", "U_ANA"):
        open_settings(team, "general", user_id=user_id)
    save(team, {"name": {VALUE: "Dee’s notes"}})
    assert save(team, {"name": {VALUE: "Ana’s notes"}}, user_id="U_ANA") == {}
    told = view_of(team, "U_ANA")
    kept = series_of(team).name
    assert save(team, {}, user_id="U_ANA") == {}

    assert "Somebody else has changed this" in words_of(told)
    assert "Dee’s notes" in words_of(told)
    assert "Ana’s notes" == told["state"]["values"]["name"][VALUE]["value"]
    assert ("Dee’s notes", "Ana’s notes") == (kept, series_of(team).name)


def test_a_question_reworded_by_two_keeps_both_wordings_in_sight(small: World) -> None:
    """The second editor sees the first one's wording, and their own still stands in the form; a lost one is new."""
    small.series(editors=("U_DEE", "U_ANA"))
    for user_id in ("U_DEE", "U_ANA"):
        open_settings(small, "questions", user_id=user_id)
        press(small, "question.arrange", "change:also", block_id="question.1", user_id=user_id)
    save(small, {"question.ask": {VALUE: "Dee asks?"}})
    save(small, {"question.ask": {VALUE: "Ana asks?"}}, user_id="U_ANA")
    told = words_of(view_of(small, "U_ANA"))
    press(small, "question.arrange", "remove:also", block_id="question.1")
    save(small, {}, user_id="U_ANA")
    save(small, {}, user_id="U_ANA")

    assert "Dee asks?" in told
    assert "Ana asks?" == series_of(small).questions[-1].ask


def test_only_editors_open_and_change_settings(small: World) -> None:
    """Somebody else is told who edits; the views of somebody who edits no longer change nothing either."""
    small.series(editors=("U_DEE", "U_ANA"))
    answer = small.person("U_BEN").command("/weeknotes", "settings", CHANNEL)
    open_settings(small, "general", user_id="U_ANA")
    open_settings(small, "people")
    save(small, {"editors": {VALUE: ["U_DEE"]}})
    refused = save(small, {"name": {VALUE: "Mine"}}, user_id="U_ANA")

    assert "Only an editor" in words_of(answer or {})
    assert "Only an editor" in str(refused)
    assert "Digital weeknotes" == series_of(small).name


def test_moving_to_another_channel_says_hello_there(small: World) -> None:
    """The new channel is greeted; where the bot is not, it says how to invite it, and comes later."""
    small.slack.add_channel("C_OPEN", name="open", members=["U_DEE", "U_BOT"], creator="U_DEE")
    small.slack.add_channel("C_FAR", name="far", members=["U_DEE"], creator="U_DEE")
    small.slack.add_channel("C_MORE", name="more", members=["U_DEE", "U_BOT"], creator="U_DEE")
    small.series()
    small.series(channel_id="C_MORE", name="More")
    open_settings(small, "general")
    taken = save(small, {"channel": {VALUE: "C_MORE"}})
    assert save(small, {"channel": {VALUE: "C_OPEN"}}) == {}
    greeted = words_of(small.messages("C_OPEN")[-1])
    press(small, "settings.open", block_id="settings.general")
    assert save(small, {"channel": {VALUE: "C_FAR"}}) == {}

    assert {"channel": "That channel has weeknotes already. Please choose another one."} == taken["errors"]
    assert "Digital weeknotes* will be posted here" in greeted
    assert "/invite @Weeknotes" in words_of(view_of(small))
    assert "C_FAR" == series_of(small, "C_FAR").channel_id


def test_with_several_series_the_command_asks_which(small: World) -> None:
    """In a direct message an editor of two chooses, and the settings of that one open."""
    small.slack.add_channel("C_MORE", name="more", members=["U_DEE", "U_BOT"], creator="U_DEE")
    small.series()
    small.series(channel_id="C_MORE", name="More weeknotes")
    dee = small.person("U_DEE")
    dee.command("/weeknotes", "settings", dee.dm())
    dee.click(dee.dm(), dee.ephemerals(dee.dm())[-1]["ts"], "command.run.1")
    small.settle()

    assert "More weeknotes" in words_of(view_of(small))
