"""Editing: what an editor changes of a note's entries and its title. Answers stay as they were given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.clock import Clock
from bot.domain.editions import Answer, Edition
from bot.domain.entries import Entry, as_shown, first_line, may_be_headline, state_of
from bot.domain.errors import EditionGoneError, InvalidInputError
from bot.domain.notes import arrangement, headline_of, in_order
from bot.domain.richtext import parse, plain
from bot.domain.series import Series
from bot.domain.titles import Titled
from bot.rendering.entries import PER_PAGE, Change, EntryLine, Page, Wording
from bot.rendering.receipts import heading_of
from bot.services.authors import tell_of_hiding, tell_of_wording
from bot.services.composing import mentioned
from bot.services.editable import editable_edition
from bot.services.posting import Posting
from storage import answers, editions, entries, people
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Editing:
    """Changes the note's copy of what people gave, and lets everything that shows the note follow."""

    database: Database
    clock: Clock
    posting: Posting

    def page(self, workspace_id: str, edition_id: int, user_id: str, number: int = 0) -> Page:
        """Return some of a note's entries, in the note's order. Raises NotAllowedError, EditionGoneError."""
        with self.database.session() as session:
            series, edition = editable_edition(session, workspace_id, edition_id, user_id)
            return _page(session, series, edition, number)

    def change(
        self, workspace_id: str, edition_id: int, user_id: str, answer_id: int, change: Change, order_state: str
    ) -> bool:
        """Hide an entry, show it, move it, or take the headline from it.

        Returns False, changing nothing, when it should move but the order is not the one the editor saw any more.
        """
        with self.database.session() as session:
            series, edition = editable_edition(session, workspace_id, edition_id, user_id, is_locked=True)
            answer = _answer(session, edition, answer_id)
            if change in {Change.UP, Change.DOWN}:
                has_changed = _move(session, series, edition, answer, change, order_state)
            elif change in {Change.HEADLINE, Change.NO_HEADLINE}:
                chosen = answer.id if change is Change.HEADLINE else None
                has_changed = _take_headline(session, edition, chosen)
            else:
                has_changed = self._hide(session, series, edition, answer, user_id, is_hidden=change is Change.HIDE)
            if has_changed:
                self._follow(session, series, edition, user_id)
            return has_changed or change not in {Change.UP, Change.DOWN}

    def wording(self, workspace_id: str, edition_id: int, user_id: str, answer_id: int) -> Wording:
        """Return the words of an entry, for an editor to change. Raises NotAllowedError, EditionGoneError."""
        with self.database.session() as session:
            _, edition = editable_edition(session, workspace_id, edition_id, user_id)
            return _wording(session, edition, _answer(session, edition, answer_id))

    def reword(
        self,
        workspace_id: str,
        edition_id: int,
        user_id: str,
        answer_id: int,
        block: Mapping[str, Any] | None,
        state: str,
    ) -> Wording | None:
        """Keep an editor's wording of an entry, and tell its author. The author's own words again undo it.

        Returns the entry's words, keeping nothing, when they are not those the editor saw (`state`) any more. Raises
        InvalidInputError for a wording without words.
        """
        now = self.clock.now()
        with self.database.session() as session:
            series, edition = editable_edition(session, workspace_id, edition_id, user_id, is_locked=True)
            answer = _answer(session, edition, answer_id)
            before = entries.get(session, workspace_id, answer_id)
            wanted = parse("", [block]) if block else parse("")
            if not plain(wanted).strip():
                raise InvalidInputError("wording_empty", "words")
            shown = as_shown(answer, before)
            if wanted == parse(shown.text, shown.blocks):
                return None
            if state != state_of(answer, before):
                return _wording(session, edition, answer)
            kept = [] if block is None or wanted == parse(answer.text, answer.blocks) else [block]
            entries.reword(session, workspace_id, answer_id, kept, editor=user_id, now=now)
            entry = entries.get(session, workspace_id, answer_id)
            self._follow(session, series, edition, user_id)
            tell_of_wording(session, self.posting.drafts, series, edition, answer, entry, user_id, now)
            return None

    def titled(self, workspace_id: str, edition_id: int, user_id: str) -> Titled:
        """Return the title and introduction that an editor is about to change."""
        with self.database.session() as session:
            _, edition = editable_edition(session, workspace_id, edition_id, user_id)
            return _titled(session, edition)

    def set_title(
        self, workspace_id: str, edition_id: int, user_id: str, *, headline: str, introduction: str, state: str
    ) -> Titled | None:
        """Give an edition its headline and introduction, and show the editors the draft as it now is.

        Returns what they are, keeping nothing, when they are not those the editor saw (`state`) any more.
        """
        with self.database.session() as session:
            series, edition = editable_edition(session, workspace_id, edition_id, user_id, is_locked=True)
            present = _titled(session, edition)
            headline, introduction = headline.strip(), introduction.strip()
            if (headline, introduction) == (present.headline, present.introduction):
                return None
            if state != present.state:
                return present
            if headline != present.headline:
                editions.change(session, edition, headline=headline, headline_answer_id=None)
            editions.change(session, edition, introduction=introduction)
            self._follow(session, series, edition, user_id)
            return None

    def _hide(
        self, session: Session, series: Series, edition: Edition, answer: Answer, user_id: str, *, is_hidden: bool
    ) -> bool:
        now = self.clock.now()
        before = entries.get(session, edition.workspace_id, answer.id)
        if is_hidden == bool(before and before.is_hidden):
            return False
        entries.hide(session, edition.workspace_id, answer.id, is_hidden=is_hidden, editor=user_id, now=now)
        tell_of_hiding(
            session, self.posting.drafts, series, edition, answer, user_id, self.clock.now(), is_hidden=is_hidden
        )
        return True

    def _follow(self, session: Session, series: Series, edition: Edition, user_id: str) -> None:
        """Let the note, posted or not, show what an editor changed."""
        editions.change(session, edition, edited_by=user_id)
        self.posting.refresh(session, series, edition, now=self.clock.now())


