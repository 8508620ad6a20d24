"""Who may do what is decided by who did it, never by what a button, a menu or a form carries."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.listener import Listener
from slack_bolt.listener_matcher.builtins import BuiltinListenerMatcher

from fakeslack import Clock
from tests.support.forging import STRANGER, WAYS, Forger, Way, forger
from tests.support.moments import Moment
from tests.support.toured import WORDS, Toured

pytestmark = pytest.mark.xdist_group("tour")
LAST = WORDS.split()[-1]
"""A word of everything anybody wrote that a series' name, which is cut, has not."""


@pytest.fixture(scope="module")
def forging(toured: Toured, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forger]:
    """Give somebody who says again what others did in the tour."""
    clock = Clock(toured.world.clock.now(), ticking=False)
    with forger(tmp_path_factory.mktemp("forged"), clock) as made:
        yield made


FORGERS = ((STRANGER, "T_TEAM", LAST), ("U_BEN", "T_TEAM", ""), ("U_DEE", "T_OTHER", LAST))
"""Who forges, where, and what they must not be shown: Ben may read what is in the note."""

LIKE = {
    "answer.inside": "jot.remove",
    "forget.words": "forget.name",
    "forget.cancel": "forget.name",
    "contributor.back": "contributor.away",
}
"""Buttons that the tour leaves alone, each with one that carries the same."""


@pytest.fixture(scope="module")
def moments(toured: Toured) -> dict[str, Moment]:
    """Give what people did in the tour, and what they might have done as well."""
    found = dict(toured.moments.kept)
    for action_id, like in LIKE.items():
        moment = next(each for each in found.values() if _action_of(each) == like)
        action = {**moment.payload["actions"][0], "action_id": action_id}
        found[action_id] = replace(moment, payload={**moment.payload, "actions": [action]})
    return found


def _action_of(moment: Moment) -> str:
    return str((moment.payload.get("actions") or [{}])[0].get("action_id"))


def test_every_listener_is_tried(toured: Toured, moments: dict[str, Moment]) -> None:
    """What is registered for a button, menu, form, shortcut or command was used, so that it can be forged below."""
    requests = [BoltRequest(body=moment.payload, mode="socket_mode") for moment in moments.values()]
    listeners = [each for each in toured.world.bot.bolt._listeners if not _hears_events(each)]
    untried = [
        each.ack_function
        for each in listeners
        if not any(all(m.matches(request, BoltResponse(status=200)) for m in each.matchers) for request in requests)
    ]

    assert [] == untried
    assert len(listeners) > 50


def _hears_events(listener: Listener) -> bool:
    matcher = listener.matchers[0]
    return isinstance(matcher, BuiltinListenerMatcher) and matcher.func.__qualname__.startswith("event.")


def wrongs(forging: Forger, kind: str, moment: Moment) -> Iterator[tuple[str, object]]:
    """Yield each forger who changed something of others' at a moment, or was shown what is not for them."""
    for user_id, team_id, secret in FORGERS:
        if team_id == "T_TEAM" and (_is_typed(moment) or kind.startswith("None||series#setup")):
            continue  # commands carry no ids, and anybody may set up: who may, is tried role by role
        if user_id != _person_of(moment) or team_id != "T_TEAM":
            typed = str(moment.payload.get("text"))
            for way in WAYS:
                seen = forging.forge(moment.payload, user_id, team_id, way)
                if seen.changed or (secret and secret in seen.shown and secret not in typed):
                    yield f"{user_id} of {team_id}, by {way}: {kind}", seen


def test_whoever_repeats_what_others_did_changes_nothing_and_is_shown_nothing(
    forging: Forger, moments: dict[str, Moment]
) -> None:
    """A stranger; a contributor who edits other weeknotes; somebody of another workspace with the same id.

    By Socket Mode and by signed HTTP: with ids of another series or workspace in buttons, menus and forms.
    """
    wrong: dict[str, object] = {}
    for kind, moment in moments.items():
        forging.go_to(moment)
        wrong.update(wrongs(forging, kind, moment))

    assert {} == wrong


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("begins", ("note#hold", "note#release", "note#merge", "series#season", "None||edition#title"))
def test_whoever_may_still_may(forging: Forger, moments: dict[str, Moment], begins: str, way: Way) -> None:
    """What is forged above is good: the same, said again by the person who did it, changes something."""
    moment = next(each for kind, each in moments.items() if begins in kind and "preview" not in kind)
    forging.go_to(moment)

    assert forging.forge(moment.payload, "U_DEE", "T_TEAM", way).changed


def _person_of(moment: Moment) -> str:
    return str(moment.payload.get("user_id") or moment.payload["user"]["id"])


def _is_typed(moment: Moment) -> bool:
    return "command" in moment.payload or moment.payload["type"] == "message_action"
