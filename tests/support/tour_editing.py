"""The part of the tour in which an editor has the draft: title, entries, notices, holding, and publishing at last."""

from fakeslack import Fault
from tests.support.tour_settings import LEADS, VALUE
from tests.support.world import World, key_of, words_of


def edit(team: World, say: str) -> None:
    """Do with the drafts of both series what an editor can do, the one after the other."""
    dee = team.person("U_DEE")
    drafts = [message["ts"] for message in team.dms("U_DEE") if key_of(message).endswith(":draft:U_DEE")]
    for ts in drafts:
        dee.click(dee.dm(), ts, "note.title")
        team.settle()
        values = {"headline": {"headline": say[:100]}, "introduction": {"introduction": say}}
        assert dee.submit(values) == {}
        team.settle()
    _edit_entries(team, drafts[0], say)
    _notice(team, drafts[0], say)
    dee.click(dee.dm(), drafts[0], "note.hand_over")
    team.settle()
    assert dee.submit({"to": {VALUE: "U_EVE"}}) == {}
    for action_id in ("note.merge", "note.unmerge", "note.hold", "note.release", "note.hold"):
        dee.click(dee.dm(), drafts[1], action_id)
        team.settle()
    for words in ("hold", "merge", "remind"):
        dee.command("/weeknotes", words, LEADS)
    dee.click(LEADS, dee.ephemerals(LEADS)[-1]["ts"], "note.remind")
    team.settle()
    _publish(team, drafts[0])


def _edit_entries(team: World, draft: str, say: str) -> None:
    """Do with the first of the note's entries everything that can be done."""
    dee = team.person("U_DEE")
    dee.click(dee.dm(), draft, "note.edit")
    team.settle()
    for turn in ("later", "earlier"):
        view = dee.view()
        assert view is not None
        dee.click_view(view["id"], f"entry.page.{turn}")
        team.settle()
    for change in ("hide", "show", "down", "headline", "no_headline", "reword"):
        view = dee.view()
        assert view is not None
        entry = next(
            block for block in view["blocks"] if "accessory" in block and change in words_of({"blocks": [block]})
        )
        value = next(each["value"] for each in entry["accessory"]["options"] if each["value"].startswith(change))
        dee.click_view(view["id"], "entry.change", selected=value, block_id=entry["block_id"])
        team.settle()
    assert dee.submit({"words": {"words": f"{say} (reworded)"}}) == {}
    team.settle()
    dee.close_view()


def _notice(team: World, draft: str, say: str) -> None:
    """Add a standing notice, change it and end it."""
    dee = team.person("U_DEE")
    dee.click(dee.dm(), draft, "notice.list")
    team.settle()
    view = dee.view()
    assert view is not None
    dee.click_view(view["id"], "notice.add")
    team.settle()
    assert dee.submit({"words": {"words": say}, "until": {"day": "2026-03-31"}}) == {}
    team.settle()
    for what in ("change", "end"):
        view = dee.view()
        assert view is not None
        menu = next(block for block in view["blocks"] if "accessory" in block)
        value = next(each["value"] for each in menu["accessory"]["options"] if each["value"].startswith(what))
        dee.click_view(view["id"], "notice.do", selected=value, block_id=menu["block_id"])
        team.settle()
        if what == "change":
            assert dee.submit({"words": {"words": f"{say} (changed)"}}) == {}
            team.settle()
    dee.close_view()


def _publish(team: World, draft: str) -> None:
    """Publish with Slack falling silent, and refusing: the bot looks in the channel, and asks the editor."""
    dee = team.person("U_DEE")
    team.slack.faults.add(Fault("chat.postMessage", "accept_then_drop"))
    dee.click(dee.dm(), draft, "note.publish")
    _wait(team, 2)
    for words in ("status", "draft", "publish"):
        dee.command("/weeknotes", words, LEADS)
    team.slack.faults.add(Fault("chat.postMessage", "error:is_archived"))
    dee.command("/weeknotes", "publish now", LEADS)
    _wait(team, 4)
    team.slack.faults.add(Fault("chat.postMessage", "accept_then_drop"))
    told = next(message for message in reversed(team.dms("U_DEE")) if "note.retry" in words_of(message))
    dee.click(dee.dm(), told["ts"], "note.retry")
    _wait(team, 6)


def _wait(team: World, minute: int) -> None:
    """Let the clock of Friday afternoon go on, so that what waits for a time gets there."""
    team.settle()
    team.at(6, 15, minute)
    team.at(6, 15, minute + 1)
