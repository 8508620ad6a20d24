"""The app on the page: its buttons, menus, modals, commands, shortcuts and Home."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect
from slack_bolt import Ack, App
from slack_sdk import WebClient

from fakeslack import FakeSlack
from tests.support.windows import Windows

Connect = Callable[[], App]
TEAM = "/?as=U_ANA&c=C_TEAM"


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def _button(action_id: str, text: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"type": "button", "action_id": action_id, "text": _plain(text), **more}


def _input(block_id: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "type": "input",
        "block_id": block_id,
        "label": _plain(label),
        "element": {"action_id": "x", **element},
        **more,
    }


DAYS = [{"text": _plain(day), "value": day.lower()} for day in ("Thursday", "Friday")]
FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form",
    "title": _plain("Your week"),
    "submit": _plain("Save"),
    "blocks": [
        _input("words", "Highlights", {"type": "plain_text_input", "multiline": True}),
        _input("people", "People", {"type": "multi_users_select", "initial_users": ["U_ANA"]}),
        _input("day", "Day", {"type": "static_select", "options": DAYS}),
        _input("at", "At", {"type": "timepicker", "initial_time": "10:00"}),
        _input("from", "From", {"type": "datepicker"}, optional=True),
        _input("count", "Count", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
        _input("rich", "Intro", {"type": "rich_text_input"}, optional=True),
        _input("layout", "Layout", {"type": "radio_buttons", "options": DAYS}, optional=True),
        _input("flags", "Flags", {"type": "checkboxes", "options": DAYS}, optional=True),
    ],
}


def _actions(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "actions", "block_id": "do", "elements": list(elements)}]


def test_button(windows: Windows, client: WebClient, bolt: Connect) -> None:
    """A pressed button reaches the app with its value, and what the app then changes is seen."""
    app = bolt()

    @app.action("prompt.next")
    def pressed(ack: Ack, body: dict[str, Any]) -> None:
        text = f"{body['user']['id']} pressed {body['actions'][0]['value']}"
        client.chat_update(channel="C_TEAM", ts=body["message"]["ts"], text=text, blocks=[])
        ack()

    client.chat_postMessage(channel="C_TEAM", text="?", blocks=_actions(_button("prompt.next", "Next", value="7")))
    page = windows.open(TEAM)

    page.get_by_role("button", name="Next").click()

    expect(page.locator(".message .text")).to_have_text("U_ANA pressed 7")


def test_confirm(windows: Windows, slack: FakeSlack, client: WebClient, bolt: Connect) -> None:
    """A button with a confirm question asks it, and does nothing when the answer is no."""
    bolt().action("edition.nothing")(lambda ack: ack())
    confirm = {
        "title": _plain("Sure?"),
        "text": _plain("Nothing this week."),
        "confirm": _plain("Nothing"),
        "deny": _plain("Back"),
    }
    client.chat_postMessage(
        channel="C_TEAM", text="?", blocks=_actions(_button("edition.nothing", "None", confirm=confirm))
    )
    page = windows.open(TEAM)

    page.get_by_role("button", name="None").click()
    page.locator("#ask").get_by_role("button", name="Back").click()
    assert [] == slack.sent("block_actions")
    page.get_by_role("button", name="None").click()
    with page.expect_response("**/page/act/click*"):
        page.locator("#ask").get_by_role("button", name="Nothing").click()

    expect(page.locator("#ask")).to_be_hidden()
    slack.idle()
    assert 1 == len(slack.sent("block_actions"))


def test_menus_of_a_message(windows: Windows, slack: FakeSlack, client: WebClient, bolt: Connect) -> None:
    """The overflow menu and a select send the chosen option; two blocks may share an action_id."""
    app = bolt()
    chosen = []

    @app.action("pick")
    def picked(ack: Ack, action: dict[str, Any]) -> None:
        chosen.append((action["block_id"], action["selected_option"]["value"]))
        ack()

    overflow = {"type": "overflow", "action_id": "pick", "options": DAYS}
    select = {"type": "static_select", "action_id": "pick", "placeholder": _plain("Day"), "options": DAYS}
    section = {"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": "*When?*"}, "accessory": select}
    blocks = [{**_actions(overflow)[0], "block_id": "a"}, section]
    client.chat_postMessage(channel="C_TEAM", text="?", blocks=blocks)
    page = windows.open(TEAM)

    page.get_by_role("button", name="More options").press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_label("Day", exact=True).select_option("thursday")

    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    slack.idle()
    assert {("a", "friday"), ("b", "thursday")} == set(chosen)  # in whichever order their threads came to it
    assert 2 == len(chosen)


def test_form_with_error_then_success(windows: Windows, client: WebClient, bolt: Connect) -> None:
    """A form shows the app's error at its field and keeps what was typed; then everything typed arrives."""
    app = bolt()
    taken: list[dict[str, Any]] = []
    app.action("answer.form")(lambda ack, body: (client.views_open(trigger_id=body["trigger_id"], view=FORM), ack()))

    @app.view("form")
    def submitted(ack: Ack, view: dict[str, Any]) -> None:
        values = {block: given["x"] for block, given in view["state"]["values"].items()}
        if values["words"]["value"] == "short":
            ack(response_action="errors", errors={"words": "Please write more."})
        else:
            taken.append(values)
            ack()

    client.chat_postMessage(channel="C_TEAM", text="?", blocks=_actions(_button("answer.form", "Form")))
    page = windows.open(TEAM)
    page.get_by_role("button", name="Form").click()
    form = page.get_by_role("dialog", name="Your week")
    form.get_by_label("Highlights").fill("short")
    form.get_by_label("Bo Lindqvist").check()
    form.get_by_label("Day", exact=True).select_option("friday")
    form.get_by_label("From").fill("2026-03-09")
    form.get_by_label("Count").fill("3")
    form.get_by_label("Intro").fill("*Hello*")
    form.locator("[data-block=layout]").get_by_label("Friday").check()
    form.locator("[data-block=flags]").get_by_label("Thursday").check()
    form.get_by_role("button", name="Save").click()
    expect(form.locator(".wrong .input-error")).to_have_text("Please write more.")
    expect(form.get_by_label("Highlights")).to_be_focused()
    expect(form.get_by_label("Count")).to_have_value("3")

    form.get_by_label("Highlights").fill("Long\nenough")
    form.get_by_role("button", name="Save").click()

    expect(form).to_be_hidden()
    values = taken[0]
    assert "Long\nenough" == values["words"]["value"]
    assert ["U_ANA", "U_BO"] == values["people"]["selected_users"]
    assert ("friday", "10:00", "2026-03-09", "3") == (
        values["day"]["selected_option"]["value"],
        values["at"]["selected_time"],
        values["from"]["selected_date"],
        values["count"]["value"],
    )
    assert "bold" in str(values["rich"]["rich_text_value"])
    assert "friday" == values["layout"]["selected_option"]["value"]
    assert ["thursday"] == [each["value"] for each in values["flags"]["selected_options"]]


