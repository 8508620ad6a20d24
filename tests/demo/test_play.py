"""The week with nobody watching, over the wire."""

import shutil
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.demo import play as playing
from bot.demo.check import Missing
from bot.demo.play import play

WEDNESDAY = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOSTILE = Path(__file__).with_name("hostile.md")


@pytest.fixture
def console() -> Console:
    """Give a terminal that can be read."""
    return Console(file=StringIO(), width=160)


def printed(console: Console) -> str:
    """Return what is on the terminal."""
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_the_sample_week_is_played(tmp_path: Path, console: Console) -> None:
    """Everybody is asked in their own zone and replies; the note goes out, is printed and written, and has it all."""
    status = play(None, tmp_path / "out" / "note.md", tmp_path / "note.html", console, WEDNESDAY)
    shown = printed(console)

    assert status == 0
    assert [
        "Wednesday 21:00  Tane Rewi is asked",
        "Thursday 08:00  Nikos Pappas is asked",
        "Thursday 10:00  Ana Okafor is asked",
        "Thursday 15:00  Maya Goldberg is asked",
        "Friday 15:00  the editor gets the draft",
        "Friday 16:00  the note goes out",
    ] == [line for line in shown.splitlines() if line.endswith(("is asked", "draft", "goes out"))]
    assert "every word and every link is in the note" in shown
    for words in ("Dilys from the contact centre", "Fat Freddy’s Drop", "ward=Marsh%20Lane&status=decided,pending"):
        assert words in shown
        assert words in (tmp_path / "out" / "note.md").read_text(encoding="utf-8")
    assert "Dilys from the contact centre" in (tmp_path / "note.html").read_text(encoding="utf-8")


def test_hostile_weeks_are_played(tmp_path: Path, console: Console) -> None:
    """Markdown of every kind, from somebody without a name and as plain text too, is in the note to the last word."""
    shutil.copy(HOSTILE, tmp_path / "1.md")
    shutil.copy(HOSTILE, tmp_path / "2.txt")
    (tmp_path / "3.md").write_text(f"Long.\n\n{'A long and winding paragraph. ' * 500}\n\nskip\n", encoding="utf-8")

    status = play(tmp_path, console=console, now=WEDNESDAY)

    assert (0, True) == (status, "3 people" in printed(console)), printed(console)


def test_one_persons_week_is_their_own_note(tmp_path: Path, console: Console) -> None:
    """A folder of one week is a series of one: headings and prose, without a name above them."""
    (tmp_path / "ben.md").write_text("# Weeknotes 3\n\nI did it.\n\n## I also…\n\n- one\n", encoding="utf-8")

    status = play(tmp_path, tmp_path / "note.md", console=console, now=WEDNESDAY)

    assert status == 0
    assert "# Ben" not in (tmp_path / "note.md").read_text(encoding="utf-8")


def test_a_week_that_brings_its_title_gives_it_to_the_note(tmp_path: Path, console: Console) -> None:
    """A series of one takes number and headline from its person's own title, which is not said twice."""
    told = "On Tuesday we opened the doors of the library again, two years after the flood, and forty people came."
    (tmp_path / "ben.txt").write_text(f"7.3 — weeknotes — a library at last\n\n{told}", encoding="utf-8")

    status = play(tmp_path, tmp_path / "note.md", console=console, now=WEDNESDAY)

    written = (tmp_path / "note.md").read_text(encoding="utf-8")
    assert status == 0
    assert written.count("# 7.3 — weeknotes — a library at last") == 1
    assert written.count("a library at last") == 2  # in the front matter, and above the note


def test_what_is_missing_is_listed(tmp_path: Path, console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the note lacks something, the exit status says so, and the terminal says what."""
    (tmp_path / "ben.md").write_text("I did it.", encoding="utf-8")
    monkeypatch.setattr(playing, "missing", lambda *_: [Missing("Ben", "[did]", "HTML")])

    status = play(tmp_path, console=console, now=WEDNESDAY)

    assert status == 1
    assert any(all(words in line for words in ("HTML", "Ben", "[did]")) for line in printed(console).splitlines())
