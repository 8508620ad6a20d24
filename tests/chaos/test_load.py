"""Under load nothing is lost and nothing comes twice, also when the bot is told to end in the midst of it.

How soon everything is acknowledged is for `make chaos` to measure, on a machine that does nothing else.
"""

from pathlib import Path

from benchmarks.live import SOCKET
from chaos.asking import tried
from chaos.databases import copies
from chaos.ending import ended
from chaos.load import burst, steady
from chaos.timing import Load, Stopwatch


def test_replies_at_the_pace_of_slack() -> None:
    """Each reply is acknowledged, and kept once."""
    found = steady(SOCKET, seconds=1, people=2)

    assert (8, 0, 0) == (found.events, found.lost, found.twice)
    assert 8 == len(found.watch.waited)


def test_a_burst_while_the_note_goes_out(sqlite_template: Path, tmp_path: Path) -> None:
    """Replies before, between and after the draft and the note are kept, and nothing is posted twice."""
    with copies(sqlite_template)(tmp_path) as url:
        found = burst(url, tmp_path, people=4, replies=24, seconds=1)

    assert (24, 0, 0) == (found.events, found.lost, found.twice)
    assert 24 == len(found.watch.waited)


def test_told_to_end_while_everybody_replies() -> None:
    """It ends in time and well, has kept what it acknowledged, and finds the rest when it is started again."""
    found = ended("run", seconds=1, people=3)

    assert found.is_clean, found
    assert 0 < found.acknowledged < found.replies == 20


def test_asking_many_people() -> None:
    """Everybody is asked once, however many there are."""
    (found,) = tried(people=30, haste=4).values()

    assert (30, 0, 0) == (found.asked, found.lost, found.twice)


def test_a_late_acknowledgement_would_be_noticed() -> None:
    """The longest counts, and the ninety-ninth of a hundred, and what had to be delivered again."""
    quick = [0.1] * 98

    assert Load(100, 8, 0, 0, Stopwatch([*quick, 0.4, 0.4])).is_clean
    assert not Load(100, 8, 0, 0, Stopwatch([*quick, 0.6, 0.6])).is_clean
    assert not Load(200, 8, 0, 0, Stopwatch([*quick, *quick, *quick, 3.1])).is_clean
    assert not Load(100, 8, 0, 0, Stopwatch(quick, again=1)).is_clean
