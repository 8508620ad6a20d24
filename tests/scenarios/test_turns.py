"""Editor of the week, and a second pair of eyes."""

from tests.scenarios.test_editing import notes
from tests.support.world import CHANNEL, World, words_of

VALUE = "value"
EDITORS = ("U_CAI", "U_DEE")


def drafts(team: World) -> dict[str, int]:
    """Return how many drafts each editor has."""
    return {user: sum("note.title" in words_of(m) for m in team.dms(user)) for user in EDITORS}


def week(team: World, thursday: int) -> None:
    """Let a week pass until the draft, in which Ana gives something."""
    team.at(thursday, 10)
    team.reply("U_ANA", "The library opened.")
    team.at(thursday + 1, 15)


def draft(team: World, user_id: str) -> str:
    """Return the `ts` of an editor's latest draft."""
    return str(next(m["ts"] for m in reversed(team.dms(user_id)) if "note.title" in words_of(m)))


def test_editors_take_turns(team: World) -> None:
    """Each week's draft goes to the next in line, who alone is its editor; then it begins again."""
    team.series(editors=EDITORS, takes_turns=True)
    found = []
    for thursday in (5, 12, 19):
        week(team, thursday)
        found.append(drafts(team))
        team.at(thursday + 1, 16)

    assert [{"U_CAI": 1, "U_DEE": 0}, {"U_CAI": 1, "U_DEE": 1}, {"U_CAI": 2, "U_DEE": 1}] == found
    assert "You are the editor this time" not in words_of(team.dms("U_DEE")[-1])


def test_a_turn_is_handed_over_or_swapped(small: World) -> None:
    """Handed over with a swap, the other gets this draft and the first one the next."""
    small.series(editors=EDITORS, takes_turns=True)
    week(small, 5)
    cai = small.person("U_CAI")
    cai.click(cai.dm(), draft(small, "U_CAI"), "note.hand_over")
    small.settle()
    assert cai.submit({"to": {VALUE: "U_DEE"}, "how": {VALUE: "swap"}}) == {}
    small.settle()
    assert {"U_CAI": 1, "U_DEE": 1} == drafts(small)
    assert "Dee Roy is the editor this time" in words_of(
        next(m for m in small.dms("U_CAI") if "note.title" in words_of(m))
    )
    assert "note.hand_over" in words_of(next(m for m in small.dms("U_DEE") if "note.title" in words_of(m)))
    small.at(6, 16)
    week(small, 12)

    assert {"U_CAI": 2, "U_DEE": 1} == drafts(small)


def test_all_editors_get_the_draft_when_the_one_in_turn_is_away(small: World) -> None:
    """Who is away keeps their turn for the next note."""
    small.series(editors=EDITORS, takes_turns=True)
    small.person("U_CAI").command("/weeknotes", "away until 8 March", CHANNEL)
    week(small, 5)
    assert {"U_CAI": 1, "U_DEE": 1} == drafts(small)
    small.at(6, 16)
    week(small, 12)

    assert {"U_CAI": 2, "U_DEE": 1} == drafts(small)


def test_what_one_editor_changed_another_publishes(team: World) -> None:
    """Whoever edited last asks the others by trying to publish; nothing goes out by itself; another publishes."""
    team.series(editors=EDITORS, wants_second_eyes=True)
    week(team, 5)
    dee, cai = team.person("U_DEE"), team.person("U_CAI")
    dee.click(dee.dm(), draft(team, "U_DEE"), "note.title")
    team.settle()
    assert dee.submit({"headline": {"headline": "a library"}}) == {}
    team.settle()
    told = dee.command("/weeknotes", "publish now", CHANNEL) or {}
    team.settle()
    leads = [next(m for m in team.dms(each) if m["ts"] == draft(team, each))["text"] for each in ("U_DEE", "U_CAI")]
    for lead, editor in zip(leads, ("You", "Dee Roy"), strict=True):
        assert f"{editor} edited it last, so it goes out when another editor presses *Publish now*." in lead
    assert "Cai Tran" in words_of(told)
    asked = next(m for m in team.dms("U_CAI") if "second pair of eyes" in m["text"])
    team.at(6, 16)
    assert notes(team) == []
    for editor, name in (("U_DEE", "You"), ("U_CAI", "Dee Roy")):
        assert f"{name} edited it last, so it waits" in team.dms(editor)[-1]["text"]
    cai.click(cai.dm(), asked["ts"], "note.publish")
    team.settle()

    assert "a library" in words_of(notes(team)[0])


def test_a_second_pair_of_eyes_needs_a_second_editor(small: World) -> None:
    """An only editor is told what to do; and a note that nobody edited goes out by itself."""
    small.series(wants_second_eyes=True)
    week(small, 5)
    small.at(6, 16)
    assert len(notes(small)) == 1
    week(small, 12)
    dee = small.person("U_DEE")
    dee.click(dee.dm(), draft(small, "U_DEE"), "note.title")
    small.settle()
    assert dee.submit({"headline": {"headline": "a library"}}) == {}
    small.settle()
    told = dee.command("/weeknotes", "publish now", CHANNEL) or {}

    assert "only editor" in words_of(told)
    small.at(13, 16)
    assert len(notes(small)) == 1
    assert "Add one in `/weeknotes settings`" in small.dms("U_DEE")[-1]["text"]
