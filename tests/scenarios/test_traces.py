"""What the bot logs can be followed: one id leads from what somebody did, or what fell due, to what was sent for it."""

import json
from collections.abc import Callable
from typing import Any

from tests.support.toured import all_logged
from tests.support.world import World

Line = dict[str, Any]


def traced(team: World, act: Callable[[], object]) -> list[Line]:
    """Return the lines, as JSON, of what is logged while somebody acts and the bot comes to rest."""
    with all_logged() as lines:
        act()
        team.settle()
    return [json.loads(line) for line in lines.getvalue().splitlines() if line.startswith("{")]


def of(lines: list[Line], event: str, cause: str) -> list[Line]:
    """Return the lines of one kind with one cause."""
    return [line for line in lines if line["event"] == event and line.get("cause") == cause]


def test_from_a_reply_to_its_tick(team: World) -> None:
    """The id of Slack's event is in the line of the request, and in that of each delivery owed because of it."""
    team.series()
    team.at(5, 10)
    lines = traced(team, lambda: team.reply("U_ANA", "The library opened."))
    event = next(each for each in team.slack.sent("message") if each.payload["event"].get("user") == "U_ANA")
    (request,) = of(lines, "request", event.payload["event_id"])
    found = {line["method"]: line for line in of(lines, "delivery", event.payload["event_id"])}
    ticked = next(message for message in team.messages(team.person("U_ANA").dm()) if message.get("reactions"))

    assert ("event_callback", 200) == (request["kind"], request["status"])
    assert {"sent"} == {line["state"] for line in found.values()}
    assert ("answer:1:tick", team.person("U_ANA").dm()) == (
        found["reactions.add"]["key"],
        found["reactions.add"]["channel"],
    )
    assert [event.payload["event"]["ts"]] == [ticked["ts"]]


def test_from_a_button_to_the_question_it_brought(team: World) -> None:
    """What people press, send in or type has a trigger, which is in the lines as an event's id is."""
    team.series()
    team.at(5, 10)
    ana = team.person("U_ANA")
    lines = traced(team, lambda: ana.click(ana.dm(), team.thread_of("U_ANA"), "prompt.next"))
    trigger = team.slack.sent("block_actions")[0].payload["trigger_id"]
    asked = team.in_thread("U_ANA")[-1]

    assert ["block_actions"] == [line["kind"] for line in of(lines, "request", trigger)]
    assert asked["ts"] in {line.get("ts") for line in of(lines, "delivery", trigger)}


def test_from_a_step_to_whom_it_asked(team: World) -> None:
    """A step that falls due has a line of its own, and what it sends says which it was."""
    team.series(contributors=("U_ANA",))
    lines = traced(team, lambda: team.at(5, 10))
    step = next(line for line in lines if line["event"] == "step" and line["kind"] == "ask")
    sent = of(lines, "delivery", step["cause"])

    assert ("done", [team.thread_of("U_ANA")]) == (step["state"], [line["ts"] for line in sent])
