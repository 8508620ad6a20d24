"""Filling in the form: the same answers as in the thread, shown, changed, added and removed, and none of them lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.answer_forms import (
    ANSWER,
    INSIDE_MARK,
    NEW,
    TAKEN_OUT,
    Block,
    Entry,
    Filled,
    Verdict,
    has_box_changed,
    mark_of,
    verdict,
)
from bot.domain.conversation import question_for_jot, question_with
from bot.domain.editions import Answer, Edition, Source
from bot.domain.errors import EditionGoneError
from bot.domain.richtext import parse, plain
from bot.domain.series import Series
from bot.domain.weeks import Period
from bot.rendering.answer_forms import Clash, shown
from bot.rendering.filters import escape_mrkdwn
from bot.services.asking import Asking
from bot.services.composing import quoted_names
from bot.services.following import stand
from bot.services.placing import edition_for_jot, find_own, follow, takes_answers
from storage import answers, changes, editions, events, people
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a form: what is left to decide, or where `count` things went because the edition had ended."""

    series: Series
    edition: Edition
    clashes: tuple[Clash, ...] = ()
    is_over: bool = False
    kept_for: Period | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Filling:
    """Shows and saves the form for answering."""

    database: Database
    clock: Clock
    asking: Asking

    def shown(
        self, workspace_id: str, user_id: str, edition_id: int
    ) -> tuple[Series, Edition, list[Answer], dict[str, str]]:
        """Return what the form shows: the edition, what this contributor has given, and the names of whom they quote.

        Raises EditionGoneError when the edition does not take their answers.
        """
        with self.database.session() as session:
            found = find_own(session, workspace_id, user_id, edition_id)
            if not found or not takes_answers(found[0], found[1], self.clock.now()):
                raise EditionGoneError
            given = answers.of_edition(session, workspace_id, edition_id, user_id)
            return found[0], found[1], given, quoted_names(session, workspace_id, given)

    def save(self, workspace_id: str, user_id: str, filled: Filled) -> Saved:
        """Store a form. Sent once more, it changes nothing more.

        What was changed both in the form and elsewhere is stored neither way, and returned for the person to decide.
        When the edition has ended in the meantime, what was typed is kept as jots for the next. Raises EditionGoneError
        where the edition is none of theirs.
        """
        now = self.clock.now()
        with self.database.session() as session:
            editions.lock(session, workspace_id, filled.edition_id, is_shared=True)  # it must not end in the meantime
            found = find_own(session, workspace_id, user_id, filled.edition_id)
            if not found:
                raise EditionGoneError
            people.lock(session, workspace_id, [user_id])  # two forms at once: the second sees what the first changed
            is_new = events.press(session, workspace_id, filled.trigger_id, now=now)
            saving = _Saving(session, found[0], found[1], user_id, filled, now, is_new=is_new)
            if not takes_answers(found[0], found[1], now):
                return saving.keep_elsewhere()
            saved = saving.save()
            if changes.has_noted(session):
                stand(session, self.asking, found[0], found[1], user_id, now=now)
            return saved


