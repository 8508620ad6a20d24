"""An editor's way on the page, in Chromium: from an empty channel over the settings and the draft to the note."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.windows import Windows
from tests.support.world import PEOPLE, World, world

OURS = "C_OURS"


@pytest.fixture
def team(sqlite_url: str) -> Iterator[World]:
    """Give a workspace with a private channel of four, without the bot, and nothing set up."""
    with world(sqlite_url) as made:
        made.slack.add_channel(OURS, name="ours", members=list(PEOPLE), creator="U_DEE", private=True)
        yield made


@pytest.fixture
def page(browser: Browser, team: World) -> Iterator[Page]:
    """Open the page as Dee in the channel; at the end its console must have been silent."""
    windows = Windows(browser, team.slack.url)
    yield windows.open(f"/?as=U_DEE&c={OURS}")
    windows.close()
    assert [] == windows.complaints


def test_from_an_empty_channel_to_the_note(team: World, page: Page) -> None:
    """Everything an editor does in a first week is done on the page alone, and the channel reads what came of it."""
    _set_up(team, page)
    _number_it(team, page)
    _collect(team)
    page.locator(".place:has(.app-tag)").click()
    draft = page.locator("#messages .message", has_text="The draft of").last
    _edit(page, draft)
    _hold_and_release(team, page, draft)
    draft.get_by_role("button", name="Publish now").click()
    page.locator("#ask").get_by_role("button", name="Publish").click()
    expect(page.locator("#messages .message", has_text="is out").first).to_be_visible()

    page.locator(".place", has_text="ours").click()
    note = page.locator("#messages .message", has_text="#1 — The library opened.")
    expect(note.get_by_role("heading")).to_have_text(["#1 — The library opened.", "Ben Marsh", "Ana Okafor"])
    expect(note).to_contain_text("Bagels for nearly everyone.")
    expect(note).not_to_contain_text("Nobody needs to know this.")
    expect(note.locator(".edited")).to_have_count(0)


def _send(page: Page, text: str) -> None:
    page.locator("#compose textarea").fill(text)
    page.locator("#compose textarea").press("Enter")


def _set_up(team: World, page: Page) -> None:
    """Set the series up; the bot says that it is not in the channel, and comes when it is invited."""
    _send(page, "/weeknotes setup")
    form = page.get_by_role("dialog", name="Weeknotes")
    form.get_by_label("Name", exact=True).fill("Our weeknotes")
    expect(form.locator("[data-block=editors] .choice").first).to_contain_text("Dee Roy")  # whom it starts with is seen
    expect(form).to_contain_text("The next title might be: 1.1 — weeknotes — the library opened")
    form.get_by_label("Number of the first note").fill("7")
    form.get_by_label("Number of the first note").press("Tab")
    expect(form).to_contain_text("The next title might be: 1.7 — weeknotes — the library opened")
    for name, _ in PEOPLE.values():
        form.locator("[data-block=contributors]").get_by_label(name).check()
    form.get_by_role("button", name="Start").click()
    expect(form).to_be_hidden()
    team.settle()
    page.locator(".place:has(.app-tag)").click()
    expect(page.locator("#messages")).to_contain_text("I’m not in #ours yet, so I can’t post there.")

    page.locator(".place", has_text="ours").click()
    _send(page, "/invite @Weeknotes")
    expect(page.locator("#messages .message", has_text="Our weeknotes will be posted here")).to_be_visible()


def _number_it(team: World, page: Page) -> None:
    """Change in the settings how notes are numbered and titled, and see the next title while typing."""
    _send(page, "/weeknotes settings")
    overview = page.get_by_role("dialog", name="Settings")
    overview.get_by_role("button", name="Change: The note").click()
    form = page.get_by_role("dialog", name="The note")
    form.get_by_label("How it is numbered").fill("#{count}")
    form.get_by_label("Its title").fill("{number} — {headline}")
    expect(form).to_contain_text("#1 — the library opened")
    form.get_by_role("button", name="Save").click()
    expect(overview).to_contain_text("The next title might be: #1 — the library opened")
    overview.get_by_role("button", name="Done").click()
    expect(overview).to_be_hidden()
    team.settle()


def _collect(team: World) -> None:
    """Let two people give something, and the draft come."""
    team.at(5, 10, zone="America/New_York")
    team.reply("U_ANA", "The library opened.")
    team.reply("U_ANA", "Nobody needs to know this.")
    team.reply("U_BEN", "Bagels for everyone.")
    team.at(6, 15)


def _edit(page: Page, draft: Locator) -> None:
    """Give the note its introduction; reword one entry, leave one out, make one the headline, move a part up."""
    draft.get_by_role("button", name="Title and intro").click()
    title = page.get_by_role("dialog", name="Title and intro")
    title.get_by_label("Introduction").fill("What a *week*.")
    title.get_by_role("button", name="Save").click()
    expect(draft).to_contain_text("What a week.")
    draft.get_by_role("button", name="Edit", exact=True).click()
    form = page.get_by_role("dialog", name="Edit the note")
    _choose(page, form, 2, "Change the wording…")
    wording = page.get_by_role("dialog", name="Change the wording")
    wording.locator("textarea, [contenteditable]").first.fill("Bagels for nearly everyone.")
    wording.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("Bagels for nearly everyone.")
    _choose(page, form, 1, "Leave it out")
    expect(form).to_contain_text("left out of the note")
    _choose(page, form, 0, "Make it the headline")
    expect(form).to_contain_text("the headline")
    _choose(page, form, 2, "Move Ben Marsh’s part up")
    expect(form.locator(".modal-body")).to_contain_text(re.compile("Ben Marsh.*Ana Okafor"))
    form.get_by_role("button", name="Close").last.click()
    expect(draft).to_contain_text("#1 — The library opened.")


def _choose(page: Page, form: Locator, entry: int, what: str) -> None:
    """Choose something in the menu of an entry."""
    form.locator(".modal-body").get_by_role("button").nth(entry).click()
    page.get_by_role("menuitem", name=what).click()


def _hold_and_release(team: World, page: Page, draft: Locator) -> None:
    """On hold the note stays where it is at four; released before, it would go out by itself."""
    draft.get_by_role("button", name="Hold").click()
    expect(draft).to_contain_text("It is on hold")
    draft.get_by_role("button", name="Release").click()
    assert page.locator("#ask .modal-body").evaluate("body => body.scrollHeight <= body.clientHeight")
    page.locator("#ask").get_by_role("button", name="Release").click()
    expect(draft).not_to_contain_text("It is on hold")
    team.settle()
