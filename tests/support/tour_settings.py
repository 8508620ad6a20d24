"""The part of the tour that goes through the settings, the numbers, a pause, and a series that asks in its channel."""

from datetime import time

from bot.domain.cadence import Moment
from bot.domain.series import AsksIn
from bot.rendering.questions import usual_questions
from bot.rendering.settings.views import SECTIONS
from fakeslack.forms import Values
from tests.support.world import CHANNEL, PEOPLE, World, key_of

LEADS, OPEN = "C_LEADS", "C_OPEN"
VALUE = "value"
ASKED = "And what is next?"
"""A question that the editor adds."""
TURNS: dict[str, Values] = {
    "people": {"editors": {VALUE: ["U_DEE", "U_EVE"]}},
    "publishing": {"takes_turns": {VALUE: [VALUE]}},
}
"""What is changed in a section: there are two editors, who take turns."""


def change_settings(team: World, say: str) -> None:
    """Go through every section of the settings, with a question added, moved and reworded."""
    dee = team.person("U_DEE")
    dee.command("/weeknotes", "settings", CHANNEL)
    team.settle()
    for section in SECTIONS:
        press(team, "settings.open", f"settings.{section}")
        if section == "note":
            press(team, "title.preview", "title_template", "{number}: {headline}")
            press(team, "settings.back")
        else:
            assert dee.submit(TURNS.get(section, {})) == {}
        team.settle()
    _style(team)
    press(team, "settings.open", "settings.questions")
    press(team, "question.add")
    assert dee.submit({"question.ask": {VALUE: say[:400] or "And?"}, "question.heading": {VALUE: "Coming up"}}) == {}
    team.settle()
    press(team, "question.arrange", "question.4", "up:coming-up")
    press(team, "question.arrange", "question.3", "change:coming-up")
    assert dee.submit({"question.ask": {VALUE: ASKED}}) == {}
    dee.close_view()
    team.settle()


def _style(team: World) -> None:
    """Look at a template to begin with, keep it, and let go of it."""
    press(team, "style.list", "settings.style")
    press(team, "style.do", "style.html", "change:html")
    for _ in ("seen", "kept"):
        assert team.person("U_DEE").submit() == {}
        team.settle()
    press(team, "style.do", "style.html", "built_in:html")
    press(team, "settings.back")


def renumber_and_pause(team: World) -> None:
    """Look at the next title with other numbers, set them, and pause for a moment."""
    dee = team.person("U_DEE")
    dee.command("/weeknotes", "season", CHANNEL)
    team.settle()
    press(team, "season.preview", "next_number", "7")
    assert dee.submit() == {}
    dee.close_view()
    dee.command("/weeknotes", "pause", CHANNEL)
    dee.command("/weeknotes", "resume", CHANNEL)
    team.settle()


def press(team: World, action_id: str, block_id: str | None = None, selected: str | None = None) -> None:
    """Use something in Dee's modal."""
    dee = team.person("U_DEE")
    view = dee.view()
    assert view is not None
    dee.click_view(view["id"], action_id, selected, block_id=block_id)
    team.settle()


def reply_in_a_channel(team: World, say: str) -> None:
    """Have a series ask in its channel, and somebody reply, think again, and take a reply back."""
    dee, ana, ask = team.person("U_DEE"), team.person("U_ANA"), Moment(4, time(9))
    team.slack.add_channel(OPEN, name="open", members=[*PEOPLE, "U_BOT"], creator="U_DEE")
    between = {"ask": ask, "remind": Moment(4, time(10))}
    questions = usual_questions(team.bot.templates)
    asked = {"questions": questions, "asks_in": AsksIn.CHANNEL, **between}
    team.series(channel_id=OPEN, name="Open notes", contributors=("U_ANA",), **asked)
    team.at(13, 9)
    question = next(m for m in team.messages(OPEN) if key_of(m).startswith("prompt:"))
    first = ana.say(OPEN, text=say, thread_ts=question["ts"])
    gone = dee.say(OPEN, text=say, thread_ts=question["ts"])
    team.settle()
    ana.edit(OPEN, first["ts"], f"{say} (edited)")
    dee.delete(OPEN, gone["ts"])
    team.settle()
