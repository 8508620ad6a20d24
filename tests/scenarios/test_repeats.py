"""Slack may send anything twice: what was done is not done again."""

import re
from collections import Counter

import pytest
from sqlalchemy import event
from sqlmodel import Session

from fakeslack.outbox import Delivery
from tests.scenarios.test_answering import given
from tests.support.tour import tour
from tests.support.tour_settings import LEADS
from tests.support.toured import WORDS, Toured
from tests.support.world import CHANNEL, PEOPLE, World, words_of


def everything_seen(team: World) -> dict[str, list[str]]:
    """Return what people see of the bot everywhere: in channels, in conversations with it, and alone."""
    places = {CHANNEL: team.messages(CHANNEL), LEADS: team.messages(LEADS)}
    for user_id in PEOPLE:
        person = team.person(user_id)
        places[user_id] = team.messages(person.dm())
        for channel in (CHANNEL, LEADS, person.dm()):
            places[f"{user_id} alone in {channel}"] = person.ephemerals(channel)
    return {place: sorted(_shown(message) for message in messages) for place, messages in places.items()}


def differences(once: dict[str, list[str]], twice: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return what is seen in a place in one week and not, or not as often, in the other."""
    apart = {place: (Counter(once[place]), Counter(twice[place])) for place in once}
    return {place: [*(a - b).elements(), *(b - a).elements()] for place, (a, b) in apart.items() if a != b}


def _shown(message: dict[str, object]) -> str:
    reactions = message.get("reactions") or []
    shown = f"{words_of({**message, 'blocks': _without_ids(message.get('blocks'))})} {reactions}"
    return re.sub(r"127\.0\.0\.1:\d+", "the workspace", shown)  # each has a port of its own


def _without_ids(value: object) -> object:
    """Return blocks without the ids that Slack gives them."""
    if isinstance(value, list):
        return [_without_ids(each) for each in value]
    if isinstance(value, dict):
        return {name: _without_ids(each) for name, each in value.items() if name != "block_id"}
    return value


def echoing(team: World, monkeypatch: pytest.MonkeyPatch) -> list[Delivery]:
    """Have everything that Slack sends come a second time as soon as the bot rests; return what came again."""
    settle, heard, repeated = team.settle, set[int](), list[Delivery]()

    def settle_twice() -> None:
        settle()
        fresh = [sent for sent in team.slack.sent() if id(sent) not in heard and sent.state == "acknowledged"]
        for delivery in fresh:
            repeated.append(team.slack.repeat(delivery))
            settle()
        heard.update(map(id, team.slack.sent()))

    monkeypatch.setattr(team, "settle", settle_twice)
    return repeated


@pytest.mark.xdist_group("tour")
def test_a_week_of_which_everything_comes_twice_is_the_same_week(
    small: World, toured: Toured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every event, button, form, command and shortcut sent again leaves what everybody sees as it was."""
    repeated = echoing(small, monkeypatch)
    tour(small, WORDS)

    assert {"events_api", "interactive", "slash_commands"} == {delivery.kind for delivery in repeated}
    assert len(repeated) > 50
    assert {} == differences(everything_seen(toured.world), everything_seen(small))


def test_what_could_not_be_kept_the_first_time_is_kept_once(team: World) -> None:
    """When the database fails Slack is not told that all is well, so it sends the message again."""
    team.series()
    team.at(5, 10)
    failures = ["the disk is full"]

    def fail_once(_session: Session) -> None:
        if failures:
            raise OSError(failures.pop())

    event.listen(Session, "before_commit", fail_once)
    try:
        said = team.reply("U_ANA", "The library opened.")
    finally:
        event.remove(Session, "before_commit", fail_once)

    ana = team.person("U_ANA")
    sent = [each for each in team.slack.sent("message") if each.payload["event"].get("ts") == said["ts"]]
    shown = next(message for message in team.messages(ana.dm()) if message["ts"] == said["ts"])
    assert [2] == [len(each.attempts) for each in sent]
    assert [("highlights", "The library opened.")] == given(team, "U_ANA")
    assert [("white_check_mark", 1)] == [(each["name"], each["count"]) for each in shown["reactions"]]


@pytest.mark.parametrize("action_id", ("answer.form", "prompt.next"))
def test_a_button_pressed_twice_is_pressed_once(team: World, action_id: str) -> None:
    """Two presses in a row open one form, and lead to the next question, not to the one after it."""
    team.series()
    team.at(5, 10)
    ana = team.person("U_ANA")
    ana.click(ana.dm(), team.thread_of("U_ANA"), action_id)
    ana.click(ana.dm(), team.thread_of("U_ANA"), action_id)
    team.settle()

    asked = [message["text"] for message in team.in_thread("U_ANA")]
    assert ["What else did you do?"] * (action_id == "prompt.next") == asked
    assert (action_id == "answer.form") == (ana.view() is not None)