@dataclass(frozen=True, slots=True)
class _Saving:
    """One form being saved, inside the transaction."""

    session: Session
    series: Series
    edition: Edition
    user_id: str
    filled: Filled
    now: datetime
    is_new: bool
    """Whether the form was not saved before: Slack may send it again, when much has been changed since."""

    def save(self) -> Saved:
        """Store each entry, and return what is left to decide."""
        clashes = []
        for name, entry in self.filled.entries.items():
            kind, _, rest = name.partition(":")
            if kind == NEW:
                self._add(name, rest.partition(":")[0], entry, self.edition, Source.FORM)
            elif kind == ANSWER and rest.isdecimal() and (clash := self._change(name, int(rest), entry)):
                clashes.append(clash)
        return Saved(self.series, self.edition, tuple(clashes))

    def keep_elsewhere(self) -> Saved:
        """Keep what was typed as jots of the edition that takes them now."""
        edition = edition_for_jot(self.session, self.series, self.now)
        typed = list(self._typed())
        for name, entry in typed:
            self._add(name, "", entry, edition, Source.JOT)
        return Saved(self.series, self.edition, is_over=True, kept_for=edition.period, count=len(typed))

    def _typed(self) -> Iterator[tuple[str, Entry]]:
        """Yield the entries that are not as the form showed them, and not empty."""
        nothing = mark_of(None)
        for name, entry in self.filled.entries.items():
            kind, _, rest = name.partition(":")
            is_known = kind == ANSWER and rest.isdecimal()
            seen = self.filled.seen.get(rest, nothing).removesuffix(INSIDE_MARK)
            stored = answers.get(self.session, self.edition.workspace_id, int(rest)) if is_known else None
            kept = mark_of(shown(stored)) if stored else nothing  # the form may be sent once more
            if mark_of(entry.block) not in {nothing, seen, kept}:
                yield name, entry

    def _change(self, name: str, answer_id: int, entry: Entry) -> Clash | None:
        """Change or remove an answer as the form says, unless that would undo what was done elsewhere."""
        seen = self.filled.seen.get(str(answer_id))
        answer = answers.get(self.session, self.edition.workspace_id, answer_id)
        if answer is None:
            return self._taken_out(answer_id, entry, seen)
        if answer.user_id != self.user_id or not self._is_open(answer):
            return None
        outcome = verdict(seen, shown(answer), entry.block)
        if outcome is Verdict.CLASH:
            return Clash(name, answer.question_key, answer, entry.block or {"type": "rich_text", "elements": []})
        if not self.is_new:
            return None
        is_marked = has_box_changed(seen, entry)
        if is_marked:
            answers.keep_inside(self.session, answer, is_inside=bool(entry.is_inside))
        self._reword(answer, entry, outcome)
        if is_marked or outcome is not Verdict.KEEP:
            follow(self.session, answer, self.now)
        return None

    def _reword(self, answer: Answer, entry: Entry, outcome: Verdict) -> None:
        if outcome is Verdict.REMOVE and not answer.files:
            answers.take_out(self.session, answer, now=self.now)
        elif outcome is not Verdict.KEEP:  # emptied words leave a photo where its message is
            blocks = [entry.block] if entry.block and outcome is Verdict.REWORD else []
            text = escape_mrkdwn(_words_of(entry.block))
            answers.rewrite(self.session, answer, text=text, blocks=blocks, now=self.now)

    def _taken_out(self, answer_id: int, entry: Entry, seen: str | None) -> Clash | None:
        """Let the person decide on words they changed in an answer that is not there any more."""
        place = answers.place_of(self.session, self.edition.workspace_id, self.user_id, answer_id)
        if place is None or verdict(seen or TAKEN_OUT, None, entry.block) is not Verdict.CLASH or entry.block is None:
            return None
        key = place[1]
        return Clash(f"{NEW}:{key}:{answer_id}", key, None, entry.block, is_inside=bool(entry.is_inside))

    def _is_open(self, answer: Answer) -> bool:
        """Say whether an answer may be changed: it may have been moved to another edition since the form was opened."""
        if answer.edition_id == self.edition.id:
            return True
        editions.lock(self.session, answer.workspace_id, answer.edition_id, is_shared=True)
        found = find_own(self.session, answer.workspace_id, self.user_id, answer.edition_id)
        return found is not None and takes_answers(found[0], found[1], self.now)

    def _add(self, name: str, question_key: str, entry: Entry, edition: Edition, source: Source) -> None:
        """Add an answer. The same form sent once more, perhaps with other words, leaves one."""
        words = _words_of(entry.block)
        if entry.block is None or not words.strip() or not self.is_new:
            return
        question = question_with(edition.questions, question_key) or question_for_jot(edition.questions, words)
        source_key = f"form:{self.filled.form_id}:{name.partition(':')[2]}"
        answer = answers.record(
            self.session,
            edition.workspace_id,
            source_key=source_key,
            edition_id=edition.id,
            user_id=self.user_id,
            question_key=question.key,
            source=source,
            text=escape_mrkdwn(words),
            blocks=[entry.block],
            given_at=self.now,
            is_inside=bool(entry.is_inside),
        )
        before = answer or answers.from_source(self.session, edition.workspace_id, source_key)
        if answer is None and before and mark_of(shown(before)) != mark_of(entry.block):
            answers.rewrite(self.session, before, text=escape_mrkdwn(words), blocks=[entry.block], now=self.now)
        if before:
            follow(self.session, before, self.now)


def _words_of(block: Block | None) -> str:
    return plain(parse("", [block])) if block else ""
