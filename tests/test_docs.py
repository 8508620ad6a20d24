"""The documentation says what the code does."""

import re
from pathlib import Path

import click
import pytest

from bot.cli import main as weeknotes
from tools.docs import up_to_date

ROOT = Path(__file__).parent.parent
PAGES = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")))
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
FILE = re.compile(r"`((?:bot|storage|fakeslack|templates|tests|tools|chaos|benchmarks)/[\w/.-]+)`")
COMMAND = re.compile(r"`weeknotes ([a-z]+)(?: ([a-z-]+))?")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_the_code_knows_is_up_to_date(page: Path) -> None:
    """The settings and the commands in the documentation are the code's: `make docs` writes them."""
    text = page.read_text(encoding="utf-8")

    assert up_to_date(text) == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to another file of the project finds it."""
    links = LINK.findall(page.read_text(encoding="utf-8"))

    assert [] == [link for link in links if "://" not in link and not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page: Path) -> None:
    """Whatever `weeknotes …` a page names can be typed."""
    named = COMMAND.findall(page.read_text(encoding="utf-8"))

    assert [] == [f"{command} {sub}".strip() for command, sub in named if not _exists(command, sub)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_named_exist(page: Path) -> None:
    """Whatever test, tool or module a page points at is there."""
    named = FILE.findall(page.read_text(encoding="utf-8"))

    assert [] == [name for name in named if not (ROOT / name).exists()]


def test_the_two_commands_stand_at_the_very_top() -> None:
    """A newcomer reads no further before they have seen it work."""
    top = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:5]

    assert ["make demo", "make test"] == [line.split("  ")[0].strip() for line in top if line.startswith("make ")]


def test_make_targets_that_are_named_exist() -> None:
    """Whatever `make …` a page names can be typed."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {target for page in PAGES for target in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))}

    assert [] == sorted(target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE))


def _exists(command: str, sub: str) -> bool:
    found = weeknotes.commands.get(command)
    return found is not None and (not isinstance(found, click.Group) or not sub or sub in found.commands)
