"""Jotting on the page, with the real bot, in Chromium: the shortcut, the list of what was saved, and taking it back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.support.windows import Windows
from tests.support.world import CHANNEL, World, world

ANA, DEE = "U_ANA", "U_DEE"


@pytest.fixture
def team(sqlite_url: str) -> Iterator[World]:
    """Give a team's workspace with the bot in it, and a series that asks everybody."""
    with world(sqlite_url) as made:
        made.person(ANA).dm()
        made.series()
        yield made


@pytest.fixture
def windows(browser: Browser, team: World) -> Iterator[Windows]:
    """Open windows on the workspace; at the end their consoles must have been silent."""
    opened = Windows(browser, team.slack.url)
    yield opened
    opened.close()
    assert [] == opened.complaints


def test_a_message_is_saved_by_its_shortcut_found_again_and_removed(team: World, windows: Windows) -> None:
    """*Save to my weeknotes* says what it kept; on Thursday the message lists it, leads back to it, and removes it."""
    team.person(DEE).say(CHANNEL, text="That was a *great* demo")
    page = windows.open(f"/?as={ANA}&c={CHANNEL}")
    message = page.locator("#messages .message", has_text="great demo")
    message.focus()
    page.keyboard.press("m")
    page.get_by_role("menuitem", name="Save to my weeknotes").press("Enter")
    receipt = page.locator("#messages .message.ephemeral", has_text="Saved for Digital weeknotes, week 10")
    expect(receipt).to_contain_text("That makes 1 thing from you so far.")
    receipt.get_by_label("Move it to…").select_option(label="Something I’ve learned")
    expect(page.locator("#messages .message.ephemeral")).to_contain_text("under “Something I’ve learned”")

    team.at(5, 10)
    page.locator(".place:has(.app-tag)").click()
    opening = page.locator("#messages .message", has_text="It’s time for").last
    expect(opening).to_contain_text("You saved 1 thing for it already")
    expect(opening).to_contain_text("That was a great demo")
    opening.get_by_role("link", name="The message you saved").click()
    expect(page.locator("#messages .message:focus")).to_contain_text("That was a great demo")
    page.go_back()

    opening.get_by_role("button", name="Remove 1: “That was a great demo”").click()
    asked = page.locator("#ask")
    expect(asked).to_contain_text("It goes from this week’s answers")
    asked.get_by_role("button", name="Remove").click()

    expect(page.locator("#messages .message.ephemeral")).to_contain_text("Removed from Digital weeknotes, week 10.")
    expect(opening).not_to_contain_text("great demo")
    assert "great demo" not in str(team.messages(team.person(ANA).dm()))
