"""Who one is, where one is, what time it is, and what went over the wire."""

import json
import re

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from fakeslack import FakeSlack
from tests.support.windows import Windows

TEAM = "/?as=U_ANA&c=C_TEAM"


def test_says_what_it_is(windows: Windows) -> None:
    """A newcomer who opens the bare address reads that this is a local preview, and acts as somebody at once."""
    page = windows.open("/")

    expect(page.get_by_role("banner")).to_contain_text("Slack-like preview, running on this machine")
    expect(page.locator("#act-as")).to_contain_text("Ana Okafor")


def test_act_as(windows: Windows, slack: FakeSlack) -> None:
    """Acting as somebody else shows their channels and times in their zone, and the address says who."""
    slack.person("U_ANA").say("C_TEAM", "Hello")
    page = windows.open(TEAM)
    expect(page.locator(".message .stamp")).to_have_text("09:59")
    expect(page.get_by_role("button", name="leads")).to_be_visible()

    page.locator("#act-as").click()
    page.get_by_role("menuitemradio", name="Chidi Nwosu").click()

    expect(page.locator("#act-as")).to_contain_text("Chidi Nwosu")
    expect(page.locator("#act-as")).to_contain_text("04:59 · New York, GMT-5")
    expect(page.locator(".message .stamp")).to_have_text("04:59")
    expect(page.get_by_role("button", name="leads")).to_have_count(0)
    assert "as=U_CHIDI" in page.url


def test_unread(windows: Windows, slack: FakeSlack, client: WebClient) -> None:
    """A channel says how many are in it; one with unread messages has a badge, until it is visited."""
    page = windows.open("/?as=U_ANA&c=C_LEADS")
    expect(page.locator(".intro")).to_contain_text("a private channel with one person in it")
    slack.person("U_BO").say("C_TEAM", "One")
    client.chat_postMessage(channel="C_TEAM", text="Two")
    expect(page.locator(".badge")).to_have_text("2 unread")

    page.get_by_role("button", name="team-weeknotes").click()

    expect(page.locator(".badge")).to_have_count(0)
    expect(page.locator("#messages .message")).to_have_count(2)


def test_two_people_see_each_other(windows: Windows) -> None:
    """Two windows with two people show each other's words."""
    one, other = windows.open(TEAM), windows.open("/?as=U_BO&c=C_TEAM")

    one.locator("#compose textarea").fill("Hello Bo")
    one.locator("#compose textarea").press("Enter")

    expect(other.locator(".message")).to_contain_text("Hello Bo")


def test_jump_to_the_next_stop(windows: Windows, slack: FakeSlack) -> None:
    """The button jumps to the next stop, then offers the one after; the acting person's time follows."""
    page = windows.open(TEAM)

    page.get_by_role("button", name="Jump to Thursday 10:00").click()

    expect(page.locator("#clock-button")).to_contain_text("Thu 5 Mar 10:00")
    expect(page.get_by_role("button", name="Jump to Friday 16:00")).to_be_visible()
    expect(page.locator("#act-as")).to_contain_text("10:00")
    assert slack.stops()[0].at == slack.clock.now()


def test_a_press_that_news_come_between(windows: Windows, slack: FakeSlack) -> None:
    """What comes while a button is held down is drawn when it is let go, so that the press still counts."""
    page = windows.open(TEAM)
    page.get_by_role("button", name="Jump to Thursday 10:00").hover()
    with page.expect_response("**/page/snapshot*"):
        page.mouse.down()
        slack.person("U_BO").say("C_TEAM", "Hello")

    page.mouse.up()

    expect(page.locator("#clock-button")).to_contain_text("Thu 5 Mar 10:00")
    expect(page.locator(".message")).to_contain_text("Hello")


def test_jump_anywhere(windows: Windows, slack: FakeSlack) -> None:
    """Any moment can be named, in the acting person's zone; the past is refused with a sentence."""
    page = windows.open("/?as=U_CHIDI&c=C_TEAM")
    page.locator("#clock-button").click()
    page.get_by_label("Any other moment, in New York time").fill("2026-03-09T09:30")
    page.get_by_role("button", name="Jump", exact=True).click()
    expect(page.locator("#clock-button")).to_contain_text("Mon 9 Mar 09:30")
    assert "2026-03-09T13:30:00+00:00" == slack.clock.now().isoformat()

    page.locator("#clock-button").click()
    page.get_by_label("Any other moment, in New York time").fill("2026-03-01T09:30")
    page.get_by_role("button", name="Jump", exact=True).click()

    expect(page.locator(".toast")).to_contain_text("only moves forward")


