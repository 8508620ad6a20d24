"""Finding where something said belongs: which edition, which question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.conversation import question_for_jot, question_for_reply
from bot.domain.editions import Answer, Edition, EditionState, Prompt, Source, StepKind
from bot.domain.incoming import Said
from bot.domain.planning import PlannedStep, periods_to_plan
from bot.domain.series import Question, Series
from bot.domain.zones import UTC_ZONE
from bot.services.away_people import today_of
from storage import answers, changes, editions, entries, jots, people, prompts, steps
from storage import series as series_store
from storage.database import Session

REPLIES = frozenset({Source.THREAD, Source.MESSAGE})
OVER = frozenset({EditionState.PUBLISHED, EditionState.SKIPPED, EditionState.MERGED})
SETTLE = timedelta(seconds=20)
"""How long a posted note waits for further changes before it is brought up to date."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something said belongs: the edition, the person's prompts in it, the question, and how it came."""

    series: Series
    edition: Edition
    prompts: tuple[Prompt, ...]
    question: Question
    source: Source
    missed: Edition | None = None
    """The edition in whose thread this was said, when that takes answers no more."""
    others: tuple[Series, ...] = ()
    """The other series that a jot could be for."""
    is_sure: bool = True
    """Whether nobody need be asked which series a jot is for."""

    @property
    def is_late(self) -> bool:
        """Say whether the note is out already."""
        return self.edition.published_at is not None


Found = tuple[Series, Edition, tuple[Prompt, ...]]
"""An edition with its series and one person's prompts in it."""


def find_place(session: Session, said: Said, now: datetime) -> Place | None:
    """Work out where something said belongs: its thread, the question being asked, or the week as a jot.

    What one person says goes one after the other from here: `next` and `skip` at once leave two questions.
    """
    workspace_id, user_id = said.workspace_id, said.user_id
    threaded = (
        prompts.in_thread(session, workspace_id, said.channel_id, said.thread_ts, user_id) if said.thread_ts else None
    )
    asked = threaded or prompts.open_for(session, workspace_id, user_id, is_unplaced_first=bool(said.thread_ts))
    if asked:
        editions.share(session, workspace_id, asked.edition_id)  # it must not end in the meantime
        people.lock(session, workspace_id, [user_id])
    found = find_own(session, workspace_id, user_id, asked.edition_id) if asked else None
    if found and takes_answers(found[0], found[1], now):
        series, edition, mine = found
        source = Source.THREAD if threaded else Source.MESSAGE
        return Place(series, edition, mine, question_for_reply(edition.questions, mine, said.ts), source)
    return _find_jot_place(session, said, now, found if threaded else None)