def test_required_fields_and_escape(windows: Windows, slack: FakeSlack, client: WebClient, bolt: Connect) -> None:
    """An empty required field is said at the field; Esc closes the modal; focus stays inside while it is open."""
    app = bolt()
    app.shortcut("jot.save")(lambda ack, body: (client.views_open(trigger_id=body["trigger_id"], view=FORM), ack()))
    slack.person("U_BO").say("C_TEAM", "Worth keeping")
    page = windows.open(TEAM)
    page.locator(".message").focus()
    page.keyboard.press("m")
    page.get_by_role("menuitem", name="Save to my weeknotes").press("Enter")
    form = page.get_by_role("dialog", name="Your week")
    expect(form.get_by_label("Highlights")).to_be_focused()

    form.get_by_role("button", name="Save").click()

    expect(form.locator("[data-block=words] .input-error")).to_have_text("Please complete this required field.")
    for _ in range(30):
        page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || document.activeElement.closest('#modal') !== null"
        assert page.evaluate(inside)
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    assert slack.person("U_ANA").view() is None


def test_pushed_views(windows: Windows, client: WebClient, bolt: Connect) -> None:
    """A pushed view lies on the first; going back finds what was typed there."""
    app = bolt()
    first = {**FORM, "blocks": [FORM["blocks"][0], *_actions(_button("more", "More"))]}
    second = {"type": "modal", "title": _plain("Deeper"), "blocks": [{"type": "section", "text": _plain("Two")}]}
    app.action("open")(lambda ack, body: (client.views_open(trigger_id=body["trigger_id"], view=first), ack()))
    app.action("more")(lambda ack, body: (client.views_push(trigger_id=body["trigger_id"], view=second), ack()))
    client.chat_postMessage(channel="C_TEAM", text="?", blocks=_actions(_button("open", "Open")))
    page = windows.open(TEAM)
    page.get_by_role("button", name="Open").click()
    page.get_by_label("Highlights").fill("Half a sen")
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("dialog", name="Deeper")).to_be_visible()

    page.get_by_role("button", name="Back").click()

    expect(page.get_by_label("Highlights")).to_have_value("Half a sen")


def test_command_with_hint(windows: Windows, bolt: Connect) -> None:
    """`/` offers the commands with their usage; the answer is seen by this person only, and can be dismissed."""
    app = bolt()
    app.command("/weeknotes")(lambda ack, command: ack(text=f"You said *{command['text']}*"))
    page = windows.open(TEAM)
    box = page.locator("#compose textarea")
    box.press_sequentially("/we")
    expect(page.get_by_role("option")).to_contain_text("help | draft")
    box.press("Tab")
    expect(box).to_have_value("/weeknotes ")
    box.press_sequentially("help")

    box.press("Enter")

    answer = page.locator(".message.ephemeral")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer.locator("strong")).to_have_text("help")
    answer.get_by_role("button", name="Dismiss").click()
    expect(answer).to_have_count(0)


def test_commands_are_refused_in_threads(windows: Windows, slack: FakeSlack) -> None:
    """A slash command in a thread is not sent, and a sentence says why."""
    parent = slack.person("U_BO").say("C_TEAM", "A question")
    page = windows.open(f"{TEAM}&t={parent['ts']}")
    box = page.locator("#thread textarea")

    box.fill("/weeknotes help")
    box.press("Enter")

    expect(page.locator(".toast")).to_contain_text("cannot be used in threads")
    expect(box).to_have_value("/weeknotes help")


def test_home(windows: Windows, slack: FakeSlack, client: WebClient, bolt: Connect) -> None:
    """Opening Home tells the app, which fills it; its buttons work."""
    app = bolt()
    view = {"type": "home", "blocks": [{"type": "header", "text": _plain("Your week")}, *_actions(_button("go", "Go"))]}
    app.event("app_home_opened")(lambda event: client.views_publish(user_id=event["user"], view=view))
    app.action("go")(lambda ack: ack())
    page = windows.open(f"/?as=U_ANA&c={slack.person('U_ANA').dm()}")

    page.get_by_role("tab", name="Home").click()

    expect(page.locator("#home .header-block")).to_have_text("Your week")
    page.locator("#home").get_by_role("button", name="Go").click()
    expect(page.locator("#home [aria-busy=true]")).to_have_count(0)
    slack.idle()
    assert 1 == len(slack.sent("block_actions"))
