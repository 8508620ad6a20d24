"""Two things at the same time, on PostgreSQL: each is done once, and nothing is lost between them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.domain.answer_forms import Entry, Filled
from bot.domain.cadence import Moment
from bot.domain.editions import EditionState, Source
from bot.domain.series_forms import SeriesForm
from bot.services.filling import Saved
from storage import answers, editions, steps
from storage import series as series_store
from tests.support.staff import Staff, T, meanwhile

WEDNESDAY = datetime(2026, 3, 4, 9, tzinfo=UTC)
THURSDAY = datetime(2026, 3, 5, 10, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 16, tzinfo=UTC)


def ts(at: datetime, micros: int = 0) -> str:
    """Return the `ts` of a message."""
    return f"{int(at.timestamp())}.{micros:06}"


def test_an_answer_given_while_an_empty_week_ends_is_kept_for_the_next(crowded: Staff) -> None:
    """The week is let go while the answer is being written down: it goes where somebody will read it."""
    crowded.series()
    crowded.at(THURSDAY)
    edition = crowded.editions()[0]

    with crowded.database.session() as session:
        locked = editions.lock(session, T, edition.id)
        assert locked is not None
        crowded.services.scheduling.posting.post_when_due(
            session, series_store.get(session, T, 1) or crowded.series(), locked, now=FRIDAY
        )
        wait = meanwhile(lambda: crowded.say("The library opened.", ts(FRIDAY)))
    wait()

    waiting = crowded.editions()
    with crowded.database.session() as session:
        kept = [a.text for each in waiting for a in answers.of_edition(session, T, each.id)]
    assert ["The library opened."] == kept


def test_a_form_saved_while_an_empty_week_ends_is_kept_for_the_next(crowded: Staff) -> None:
    """What was typed is not lost: it waits as a jot, and who typed it is told for which week."""
    crowded.series()
    crowded.at(THURSDAY)
    edition, following = crowded.editions()
    words = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "A"}]}],
    }
    saved: list[Saved] = []

    def save() -> None:
        filled = Filled(edition.id, "V1", {"new:also": Entry(words)})
        saved.append(crowded.services.filling.save(T, "U_ANA", filled))

    with crowded.database.session() as session:
        locked = editions.lock(session, T, edition.id)
        assert locked is not None
        editions.change(session, locked, state=EditionState.SKIPPED.value)
        wait = meanwhile(save)
    wait()

    with crowded.database.session() as session:
        kept = [(a.source, a.text) for a in answers.of_edition(session, T, following.id)]
    assert [(True, following.period, 1)] == [(each.is_over, each.kept_for, each.count) for each in saved]
    assert [(Source.JOT, "A")] == kept


def test_two_notes_of_a_series_at_once_take_two_numbers(crowded: Staff) -> None:
    """An editor posts the week that was held while this week's goes out by itself."""
    crowded.series()
    crowded.at(THURSDAY)
    first = crowded.editions()[0]
    crowded.say("The library opened.", ts(THURSDAY, 1))
    crowded.services.holding.hold(T, first.id, "U_DEE")
    crowded.at(FRIDAY + timedelta(days=2))
    crowded.at(THURSDAY + timedelta(days=7))
    second = crowded.editions()[1]
    crowded.say("The library closed.", ts(THURSDAY + timedelta(days=7), 1))

    with crowded.database.session() as session:
        locked = editions.lock(session, T, second.id)
        found = series_store.get(session, T, 1)
        assert locked is not None
        assert found is not None
        crowded.services.scheduling.posting.post(session, found, locked, now=crowded.clock.now())
        wait = meanwhile(lambda: crowded.services.publishing.publish_edition(T, first.id, "U_DEE"))
    wait()

    with crowded.database.session() as session:
        numbers = {each.number for each in editions.latest_published(session, T, 1, 5)}
    assert {"1.1", "1.2"} == numbers


def test_an_answer_and_the_update_of_its_note_wait_for_each_other_in_one_order(crowded: Staff) -> None:
    """An edit that comes while the note is being brought up to date is not a deadlock, and is followed."""
    crowded.series()
    crowded.at(THURSDAY)
    edition = crowded.editions()[0]
    crowded.say("The libary opened.", ts(THURSDAY, 1))
    crowded.at(FRIDAY)
    crowded.say("The library opened.", ts(THURSDAY, 1), version=ts(FRIDAY))
    crowded.clock.move(minutes=1)

    with crowded.database.session() as session:
        locked = editions.lock(session, T, edition.id, is_shared=True)
        assert locked is not None
        wait = meanwhile(lambda: crowded.services.scheduling.run_due(T))
        steps_due = steps.upcoming(session, T)
        update = next(step for step in steps_due if step.kind.value == "update")
        steps.put_off(session, update, crowded.clock.now())
    wait()

    assert ["edition:1:digest:1:r2"] == [owed.key for owed in crowded.owed("change") if ":digest:" in owed.key]


def test_a_note_that_went_out_while_somebody_pressed_hold_is_not_held(crowded: Staff) -> None:
    """The editor hears that it is out, not that it waits."""
    crowded.series()
    crowded.at(THURSDAY)
    edition = crowded.editions()[0]
    crowded.say("The library opened.", ts(THURSDAY, 1))
    raised: list[str] = []

    def hold() -> None:
        try:
            crowded.services.holding.hold(T, edition.id, "U_DEE")
        except Exception as error:  # noqa: BLE001 - any
            raised.append(type(error).__name__)

    with crowded.database.session() as session:
        locked = editions.lock(session, T, edition.id)
        found = series_store.get(session, T, 1)
        assert locked is not None
        assert found is not None
        crowded.services.scheduling.posting.post(session, found, locked, now=FRIDAY)
        wait = meanwhile(hold)
    wait()

    assert ["EditionGoneError"] == raised


def test_settings_saved_while_a_note_is_posted_wait_for_it(crowded: Staff) -> None:
    """Both keep the edition before the series: neither waits for the other for ever, and the number is kept."""
    crowded.series()
    crowded.at(THURSDAY)
    crowded.say("The library opened.", ts(THURSDAY, 1))
    edition = crowded.editions()[0]

    with crowded.database.session() as session:
        locked = editions.lock(session, T, edition.id)
        assert locked is not None
        wait = meanwhile(lambda: crowded.change(name="Digital", publish=Moment(5, time(12))))
        found = series_store.get(session, T, 1)
        assert found is not None
        crowded.services.scheduling.posting.post(session, found, locked, now=FRIDAY)
    wait()

    with crowded.database.session() as session:
        kept = series_store.get(session, T, 1)
    assert kept is not None
    assert ("Digital", 2) == (kept.name, kept.numbering.episode)


def test_a_note_posted_while_settings_are_saved_waits_for_them(crowded: Staff) -> None:
    """The other way round: whoever comes second goes on when the first has finished."""
    crowded.series()
    crowded.at(THURSDAY)
    crowded.say("The library opened.", ts(THURSDAY, 1))
    waits: list[Callable[[], None]] = []

    def change(form: SeriesForm) -> SeriesForm:
        waits.append(meanwhile(lambda: crowded.services.publishing.publish(T, 1, "U_DEE")))
        return replace(form, number_template="#{episode}")

    crowded.services.configuring.save(T, "U_DEE", 1, change, {}, occasion="V1")
    waits[0]()

    with crowded.database.session() as session:
        assert ["#1"] == [each.number for each in editions.latest_published(session, T, 1)]
