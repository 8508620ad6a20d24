"""What the demo's tests share."""

from collections.abc import Iterator

import pytest

from fakeslack import FakeSlack
from tests.support.opinion import assert_taken


@pytest.fixture(autouse=True)
def _taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail if any local Slack of the demo, or blockkit, found something wrong with what the bot sent."""
    stopped: list[FakeSlack] = []
    stop = FakeSlack.stop

    def stopping(slack: FakeSlack) -> None:
        stopped.append(slack)
        stop(slack)

    monkeypatch.setattr(FakeSlack, "stop", stopping)
    yield
    for slack in stopped:
        assert_taken(slack)
