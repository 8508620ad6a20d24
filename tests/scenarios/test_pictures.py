"""Photos and files: seen in the note, taken along in exports, and named links wherever that cannot be."""

import io
import zipfile
from typing import Any

import pytest

from fakeslack import Fault
from tests.support.world import CHANNEL, Json, World, words_of

PNG = b"\x89PNG\r\n\x1a\n" + b"roof" * 50
ROOF: Json = {"name": "roof.png", "data": PNG, "mimetype": "image/png"}
PLAN: Json = {"name": "plan.pdf", "data": b"%PDF-1.4", "mimetype": "application/pdf"}


def pictures(message: Json) -> list[Json]:
    """Return the pictures that a message shows."""
    return [block for block in message["blocks"] if block["type"] == "image"]


def given(team: World, *files: Json, text: str = "The roof is on.") -> list[Json]:
    """Set up a series, have Ana give files with their caption, and return the files as Slack has them."""
    team.series()
    team.at(5, 10)
    said = team.reply("U_ANA", text, files=list(files))
    files_given: list[Json] = said["files"]
    return files_given


def exported(team: World, typed: str = "export") -> tuple[str, dict[str, bytes]]:
    """Have Ana export, and return what came: its name, and what is in the archive."""
    ana = team.person("U_ANA")
    ana.command("/weeknotes", typed, CHANNEL)
    team.settle()
    [file] = team.dms("U_ANA")[-1]["files"]
    _, data = team.slack.file(file["id"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return file["name"], {name: archive.read(name) for name in archive.namelist()}


def test_a_photo_is_seen_in_the_note_with_its_caption(team: World) -> None:
    """The digest shows the picture after its words, with words for those who do not see it; the draft does too."""
    [roof, plan] = given(team, ROOF, PLAN)
    team.at(6, 15)
    [drafted] = pictures(team.dms("U_DEE")[-1])
    team.at(6, 16)

    digest = team.messages(CHANNEL)[-1]
    [picture] = pictures(digest)
    assert {"url": roof["permalink"]} == picture["slack_file"]
    assert "roof.png" == picture["alt_text"]
    assert "roof.png" in digest["text"]
    assert plan["permalink"] in words_of(digest)
    kinds = [block["type"] for block in digest["blocks"]]
    assert kinds.index("rich_text") < kinds.index("image")
    assert picture["slack_file"] == drafted["slack_file"]


def test_home_shows_a_photo_as_the_thread_does(small: World) -> None:
    """What was given this week looks the same there: the photo, and a named link to what is none."""
    [roof, _] = given(small, ROOF, PLAN)
    ana = small.person("U_ANA")
    small.reply("U_ANA", "done")
    ana.open_home()
    small.settle()

    home = ana.home() or {}
    for place in (home, small.in_thread("U_ANA")[-1]):
        assert [{"url": roof["permalink"]}] == [picture["slack_file"] for picture in pictures(place)]
    assert "plan.pdf" in words_of(home)


@pytest.mark.parametrize("trouble", ["deleted", "no scope", "elsewhere", "not a picture"])
def test_what_cannot_be_shown_is_a_named_link(small: World, trouble: str) -> None:
    """A picture that is gone, forbidden, elsewhere or none at all does not keep the note from going out."""
    if trouble == "no scope":
        small.stop()
        small.slack.install(small.app_with(lambda scope: scope != "files:read"))
        small.start()
    kind = "image/svg+xml" if trouble == "not a picture" else "image/png"
    [roof] = given(small, {**ROOF, "mimetype": kind, "is_external": trouble == "elsewhere"})
    if trouble == "deleted":
        small.slack.remove_file(roof["id"])
    small.person("U_ANA").command("/weeknotes", "draft", CHANNEL)
    small.at(6, 15)
    small.at(6, 16)

    digest = small.messages(CHANNEL)[-1]
    assert [] == pictures(digest)
    assert roof["permalink"] in words_of(digest)
    assert "roof.png" in words_of(digest)
    assert "The roof is on." in words_of(digest)


def test_an_export_takes_photos_and_files_along(team: World) -> None:
    """They lie beside the document, which shows them where they were given."""
    [roof, plan] = given(team, ROOF, PLAN)

    name, contents = exported(team)

    document = contents.pop("my-weeknotes-2025-09-05-to-2026-03-05.md").decode()
    assert "my-weeknotes-2025-09-05-to-2026-03-05.zip" == name
    assert {f"files/{roof['id']}-roof.png": PNG, f"files/{plan['id']}-plan.pdf": PLAN["data"]} == contents
    assert f"![roof.png](files/{roof['id']}-roof.png)" in document
    assert f"[plan.pdf](files/{plan['id']}-plan.pdf)" in document


@pytest.mark.parametrize("form", ["html", "json", "csv"])
def test_every_format_takes_them_along(small: World, form: str) -> None:
    """HTML shows them; the tables have their ids and links."""
    [roof] = given(small, ROOF)

    _, contents = exported(small, f"export {form}")

    document = contents[f"my-weeknotes-2025-09-05-to-2026-03-05.{form}"].decode()
    assert PNG == contents[f"files/{roof['id']}-roof.png"]
    shown = f'<img src="files/{roof["id"]}-roof.png" alt="roof.png">'
    assert (shown if form == "html" else roof["permalink"]) in document


@pytest.mark.parametrize("trouble", ["deleted", "huge", "signing in", "slow", "broken"])
def test_what_cannot_be_fetched_is_a_named_link_and_the_export_says_so(
    small: World, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file that is gone, too big, slow or kept back does not keep the rest from coming."""
    roof, plan = given(small, ROOF, PLAN)
    faults = {"signing in": "http_302", "slow": "timeout", "broken": "drop"}
    if trouble in faults:
        monkeypatch.setattr("bot.slack.enclosures.FILE_SECONDS", 0.3)
        monkeypatch.setattr("bot.slack.enclosures.AT_ONCE", 1)
        small.slack.faults.add(Fault("files.download", faults[trouble], times=2 if trouble == "broken" else 1))
    elif trouble == "huge":
        monkeypatch.setattr("bot.slack.enclosures.FILE_BYTES", 100)
    else:
        small.slack.remove_file(roof["id"])

    _, contents = exported(small)

    document = next(data.decode() for name, data in contents.items() if name.endswith(".md"))
    assert f"[roof.png](<{roof['permalink']}>) (this file could not be fetched" in document
    assert f"files/{plan['id']}-plan.pdf" in contents
    assert f"files/{roof['id']}-roof.png" not in contents


def test_without_the_scope_an_export_is_the_document_alone(small: World) -> None:
    """Then files are links in it."""
    small.stop()
    small.slack.install(small.app_with(lambda scope: scope != "files:read"))
    small.start()
    [roof] = given(small, ROOF)

    small.person("U_ANA").command("/weeknotes", "export", CHANNEL)
    small.settle()

    [file] = small.dms("U_ANA")[-1]["files"]
    assert file["name"].endswith(".md")
    assert roof["permalink"].encode() in small.slack.file(file["id"])[1]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\boot.ini", "/etc/cron.d/x", "a\x00b.png", "CON", "." * 300, "名前 🎉.png"]
)
def test_no_name_leads_out_of_the_archive(small: World, name: str) -> None:
    """However somebody names a file, it lies in the folder of files, under a name that every system takes."""
    given(small, {**ROOF, "name": name})

    _, contents = exported(small)

    [path] = [path for path in contents if path.startswith("files/")]
    _, inner = path.split("/")
    assert 2 == len(contents)
    assert inner[0].isalnum()
    assert not set(inner) & set('\\/:*?"<>|\x00')
    assert len(inner) < 120


def test_the_token_goes_to_slack_alone(small: World) -> None:
    """A file that is kept elsewhere is not asked for there: its address would learn the bot's token."""
    said: dict[str, Any] = {**ROOF, "is_external": True}
    [elsewhere] = given(small, said)

    small.person("U_ANA").command("/weeknotes", "export", CHANNEL)
    small.settle()

    assert not [call for call in small.slack.calls if call.method == "files.download"]
    [file] = small.dms("U_ANA")[-1]["files"]
    assert elsewhere["permalink"].encode() in small.slack.file(file["id"])[1]
