"""Following: what shows an answer changes with it, in the same transaction: messages, receipts, Homes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.deliveries import Delivery, Message, Method, Owed
from bot.domain.editions import Edition
from bot.domain.series import Series
from bot.rendering.receipts import Receipt
from bot.services.asking import Asking
from bot.services.homes import Homes
from bot.services.threads import in_thread, receipt_key
from storage import answers, changes, deliveries, editions, people
from storage import series as series_store
from storage.changes import Changed
from storage.database import Session

STANDING = {"wrapup": "wrapup", "standing": "form_saved"}
"""The messages that say what the bot has from somebody, by kind, and their templates."""


@dataclass(frozen=True, slots=True)
class Following:
    """Called before each commit: lets everything follow the answers that the transaction has changed.

    The changes of one person go one after the other here, so that of two at once the later shows both.
    """

    clock: Clock
    asking: Asking
    homes: Homes

    def __call__(self, session: Session) -> None:
        """Owe what shows the changed answers, once each however much has changed."""
        changed = changes.noted(session)
        if not changed:
            return
        now = self.clock.now()
        found = {each: _edition_of(session, each) for each in changed}
        concerned: dict[str, set[str]] = {}
        answering: dict[str, set[str]] = {}
        for each in changed:
            concerned.setdefault(each.workspace_id, set()).update(_concerned(each, found[each]))
            if each.answer_id:
                answering.setdefault(each.workspace_id, set()).add(each.user_id)
        for workspace_id, user_ids in answering.items():
            people.lock(session, workspace_id, user_ids)
        self._renew_threads(session, [each for each in changed if each.answer_id], found, now)
        for workspace_id, user_ids in concerned.items():
            self.homes.refresh(session, workspace_id, user_ids, now=now)

    def _renew_threads(
        self,
        session: Session,
        changed: Iterable[Changed],
        found: dict[Changed, tuple[Series, Edition] | None],
        now: datetime,
    ) -> None:
        threads: dict[tuple[int, str], tuple[Series, Edition, list[Changed]]] = {}
        for each in changed:
            place = found[each]
            if place:
                threads.setdefault((each.edition_id, each.user_id), (*place, []))[2].append(each)
        for (_, user_id), (series, edition, mine) in threads.items():
            self._renew_thread(session, series, edition, user_id, mine, now)

    def _renew_thread(
        self,
        session: Session,
        series: Series,
        edition: Edition,
        user_id: str,
        changed: Sequence[Changed],
        now: datetime,
    ) -> None:
        """Let the messages of one thread follow: receipts, the list in the opening, and what says how things stand."""
        receipts = {receipt_key(each.answer_id): each for each in changed}
        standing = {_key(edition, user_id, kind): kind for kind in STANDING}
        sent = deliveries.many(session, series.workspace_id, [*receipts, *standing])
        for key, each in receipts.items():
            if key in sent:
                self._renew_receipt(session, series, edition, each, sent[key], now)
        if any(each.is_jot for each in changed):
            self.asking.renew_opening(session, series, edition, user_id, now=now)
        for key, kind in standing.items():
            if key in sent:
                self._renew_standing(session, series, edition, user_id, kind, sent[key], now)

    def _renew_receipt(
        self, session: Session, series: Series, edition: Edition, changed: Changed, receipt: Delivery, now: datetime
    ) -> None:
        """Let the receipt of an answer say how it is now, or that it is taken out."""
        key = receipt.key
        answer = answers.get(session, changed.workspace_id, changed.answer_id)
        is_elsewhere = answer is not None and answer.edition_id != edition.id
        if is_elsewhere or deliveries.is_owed_here(session, changed.workspace_id, key):
            return
        if answer is None:
            message = self.asking.messages.plain("receipt_removed", series=series.name, period=edition.period)
        else:
            message = self.asking.receipt(session, Receipt(series, edition, answer), now=now)
        _renew(session, series.workspace_id, receipt.channel, key, "receipt", message, receipt.edition_id, now)

    def _renew_standing(
        self,
        session: Session,
        series: Series,
        edition: Edition,
        user_id: str,
        kind: str,
        sent: Delivery,
        now: datetime,
    ) -> None:
        """Let a message that says what the bot has from somebody say it as it is now."""
        if not deliveries.is_owed_here(session, edition.workspace_id, sent.key):
            message = self.asking.so_far(session, series, edition, user_id, STANDING[kind])
            _renew(session, edition.workspace_id, sent.channel, sent.key, kind, message, edition.id, now)


def stand(session: Session, asking: Asking, series: Series, edition: Edition, user_id: str, *, now: datetime) -> None:
    """Say in somebody's thread what the bot has from them, after a form was saved, unless a message there says so."""
    opening = asking.opening_of(session, edition, user_id)
    if opening and not deliveries.find(session, edition.workspace_id, _key(edition, user_id, "wrapup")):
        message = asking.so_far(session, series, edition, user_id, STANDING["standing"])
        owed = in_thread(opening, _key(edition, user_id, "standing"), "standing", message)
        deliveries.owe(session, edition.workspace_id, owed, now=now)


def _renew(
    session: Session,
    workspace_id: str,
    channel: str,
    key: str,
    kind: str,
    message: Message,
    edition_id: int | None,
    now: datetime,
) -> None:
    owed = Owed(key, kind, channel, message.payload(), Method.UPDATE, target_key=key, edition_id=edition_id)
    deliveries.owe_latest(session, workspace_id, owed, now=now)


def _key(edition: Edition, user_id: str, kind: str) -> str:
    return f"edition:{edition.id}:{kind}:{user_id}"


def _edition_of(session: Session, changed: Changed) -> tuple[Series, Edition] | None:
    edition = editions.get(session, changed.workspace_id, changed.edition_id) if changed.edition_id else None
    series = series_store.get(session, changed.workspace_id, edition.series_id) if edition else None
    return (series, edition) if series and edition else None


def _concerned(changed: Changed, found: tuple[Series, Edition] | None) -> set[str]:
    """Return whose Homes show something of a change: the contributor's, or everybody's asked, and the editors'."""
    if found is None:
        return {changed.user_id} - {""}
    series = found[0]
    return {*([changed.user_id] if changed.user_id else series.contributors), *series.editors}
