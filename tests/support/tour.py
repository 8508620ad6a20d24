"""A week in which everything the bot has is used: every button, form, command, shortcut and event."""

from bot.rendering.entries import PER_PAGE
from fakeslack import Fault
from fakeslack.forms import Values
from tests.support.tour_editing import edit
from tests.support.tour_settings import LEADS, VALUE, change_settings, press, renumber_and_pause, reply_in_a_channel
from tests.support.world import CHANNEL, PEOPLE, World, key_of


def tour(team: World, say: str) -> None:
    """Play the week; `say` stands in everything that anybody writes.

    It rests after whatever says how many things there are, so that nothing comes or goes meanwhile.
    """
    _set_up(team, say)
    _jot(team, say)
    team.at(5, 10)
    _answer(team, say)
    _look_at_home(team)
    team.at(6, 10)
    team.at(6, 15)
    edit(team, say)
    team.at(6, 16)
    _after(team, say)
    _turn_pages(team, say)
    _join_and_leave(team)
    reply_in_a_channel(team, say)
    _come_and_go(team)


def _set_up(team: World, say: str) -> None:
    """Make one series by the button in the help, and one in a private channel by command; somebody new is in both."""
    dee = team.person("U_DEE")
    team.slack.faults.events(lose=1)
    team.slack.add_user("U_EVE", real_name="Eve Ito", tz="Asia/Tokyo")  # the bot asks Slack who that is
    team.slack.add_channel(LEADS, name="leads", members=[*PEOPLE, "U_EVE", "U_BOT"], creator="U_DEE", private=True)
    dee.command("/weeknotes", "help", CHANNEL)
    dee.click(CHANNEL, dee.ephemerals(CHANNEL)[-1]["ts"], "series.setup")
    team.settle()
    _fill_in(team, f"Team: {say}")
    dee.command("/weeknotes", "setup", LEADS)
    _fill_in(team, f"Leads: {say}")
    dee.click(dee.dm(), team.dms("U_DEE")[-1]["ts"], "settings.show")
    team.settle()
    dee.close_view()
    change_settings(team, say)
    renumber_and_pause(team)


def _fill_in(team: World, name: str) -> None:
    dee = team.person("U_DEE")
    press(team, "setup.preview", "season", "1")
    with_everybody: Values = {"contributors": {VALUE: [*PEOPLE, "U_EVE"]}, "name": {VALUE: name[:60]}}
    assert dee.submit(with_everybody) == {}
    team.settle()


def _jot(team: World, say: str) -> None:
    ana = team.person("U_ANA")
    said = team.person("U_DEE").say(CHANNEL, text=say)
    ana.shortcut("jot.save", CHANNEL, said["ts"])
    team.settle()
    ana.command("/weeknotes", f"jot {say}", CHANNEL)
    ana.command("/weeknotes", f"jot {say}", ana.dm())
    ana.click(ana.dm(), ana.ephemerals(ana.dm())[-1]["ts"], "jot.choose.0")
    team.settle()
    ana.command("/weeknotes", "status", ana.dm())
    ana.click(ana.dm(), ana.ephemerals(ana.dm())[-1]["ts"], "command.run.0")
    team.settle()
    for words in ("help", "status", "draft", "publish", "jot", f"jit {say}"):
        ana.command("/weeknotes", words, CHANNEL)
    for _ in range(PER_PAGE):
        ana.command("/weeknotes", f"jot {say}", CHANNEL)
    team.person("U_BEN").command("/weeknotes", "skip", LEADS)
    team.settle()


def _answer(team: World, say: str) -> None:
    """Answer the one series by buttons and the form, the other below its thread; then lose a word and find it."""
    ana = team.person("U_ANA")
    team_thread, leads_thread = (message["ts"] for message in team.threads_of("U_ANA"))
    first = ana.say(ana.dm(), text=say, thread_ts=team_thread)
    gone = ana.say(ana.dm(), text=say, thread_ts=team_thread)
    team.settle()
    ana.click(ana.dm(), team_thread, "jot.remove")
    team.settle()
    ana.edit(ana.dm(), first["ts"], f"{say} (edited)")
    ana.delete(ana.dm(), gone["ts"])
    ana.click(ana.dm(), team_thread, "prompt.next")
    team.settle()
    ana.click(ana.dm(), _latest(team, team_thread), "prompt.skip")
    team.settle()
    ana.click(ana.dm(), team_thread, "answer.form")
    team.settle()
    assert ana.submit({"new:tune": {"words": say}}) == {}
    ana.say(ana.dm(), text=say)
    team.settle()
    receipt = next(m for m in reversed(team.dms("U_ANA")) if key_of(m).endswith(":receipt"))
    ana.click(ana.dm(), receipt["ts"], "answer.move", selected=_another(receipt))
    ana.click(ana.dm(), leads_thread, "edition.nothing")
    team.reply("U_DEE", say)  # in the thread that was opened last, the leads'
    team.stop()
    team.slack.faults.events(lose=1)
    ana.say(ana.dm(), text=f"{say} (while the bot was down)", thread_ts=team_thread)
    team.start()


def _latest(team: World, thread_ts: str) -> str:
    messages = team.messages(team.person("U_ANA").dm(), thread_ts)
    return str([message for message in messages if message.get("bot_id")][-1]["ts"])


def _another(receipt: dict[str, object]) -> str:
    """Return a question that an answer could be moved to."""
    blocks = receipt["blocks"]
    assert isinstance(blocks, list)
    groups = next(block for block in blocks if block["type"] == "actions")["elements"][0]["option_groups"]
    return str(groups[0]["options"][1]["value"])


