"""Standing notices: a paragraph that each note has until its last day."""

from tests.scenarios.test_editing import draft_ts, notes
from tests.scenarios.test_entries import shown
from tests.scenarios.test_settings import open_settings, press
from tests.support.world import World, words_of


def listed(team: World) -> None:
    """Have the editor open the list of notices from the draft."""
    dee = team.person("U_DEE")
    dee.click(dee.dm(), draft_ts(team), "notice.list")
    team.settle()


def added(team: World, words: str, until: str | None) -> dict[str, object]:
    """Have the editor add a notice, and return what the form says is wrong with it."""
    dee = team.person("U_DEE")
    dee.click_view(shown(team)["id"], "notice.add")
    team.settle()
    refused: dict[str, object] = dee.submit({"words": {"words": words}, "until": {"day": until}})
    team.settle()
    return refused


def chosen(team: World, what: str) -> None:
    """Have the editor choose something in the menu of the first notice."""
    view = shown(team)
    block = next(block for block in view["blocks"] if block.get("accessory"))
    value = next(each["value"] for each in block["accessory"]["options"] if each["value"].startswith(what))
    team.person("U_DEE").click_view(view["id"], "notice.do", selected=value, block_id=block["block_id"])
    team.settle()


def week(team: World, thursday: int) -> None:
    """Let a week pass in which Ana gives something."""
    team.at(thursday, 10)
    team.reply("U_ANA", "The library opened.")
    team.at(thursday + 1, 15)


def test_a_notice_stands_in_each_note_until_its_last_day(team: World) -> None:
    """It is in the draft at once, in this note and the next, as it was formatted, and not in the one after."""
    team.series()
    week(team, 5)
    listed(team)
    assert added(team, "Sponsor our *swim*: https://give.example.org/swim", "2026-03-13") == {}
    assert "swim" in words_of(next(m for m in team.dms("U_DEE") if m["ts"] == draft_ts(team)))
    team.at(6, 16)
    for thursday in (12, 19):
        week(team, thursday)
        team.at(thursday + 1, 16)

    posted = [words_of(note) for note in notes(team)]
    assert [True, True, False] == ["give.example.org/swim" in note for note in posted]
    assert '"swim", "style": {"bold": true}' in posted[0]
    assert posted[0].index("give.example.org") < posted[0].index("The library opened.")


def test_a_notice_is_changed_and_ended(small: World) -> None:
    """The draft follows both; a note that is out keeps the notice it had."""
    small.series()
    week(small, 5)
    listed(small)
    assert added(small, "Sponsor our swim.", None) == {}
    chosen(small, "change")
    assert small.person("U_DEE").submit({"words": {"words": "Sponsor our run."}}) == {}
    small.settle()
    small.at(6, 16)
    small.at(6, 17)
    chosen(small, "end")
    small.reply("U_ANA", "And a late word.")
    small.at(6, 18)

    assert "no standing notice" in words_of(shown(small))
    assert "Sponsor our run." in words_of(notes(small)[0])
    assert "And a late word." in words_of(notes(small)[0])
    week(small, 12)
    small.at(13, 16)
    assert "Sponsor" not in words_of(notes(small)[1])


def test_notices_are_changed_from_the_settings_too(small: World) -> None:
    """The settings say how many stand and until when; the same forms lie above them, and they follow."""
    small.series()
    before = open_settings(small)
    press(small, "notice.list", block_id="settings.notices")
    assert added(small, "Sponsor our swim.", "2026-03-13") == {}
    below, listed_above = small.person("U_DEE").views()
    chosen(small, "end")
    after = small.person("U_DEE").views()[0]

    assert "None. A notice is a paragraph" in words_of(before)
    assert "1 notice in each note, the next one ends on Friday 13 March" in words_of(below)
    assert "Sponsor our swim." in words_of(listed_above)
    assert "None. A notice is a paragraph" in words_of(after)


def test_two_editors_of_a_notice_do_not_write_over_each_other(small: World) -> None:
    """The second one's words stay in the form, with the first one's beside them; a day that is over is refused."""
    small.series()
    week(small, 5)
    listed(small)
    assert "over already" in str(added(small, "Sponsor our swim.", "2026-03-01"))
    assert small.person("U_DEE").submit({"until": {"day": "2026-03-20"}}) == {}
    small.settle()
    chosen(small, "change")
    services = small.bot.services.noticing
    notice = services.standing("T_TEAM", 1, "U_DEE").notices[0]
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Run."}]}
    block = {**notice.words, "elements": [section]}
    assert services.change("T_TEAM", 1, "U_DEE", notice.id, block, notice.until_day, notice.state)
    small.person("U_DEE").submit({"words": {"words": "Walk."}})
    small.settle()

    view = shown(small)
    assert "Somebody has changed this notice" in words_of(view)
    assert "Run." in words_of(view)
    assert "Walk." in str(view["state"])
    small.person("U_DEE").submit()
    small.settle()
    assert "Walk." in words_of(shown(small))
