"""Weeks that do not go as planned: early, late, changed on the way, and again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.answer_forms import Entry, Filled
from bot.domain.editions import EditionState
from bot.domain.errors import EditionGoneError
from bot.domain.series import DEFAULT_QUESTIONS
from storage import answers, claims, deliveries, editions, prompts
from tests.support.staff import Staff, T

WEDNESDAY = datetime(2026, 3, 4, 9, tzinfo=UTC)
THURSDAY = datetime(2026, 3, 5, 10, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 16, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def ts(at: datetime, micros: int = 0) -> str:
    """Return the `ts` of a message."""
    return f"{int(at.timestamp())}.{micros:06}"


def published(staff: Staff) -> list[str]:
    """Return the numbers of the notes that are out, the first week first."""
    with staff.database.session() as session:
        return [each.number for each in reversed(editions.latest_published(session, T, 1, 9))]


def changes(staff: Staff) -> list[str]:
    """Return the keys of the changes owed to posted notes."""
    return [owed.key for owed in staff.owed("change") if ":digest:" in owed.key]


def kept(staff: Staff) -> list[tuple[str, str]]:
    """Return what Ana has given, with the week it counts for."""
    with staff.database.session() as session:
        known = [*editions.unfinished(session, T, 1), *editions.latest_published(session, T, 1, 9)]
        return [(e.period.label, a.text) for e in known for a in answers.of_edition(session, T, e.id, "U_ANA")]


def fail(staff: Staff, key: str, state: str = "failed") -> None:
    """Let a delivery have come to this."""
    with staff.database.session() as session:
        found = deliveries.find(session, T, key)
        assert found is not None
        claims.change(session, T, found.id, found.attempt, state=state, error="is_archived")


def test_publish_brings_the_posted_note_up_to_date_before_it_takes_next_weeks_jots(staff: Staff) -> None:
    """On Friday evening somebody has jotted for next week already; `publish` is still about this week's note."""
    staff.series()
    staff.at(THURSDAY)
    staff.say("The library opened.", ts(THURSDAY, 1))
    staff.at(FRIDAY)
    staff.clock.move(minutes=30)
    staff.jot("For next week")

    done = staff.services.publishing.publish(T, 1, "U_DEE")

    assert done.was_update
    assert ["1.1"] == published(staff)


def test_trying_again_does_not_bring_back_older_words(staff: Staff) -> None:
    """A change that failed and was followed by one that arrived is not sent after it."""
    staff.series()
    staff.at(THURSDAY)
    staff.say("One.", ts(THURSDAY, 1))
    staff.at(FRIDAY)
    for n, text in enumerate(("Two.", "Three."), start=2):
        staff.say(text, ts(THURSDAY, 1), version=ts(FRIDAY + timedelta(minutes=n)))
        staff.at(FRIDAY + timedelta(minutes=n, seconds=40))
    fail(staff, "edition:1:digest:1", "sent")
    fail(staff, "edition:1:digest:1:r2")
    fail(staff, "edition:1:digest:1:r3", "sent")

    staff.services.publishing.retry(T, 1, "U_DEE")

    assert ["failed", "sent"] == [owed.state for owed in staff.owed("change") if ":digest:" in owed.key]


def test_settings_saved_after_the_note_went_out_keep_the_next_number(staff: Staff) -> None:
    """Saving settings must not give out a number again."""
    staff.series()
    staff.at(THURSDAY)
    staff.say("The library opened.", ts(THURSDAY, 1))
    staff.at(FRIDAY)
    staff.change(name="Digital")
    staff.at(THURSDAY + WEEK)
    staff.say("The library closed.", ts(THURSDAY + WEEK, 1))
    staff.at(FRIDAY + WEEK)

    assert ["1.1", "1.2"] == published(staff)


