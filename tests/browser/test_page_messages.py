"""Writing, changing and reading messages on the page."""

from typing import Any

from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from fakeslack import FakeSlack
from tests.support.windows import Windows

TEAM = "/?as=U_ANA&c=C_TEAM"
HOSTILE = '<img src=x onerror="document.title=1"> <!channel> <script>alert(1)</script> & &amp; javascript:alert(1)'


def _send(page: Page, text: str, where: str = "#compose") -> None:
    page.locator(f"{where} textarea").fill(text)
    page.locator(f"{where} textarea").press("Enter")


def test_enter_sends(windows: Windows, slack: FakeSlack) -> None:
    """Enter sends what is in the box, empties it, and the message appears with its author."""
    page = windows.open(TEAM)

    _send(page, "Hello *team*")

    message = page.locator("#messages .message")
    expect(message.locator(".author")).to_have_text("Ana Okafor")
    expect(message.locator("strong")).to_have_text("team")
    expect(page.locator("#compose textarea")).to_have_value("")
    assert "Hello *team*" == slack.messages("C_TEAM")[-1]["text"]


def test_shift_enter_starts_a_line(windows: Windows, slack: FakeSlack) -> None:
    """Shift+Enter makes a new line instead of sending."""
    page = windows.open(TEAM)
    box = page.locator("#compose textarea")

    box.fill("one")
    box.press("Shift+Enter")
    box.type("two")
    box.press("Enter")

    expect(page.locator("#messages .message")).to_have_count(1)
    assert "one\ntwo" == slack.messages("C_TEAM")[-1]["text"]


def test_edit_by_keyboard(windows: Windows, slack: FakeSlack) -> None:
    """↑ in an empty box edits one's last message; Enter saves it and it says that it was edited."""
    page = windows.open(TEAM)
    _send(page, "Helo")
    expect(page.locator("#messages .message")).to_have_count(1)

    page.locator("#compose textarea").press("ArrowUp")
    page.locator(".edit-box").fill("Hello")
    page.locator(".edit-box").press("Enter")

    expect(page.locator("#messages .edited")).to_have_text("(edited)")
    assert "Hello" == slack.messages("C_TEAM")[-1]["text"]


def test_escape_leaves_an_edit(windows: Windows, slack: FakeSlack) -> None:
    """Esc while editing changes nothing."""
    slack.person("U_ANA").say("C_TEAM", "As it was")
    page = windows.open(TEAM)
    page.locator(".message").focus()
    page.keyboard.press("e")
    page.locator(".edit-box").fill("Something else")

    page.locator(".edit-box").press("Escape")

    expect(page.locator(".edit-box")).to_have_count(0)
    assert "As it was" == slack.messages("C_TEAM")[-1]["text"]


def test_delete_asks_first(windows: Windows, slack: FakeSlack) -> None:
    """Delete asks; only after the confirmation the message is gone."""
    slack.person("U_ANA").say("C_TEAM", "Away with this")
    page = windows.open(TEAM)
    page.locator(".message").hover()
    page.get_by_role("button", name="Delete message").click()
    assert 1 == len(slack.messages("C_TEAM"))

    page.locator("#ask").get_by_role("button", name="Delete").click()

    expect(page.locator("#messages .message")).to_have_count(0)
    assert [] == slack.messages("C_TEAM")


def test_others_messages_offer_no_edit(windows: Windows, slack: FakeSlack) -> None:
    """Another person's message can be replied to, not edited or deleted."""
    slack.person("U_BO").say("C_TEAM", "Mine")
    page = windows.open(TEAM)

    page.locator(".message").hover()

    expect(page.get_by_role("button", name="Reply in thread")).to_be_visible()
    expect(page.get_by_role("button", name="Edit message")).to_have_count(0)


def test_reply_in_thread(windows: Windows, slack: FakeSlack) -> None:
    """A reply goes into the thread; the parent shows how many there are, and the address names the thread."""
    parent = slack.person("U_BO").say("C_TEAM", "A question")
    page = windows.open(TEAM)
    page.locator(".message").hover()
    page.get_by_role("button", name="Reply in thread").click()

    _send(page, "An answer", "#thread")

    expect(page.locator("#thread .message")).to_have_count(2)
    expect(page.locator("#messages .reply-count")).to_have_text("1 reply")
    expect(page.locator("#messages .message")).to_have_count(1)
    assert f"t={parent['ts']}" in page.url
    assert parent["ts"] == slack.messages("C_TEAM")[-1]["thread_ts"]