def _find_jot_place(session: Session, said: Said, now: datetime, missed: Found | None) -> Place | None:
    """Find the week that something counts for as a jot: of the series whose thread it was said in, or of any."""
    choice = choose_series(session, said.workspace_id, said.user_id, now, here=missed[0].id if missed else 0)
    if choice is None:
        return None
    edition = choice.edition
    prompted = tuple(prompts.of_person(session, said.workspace_id, edition.id, said.user_id))
    question = question_for_jot(edition.questions, said.text)
    missed_edition = missed[1] if missed else None
    return Place(
        choice.series, edition, prompted, question, Source.JOT, missed_edition, choice.others, is_sure=choice.is_sure
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """The series a jot is kept for: the likeliest, which `is_sure` or not, and the `others` that it could be for."""

    series: Series
    edition: Edition
    others: tuple[Series, ...]
    is_sure: bool


def choose_series(session: Session, workspace_id: str, user_id: str, now: datetime, *, here: int = 0) -> Choice | None:
    """Choose among a person's series the one a jot is kept for until they say otherwise.

    That is the one where they said it (`here`), the one they chose today, or the one they last gave something to.
    """
    chosen = jots.chosen_on(session, workspace_id, user_id, jot_day(session, workspace_id, user_id, now))
    liked = [here, chosen, jots.usual(session, workspace_id, user_id)]
    mine = series_store.of_contributor(session, workspace_id, user_id)
    going_on = [each for each in mine if current_edition(session, each, now)]
    choices = sorted(going_on or mine, key=lambda each: liked.index(each.id) if each.id in liked else len(liked))
    if not choices:
        return None
    series, others = choices[0], tuple(each for each in going_on if each != choices[0])
    edition = edition_for_jot(session, series, now)
    return Choice(series, edition, others, is_sure=not others or series.id in (here, chosen))


def jot_day(session: Session, workspace_id: str, user_id: str, now: datetime) -> date:
    """Return the date it is for a person: the day for which they choose a series."""
    person = people.get(session, workspace_id, user_id)
    return today_of(person.zone if person else UTC_ZONE, now)


def find_own(session: Session, workspace_id: str, user_id: str, edition_id: int) -> Found | None:
    """Return an edition with its series and this person's prompts in it, if they are one of its contributors."""
    edition = editions.get(session, workspace_id, edition_id)
    series = series_store.get(session, workspace_id, edition.series_id) if edition else None
    mine = tuple(prompts.of_person(session, workspace_id, edition_id, user_id))
    if edition and series and (mine or user_id in series.contributors):
        return series, edition, mine
    return None


def current_edition(session: Session, series: Series, now: datetime) -> Edition | None:
    """Return the edition that something said now, outside a prompt, belongs to: the next one to go out."""
    return next_out(series, editions.unfinished(session, series.workspace_id, series.id), now)


def next_out(series: Series, waiting: Sequence[Edition], now: datetime) -> Edition | None:
    """Return the edition that goes out next, of those of a series that are neither out nor skipped, oldest first."""
    today = now.astimezone(ZoneInfo(series.cadence.zone)).date()
    return next((edition for edition in waiting if edition.period.end >= today), None)


def edition_for_jot(session: Session, series: Series, now: datetime) -> Edition:
    """Return the edition that takes a jot now, kept from ending until this transaction does.

    A series that was paused for long has none. Then one begins, without steps: nobody is asked in it, and when the
    series goes on, planning lets what is in it count for the next that is.
    """
    edition = current_edition(session, series, now)
    locked = editions.lock(session, series.workspace_id, edition.id, is_shared=True) if edition else None
    if edition and locked == edition:
        return edition
    return current_edition(session, series, now) or _begun(session, series, now)


def _begun(session: Session, series: Series, now: datetime) -> Edition:
    """Return the edition of the first period from now on that is neither out nor left out."""
    period = periods_to_plan(series.cadence, now)[0]
    edition = editions.create(session, series.workspace_id, series.id, period)
    while edition.state in OVER:
        period = series.cadence.next_period(period)
        edition = editions.create(session, series.workspace_id, series.id, period)
    return edition


def takes_answers(series: Series, edition: Edition, now: datetime) -> bool:
    """Say whether an edition still takes answers: until it is out, and for the grace period afterwards."""
    if edition.state is EditionState.SKIPPED:
        return False
    return edition.published_at is None or now <= edition.published_at + timedelta(days=series.grace_days)


def follow(session: Session, answer: Answer, now: datetime, *, is_taken_back: bool = False) -> None:
    """Have all that shows an answer follow its change: messages and Homes at once, draft and posted note a bit later.

    After the grace period nothing changes any more but what somebody has taken back. Called
    after the change: whoever is posting the note either waits for it, or is seen to have posted already.
    """
    changes.note(session, answer)
    given_to = editions.lock(session, answer.workspace_id, answer.edition_id, is_shared=True)
    edition = editions.note_of(session, given_to) if given_to else None
    if edition and given_to != edition:
        edition = editions.lock(session, answer.workspace_id, edition.id, is_shared=True)
    series = series_store.get(session, answer.workspace_id, edition.series_id) if edition else None
    if edition is None or series is None:
        return
    if edition.state is EditionState.PUBLISHED:
        is_followed = is_taken_back or takes_answers(series, edition, now)
    else:
        is_followed = entries.are_begun(session, edition.workspace_id, edition.id, answer.id)
    if is_followed:
        steps.again(session, edition, PlannedStep(StepKind.UPDATE, "", now + SETTLE))


def take_along(
    session: Session, edition: Edition, left: Prompt, ts: str, question: Question, now: datetime
) -> list[Answer]:
    """Let what somebody said after they left a question at `ts`, and was heard before that, count for another one.

    Returns it in the order in which it was said. Where Slack did not say when they left it, that is nothing.
    """
    mine = answers.of_edition(session, edition.workspace_id, edition.id, left.user_id) if ts else []
    later = [
        each for each in mine if each.question_key == left.question_key and each.ts > ts and each.source in REPLIES
    ]
    for answer in later:
        answers.move(session, answer, question_key=question.key)
        follow(session, replace(answer, question_key=question.key), now)
    return sorted(later, key=lambda answer: answer.ts)
