"""An editor edits the note: what they change is the note's copy, and everybody concerned sees what became of it."""

from typing import Any

import pytest

from bot.domain.errors import EditionGoneError, NotAllowedError
from bot.domain.series import Layout
from bot.rendering.entries import Change
from tests.scenarios.test_editing import draft_ts, notes
from tests.support.world import Json, World, words_of


def edited(team: World, editor: str = "U_DEE") -> Json:
    """Have an editor open the form that lists the note's entries, and return it."""
    person = team.person(editor)
    draft = next(m for m in reversed(team.dms(editor)) if "note.edit" in words_of(m))
    person.click(person.dm(), draft["ts"], "note.edit")
    team.settle()
    return shown(team, editor)


def shown(team: World, editor: str = "U_DEE") -> Json:
    """Return the form an editor looks at."""
    view: Json | None = team.person(editor).view()
    assert view is not None
    return view


def choices(view: Json) -> dict[str, dict[str, str]]:
    """Return, for each entry by the beginning of its words, what may be done with it and its value."""
    found: dict[str, dict[str, str]] = {}
    for block, words in zip(view["blocks"], view["blocks"][1:], strict=False):
        if block.get("accessory") and words["type"] == "rich_text":
            options = block["accessory"]["options"]
            label = words["elements"][0]["elements"][0]["text"]
            found[label] = {option["text"]["text"]: option["value"] for option in options}
    return found


def choose(team: World, words: str, what: str, editor: str = "U_DEE") -> Json:
    """Have an editor choose something in the menu of the entry with these words."""
    view = shown(team, editor)
    value = choices(view)[words][what]
    block_id = f"entry:{value.partition(':')[2]}"
    team.person(editor).click_view(view["id"], "entry.change", selected=value, block_id=block_id)
    team.settle()
    return shown(team, editor)


def collected(team: World, **changes: Any) -> None:  # noqa: ANN401 - fields of the form
    """Let Ana and Ben give something, and the editor have the draft."""
    team.series(**changes)
    team.at(5, 10, zone="America/New_York")
    team.reply("U_ANA", "The library opened.")
    team.reply("U_BEN", "Bagels for everyone.")
    team.at(6, 15)


def digest(team: World) -> str:
    """Return what the digest says."""
    return words_of(notes(team)[-1])


def test_an_editor_changes_the_notes_wording_and_the_author_sees_both(team: World) -> None:
    """The note has the editor's words, the answer stays, and its author reads both, privately."""
    collected(team)
    edited(team)
    choose(team, "The library opened.", "Change the wording…")
    assert team.person("U_DEE").submit({"words": {"words": "The *new* library opened."}}) == {}
    team.settle()

    assert "The new library opened." in choices(shown(team))
    told = words_of(team.dms("U_ANA")[-1])
    assert "Dee Roy" in told
    assert "The library opened." in told
    assert "library opened." in words_of(team.dms("U_DEE")[-1])
    team.at(6, 16)
    assert "The library opened." not in digest(team)
    assert '"new", "style": {"bold": true}' in digest(team)
    own = words_of(team.person("U_ANA").command("/weeknotes", "export", team.person("U_ANA").dm()) or {})
    assert "1 answer" in own


def test_an_entry_left_out_moved_or_made_the_headline_is_so_in_the_note(team: World) -> None:
    """The menu of each entry changes the draft at once, and the digest follows."""
    collected(team)
    team.reply("U_ANA", "Nobody needs to know this.")
    edited(team)
    choose(team, "Nobody needs to know this.", "Leave it out")
    assert "out of the note" in team.dms("U_ANA")[-1]["text"]
    choose(team, "Bagels for everyone.", "Move Ben Marsh’s part up")
    choose(team, "The library opened.", "Make it the headline")

    assert list(choices(shown(team))) == ["Bagels for everyone.", "The library opened.", "Nobody needs to know this."]
    team.at(6, 16)
    posted = digest(team)
    assert "1.1 — weeknotes — The library opened." in posted
    assert "Nobody needs to know this." not in posted
    assert posted.index("Bagels") < posted.rindex('"The library opened."')
    team.person("U_ANA").open_home()
    team.settle()
    assert "1.1 — weeknotes — The library opened." in words_of(team.person("U_ANA").home() or {})


def test_newer_words_of_the_author_are_never_behind_older_ones_of_the_editor(team: World) -> None:
    """When the author edits their answer, the note has their new words, and the editor is told and keeps theirs."""
    team.series()
    team.at(5, 10)
    said = team.reply("U_ANA", "The library opened.")
    team.at(6, 15)
    edited(team)
    choose(team, "The library opened.", "Change the wording…")
    assert team.person("U_DEE").submit({"words": {"words": "Libraries!"}}) == {}
    team.settle()
    team.person("U_ANA").edit(team.person("U_ANA").dm(), said["ts"], "The library opened, with cake.")
    team.settle()
    team.at(6, 15, 1)

    told = next(message for message in reversed(team.dms("U_DEE")) if "newer words" in message["text"])
    assert "note.edit" in words_of(told)
    assert "with cake" in words_of(next(m for m in team.dms("U_DEE") if m["ts"] == draft_ts(team)))
    team.person("U_DEE").close_view()
    edited(team)
    form = choose(team, "The library opened, with cake.", "Change the wording…")
    assert "Libraries!" in words_of(form)
    team.at(6, 16)
    assert "with cake" in digest(team)


