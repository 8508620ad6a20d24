"""What an editor may touch: their series, and the editions of it."""

from bot.domain.editions import Edition
from bot.domain.errors import EditionGoneError, NoSeriesHereError, NotAllowedError
from bot.domain.series import Series
from storage import editions
from storage import series as series_store
from storage.database import Session


def editable(session: Session, workspace_id: str, series_id: int, user_id: str) -> Series:
    """Return a series that this person edits. Raises NoSeriesHereError, NotAllowedError."""
    series = series_store.get(session, workspace_id, series_id)
    if series is None:
        raise NoSeriesHereError
    if user_id not in series.editors:
        raise NotAllowedError
    return series


def editable_edition(
    session: Session, workspace_id: str, edition_id: int, user_id: str, *, is_locked: bool = False
) -> tuple[Series, Edition]:
    """Return an edition of a series that this person edits, `is_locked` until the transaction ends.

    Raises EditionGoneError, NotAllowedError.
    """
    edition = (editions.lock if is_locked else editions.get)(session, workspace_id, edition_id)
    if edition is None:
        raise EditionGoneError
    return editable(session, workspace_id, edition.series_id, user_id), edition
