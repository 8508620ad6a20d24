"""Lateness: when the bot was down over a step, the editors hear why the draft or the note comes late."""

from datetime import datetime

from bot.domain.deliveries import Owed
from bot.domain.editions import Edition, EditionState, Step, StepKind
from bot.domain.series import Series
from bot.rendering.messages import Messages
from bot.services.composing import zone_of
from storage import deliveries, editions, ticks
from storage.database import Session


def tell_lateness(
    session: Session, messages: Messages, series: Series, edition: Edition, step: Step, *, now: datetime
) -> None:
    """Tell the editors that a step that is done now fell due while the bot was down, if that is so."""
    down = ticks.last_down(session, series.workspace_id, series.id)
    if down is None or not down.from_at < step.due_at < down.until_at:
        return
    is_note = step.kind is StepKind.PUBLISH
    present = editions.get(session, series.workspace_id, edition.id)
    if is_note and (present is None or present.state is not EditionState.PUBLISHED):
        return  # it waits for an editor, or has nothing in it: that is said already
    drafts = {f"edition:{edition.id}:draft:{user_id}": user_id for user_id in series.editors}
    with_draft = [drafts[key] for key in deliveries.many(session, series.workspace_id, drafts)]
    for user_id in series.editors if is_note else with_draft:
        message = messages.plain(
            "late",
            series=series.name,
            period=edition.period,
            due=messages.templates.words.spoken(step.due_at, zone_of(session, series, user_id)),
            is_note=is_note,
            channel=series.channel_id,
        )
        owed = Owed(f"edition:{edition.id}:late:{step.kind}:{user_id}", "notice", user_id, message.payload())
        deliveries.owe(session, series.workspace_id, owed, now=now)