def test_inspector(windows: Windows, client: WebClient) -> None:
    """The drawer lists what the app called, live, with arguments and answer as JSON, and can be filtered."""
    page = windows.open(TEAM)
    page.get_by_role("button", name="Wire").click()
    client.chat_postMessage(channel="C_TEAM", text="Over the wire")
    client.auth_test()
    expect(page.locator(".call-row")).to_have_count(2)

    page.get_by_label("Filter calls").fill("postmessage")

    expect(page.locator(".call-row")).to_have_count(1)
    arguments, answer = page.locator("#call .json").all_inner_texts()
    assert ("Over the wire", True) == (json.loads(arguments)["text"], json.loads(answer)["ok"])


def test_join_a_channel(windows: Windows, slack: FakeSlack) -> None:
    """A public channel one is not in can be looked at and joined."""
    slack.add_channel("C_LIB", name="library", members=["U_BO"], creator="U_BO")
    page = windows.open(TEAM)
    page.get_by_role("button", name="library").click()
    expect(page.locator("#compose textarea")).to_have_count(0)

    page.get_by_role("button", name="Join").click()

    expect(page.locator("#compose textarea")).to_be_visible()


def test_keyboard_alone(windows: Windows, slack: FakeSlack) -> None:
    """With Tab, arrows and letters alone one reaches a message, opens its thread and comes back to it."""
    slack.person("U_BO").say("C_TEAM", "First")
    slack.person("U_CHIDI").say("C_TEAM", "Second")
    page = windows.open(TEAM)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to messages")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".message").nth(1)).to_be_focused()

    page.keyboard.press("ArrowUp")
    page.keyboard.press("t")

    expect(page.locator("#thread textarea")).to_be_focused()
    expect(page.locator("#thread .message")).to_contain_text("First")
    page.keyboard.press("Escape")
    expect(page.locator("#thread")).to_be_hidden()
    expect(page.locator(".message").nth(0)).to_be_focused()


def _sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize("scheme", ("light", "dark"))
def test_phone(windows: Windows, slack: FakeSlack, client: WebClient, scheme: str) -> None:
    """At 390 pixels everything is reached without scrolling sideways: switch, send, thread, wire."""
    long = "https://example.org/" + "a" * 300
    wide = {"type": "table", "rows": [[{"type": "raw_text", "text": f"Column {n}"} for n in range(12)]] * 2}
    client.chat_postMessage(
        channel="C_TEAM", text=long, blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": long}}, wide]
    )
    page = windows.open(TEAM, width=390, height=844, color_scheme=scheme, has_touch=True)
    assert _sideways(page) <= 0

    page.get_by_role("button", name="Channels and people").click()
    page.locator("#act-as").click()
    page.get_by_role("menuitemradio", name="Bo Lindqvist").click()
    expect(page.locator("#act-as")).to_contain_text("Bo Lindqvist")
    page.get_by_role("navigation").get_by_role("button", name="team-weeknotes").click()
    page.locator("#compose textarea").fill("From the tram")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".message")).to_have_count(2)
    page.locator(".message").nth(1).focus()
    page.keyboard.press("t")
    expect(page.locator("#thread")).to_be_visible()
    assert _sideways(page) <= 0
    page.get_by_role("button", name="Close thread").click()
    page.get_by_role("button", name="Wire").click()
    expect(page.locator(".call-row")).to_have_count(1)
    assert _sideways(page) <= 0

    assert "U_BO" == slack.messages("C_TEAM")[-1]["user"]


def test_title_counts_unread(windows: Windows, slack: FakeSlack) -> None:
    """The window's title says where one is and how much is unread elsewhere."""
    page = windows.open("/?as=U_ANA&c=C_LEADS")

    slack.person("U_BO").say("C_TEAM", "One")

    expect(page).to_have_title(re.compile(r"^\(1\) leads"))
