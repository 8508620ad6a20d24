"""However Slack misbehaves while a note goes out, it is posted once, or an editor reads why not and what to do."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import runtime
from bot.slack.pace import PERMITTED
from fakeslack import Fault
from tests.scenarios.test_editing import notes
from tests.support.passing_time import PassingTime
from tests.support.world import CHANNEL, World, words_of

POST = "chat.postMessage"


@dataclass(frozen=True)
class Case:
    """What goes wrong with the note's first calls; and what the editor reads, where it takes more than patience."""

    kind: str
    times: int = 1
    told: str = ""


PASSES = {
    "too fast": Case("ratelimited"),
    "too fast, again and again": Case("ratelimited", times=8),
    "rate limited without the status": Case("error:ratelimited", times=3),
    "a server's error": Case("http_503", times=2),
    "an internal error": Case("error:internal_error"),
    "out of service": Case("error:service_unavailable", times=3),
    "dropped": Case("drop"),
    "accepted, then dropped": Case("accept_then_drop"),
}
REFUSALS = {
    "archived": Case("error:is_archived", told="The channel is archived"),
    "removed from the channel": Case("error:not_in_channel", told="type `/invite @Weeknotes` there"),
    "gone": Case("error:channel_not_found", told="type `/invite @Weeknotes` there"),
    "token revoked": Case("error:token_revoked", told="the app has to be installed again"),
    "not known any more": Case("error:account_inactive", told="the app has to be installed again"),
    "blocks too long": Case("error:msg_blocks_too_long", told="Slack’s reason: `msg_blocks_too_long`"),
    "blocks refused": Case("error:invalid_blocks", told="Slack’s reason: `invalid_blocks`"),
}


LONDON = ZoneInfo("Europe/London")
THURSDAY, FRIDAY = datetime(2026, 3, 5, 10, tzinfo=LONDON), datetime(2026, 3, 6, 15, tzinfo=LONDON)
HOUR = timedelta(hours=1)
PATIENCE = [HOUR + timedelta(minutes=minutes) for minutes in (1, 3, 10, 30, 50)]


def test_what_passes_ends_with_one_note(small: World) -> None:
    """Week after week, another thing goes wrong: the bot waits as long as it must, and the note is there once."""
    small.series(contributors=("U_ANA",))
    for week, (name, case) in enumerate(PASSES.items()):
        _be_answered(small, week)
        small.slack.faults.add(Fault(POST, case.kind, case.times, retry_after=0))
        for later in (HOUR, *PATIENCE):
            _let_it_be(small, FRIDAY + later, week)

        assert (name, week + 1) == (name, len(notes(small)))
        assert small.slack.faults.take(POST) is None


def test_what_does_not_pass_is_told_and_can_be_tried_again(small: World) -> None:
    """The note is kept, the editor reads what to do, and presses *Try again* when it is done."""
    small.series(contributors=("U_ANA",))
    dee = small.person("U_DEE")
    for week, (name, case) in enumerate(REFUSALS.items()):
        _be_answered(small, week)
        small.slack.faults.add(Fault(POST, case.kind))
        _let_it_be(small, FRIDAY + HOUR, week)

        told = small.dms("U_DEE")[-1]
        assert case.told in told["text"], name
        assert (name, week) == (name, len(notes(small)))
        dee.click(dee.dm(), told["ts"], "note.retry")
        small.settle()
        assert (name, week + 1) == (name, len(notes(small)))


def test_too_fast_for_half_an_hour_is_waited_for(small: World) -> None:
    """However often Slack says so, with or without for how long, the note goes out once; an editor may read why."""
    small.series(contributors=("U_ANA",))
    _be_answered(small, 0)
    told: list[str] = []

    class Watched(PassingTime):
        async def sleep(self, seconds: float) -> None:
            told.append(small.bot.services.reporting.status("T_TEAM", 1, "U_DEE").text)
            await super().sleep(seconds)

    time = Watched()
    small.bot.sender._pace = time.pace(permitted=dict.fromkeys(PERMITTED, 1e6), burst=1e6, channel_seconds=0.0)
    small.slack.faults.add(Fault(POST, "ratelimited", 20, retry_after=60))
    small.slack.faults.add(Fault(POST, "ratelimited", 20, retry_after=None))
    began = time.seconds
    _let_it_be(small, FRIDAY + HOUR, 0)

    assert 1 == len(notes(small))
    assert 20 * 60 + 20 * 30 <= time.seconds - began
    assert any("`digest` (`ratelimited`), tried 20 times. There is nothing to do" in each for each in told)
    assert "does not take something yet" not in small.bot.services.reporting.status("T_TEAM", 1, "U_DEE").text


