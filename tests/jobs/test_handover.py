"""Handing tasks over beside whoever defers them."""

import pytest

from bot.jobs import handover
from bot.jobs.engines import Key, Task
from bot.jobs.handover import Handover

OURS, THEIRS = (Task.DELIVERIES, "T_TEAM"), (Task.DELIVERIES, "T_OTHER")


def test_the_same_task_rests_while_others_go_and_at_the_end_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deferred five times more it waits, once; another workspace does not wait for it; ending hands over what waits."""
    monkeypatch.setattr(handover, "REST_SECONDS", 60)
    handed: list[Key] = []
    handing = Handover(lambda *key: handed.append(key))
    handing.start()
    handing.add(OURS)
    assert handing.idle(10)
    for _ in range(5):
        handing.add(OURS)
    handing.add(THEIRS)
    is_idle = handing.idle(0.2)
    before = list(handed)
    handing.end(10)

    assert (False, [OURS, THEIRS], [OURS, THEIRS, OURS]) == (is_idle, before, handed)


def test_a_task_that_cannot_be_handed_over_does_not_keep_the_others() -> None:
    """The next tick finds it again."""
    handed: list[Key] = []

    def hand_over(task: Task, workspace_id: str) -> None:
        if (task, workspace_id) == OURS:
            raise RuntimeError("for a test")
        handed.append((task, workspace_id))

    handing = Handover(hand_over)
    handing.start()
    for key in (OURS, THEIRS):
        handing.add(key)
    handing.end(10)

    assert [THEIRS] == handed
