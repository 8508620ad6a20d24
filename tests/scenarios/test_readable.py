"""Whatever the bot shows can be read aloud."""

from tests.support.readable import unreadable
from tests.support.tour import tour
from tests.support.world import World


def test_everything_can_be_read_aloud(small: World) -> None:
    """In a week in which everything is used, texts say what messages say, pictures are described, buttons differ."""
    tour(small)

    assert "" == "\n".join(dict.fromkeys(unreadable(small.slack)))
