"""Forms: how they are opened, filled in, checked, sent in, stacked, changed and closed."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.web import WebClient

from fakeslack import FakeSlack
from fakeslack.people import Person
from tests.support.form_parts import asking, buttons, modal, option, plain
from tests.support.local_apps import SocketApp

Json = dict[str, Any]
Refused = Callable[..., Any]


@pytest.fixture
def opened(app: SocketApp, client: WebClient, ana: Person) -> Callable[[Json], Json]:
    """Give a function that opens a modal for Ana by a command."""

    def open_view(view: Json) -> Json:
        ana.command("/weeknotes", "", "C_TEAM")
        trigger_id = app.requests[-1].payload["trigger_id"]
        found: Json = client.views_open(trigger_id=trigger_id, view=view)["view"]
        return found

    return open_view


def test_a_trigger_opens_one_view_within_its_time(
    slack: FakeSlack, app: SocketApp, client: WebClient, ana: Person, refused: Refused
) -> None:
    """A second use, a late one and an invented one are told apart."""
    for _ in range(2):
        ana.command("/weeknotes", "", "C_TEAM")
    first, second = [each.payload["trigger_id"] for each in app.requests]
    view = modal(asking("a", "plain_text_input"))

    client.views_open(trigger_id=first, view=view)
    again = refused(client.views_open, trigger_id=first, view=view)
    slack.trigger_seconds = 0.0
    late = refused(client.views_open, trigger_id=second, view=view)
    invented = refused(client.views_open, trigger_id="1.2.3", view=view)

    codes = [each["error"] for each in (again, late, invented)]
    assert ["exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id"] == codes


def test_a_submission_carries_every_kind_of_value(app: SocketApp, ana: Person, opened: Callable[[Json], Json]) -> None:
    """What was typed, what was there at first, and what is empty are in state.values as Slack has them."""
    options = [option("a"), option("b")]
    opened(
        modal(
            asking("text", "plain_text_input", initial_value="as it was"),
            asking("rich", "rich_text_input"),
            asking("one", "static_select", options=options, initial_option=option("b")),
            asking("many", "multi_static_select", options=options),
            asking("user", "users_select", initial_user="U_ANA"),
            asking("users", "multi_users_select"),
            asking("place", "conversations_select", default_to_current_conversation=True),
            asking("places", "multi_conversations_select", optional=True),
            asking("channel", "channels_select"),
            asking("boxes", "checkboxes", options=options, optional=True),
            asking("radio", "radio_buttons", options=options),
            asking("time", "timepicker", initial_time="09:30"),
            asking("day", "datepicker", optional=True),
            asking("number", "number_input", is_decimal_allowed=False),
            asking("mail", "email_text_input"),
            asking("web", "url_text_input", optional=True),
        )
    )
    given = {
        "rich": "*bold* words",
        "many": ["b", "a"],
        "users": ["U_BEN"],
        "channel": "C_TEAM",
        "radio": "a",
        "number": 3,
        "mail": "a@x.org",
    }

    errors = ana.submit({name: {name: value} for name, value in given.items()})

    values = app.requests[-1].payload["view"]["state"]["values"]
    found = {name: next(v for k, v in values[name][name].items() if k != "type") for name in values}
    bold = found.pop("rich")["elements"][0]["elements"][0]
    assert {} == errors
    assert {"type": "text", "text": "bold", "style": {"bold": True}} == bold
    assert {
        "text": "as it was",
        "one": option("b"),
        "many": [option("b"), option("a")],
        "user": "U_ANA",
        "users": ["U_BEN"],
        "place": "C_TEAM",
        "places": [],
        "channel": "C_TEAM",
        "boxes": [],
        "radio": option("a"),
        "time": "09:30",
        "day": None,
        "number": "3",
        "mail": "a@x.org",
        "web": None,
    } == found
    assert ana.view() is None


def test_the_client_checks_before_it_submits(app: SocketApp, ana: Person, opened: Callable[[Json], Json]) -> None:
    """Required, length, number and address are checked without asking the app."""
    opened(
        modal(
            asking("text", "plain_text_input", max_length=3),
            asking("number", "number_input", is_decimal_allowed=False, max_value="5"),
            asking("mail", "email_text_input"),
            asking("web", "url_text_input"),
        )
    )
    before = len(app.requests)

    errors = ana.submit({"text": {"text": "four"}, "number": {"number": "6"}, "mail": {"mail": "nobody"}})["errors"]

    assert ({"text", "number", "mail", "web"}, before) == (set(errors), len(app.requests))
    assert ana.view() is not None


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({}, ["T"]),
        ({"response_action": "clear"}, []),
        (
            {"response_action": "update", "view": modal(asking("b", "plain_text_input"), title=plain("New"))},
            ["T", "New"],
        ),
        (
            {"response_action": "push", "view": modal(asking("b", "plain_text_input"), title=plain("On"))},
            ["T", "T", "On"],
        ),
        ({"response_action": "errors", "errors": {"a": "No."}}, ["T", "T"]),
    ],
)
def test_what_a_submissions_answer_does(
    slack: FakeSlack,
    app: SocketApp,
    client: WebClient,
    ana: Person,
    opened: Callable[[Json], Json],
    answer: Json,
    titles: list[str],
) -> None:
    """Nothing closes the view; clear, update, push and errors do what they say."""
    first = opened(modal(asking("a", "plain_text_input", initial_value="x"), buttons("more")))
    ana.click_view(first["id"], "more")
    slack.idle()
    view = modal(asking("a", "plain_text_input", initial_value="x"))
    client.views_push(trigger_id=app.requests[-1].payload["trigger_id"], view=view)
    app.answer = lambda payload: answer if payload.get("type") == "view_submission" else {}

    errors = ana.submit()

    assert titles == [each["title"]["text"] for each in ana.views()]
    assert ({"errors": {"a": "No."}} if "errors" in answer else {}) == errors
    assert [] == slack.problems


def test_an_answer_that_slack_could_not_use_is_noted(
    slack: FakeSlack, app: SocketApp, ana: Person, opened: Callable[[Json], Json]
) -> None:
    """Errors for a block that does not exist are a problem of the app's."""
    opened(modal(asking("a", "plain_text_input", initial_value="x")))
    app.answer = lambda _payload: {"response_action": "errors", "errors": {"nowhere": "No."}}

    ana.submit()

    assert ["nowhere" in problem for problem in slack.problems] == [True]


