"""What people do: messages, forms, buttons, shortcuts, App Home, and the events and payloads that come of it."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.web import WebClient
from slack_sdk.webhook import WebhookClient

from fakeslack import FakeSlack, SlackError
from fakeslack.people import Person
from tests.support.local_apps import SocketApp

Json = dict[str, Any]
Refused = Callable[..., Any]


def plain(text: str) -> Json:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def asking(action_id: str, kind: str, *, optional: bool = False, **more: object) -> Json:
    """Return an input block named like its element."""
    element = {"type": kind, "action_id": action_id, **more}
    return {"type": "input", "block_id": action_id, "label": plain(action_id), "element": element, "optional": optional}


def option(value: str) -> Json:
    """Return an option."""
    return {"text": plain(value), "value": value}


def modal(*blocks: Json, **more: object) -> Json:
    """Return a modal."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("T"),
        "submit": plain("Go"),
        "blocks": [*blocks],
        **more,
    }


def buttons(*action_ids: str) -> Json:
    """Return a row of buttons."""
    elements = [{"type": "button", "action_id": each, "text": plain(each), "value": f"v-{each}"} for each in action_ids]
    return {"type": "actions", "block_id": "row", "elements": elements}


@pytest.fixture
def opened(app: SocketApp, client: WebClient, ana: Person) -> Callable[[Json], Json]:
    """Give a function that opens a modal for Ana by a command."""

    def open_view(view: Json) -> Json:
        ana.command("/weeknotes", "", "C_TEAM")
        trigger_id = app.requests[-1].payload["trigger_id"]
        found: Json = client.views_open(trigger_id=trigger_id, view=view)["view"]
        return found

    return open_view


def test_an_edit_and_a_deletion_are_told(slack: FakeSlack, app: SocketApp, ana: Person) -> None:
    """Both carry the message as it was."""
    ts = ana.say(ana.dm(), "befor")["ts"]
    ana.edit(ana.dm(), ts, "before")
    ana.delete(ana.dm(), ts)
    slack.idle()

    _, changed, deleted = app.events("message")
    assert ("message_changed", "before", "befor") == (
        changed["subtype"],
        changed["message"]["text"],
        changed["previous_message"]["text"],
    )
    assert ("U_ANA", True) == (changed["message"]["edited"]["user"], changed["hidden"])
    assert ("message_deleted", ts, "before") == (
        deleted["subtype"],
        deleted["deleted_ts"],
        deleted["previous_message"]["text"],
    )
    assert [] == slack.messages(ana.dm())


def test_a_reply_names_its_thread(slack: FakeSlack, app: SocketApp, client: WebClient, ana: Person) -> None:
    """A reply has thread_ts and parent_user_id; one also sent to the channel is a thread_broadcast."""
    ts = client.chat_postMessage(channel="U_ANA", text="question")["ts"]
    ana.say(ana.dm(), "answer", thread_ts=ts)
    ana.say(ana.dm(), "loud", thread_ts=ts, broadcast=True)
    slack.idle()

    _, answer, loud = app.events("message")
    assert (ts, "U_BOT", None) == (answer["thread_ts"], answer["parent_user_id"], answer.get("subtype"))
    assert "thread_broadcast" == loud["subtype"]


def test_a_photo_comes_with_its_caption(slack: FakeSlack, app: SocketApp, ana: Person) -> None:
    """A message with a file is a file_share, and the file's bytes are kept."""
    ana.say(ana.dm(), "our view", files=[{"name": "view.png", "data": b"png", "mimetype": "image/png"}])
    slack.idle()

    event = app.events("message")[0]
    file = event["files"][0]
    assert ("file_share", "our view", "image/png") == (event["subtype"], event["text"], file["mimetype"])
    assert b"png" == slack.file(file["id"])[1]


def test_events_need_scope_and_membership(slack: FakeSlack, app: SocketApp, ana: Person) -> None:
    """Nothing is told of channels in which the app is not."""
    ana.say("C_OTHER", "elsewhere")
    ana.say("C_SECRET", "secretly")
    ana.say("C_TEAM", "here")
    slack.idle()

    assert [("here", "channel")] == [(event["text"], event["channel_type"]) for event in app.events("message")]


def test_lifecycle_events(slack: FakeSlack, app: SocketApp, ana: Person) -> None:
    """People joining, changing and leaving, reactions, Home and the uninstallation are told."""
    slack.add_user("U_NEW", real_name="New Comer")
    slack.change_user("U_NEW", tz="Pacific/Auckland")
    slack.person("U_NEW").join("C_TEAM")
    slack.person("U_NEW").leave("C_TEAM")
    ts = ana.say("C_TEAM", "x")["ts"]
    ana.react("C_TEAM", ts, "tada")
    ana.unreact("C_TEAM", ts, "tada")
    ana.open_home()
    slack.uninstall()
    slack.idle()

    kinds = [each.payload["event"]["type"] for each in app.requests]
    expected = [
        "team_join",
        "user_change",
        "member_joined_channel",
        "member_left_channel",
        "message",
        "reaction_added",
        "reaction_removed",
        "app_home_opened",
        "app_uninstalled",
        "tokens_revoked",
    ]
    assert expected == kinds
    assert "Pacific/Auckland" == app.events("user_change")[0]["user"]["tz"]


