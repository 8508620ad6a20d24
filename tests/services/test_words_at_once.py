"""What one person says and presses at the same time, heard by several threads at once."""

import threading
import time

from storage.database import Session
from tests.services.test_weeks import THURSDAY, ts
from tests.support.staff import Staff


def test_two_words_at_once_leave_two_questions(staff: Staff) -> None:
    """`next` and `skip` are heard by two threads: the second waits for the first, and leaves what that has asked."""
    staff.series()
    staff.at(THURSDAY)
    follow, is_first_done = staff.database.before_commit, threading.Event()

    def slowly(session: Session) -> None:
        follow(session)
        if not is_first_done.is_set():
            is_first_done.set()
            time.sleep(0.3)  # the other thread comes as far as it can

    staff.database.before_commit = slowly
    first = threading.Thread(target=staff.say, args=("next", ts(THURSDAY, 1)))
    first.start()
    is_first_done.wait(10)
    staff.say("skip", ts(THURSDAY, 2))
    first.join()

    assert ["answered", "skipped", "open"] == [prompt.state.value for prompt in staff.prompts(1)]
    assert [] == staff.owed("reply")
