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

    assert "The next title might be: S01E01 — weeknotes — the library opened" in good
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


def told_after(team: World, section: str, values: Values) -> str:
    """Save a section in the middle of a week, and return what the editor is told."""
    open_settings(team, section)
    assert save(team, values) == {}
    return words_of(view_of(team))


def test_new_times_leave_the_week_under_way_as_it_was(team: World) -> None:
    """Asked on Thursday, the note comes on Friday at four, whatever was saved meanwhile; the next week is as chosen."""
    team.series()
    team.at(5, 11)
    told = told_after(
        team, "when", {"ask.weekday": {VALUE: "0"}, "publish.weekday": {VALUE: "6"}, "publish.at": {VALUE: "18:00"}}
    )
    team.reply("U_ANA", "The library opened.")
    team.at(6, 15)
    team.at(6, 16)
    published = [m["text"] for m in team.messages(CHANNEL) if "weeknotes" in m["text"] and "1.1" in m["text"]]
    before = len(team.dms("U_BEN"))
    team.at(9, 10, zone="America/New_York")

    assert "The edition of week 10 goes on as it was planned: its note goes out on Friday 6 March at 16:00." in told
    assert "The new times hold from week 11: I ask on Monday 9 March at 10:00" in told
    assert 1 == len(published)
    assert before + 1 == len(team.dms("U_BEN"))


def test_new_questions_come_with_the_next_week(small: World) -> None:
    """A week that is being asked keeps its questions, and it is said when the new ones come."""
    small.series()
    small.at(5, 11)
    open_settings(small, "questions")
    press(small, "question.arrange", "change:highlights", block_id="question.0")
    assert save(small, {"question.ask": {VALUE: "What went well?"}}) == {}
    told = words_of(view_of(small))
    small.at(12, 11)

    asked = [m["text"] for m in small.dms("U_ANA") if "It’s time for" in m["text"]]
    assert "The edition of week 10 keeps the questions it was asked. The new ones come with week 11." in told
    assert "What were the highlights" in asked[0]
    assert "What went well?" in asked[1]


def test_who_is_added_in_the_week_is_asked_for_it(small: World) -> None:
    """Somebody new can still answer; what somebody gave who is asked no longer stays."""
    small.series(contributors=("U_ANA", "U_BEN"))
    small.at(5, 11)
    small.reply("U_ANA", "The library opened.")
    told = told_after(small, "people", {"contributors": {VALUE: ["U_BEN", "U_DEE"]}})
    small.at(6, 16)

    assert "Who is new is asked for week 10 right away" in told
    assert any("It’s time for" in m["text"] for m in small.dms("U_DEE"))
    assert "The library opened." in words_of(small.messages(CHANNEL)[-1])


def test_approval_and_titles_hold_for_the_week_under_way(small: World) -> None:
    """How the note goes out, and what it is called, is for the next note, also when its week has begun."""
    small.series()
    small.at(5, 11)
    small.reply("U_ANA", "The library opened.")
    told = told_after(small, "publishing", {"approval": {VALUE: "approved"}})
    press(small, "settings.open", block_id="settings.note")
    save(small, {"title_template": {"title.preview": "Notes {number}"}})
    small.at(6, 16)
    waiting = small.messages(CHANNEL)[-1]["text"]
    small.person("U_DEE").command("/weeknotes", "publish now", CHANNEL)
    small.settle()

    assert "That holds from now on, for the note of week 10 too." in told
    assert "Notes 1.1" not in waiting
    assert "Notes 1.1" in small.messages(CHANNEL)[-1]["text"]


def test_a_week_not_begun_takes_up_new_times_unless_they_are_over(small: World) -> None:
    """On Wednesday, asking on Tuesdays from now on is for next week; asking on Fridays is for this one."""
    small.series()
    over = told_after(small, "when", {"ask.weekday": {VALUE: "1"}})
    press(small, "settings.open", block_id="settings.when")
    assert save(small, {"ask.weekday": {VALUE: "4"}, "ask.at": {VALUE: "09:00"}}) == {}
    soon = words_of(view_of(small))
    small.at(6, 9)

    assert "The edition of week 10 goes on as it was planned" in over
    assert "The new times hold from week 11: I ask on Tuesday 10 March at 10:00" in over
    assert "I ask next on Friday 6 March at 09:00" in soon
    assert any("It’s time for" in m["text"] for m in small.dms("U_ANA"))


def test_who_is_made_an_editor_is_told_so(small: World) -> None:
    """At setup and in the settings alike, by direct message, and once; what else a change means is said as ever."""
    small.series(editors=("U_DEE", "U_CAI"))
    named = words_of(small.dms("U_CAI")[-1])
    told = told_after(small, "people", {"editors": {VALUE: ["U_DEE", "U_CAI", "U_ANA"]}})
    press(small, "settings.open", block_id="settings.publishing")
    assert save(small, {"takes_turns": {VALUE: [VALUE]}}) == {}
    turns = words_of(view_of(small))
    press(small, "settings.open", block_id="settings.general")
    said = len(small.dms("U_DEE"))
    assert save(small, {"name": {VALUE: "Weeknotes of ours"}}) == {}

    assert "Dee Roy has made you an editor of *Digital weeknotes*" in named
    assert "Editors who are new hear of it from me." in told
    assert ["You get the draft of each note" in words_of(message) for message in small.dms("U_ANA")] == [True]
    assert 1 == len(small.dms("U_CAI"))
    assert "That holds from the note of week 10 on." in turns
    assert said == len(small.dms("U_DEE"))  # a name means nothing more, and the form has said that it is saved
