"""What the bot logs holds ids, and nothing that anybody wrote, and no secret."""

import pytest
from sqlalchemy import event
from sqlmodel import Session

from tests.support.toured import WORDS, Toured, all_logged
from tests.support.world import APP_TOKEN, BOT_TOKEN, SECRET, World


def leaks(logged: str) -> list[str]:
    """Return the words and secrets that stand in a log."""
    return [word for word in (*WORDS.split(), BOT_TOKEN, APP_TOKEN, SECRET, "/response/") if word in logged]


@pytest.mark.xdist_group("tour")
def test_a_week_leaves_no_words_in_the_log(toured: Toured) -> None:
    """Everything is used, with the same words in whatever anybody writes; at debug, libraries included."""
    assert "started" in toured.logged
    assert [] == leaks(toured.logged)


def test_a_surprise_is_logged_without_what_it_says(small: World) -> None:
    """An error may quote what somebody wrote: the log says where it happened, and of which kind it was."""
    small.series()
    small.at(5, 10)
    said = [WORDS]

    def quote(_session: Session) -> None:
        if said:
            raise ValueError(said.pop()) from KeyError(WORDS)

    event.listen(Session, "before_commit", quote)
    try:
        with all_logged() as lines:
            small.reply("U_ANA", WORDS)
    finally:
        event.remove(Session, "before_commit", quote)

    assert [] == leaks(lines.getvalue())
    for clue in ("surprise", "ValueError", "KeyError", "test_quiet_logs.py"):
        assert clue in lines.getvalue()
