"""The Home on the page, with the real bot: what a contributor reads and presses there, in Chromium."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.windows import Windows
from tests.support.world import World, world
from tests.support.years import Years

THURSDAY = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def team(sqlite_url: str) -> Iterator[World]:
    """Give a workspace in which Ana has been in two series for more than a year."""
    with world(sqlite_url, at=THURSDAY) as made:
        Years(series=2, editions=54, name="Digital weeknotes").write(made.bot.database)
        made.person("U_ANA").dm()
        yield made


@pytest.fixture
def page(browser: Browser, team: World) -> Iterator[Page]:
    """Give Ana's Home in a window; at the end its console must have been silent."""
    windows = Windows(browser, team.slack.url)
    opened = windows.open(f"/?as=U_ANA&c={team.person('U_ANA').dm()}")
    opened.get_by_role("tab", name="Home").click()
    yield opened
    windows.close()
    assert [] == windows.complaints


def test_this_week_and_the_weeks_before(page: Page) -> None:
    """It says what was given and where, the run, last year's week and the last notes; a button leads to all of them."""
    home = page.locator("#home")
    expect(home.get_by_role("heading", name="Digital weeknotes 1")).to_be_visible()
    expect(home).to_contain_text("The note goes out Friday 6 March at 16:00, your time.")
    expect(home).to_contain_text("you’ve given something to 54 notes in a row")
    expect(home.get_by_role("heading", name="This week last year")).to_be_visible()
    where = home.get_by_role("link", name="Thursday at 10:00").first
    assert "/archives/D_ANA/p" in (where.get_attribute("href") or "")
    expect(home.get_by_role("link", name="1.53 — weeknotes — a library at last")).to_have_count(2)

    home.get_by_role("button", name="All past notes").click()
    expect(home.get_by_role("link", name="1.44 — weeknotes")).to_have_count(2)
    home.get_by_role("button", name="Older notes").click()
    expect(home.get_by_role("link", name="1.34 — weeknotes")).to_have_count(2)
    home.get_by_role("button", name="Back to this week").click()
    expect(home.get_by_role("heading", name="Series you edit")).to_be_visible()


def test_what_somebody_chooses_for_themselves(team: World, page: Page) -> None:
    """The run is hidden and shown, reminders are turned off, days away entered and cancelled; leaving asks first."""
    home = page.locator("#home")
    home.get_by_role("button", name="Hide my run").click()
    expect(home).not_to_contain_text("in a row.")
    home.get_by_role("button", name="Show my run").click()
    expect(home).to_contain_text("54 notes in a row.")

    home.get_by_role("button", name="Turn reminders off").click()
    expect(home.get_by_role("button", name="Turn reminders on")).to_be_visible()

    home.get_by_role("button", name="I’m away").click()
    form = page.get_by_role("dialog", name="Away")
    form.get_by_label("First day").fill("2026-03-16")
    form.get_by_label("Last day").fill("2026-03-20")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    team.settle()
    expect(home).to_contain_text("You’ll be away from Monday 16 March to Friday 20 March")
    home.get_by_role("button", name="Cancel").click()
    expect(home).not_to_contain_text("You’ll be away")

    home.get_by_role("button", name="Leave: Digital weeknotes 1").click()
    asked = page.get_by_role("dialog", name="Leave")
    expect(asked).to_contain_text("Digital weeknotes 1")
    expect(asked.get_by_role("button", name="Stop asking me")).to_be_visible()
    asked.get_by_role("button", name="Close", exact=True).last.click()
    expect(home.get_by_role("button", name="Leave: Digital weeknotes 1")).to_be_visible()


def test_it_fits_a_phone(browser: Browser, team: World) -> None:
    """Nothing runs over the side of a narrow screen."""
    windows = Windows(browser, team.slack.url)
    phone = windows.open(f"/?as=U_ANA&c={team.person('U_ANA').dm()}&tab=home", width=390)
    team.person("U_ANA").open_home()
    team.settle()
    expect(phone.locator("#home")).to_contain_text("Past notes")

    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    windows.close()