def test_a_button_sends_a_block_action(slack: FakeSlack, app: SocketApp, client: WebClient, ana: Person) -> None:
    """A press carries the value, the message, where it stands, and the state of the message's inputs."""
    menu = {"type": "static_select", "action_id": "menu", "options": [option("a"), option("b")]}
    row = buttons("go")
    row["elements"].append({**menu, "placeholder": plain("Choose")})
    ts = client.chat_postMessage(channel="C_TEAM", text="x", blocks=[row])["ts"]

    ana.click("C_TEAM", ts, "menu", selected="b")
    ana.click("C_TEAM", ts, "go")
    slack.idle()

    payload = app.requests[-1].payload
    action = payload["actions"][0]
    assert ("go", "row", "v-go", "button") == (action["action_id"], action["block_id"], action["value"], action["type"])
    assert ("C_TEAM", ts) == (payload["container"]["channel_id"], payload["message"]["ts"])
    assert "b" == payload["state"]["values"]["row"]["menu"]["selected_option"]["value"]


def test_a_response_url_answers_five_times_in_thirty_minutes(
    slack: FakeSlack, app: SocketApp, client: WebClient, ana: Person
) -> None:
    """It whispers, replaces and deletes, and then it is used up; another one is over after half an hour."""
    ts = client.chat_postMessage(channel="C_TEAM", text="x", blocks=[buttons("go")])["ts"]
    ana.click("C_TEAM", ts, "go")
    ana.click("C_TEAM", ts, "go")
    slack.idle()
    first, second = [
        WebhookClient(each.payload["response_url"]) for each in app.requests if each.payload["type"] == "block_actions"
    ]

    statuses = [first.send(text="psst").status_code for _ in range(3)]
    statuses.append(first.send(text="replaced", replace_original=True).status_code)
    assert "replaced" == slack.messages("C_TEAM")[0]["text"]
    statuses.append(first.send(delete_original=True).status_code)
    used = first.send(text="again")
    slack.clock.jump(slack.clock.now().replace(hour=12))
    expired = second.send(text="late")

    assert [200] * 5 == statuses
    assert ([], 3) == (slack.messages("C_TEAM"), len(ana.ephemerals("C_TEAM")))
    assert [(404, True), (404, True)] == [
        (used.status_code, "used_url" in used.body),
        (expired.status_code, "expired_url" in expired.body),
    ]


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


def test_home_is_published_and_used(slack: FakeSlack, app: SocketApp, client: WebClient, ana: Person) -> None:
    """The person sees what was published, and its buttons work."""
    client.views_publish(user_id="U_ANA", view={"type": "home", "blocks": [buttons("go")]})
    home = ana.home()
    assert home is not None
    ana.click_view(home["id"], "go")
    slack.idle()

    payload = app.requests[-1].payload
    assert ("block_actions", "view", "home") == (payload["type"], payload["container"]["type"], payload["view"]["type"])
    assert slack.person("U_BEN").home() is None


def test_shortcuts_are_global_or_on_a_message(slack: FakeSlack, app: SocketApp, ana: Person) -> None:
    """Each kind has its payload; one that the app does not have is refused."""
    ts = ana.say("C_TEAM", "words")["ts"]
    ana.shortcut("jot.save", "C_TEAM", ts)
    ana.shortcut("jot.new")
    slack.idle()

    kinds = [(each.payload["type"], each.payload["callback_id"]) for each in app.requests if each.type == "interactive"]
    assert [("message_action", "jot.save"), ("shortcut", "jot.new")] == kinds
    with pytest.raises(LookupError, match=r"jot\.none"):
        ana.shortcut("jot.none", "C_TEAM", ts)


def test_people_are_held_to_the_rules_too(slack: FakeSlack, client: WebClient, ana: Person) -> None:
    """Nobody writes where they are not, or touches what is not theirs; an unknown command says so."""
    ts = client.chat_postMessage(channel="C_TEAM", text="x")["ts"]

    with pytest.raises(SlackError, match="not_in_channel"):
        slack.person("U_BEN").say("C_OTHER", "x")
    with pytest.raises(SlackError, match="cant_update_message"):
        ana.edit("C_TEAM", ts, "x")
    assert "not a valid command" in str(ana.command("/nothing", "", "C_TEAM"))


def test_a_snapshot_is_what_one_person_sees(slack: FakeSlack, client: WebClient, ana: Person) -> None:
    """Private channels of others, and what is whispered to others, are not in it; what is new is counted."""
    client.chat_postMessage(channel="C_TEAM", text="news")
    client.chat_postEphemeral(channel="C_TEAM", user="U_ANA", text="psst")

    seen = slack.snapshot("U_BEN")

    assert {"C_OTHER", "C_TEAM"} == set(seen["messages"])
    assert ([], [0, 1]) == (seen["ephemerals"], [each["unread"] for each in seen["channels"]])
    ana.read("C_TEAM")
    assert [0, 0, 0] == [each["unread"] for each in slack.snapshot("U_ANA")["channels"]]
