"""What people do: messages, forms, buttons, shortcuts, App Home, and the events and payloads that come of it."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.web import WebClient
from slack_sdk.webhook import WebhookClient

from fakeslack import FakeSlack, SlackError
from fakeslack.people import Person
from tests.support.form_parts import buttons, option, plain
from tests.support.local_apps import SocketApp

Json = dict[str, Any]
Refused = Callable[..., Any]


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


def test_a_press_at_the_moment_in_which_the_same_is_shown_anew_counts(
    slack: FakeSlack, app: SocketApp, client: WebClient, ana: Person
) -> None:
    """It is of the element of that name, if there is but one; of what has gone it is refused, in a sentence."""
    for name in ("one", "other"):
        client.views_publish(user_id="U_ANA", view={"type": "home", "blocks": [{**buttons("go"), "block_id": name}]})
    home = ana.home() or {}
    ana.click_view(home["id"], "go", block_id="one")
    slack.idle()

    assert ["other"] == [action["block_id"] for action in app.requests[-1].payload["actions"]]
    with pytest.raises(LookupError, match="what you pressed is not there any more"):
        ana.click_view(home["id"], "stop", block_id="one")


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
