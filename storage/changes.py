"""Changes: what of somebody's a transaction has changed, so that what shows it follows before it ends."""

from dataclasses import dataclass

from sqlmodel import Session

from bot.domain.editions import Answer, Edition, Source

_CHANGED = "changed answers"


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer that was given, changed, moved or taken out.

    Without an answer, an edition that came to a new state; without an edition, what somebody's Home says of them.
    """

    workspace_id: str
    edition_id: int
    user_id: str = ""
    answer_id: int = 0
    is_jot: bool = False


def note(session: Session, answer: Answer) -> None:
    """Note that an answer has changed in this transaction; called with it as it was, as it is, or both."""
    is_jot = answer.source is Source.JOT
    changed = Changed(answer.workspace_id, answer.edition_id, answer.user_id, answer.id, is_jot=is_jot)
    session.info.setdefault(_CHANGED, {})[changed] = True


def note_edition(session: Session, edition: Edition) -> None:
    """Note that an edition has come to a new state in this transaction."""
    session.info.setdefault(_CHANGED, {})[Changed(edition.workspace_id, edition.id)] = True


def note_person(session: Session, workspace_id: str, user_id: str) -> None:
    """Note that something that somebody's Home says of them has changed in this transaction."""
    session.info.setdefault(_CHANGED, {})[Changed(workspace_id, 0, user_id)] = True


def noted(session: Session) -> tuple[Changed, ...]:
    """Return what has changed since this was last asked, in order."""
    return tuple(session.info.pop(_CHANGED, {}))


def has_noted(session: Session) -> bool:
    """Say whether anything has changed in this transaction."""
    return bool(session.info.get(_CHANGED))
