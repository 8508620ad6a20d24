"""House style, over the wire: from the settings to the note, and what happens when a template fails."""

from typing import Any

from bot.domain.house_styles import Document
from tests.scenarios.test_editing import draft_ts, notes
from tests.scenarios.test_exporting import files_of
from tests.scenarios.test_settings import open_settings, press, save, view_of
from tests.support.world import CHANNEL, World, words_of

VALUE = "value"
DIGEST = """{{ note.introduction }}
*House style* for {{ note.contributors | names }}
{% for section in note.sections recursive %}
{{ section.heading }}
{{ section.words }}
{{ loop(section.sections) }}
{% endfor %}"""
PICKY = DIGEST.replace(
    "{{ section.words }}", "{% if section.author != 'Ben Marsh' %}\n{{ section.words }}\n{% endif %}"
)
"""A template that is good for a note until Ben gives something."""


def opened(team: World, document: Document, act: str = "change") -> dict[str, Any]:
    """Have the editor choose what to do with a document, and return what they see."""
    open_settings(team)
    press(team, "style.list", block_id="settings.style")
    press(team, "style.do", f"{act}:{document.value}", block_id=f"style.{document.value}")
    return view_of(team)


def typed(team: World, *pieces: str) -> dict[str, Any]:
    """Have the editor type a template and send the form; return what it says is wrong."""
    return save(team, {f"template.{n}": {VALUE: piece} for n, piece in enumerate(pieces)})


def kept(team: World, document: Document, template: str) -> None:
    """Have the editor keep a template, which they see first."""
    opened(team, document)
    assert typed(team, template) == {}
    assert save(team, {}) == {}


def told(team: World, user_id: str = "U_DEE") -> list[str]:
    """Return what an editor was told of templates that failed."""
    return [words_of(m) for m in team.dms(user_id) if "Your own template" in m["text"]]


def test_a_template_is_seen_before_it_is_kept_and_the_note_has_it(team: World) -> None:
    """The editor alone sees this week's note in it; kept, it lays out the draft and the note; then it is let go of."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The *library* opened. <!channel>")
    opened(team, Document.DIGEST)
    assert {"template.0"} == set(typed(team, "{{ note.titel }}")["errors"])
    later = typed(team, "{% if note.introduction %}\n{{ note.introdction }}\n{% endif %}\n" + DIGEST)
    assert "Line 2: there is no “introdction” here." in str(later["errors"])  # though this week has none yet
    assert "Line 2: there is no “wrods” here." in str(typed(team, "a", "b\n{{ note.wrods }}")["errors"]["template.1"])
    assert typed(team, DIGEST, "") == {}
    previewed = words_of(view_of(team))
    assert typed(team, f"{DIGEST}\nChanged.") == {}
    assert "Changed." in words_of(view_of(team))
    before = list(team.bot.services.styling.opened("T_TEAM", 1, "U_DEE").styles)
    assert typed(team, DIGEST) == {}
    assert save(team, {}) == {}
    listed = words_of(view_of(team))
    team.at(6, 15)
    draft = words_of(next(m for m in team.dms("U_DEE") if m["ts"] == draft_ts(team)))
    team.at(6, 16)
    posted = words_of(notes(team)[0])

    assert [] == before
    assert "only you see this" in previewed.lower()
    for shown in (previewed, draft, posted):
        assert '"House style", "style": {"bold": true}' in shown
        assert '"library", "style": {"bold": true}' in shown
    assert "is saved" in listed
    assert "A template of your own, since" in listed
    assert posted.startswith('[{"type": "header"')
    assert "broadcast" not in posted
    assert [] == told(team)
    assert "A template of your own" not in words_of(opened(team, Document.DIGEST, "built_in"))


def test_when_a_template_fails_the_note_goes_out_and_editors_hear_why_once(small: World) -> None:
    """Everybody's words are in it, at its time, as the built-in one has them; each editor reads the reason."""
    small.series(editors=("U_DEE", "U_ANA"))
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    kept(small, Document.DIGEST, PICKY)
    assert [] == told(small)
    small.at(5, 15)
    small.reply("U_BEN", "I painted a shed.")
    small.at(6, 15)
    small.at(6, 16)
    small.reply("U_ANA", "And it rained.")
    small.at(6, 17)
    posted = words_of(notes(small)[0])

    assert "House style" not in posted
    assert [] == [words for words in ("The library opened.", "I painted a shed.", "it rained") if words not in posted]
    for user_id in ("U_DEE", "U_ANA"):
        [reason] = told(small, user_id)
        assert "some of Ben Marsh would be left out" in reason
    assert "settings.show" in words_of(next(m for m in small.dms("U_DEE") if "Your own template" in m["text"]))


def test_exports_are_in_house_style(small: World) -> None:
    """Each document by its own template, without what stays inside; what fails comes as it is built in."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.\n🔒 The budget is gone.")
    house = DIGEST.replace("*House style*", "House style")
    kept(small, Document.TEXT, house)
    kept(small, Document.MARKDOWN, house)
    kept(small, Document.HTML, PICKY)
    small.at(5, 15)
    small.reply("U_BEN", "I painted a shed.")
    small.at(6, 16)
    dee = small.person("U_DEE")
    for form in ("text", "markdown", "html"):
        dee.command("/weeknotes", f"export note {form}", CHANNEL)
        dee.click(CHANNEL, dee.ephemerals(CHANNEL)[-1]["ts"], "export.outside")
        small.settle()
    (name, text), (_, markdown), (_, html) = files_of(small, "U_DEE")

    assert name.endswith(".txt")
    assert ["House style for Ana Okafor and Ben Marsh"] * 2 == [
        told.strip().splitlines()[0] for told in (text, markdown)
    ]
    assert "budget" not in text + markdown + html
    assert html.startswith("<!DOCTYPE html>")
    assert "I painted a shed." in html
    assert "some of Ben Marsh" in told(small)[0]


def test_two_editors_of_a_template_do_not_write_over_each_other(small: World) -> None:
    """Who saves second keeps what they typed and sees that somebody else was there; saving again puts it in place."""
    small.series()
    opened(small, Document.TEXT)
    mine, theirs = f"Mine\n{DIGEST}", f"Theirs\n{DIGEST}"
    assert typed(small, mine) == {}
    previewed = words_of(view_of(small))
    assert ("made up" in previewed, "So its file would read." in previewed) == (True, True)
    services = small.bot.services.styling
    services.save("T_TEAM", 1, "U_DEE", Document.TEXT, theirs, "")
    assert save(small, {}) == {}
    seen = words_of(view_of(small))
    assert services.opened("T_TEAM", 1, "U_DEE").styles[Document.TEXT].template == theirs
    assert save(small, {}) == {}
    assert save(small, {}) == {}

    assert "Somebody else has changed this template" in seen
    assert services.opened("T_TEAM", 1, "U_DEE").styles[Document.TEXT].template == mine
