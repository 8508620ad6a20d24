"""Turns: the editor of the week hands a note over to another editor, or swaps turns with them."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.deliveries import Owed
from bot.domain.editions import Edition, EditionState
from bot.domain.errors import EditionGoneError, InvalidInputError, NotAllowedError
from bot.domain.rota import queue, swapped
from bot.domain.series import Series
from bot.services.away_people import away_for
from bot.services.editable import editable_edition
from bot.services.posting import Posting
from storage import deliveries, editions, people
from storage import series as series_store
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Turns:
    """Lets editors change whose turn it is."""

    database: Database
    clock: Clock
    posting: Posting

    def others(self, workspace_id: str, edition_id: int, user_id: str) -> tuple[Series, Edition, dict[str, str]]:
        """Return to whom the editor of the week may hand a note over, with their names. Raises NotAllowedError."""
        with self.database.session() as session:
            series, edition = _mine(session, workspace_id, edition_id, user_id)
            others = [each for each in series.editors if each != user_id]
            return series, edition, people.names(session, workspace_id, others)

    def hand_over(self, workspace_id: str, edition_id: int, user_id: str, other: str, *, is_swap: bool) -> None:
        """Make another editor that of the week, who gets the draft. With `is_swap` both change places in the line.

        Doing it twice does it once. Raises NotAllowedError, InvalidInputError.
        """
        now = self.clock.now()
        with self.database.session() as session:
            series, edition = editable_edition(session, workspace_id, edition_id, user_id, is_locked=True)
            if edition.turn == other:
                return
            series, edition = _mine(session, workspace_id, edition_id, user_id)
            if other not in series.editors:
                raise NotAllowedError
            names = people.names(session, workspace_id, [user_id, other])
            if away_for(session, series, edition, [other], now):
                raise InvalidInputError("editor_is_away", "to", name=names[other])
            editions.change(session, edition, turn=other)
            if is_swap:
                line = queue(series.rota, series.editors)
                series_store.set_rota(session, workspace_id, series.id, swapped(line, user_id, other))
            handed = editions.get(session, workspace_id, edition_id) or edition
            self.posting.drafting.send(session, series, handed, other, now=now)
            self.posting.drafting.refresh(session, series, handed, now=now)
            for each in (user_id, other):
                message = self.posting.drafts.plain(
                    "handed_over",
                    one=names[user_id],
                    other=names[other],
                    series=series.name,
                    period=edition.period,
                    is_swap=is_swap,
                    is_taken=each == other,
                )
                key = f"edition:{edition.id}:turn:{each}:{now.timestamp():.6f}"
                owed = Owed(key, "notice", each, message.payload(), edition_id=edition.id)
                deliveries.owe(session, workspace_id, owed, now=now)


def _mine(session: Session, workspace_id: str, edition_id: int, user_id: str) -> tuple[Series, Edition]:
    """Return an edition whose editor of the week this is. Raises NotAllowedError, EditionGoneError."""
    series, edition = editable_edition(session, workspace_id, edition_id, user_id)
    if edition.state in {EditionState.PUBLISHED, EditionState.SKIPPED}:
        raise EditionGoneError("nothing_to_hold")
    if not series.takes_turns or edition.turn != user_id:
        raise NotAllowedError("not_your_turn")
    return series, edition