def _look_at_home(team: World) -> None:
    ana = team.person("U_ANA")
    ana.command("/weeknotes", "away next week", CHANNEL)
    ana.command("/weeknotes", "away 20 March", CHANNEL)
    ana.command("/weeknotes", "back", CHANNEL)
    ana.command("/weeknotes", "away", CHANNEL)
    ana.click(CHANNEL, ana.ephemerals(CHANNEL)[-1]["ts"], "contributor.away")
    team.settle()
    assert ana.submit({"first": {"day": "2026-03-20"}, "last": {"day": "2026-03-21"}}) == {}
    ana.open_home()
    team.person("U_DEE").open_home("messages")
    team.settle()


def _turn_pages(team: World, say: str) -> None:
    """Have Ana give more than fits in her Home, and press what is there."""
    ana = team.person("U_ANA")
    ana.say(ana.dm(), text=f"{say} " * (12_000 // len(say)))
    team.settle()
    ana.open_home()
    team.settle()
    switches = ("contributor.run", "contributor.reminders", "contributor.status")
    for action_id in ("home.week", "home.overview", *switches):
        _press_in_home(team, action_id)
    team.slack.change_user("U_ANA", profile={"status_text": f"Out sick: {say}"[:100], "status_emoji": ":palm_tree:"})
    team.settle()
    team.slack.change_user("U_ANA", profile={"status_text": "", "status_emoji": ""})
    _press_in_home(team, "contributor.country")
    assert ana.submit({"country": {VALUE: "GB-SCT"}}) == {}
    team.settle()
    for action_id in ("export.mine", "forget.ask"):
        _press_in_home(team, action_id)
        ana.close_view()


def _press_in_home(team: World, action_id: str) -> None:
    ana = team.person("U_ANA")
    view = ana.home()
    assert view is not None
    ana.click_view(view["id"], action_id)
    team.settle()


def _after(team: World, say: str) -> None:
    """Answer late; and have Slack fall silent over the very first message to somebody, which the bot must look for."""
    team.reply("U_CAI", say)
    team.at(6, 17)
    team.slack.faults.events(lose=1)
    team.slack.add_user("U_FAY", real_name="Fay Lund", tz="Europe/Oslo")
    dee = team.person("U_DEE")
    dee.command("/weeknotes", "setup", CHANNEL)
    team.settle()
    press(team, "settings.open", "settings.people")
    assert dee.submit({"contributors": {VALUE: ["U_FAY"]}, "editors": {VALUE: ["U_BEN", "U_DEE"]}}) == {}
    dee.close_view()
    team.settle()
    team.at(12, 9, zone="Europe/Oslo")
    team.slack.faults.add(Fault("chat.postMessage", "accept_then_drop"))
    team.at(12, 10, zone="Europe/Oslo")
    team.at(12, 11, zone="Europe/Oslo")
    assert len(team.threads_of("U_FAY")) == 1


def _join_and_leave(team: World) -> None:
    """Let two people come to the channel, of whom one joins and leaves again; and an editor stop editing."""
    for user_id, action_id in (("U_HAL", "contributor.join"), ("U_IDA", "contributor.decline")):
        team.slack.add_user(user_id, real_name=user_id[2:].title(), tz="Europe/Oslo")
        team.settle()
        person = team.person(user_id)
        person.join(CHANNEL)
        team.settle()
        person.click(person.dm(), team.dms(user_id)[0]["ts"], action_id)
        team.settle()
    ben = team.person("U_BEN")
    ben.click(CHANNEL, team.messages(CHANNEL)[0]["ts"], "contributor.join")
    team.settle()
    team.person("U_HAL").command("/weeknotes", "leave", CHANNEL)
    for action_id in ("contributor.leave", "editor.leave"):
        ben.command("/weeknotes", "leave", CHANNEL)
        team.settle()
        ben.click(CHANNEL, ben.ephemerals(CHANNEL)[-1]["ts"], action_id)
        team.settle()
    _press_in_home(team, "home.leave")
    team.person("U_ANA").close_view()


def _come_and_go(team: World) -> None:
    """Let people take what is theirs, change and join, and the bot leave, come back, and be taken out at last."""
    dee, ana = team.person("U_DEE"), team.person("U_ANA")
    ana.command("/weeknotes", "export", CHANNEL)
    for action_id in ("export.outside", "export.inside"):
        dee.command("/weeknotes", "export note", CHANNEL)
        team.settle()
        dee.click(CHANNEL, dee.ephemerals(CHANNEL)[-1]["ts"], action_id)
        team.settle()
    ana.command("/weeknotes", "forget me", CHANNEL)
    team.settle()
    ana.click(CHANNEL, ana.ephemerals(CHANNEL)[-1]["ts"], "forget.name")
    team.settle()
    team.slack.change_user("U_ANA", tz="Asia/Tokyo")
    team.slack.add_user("U_GUS", real_name="Gus Wahl", tz="Europe/Oslo")
    team.person("U_BOT").leave(CHANNEL)
    team.settle()
    dee.invite("U_BOT", CHANNEL)
    team.settle()
    team.slack.change_user("U_CAI", is_admin=True)
    team.slack.change_user("U_DEE", deleted=True)
    team.settle()
    cai = team.person("U_CAI")
    cai.click(cai.dm(), team.dms("U_CAI")[-1]["ts"], "editor.take_over")
    team.settle()
    team.slack.uninstall()
    team.slack.idle(10)
