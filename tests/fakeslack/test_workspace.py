"""What lasts: the folder, the clock, and being used from many threads at once."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from fakeslack import Clock, FakeSlack, Stop
from tests.fakeslack.conftest import MONDAY, people_it
from tests.support.local_apps import web_client


def workspace(folder: Path) -> FakeSlack:
    """Return a started workspace kept in a folder."""
    slack = people_it(FakeSlack(clock=Clock(MONDAY), data=folder))
    slack.rate_limits.enforce = False
    slack.start()
    return slack


def test_a_workspace_goes_on_where_it_was(tmp_path: Path) -> None:
    """Messages, reactions, ephemerals, files, Home, members and the time are there again after a stop."""
    first = workspace(tmp_path)
    ana, client = first.person("U_ANA"), web_client(first)
    ts = ana.say("C_TEAM", "kept", files=[{"name": "a.txt", "data": b"bytes"}])["ts"]
    client.reactions_add(channel="C_TEAM", timestamp=ts, name="tada")
    client.chat_postEphemeral(channel="C_TEAM", user="U_ANA", text="psst")
    client.views_publish(user_id="U_ANA", view={"type": "home", "blocks": [{"type": "divider"}]})
    first.clock.jump(MONDAY + timedelta(days=3))
    first.stop()

    second = workspace(tmp_path)
    kept = second.messages("C_TEAM")[0]
    home = second.person("U_ANA").home()
    second.stop()

    assert ("kept", "tada", MONDAY + timedelta(days=3)) == (
        kept["text"],
        kept["reactions"][0]["name"],
        second.clock.now(),
    )
    assert b"bytes" == second.file(kept["files"][0]["id"])[1]
    assert ["psst"] == [each["text"] for each in second.person("U_ANA").ephemerals("C_TEAM")]
    assert home is not None


def test_what_was_answered_survives_a_kill(tmp_path: Path) -> None:
    """Every change is in the folder when it is answered; a line torn off by a crash is passed over."""
    first = workspace(tmp_path)
    ts = web_client(first).chat_postMessage(channel="C_TEAM", text="kept")["ts"]
    with (tmp_path / "workspace.jsonl").open("a") as journal:
        journal.write('["messages/C_TEAM","1.0",{"te')
    copy = FakeSlack(clock=Clock(MONDAY), data=tmp_path)

    found = [message["ts"] for message in copy.messages("C_TEAM")]
    first.stop()

    assert [ts] == found


def test_ts_go_on_after_a_restart(tmp_path: Path) -> None:
    """The same clock again never gives a ts a second time."""
    first = workspace(tmp_path)
    one = first.person("U_ANA").say("C_TEAM", "one")["ts"]
    first.stop()
    second = workspace(tmp_path)
    two = second.person("U_ANA").say("C_TEAM", "two")["ts"]
    second.stop()

    assert one < two


def test_a_workspace_starts_again_after_a_stop(slack: FakeSlack) -> None:
    """The same workspace can be stopped and started, and answers at its new address."""
    slack.stop()
    slack.start()

    assert web_client(slack).auth_test()["ok"]


def test_a_jump_is_told(slack: FakeSlack) -> None:
    """Whoever asked is told what time it has become, and messages carry it."""
    told: list[datetime] = []
    slack.on_jump = told.append

    slack.clock.jump(MONDAY + timedelta(days=1))

    assert [MONDAY + timedelta(days=1)] == told
    assert "1772528400.000000" == slack.person("U_ANA").say("C_TEAM", "x")["ts"]


def test_stops_are_offered(slack: FakeSlack) -> None:
    """What the demo names as stops is in the snapshot."""
    slack.stops = lambda: [Stop("Thursday 10:00", datetime(2026, 3, 5, 10, tzinfo=UTC))]

    assert [{"label": "Thursday 10:00", "at": "2026-03-05T10:00:00+00:00"}] == slack.snapshot("U_ANA")["stops"]


def test_a_clock_takes_aware_times_only() -> None:
    """A naive time is refused; a ticking clock moves on."""
    ticking = Clock(MONDAY, ticking=True)

    with pytest.raises(ValueError, match="aware"):
        ticking.jump(datetime(2026, 3, 2))  # noqa: DTZ001 - that is what is tested
    assert ticking.now() > MONDAY


def test_many_threads_at_once(slack: FakeSlack) -> None:
    """People and the app write at the same time; nothing is lost and every ts is its own."""
    client = web_client(slack)
    ana = slack.person("U_ANA")

    with ThreadPoolExecutor(8) as pool:
        said: list[Future[Any]] = [pool.submit(ana.say, "C_TEAM", str(n)) for n in range(100)]
        said += [pool.submit(client.chat_postMessage, channel="C_TEAM", text=str(n)) for n in range(100)]
        given = [each.result()["ts"] for each in said]
    slack.idle()

    assert 200 == len(set(given))
    assert sorted(given) == [message["ts"] for message in slack.messages("C_TEAM")]


def test_subscribers_are_told_of_changes(slack: FakeSlack) -> None:
    """Each change is told with its type."""
    seen: SimpleQueue[str] = SimpleQueue()
    slack.subscribe(lambda change: seen.put(change["type"]))

    slack.person("U_ANA").say("C_TEAM", "x")
    web_client(slack).auth_test()

    kinds = [seen.get(timeout=5)]
    while kinds[-1] != "call":
        kinds.append(seen.get(timeout=5))
    assert "message" in kinds