def _move(session: Session, series: Series, edition: Edition, answer: Answer, change: Change, order_state: str) -> bool:
    given = in_order(answers.of_edition(session, edition.workspace_id, edition.id))
    order = arrangement(series, edition, given).moved(answer.id, change.step)
    if order_state != Page.state_of(edition) or not order:
        return False
    return editions.change(session, edition, entry_order=list(order))


def _take_headline(session: Session, edition: Edition, answer_id: int | None) -> bool:
    if edition.headline_answer_id == answer_id and not edition.headline:
        return False
    return editions.change(session, edition, headline="", headline_answer_id=answer_id)


def _answer(session: Session, edition: Edition, answer_id: int) -> Answer:
    """Return an answer that this edition's note shows. Raises EditionGoneError."""
    answer = answers.get(session, edition.workspace_id, answer_id)
    given_to = editions.get(session, edition.workspace_id, answer.edition_id) if answer else None
    if answer is None or given_to is None or editions.note_of(session, given_to).id != edition.id:
        raise EditionGoneError("entry_gone")
    return answer


def _titled(session: Session, edition: Edition) -> Titled:
    given = answers.of_edition(session, edition.workspace_id, edition.id)
    edited = entries.of_edition(session, edition.workspace_id, edition.id)
    names = people.names(session, edition.workspace_id, mentioned(edition, given))
    return Titled(edition, headline_of(edition, given, edited, names), edition.introduction)


def _wording(session: Session, edition: Edition, answer: Answer) -> Wording:
    entry = entries.get(session, edition.workspace_id, answer.id)
    concerned = {answer.user_id, *([entry.edited_by] if entry else [])}
    names = people.names(session, edition.workspace_id, concerned)
    return Wording(edition, answer, entry, names, heading_of(edition.questions, answer.question_key))


def _page(session: Session, series: Series, edition: Edition, number: int) -> Page:
    given = in_order(answers.of_edition(session, edition.workspace_id, edition.id))
    edited = entries.of_edition(session, edition.workspace_id, edition.id)
    arranged = arrangement(series, edition, given)
    by_id = {answer.id: answer for answer in given}
    order = arranged.flat()
    pages = max(1, -(-len(order) // PER_PAGE))
    number = min(max(number, 0), pages - 1)
    found = [by_id[answer_id] for answer_id in order[number * PER_PAGE : (number + 1) * PER_PAGE]]
    concerned = {answer.user_id for answer in found} | {entry.edited_by for entry in edited.values()}
    names = people.names(session, edition.workspace_id, concerned | mentioned(edition, found))
    lines = tuple(_line(edition, each, edited.get(each.id), names, arranged.moves(each.id)) for each in found)
    return Page(series, edition, lines, number, pages)


def _line(
    edition: Edition, answer: Answer, entry: Entry | None, names: Mapping[str, str], moves: Mapping[int, bool]
) -> EntryLine:
    shown = as_shown(answer, entry)
    return EntryLine(
        answer=shown,
        entry=entry,
        author=names.get(answer.user_id, answer.user_id),
        editor=names.get(entry.edited_by, "") if entry else "",
        heading=heading_of(edition.questions, answer.question_key),
        has_words=bool(first_line(shown)),
        is_headline=edition.headline_answer_id == answer.id and not edition.headline,
        may_be_headline=may_be_headline(shown),
        moves=moves,
    )
