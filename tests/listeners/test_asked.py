"""Reading commands and the buttons that give them again."""

import json

from bot.domain.commands import Invocation
from bot.domain.vocabulary import ENGLISH
from bot.listeners.commands.asked import Asked


def test_a_button_pressed_twice_is_one_occasion() -> None:
    """The button carries the occasion of the command, so that a jot is kept once however often it is pressed."""
    value = json.dumps({"typed": "jot  One thing", "series": 7, "occasion": "1.2.abc"})
    body = {"team": {"id": "T"}, "channel": {"id": "D"}, "user": {"id": "U"}, "trigger_id": "9.9.other"}
    pressed = ({**body, "trigger_id": trigger} for trigger in ("3", "4"))
    first, second = (Asked.by_button(each, {"value": value}, ENGLISH) for each in pressed)

    assert first == second
    assert Asked("T", "D", "U", "jot  One thing", "1.2.abc", 7) == first
    assert Invocation("jot", "One thing") == first.invocation


def test_a_button_that_carries_nothing_asks_for_help() -> None:
    """A value that is no JSON, or names no series, does no harm."""
    asked = Asked.by_button({"user": {"id": "U"}, "trigger_id": "9"}, {"value": "nonsense"}, ENGLISH)

    assert Asked("", "", "U", "", "9", 0) == asked
    assert Invocation("help") == asked.invocation