def test_two_editors_do_not_write_over_each_other(small: World) -> None:
    """Whoever saves second is told, keeps what they typed, and saves again knowing."""
    collected(small, editors=("U_DEE", "U_CAI"))
    for editor in ("U_DEE", "U_CAI"):
        edited(small, editor)
        choose(small, "The library opened.", "Change the wording…", editor)
    assert small.person("U_DEE").submit({"words": {"words": "Dee’s words."}}) == {}
    small.settle()
    small.person("U_CAI").submit({"words": {"words": "Cai’s words."}})
    small.settle()

    second = shown(small, "U_CAI")
    assert "have changed since you opened this form" in words_of(second)
    assert "Dee’s words." in words_of(second)
    assert "Cai’s words." in str(second["state"])
    small.person("U_CAI").submit()
    small.settle()
    assert "Cai’s words." in choices(shown(small, "U_CAI"))


def test_two_editors_who_change_the_title_at_once_are_told(small: World) -> None:
    """The second title is not lost, and not put over the first without asking."""
    collected(small, editors=("U_DEE", "U_CAI"))
    for editor in ("U_DEE", "U_CAI"):
        person = small.person(editor)
        person.click(person.dm(), small.dms(editor)[-1]["ts"], "note.title")
        small.settle()
    assert small.person("U_DEE").submit({"headline": {"headline": "a library"}}) == {}
    small.settle()
    small.person("U_CAI").submit({"headline": {"headline": "bagels"}})
    small.settle()

    second = shown(small, "U_CAI")
    assert "a library" in words_of(second)
    small.person("U_CAI").submit()
    small.settle()
    small.at(6, 16)
    assert "1.1 — weeknotes — bagels" in digest(small)


def test_an_entry_moved_meanwhile_is_not_moved_twice(small: World) -> None:
    """The second editor's move is not made on an order they did not see; they see the order as it is."""
    collected(small, editors=("U_DEE", "U_CAI"))
    for editor in ("U_DEE", "U_CAI"):
        edited(small, editor)
    choose(small, "Bagels for everyone.", "Move Ben Marsh’s part up")
    view = choose(small, "Bagels for everyone.", "Move Ben Marsh’s part up", "U_CAI")

    assert "Somebody has moved entries" in words_of(view)
    assert list(choices(view)) == ["Bagels for everyone.", "The library opened."]


def test_a_wording_left_as_it_is_changes_nothing_and_the_authors_own_undoes_it(small: World) -> None:
    """Saving untouched words tells nobody; typing the author's own again puts them back, and says so."""
    collected(small)
    before = len(small.dms("U_ANA"))
    edited(small)
    choose(small, "The library opened.", "Change the wording…")
    small.person("U_DEE").submit()
    small.settle()
    assert len(small.dms("U_ANA")) == before
    for words in ("Libraries!", "The library opened."):
        choose(small, next(each for each in choices(shown(small)) if "ibrar" in each), "Change the wording…")
        assert small.person("U_DEE").submit({"words": {"words": words}}) == {}
        small.settle()

    assert "put your own words back" in small.dms("U_ANA")[-1]["text"]
    assert "worded by" not in words_of(shown(small))


def test_a_wording_without_words_is_refused(small: World) -> None:
    """Nothing but space is no wording: the form says how to leave an entry out."""
    collected(small)
    edited(small)
    choose(small, "The library opened.", "Change the wording…")

    refused = small.person("U_DEE").submit({"words": {"words": " "}})

    assert "Leave it out" in str(refused) or "required" in str(refused)


def test_entries_edited_after_publishing_change_the_posted_note(small: World) -> None:
    """The same message changes; nothing is posted again."""
    collected(small, layout=Layout.BY_QUESTION)
    small.at(6, 16)
    edited(small)
    choose(small, "Bagels for everyone.", "Leave it out")

    assert len(notes(small)) == 1
    assert "Bagels" not in digest(small)
    choose(small, "Bagels for everyone.", "Put it back in")
    assert "Bagels" in digest(small)


def test_nobody_but_an_editor_changes_an_entry(small: World) -> None:
    """Neither a contributor, nor somebody of another workspace, nor the editor of another note gets at it."""
    collected(small)
    value = choices(edited(small))["The library opened."]["Leave it out"]
    answer_id = int(value.partition(":")[2])
    editing = small.bot.services.editing

    with pytest.raises(NotAllowedError):
        editing.change("T_TEAM", 1, "U_BEN", answer_id, Change.HIDE, "")
    with pytest.raises(EditionGoneError):
        editing.change("T_OTHER", 1, "U_DEE", answer_id, Change.HIDE, "")
    with pytest.raises(EditionGoneError):
        editing.change("T_TEAM", 2, "U_DEE", answer_id, Change.HIDE, "")
    assert "Leave it out" in choices(shown(small))["The library opened."]
