"""The database goes away while the bot does something of its own accord, and comes back."""

from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import DatabaseAwayError
from bot.services.sweeping import Sweeping
from storage import answers
from storage.troubles import FULL
from tests.support.world import World

THURSDAY = datetime(2026, 3, 5, 10, tzinfo=UTC)


def test_what_could_not_be_kept_while_it_was_read_back_is_read_again(
    small: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line in the log says what the trouble is, and no thread ends by it."""
    small.series(contributors=("U_ANA",))
    small.clock.jump(THURSDAY)
    small.settle()
    ana = small.person("U_ANA")
    small.stop()
    ana.say(ana.dm(), text="Said while nobody heard.", thread_ts=small.thread_of("U_ANA"))
    read, attempts = Sweeping.sweep_all, list[Sweeping]()

    def sweep_all(sweeping: Sweeping) -> None:
        attempts.append(sweeping)
        if len(attempts) == 1:
            sweeping.database.has_been_away = True
            raise DatabaseAwayError(FULL)
        read(sweeping)

    monkeypatch.setattr(Sweeping, "sweep_all", sweep_all)
    with capture_logs() as logged:
        small.start()
        small.settle()

    assert [FULL] == [each["trouble"] for each in logged if each["event"] == "database_away"]
    with small.bot.database.session() as session:
        assert ["Said while nobody heard."] == [each.text for each in answers.of_person(session, "T_TEAM", "U_ANA")]