def test_pauses_grow_and_an_editor_may_ask(small: World) -> None:
    """What passes is attempted after 5, 15 and 45 seconds and not before; `status` says that and when, to editors."""
    small.series(contributors=("U_ANA",))
    _be_answered(small, 0)
    small.slack.faults.add(Fault(POST, "error:service_unavailable", times=3))
    _let_it_be(small, FRIDAY + HOUR, 0)
    dee, ana = (str(small.person(each).command("/weeknotes", "status", CHANNEL)) for each in ("U_DEE", "U_ANA"))
    attempts = [_posts(small)]
    for pause in (5, 15, 45):
        for seconds in (pause - 1, 1):
            small.clock.jump(small.clock.now() + timedelta(seconds=seconds))
            small.settle()
            attempts.append(_posts(small))

    assert [1, 1, 2, 2, 3, 3] == [each - attempts[0] + 1 for each in attempts[:-1]]
    assert 1 == len(notes(small))
    assert "`digest` (`service_unavailable`), tried 1 time. There is nothing to do: I try again at" in dee
    assert "service_unavailable" not in ana


def test_somebody_who_is_gone_by_then_is_told_of_in_the_status(small: World) -> None:
    """Slack does not know any more whom the bot asks: the others are asked, and the editor may read why one was not."""
    small.series(contributors=("U_ANA", "U_DEE"))
    small.slack.faults.add(Fault(POST, "error:user_disabled"))
    _let_it_be(small, THURSDAY, 0)
    told = small.person("U_DEE").command("/weeknotes", "status", CHANNEL) or {}

    assert [1, 0] == sorted((len(small.threads_of("U_DEE")), len(small.threads_of("U_ANA"))), reverse=True)
    assert "`user_disabled`" in told["text"]


@pytest.mark.parametrize("way", ("refresh_sockets", "drop_socket"))
def test_a_socket_that_ends_is_opened_again(small: World, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said while there is none is read afterwards; what is said then is heard."""
    monkeypatch.setattr(runtime, "PING_SECONDS", 0.2)
    small.stop()
    small.start()
    small.series(contributors=("U_ANA",))
    _let_it_be(small, THURSDAY, 0)
    ana = small.person("U_ANA")
    getattr(small.slack, way)()
    ana.say(ana.dm(), text="Said into the void.", thread_ts=small.thread_of("U_ANA"))
    small.slack.wait_connected(timeout=30)
    small.reply("U_ANA", "Said afterwards.")
    _let_it_be(small, FRIDAY + HOUR, 0)

    for words in ("Said into the void.", "Said afterwards."):
        assert words in words_of(notes(small)[0])


def test_each_connection_acknowledges_at_once(small: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot is told of every new one, by Slack's `hello`."""
    heard: list[str] = []
    small.stop()
    monkeypatch.setattr(runtime, "answer_at_once", lambda _client, message, _raw: heard.append(message["type"]))
    small.start()
    small.slack.refresh_sockets()
    small.slack.wait_connected(timeout=30)
    small.series(contributors=("U_ANA",))

    assert 2 == heard.count("hello")


def _posts(world: World) -> int:
    """Return how often a message in the channel was attempted."""
    return sum(call.method == POST and call.args.get("channel") == CHANNEL for call in world.slack.calls)


def _be_answered(world: World, week: int) -> None:
    """Let Ana be asked and answer, and the editor get the draft."""
    _let_it_be(world, THURSDAY, week)
    world.reply("U_ANA", f"The library opened its door number {week}.")
    _let_it_be(world, FRIDAY, week)


def _let_it_be(world: World, moment: datetime, week: int) -> None:
    """Let it become this time of the week that comes so many weeks later."""
    world.clock.jump((moment + timedelta(weeks=week)).astimezone(UTC))
    world.settle()