def test_modals_stack_three_high(
    slack: FakeSlack, app: SocketApp, client: WebClient, ana: Person, opened: Callable[[Json], Json], refused: Refused
) -> None:
    """A fourth is refused."""
    view = modal(buttons("more"), submit=None)
    opened(view)
    codes = []
    for _ in range(3):
        top = ana.view()
        assert top is not None
        ana.click_view(top["id"], "more")
        slack.idle()
        trigger_id = app.requests[-1].payload["trigger_id"]
        if len(ana.views()) < 3:
            client.views_push(trigger_id=trigger_id, view=view)
        else:
            codes.append(refused(client.views_push, trigger_id=trigger_id, view=view)["error"])

    assert ["push_limit_reached"] == codes


def test_an_update_needs_the_latest_hash_and_keeps_what_was_typed(
    slack: FakeSlack, client: WebClient, ana: Person, opened: Callable[[Json], Json], refused: Refused
) -> None:
    """An old hash is a conflict; the same block_id and action_id keep their value."""
    view = opened(modal(asking("a", "plain_text_input"), buttons("more")))
    ana.click_view(view["id"], "more", state={"a": {"a": "typed"}})
    slack.idle()

    updated = client.views_update(view_id=view["id"], hash=view["hash"], view=modal(asking("a", "plain_text_input")))
    stale = refused(
        client.views_update, view_id=view["id"], hash=view["hash"], view=modal(asking("a", "plain_text_input"))
    )

    assert "typed" == updated["view"]["state"]["values"]["a"]["a"]["value"]
    assert "hash_conflict" == stale["error"]
    ana.close_view()
    gone = refused(client.views_update, view_id=view["id"], view=modal(asking("a", "plain_text_input")))
    assert "not_found" == gone["error"]


def test_a_closed_modal_is_told_when_asked(
    slack: FakeSlack, app: SocketApp, ana: Person, opened: Callable[[Json], Json]
) -> None:
    """view_closed comes with notify_on_close only."""
    for wanted in (True, False):
        opened(modal(asking("a", "plain_text_input"), notify_on_close=wanted))
        ana.close_view()
    slack.idle()

    assert 1 == [each.payload.get("type") for each in app.requests].count("view_closed")
