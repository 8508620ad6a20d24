"""The form for answering on the page, in Chromium: what is there, changed, added and removed, and where it shows."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.windows import Windows
from tests.support.world import World, world

THURSDAY = datetime(2026, 3, 5, 10, tzinfo=UTC)
HIGHLIGHTS = "What were the highlights of your week?"


@pytest.fixture
def team(sqlite_url: str) -> Iterator[World]:
    """Give a team of which Ana was asked on Thursday and has answered twice."""
    with world(sqlite_url) as made:
        made.series(contributors=("U_ANA",))
        made.clock.jump(THURSDAY)
        made.settle()
        made.reply("U_ANA", "The libary *opened*.")
        made.reply("U_ANA", "Not this.")
        yield made


@pytest.fixture
def page(browser: Browser, team: World) -> Iterator[Page]:
    """Open Ana's conversation with the bot; at the end its console must have been silent."""
    opened = Windows(browser, team.slack.url)
    yield opened.open(f"/?as=U_ANA&c={team.person('U_ANA').dm()}")
    opened.close()
    assert [] == opened.complaints


def _form(page: Page, team: World) -> Locator:
    page.locator("#messages .message", has_text="It’s time for").get_by_role("button", name="Answer in a form").click()
    form = page.get_by_role("dialog", name="Your week")
    expect(form).to_be_visible()  # only then has the workspace heard of the click
    team.settle()
    return form


def _save(form: Locator, team: World) -> None:
    form.get_by_role("button", name="Save").click()
    team.settle()


def test_a_form_shows_changes_adds_and_removes_answers_in_thread_and_home(page: Page, team: World) -> None:
    """Also a long one, which comes back in two fields; the thread and the Home show what was saved."""
    form = _form(page, team)
    expect(form.get_by_label(HIGHLIGHTS).first).to_have_value("The libary *opened*.")
    form.get_by_label(HIGHLIGHTS).first.fill("The library *opened*.")
    form.locator("[data-block='answer:2'] textarea").fill("")
    long = "\n".join(f"Line {n} of a very long list of things that were done." for n in range(80))
    form.get_by_label("What else did you do?").first.fill(long)
    _save(form, team)
    expect(form).to_be_hidden()

    _form(page, team)
    pieces = form.locator("[data-block^='answer:3'] textarea")
    expect(pieces).to_have_count(2)
    assert long == "\n".join(pieces.nth(n).input_value() for n in range(2))
    form.get_by_role("button", name="Cancel").click()

    page.locator("#messages .message", has_text="It’s time for").locator(".reply-bar").click()
    saved = page.locator("#thread .message", has_text="Saved from the form").last
    expect(saved).to_contain_text("I have 2 answers from you so far")
    expect(saved).to_contain_text("The library opened.")
    expect(saved).not_to_contain_text("Not this.")
    page.get_by_role("tab", name="Home").click()
    expect(page.locator("#home")).to_contain_text("The library opened.")


def test_a_form_that_was_overtaken_keeps_what_was_typed_and_shows_what_is_kept(page: Page, team: World) -> None:
    """An answer is edited in Slack while the form is open: both stand there, and saving again decides."""
    form = _form(page, team)
    ana = team.person("U_ANA")
    said = next(m for m in team.messages(ana.dm(), team.thread_of("U_ANA")) if "libary" in m["text"])
    ana.edit(ana.dm(), said["ts"], "The new library opened.")
    team.settle()
    form.get_by_label(HIGHLIGHTS).first.fill("The library opened on Monday.")
    _save(form, team)

    expect(form).to_contain_text("Nearly saved.")
    expect(form).to_contain_text("The new library opened.")
    expect(form.get_by_label(HIGHLIGHTS).first).to_have_value("The library opened on Monday.")
    _save(form, team)
    expect(form).to_be_hidden()
    _form(page, team)
    expect(form.get_by_label(HIGHLIGHTS).first).to_have_value("The library opened on Monday.")