def test_an_edit_after_the_grace_period_leaves_the_posted_note(staff: Staff) -> None:
    """For a week an edit changes the post; later it does not. What was taken back goes at any time."""
    staff.series()
    staff.at(THURSDAY)
    staff.say("The libary opened.", ts(THURSDAY, 1))
    staff.say("Oh dear.", ts(THURSDAY, 2))
    staff.at(FRIDAY)
    late = FRIDAY + timedelta(days=8)
    staff.at(late)
    staff.say("The library opened.", ts(THURSDAY, 1), version=ts(late))
    staff.at(late + timedelta(minutes=1))
    assert [] == changes(staff)

    staff.services.collecting.delete(T, "U_ANA", "D_U_ANA", ts(THURSDAY, 2))
    staff.at(late + timedelta(minutes=2))

    assert ["edition:1:digest:1:r2"] == changes(staff)


def test_nobody_is_asked_and_nudged_in_one_breath(staff: Staff) -> None:
    """Down from Wednesday to Friday noon: people are asked then, and not reminded of what they never read."""
    staff.series()
    staff.at(FRIDAY - timedelta(hours=4))

    assert 2 == len(staff.owed("prompt"))
    assert [] == staff.owed("reminder")


def test_who_skipped_is_not_asked_when_the_questions_change(staff: Staff) -> None:
    """Ana skips on Wednesday; then the editor takes the first question out."""
    staff.series()
    staff.services.answering.nothing_this_week(T, "U_ANA", 1)
    staff.change(questions=DEFAULT_QUESTIONS[1:])

    staff.at(THURSDAY)

    assert ["U_DEE"] == [owed.channel for owed in staff.owed("prompt")]


def test_nothing_this_week_said_before_the_week_is_asked_is_answered(staff: Staff) -> None:
    """Nobody says something to the bot and hears nothing."""
    staff.series()
    staff.say("Nothing this week", ts(WEDNESDAY))

    assert ["Nothing from you this week, then."] == [
        owed.payload["text"].partition(" I won’t")[0] for owed in staff.owed("reply")
    ]


