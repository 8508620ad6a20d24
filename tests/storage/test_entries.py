"""What editors made of answers."""

from bot.domain.deliveries import Owed
from bot.domain.editions import Answer, Edition, Source
from storage import answers, deliveries, entries
from storage.database import Database, Session
from tests.storage.test_recall import T, keep
from tests.support.clocks import FrozenClock


def give(session: Session, edition: Edition, ts: str, clock: FrozenClock) -> Answer:
    """Keep an answer."""
    given = {"user_id": "U_ANA", "question_key": "highlights", "text": "A word.", "ts": ts, "given_at": clock.now()}
    answer = answers.record(
        session,
        T,
        source_key=f"D_ANA:{ts}",
        edition_id=edition.id,
        source=Source.THREAD,
        **given,  # type: ignore[arg-type]
    )
    assert answer
    return answer


def test_editors_have_begun_with_what_they_changed_and_with_all_once_they_have_the_draft(
    database: Database, clock: FrozenClock
) -> None:
    """A change to one answer, or a draft of one edition, says nothing of another, nor of another workspace's."""
    _, this, following = keep(database, clock)
    with database.session() as session:
        first, second = (give(session, this, f"177270490{n}.000001", clock) for n in range(2))
        later = give(session, following, "1772704909.000001", clock)
        assert not entries.are_begun(session, T, this.id, first.id)

        entries.hide(session, T, first.id, is_hidden=True, editor="U_DEE", now=clock.now())

        assert entries.are_begun(session, T, this.id, first.id)
        assert not entries.are_begun(session, T, this.id, second.id)
        assert not entries.are_begun(session, "T_OTHER", this.id, first.id)

        deliveries.owe(session, T, Owed("draft", "draft", "U_DEE", {}, edition_id=this.id), now=clock.now())

        assert entries.are_begun(session, T, this.id, second.id)
        assert not entries.are_begun(session, T, following.id, later.id)
        assert not entries.are_begun(session, "T_OTHER", this.id, second.id)