def test_back_closes_the_thread(windows: Windows, slack: FakeSlack) -> None:
    """The browser's back button goes back to where one was."""
    parent = slack.person("U_BO").say("C_TEAM", "A question")
    slack.person("U_ANA").say("C_TEAM", "A reply", thread_ts=parent["ts"])
    page = windows.open(TEAM)
    page.locator(".reply-bar").click()
    expect(page.locator("#thread")).to_be_visible()

    page.go_back()

    expect(page.locator("#thread")).to_be_hidden()
    expect(page.locator("#messages .message")).to_have_count(1)


def test_photo(windows: Windows, slack: FakeSlack) -> None:
    """A chosen photo is shown before it is sent, and in the message after."""
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c63606060f80f00010401005fe5c34b0000000049454e44ae426082"
    )
    page = windows.open(TEAM)
    page.locator("#compose input[type=file]").set_input_files(
        {"name": "team.png", "mimeType": "image/png", "buffer": pixel}
    )
    expect(page.locator(".tray-file")).to_contain_text("team.png")

    _send(page, "At the library")

    image = page.locator("#messages .photo img")
    expect(image).to_have_attribute("alt", "team.png")
    expect(image).to_have_js_property("naturalWidth", 1)
    stored = slack.messages("C_TEAM")[-1]
    assert ("At the library", pixel) == (stored["text"], slack.file(stored["files"][0]["id"])[1])


def test_hostile_text_is_text(windows: Windows, slack: FakeSlack, client: WebClient) -> None:
    """Markup in messages, names and app blocks is shown as it was written; none of it becomes an element."""
    slack.add_user("U_EVIL", real_name="<b>Eve</b>")
    slack.person("U_BO").say("C_TEAM", HOSTILE)
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    blocks: list[dict[str, Any]] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": escaped}},
        {"type": "header", "text": {"type": "plain_text", "text": HOSTILE}},
        {"type": "markdown", "text": "[x](javascript:alert(1)) <b>bold</b>"},
    ]
    client.chat_postMessage(channel="C_TEAM", text="-", blocks=blocks)

    page = windows.open(TEAM)

    expect(page.locator(".message .text").first).to_have_text(HOSTILE)
    expect(page.locator(".section .text")).to_have_text(HOSTILE)
    expect(page.locator(".header-block")).to_have_text(HOSTILE)
    expect(page.locator(".markdown")).to_contain_text("<b>bold</b>")
    assert 0 == page.locator(".message :is(img, script, b, [href^=javascript])").count()
    assert 0 == page.locator(".broadcast").count()


def test_others_words_arrive_live(windows: Windows, slack: FakeSlack) -> None:
    """What others write appears by itself, and leaves half-typed words and the focus alone."""
    page = windows.open(TEAM)
    page.locator("#compose textarea").press_sequentially("half a thou")

    slack.person("U_BO").say("C_TEAM", "Interrupting")

    expect(page.locator("#messages .message")).to_have_count(1)
    expect(page.locator("#compose textarea")).to_have_value("half a thou")
    expect(page.locator("#compose textarea")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Bo Lindqvist: Interrupting")


def test_refusals_are_said(windows: Windows, slack: FakeSlack) -> None:
    """When the workspace refuses something, a sentence says so and the words are still in the box."""
    page = windows.open(TEAM)
    page.locator("#compose textarea").fill("Too late")
    slack.archive("C_TEAM")
    page.locator("#compose textarea").press("Enter")

    expect(page.locator(".toast")).to_contain_text("is_archived")
    expect(page.locator("#compose textarea")).to_have_value("Too late")


def test_reaction(windows: Windows, slack: FakeSlack) -> None:
    """A reaction shows who gave it, and pressing it joins in."""
    message = slack.person("U_BO").say("C_TEAM", "Done!")
    slack.person("U_CHIDI").react("C_TEAM", message["ts"], "tada")
    page = windows.open(TEAM)

    page.locator(".reaction").click()

    expect(page.locator(".reaction .count")).to_have_text("2")
    assert ["U_CHIDI", "U_ANA"] == slack.messages("C_TEAM")[-1]["reactions"][0]["users"]