def test_a_conversation_that_cannot_be_read_does_not_hold_up_the_note(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong while looking for what was missed, the note goes out at four."""
    staff.series()
    staff.at(THURSDAY)
    staff.say("The library opened.", ts(THURSDAY, 1))
    prompt = staff.prompts(1)[0]
    with staff.database.session() as session:
        claims.place_prompt(session, T, prompt.id, "D_U_ANA", ts(THURSDAY), "")

    def broken(*_arguments: object) -> None:
        raise ValueError

    monkeypatch.setattr(type(staff.services.collecting), "record", broken)
    reader = staff.services.scheduling.sweep.__self__.reader  # type: ignore[attr-defined]
    hostile = [{"user": "U_ANA", "ts": ts(THURSDAY, 9), "text": "…"}]
    monkeypatch.setattr(type(reader), "replies", lambda *_: hostile)
    monkeypatch.setattr(type(reader), "history", lambda *_: [])
    staff.at(FRIDAY)

    assert ["1.1"] == published(staff)


def test_a_fortnight_chosen_on_monday_asks_once_in_two_weeks(staff: Staff) -> None:
    """The weeks already planned become the fortnight, with what was jotted for them."""
    staff.series()
    staff.jot("Early")
    staff.change(every_weeks=2)
    staff.at(THURSDAY)
    staff.at(FRIDAY)
    assert [] == staff.owed("prompt")
    assert [] == published(staff)

    staff.at(THURSDAY + WEEK)
    assert {"U_ANA", "U_DEE"} == {owed.channel for owed in staff.owed("prompt")}
    staff.say("The library opened.", ts(THURSDAY + WEEK, 1))
    staff.at(FRIDAY + WEEK)

    assert ["1.1"] == published(staff)
    assert [("weeks 10–11", "Early"), ("weeks 10–11", "The library opened.")] == kept(staff)
    assert [] == staff.owed("notice")


def test_a_week_again_after_a_fortnight(staff: Staff) -> None:
    """A planned fortnight becomes its first week, and the second is planned beside it."""
    staff.series(every_weeks=2)
    staff.change(every_weeks=1)
    staff.services.scheduling.run_due(T)

    assert ["week 10", "week 11"] == [each.period.label for each in staff.editions()][:2]


def test_a_reply_in_a_thread_not_known_yet_is_for_what_is_still_being_posted(staff: Staff) -> None:
    """Two series ask; Ana answers the one whose message Slack has, though its `ts` is not recorded yet."""
    staff.series()
    staff.series(channel_id="C_OTHER", name="Other")
    staff.at(THURSDAY)
    edition = staff.editions(2)[0]
    with staff.database.session() as session:
        other = next(p for p in prompts.of_edition(session, T, edition.id) if p.user_id == "U_ANA")
        claims.place_prompt(session, T, other.id, "D_U_ANA", ts(THURSDAY, 2), "")
    staff.say("The library opened.", ts(THURSDAY, 9), thread_ts=ts(THURSDAY, 1))

    assert [("week 10", "The library opened.")] == kept(staff)


def test_a_form_sent_again_with_other_words_keeps_the_other_words(staff: Staff) -> None:
    """Slack never heard that the form was saved, so it stayed open and was changed and sent once more."""
    staff.series()
    staff.at(THURSDAY)

    def words(text: str) -> dict[str, object]:
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
        return {"type": "rich_text", "elements": [section]}

    for text in ("One", "One and two"):
        staff.services.filling.save(T, "U_ANA", Filled(1, "V1", {"new:also": Entry(words(text))}, trigger_id=text))

    assert [("week 10", "One and two")] == kept(staff)


def test_a_week_held_long_ago_does_not_take_what_is_said_today(staff: Staff) -> None:
    """Ana never finished the week that is held; what she adds after finishing this week's is for this week."""
    staff.series()
    staff.at(THURSDAY)
    staff.say("The library opened.", ts(THURSDAY, 1))
    staff.services.holding.hold(T, 1, "U_DEE")
    staff.at(FRIDAY)
    staff.at(THURSDAY + WEEK)
    staff.say("done", ts(THURSDAY + WEEK, 1))
    staff.say("One more thing.", ts(THURSDAY + WEEK, 2))

    assert [("week 10", "The library opened."), ("week 11", "One more thing.")] == kept(staff)


def test_next_in_a_week_that_is_over_asks_nothing_more(staff: Staff) -> None:
    """The old button of an empty week puts no further question."""
    staff.series()
    staff.at(THURSDAY)
    prompt = staff.prompts(1)[0]
    staff.at(FRIDAY)
    with staff.database.session() as session:
        edition = editions.get(session, T, 1)
        assert edition is not None
        assert EditionState.SKIPPED is edition.state
    with pytest.raises(EditionGoneError):
        staff.services.answering.next(T, "U_ANA", prompt.id, "", is_skipped=False)

    assert [prompt] == staff.prompts(1)


def test_questions_of_a_note_published_early_are_frozen(staff: Staff) -> None:
    """A note of jots, out before anybody was asked, keeps its headings when the series' questions change."""
    staff.series()
    staff.jot("Fixed the projector")
    staff.services.publishing.publish(T, 1, "U_DEE")
    staff.change(questions=DEFAULT_QUESTIONS[:1])
    staff.services.publishing.publish(T, 1, "U_DEE")

    assert "I also…" in str(staff.owed("digest")[-1].payload)
    assert [] == staff.owed("change")


def test_editors_hear_of_each_failure(staff: Staff) -> None:
    """The note could not be posted at first; a week later a change of it cannot: that is news."""
    staff.series()
    staff.at(THURSDAY)
    staff.say("One.", ts(THURSDAY, 1))
    staff.at(FRIDAY)
    failing = staff.services.delivering.failing
    with staff.database.session() as session:
        first = deliveries.find(session, T, "edition:1:digest:1")
        assert first is not None
        failing.tell(session, replace(first, attempt=1, error="is_archived"), now=FRIDAY)
    staff.say("One, and a half.", ts(THURSDAY, 1), version="1")
    staff.services.publishing.publish(T, 1, "U_DEE")
    with staff.database.session() as session:
        second = deliveries.find(session, T, "edition:1:digest:1:r2")
        assert second is not None
        failing.tell(session, replace(second, attempt=1, error="is_archived"), now=FRIDAY)
        failing.tell(session, replace(second, attempt=0, error="the message it belongs to"), now=FRIDAY)

    assert 2 == len([owed for owed in staff.owed("notice") if ":failed:" in owed.key])
