"""Whatever the bot shows can be read aloud."""

import pytest

from tests.support.readable import unreadable
from tests.support.toured import Toured


@pytest.mark.xdist_group("tour")
def test_everything_can_be_read_aloud(toured: Toured) -> None:
    """In a week in which everything is used, texts say what messages say, pictures are described, buttons differ."""
    assert "" == "\n".join(dict.fromkeys(unreadable(toured.world.slack)))
