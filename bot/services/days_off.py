"""Days off, where they change a week: the editors hear of it before."""

from datetime import datetime

from bot.domain.deliveries import Owed
from bot.domain.editions import Edition, EditionState
from bot.domain.holidays import holiday_on
from bot.domain.series import Series
from bot.rendering.messages import Messages
from bot.services.composing import zone_of
from bot.services.dates import goes_out_at
from storage import deliveries
from storage.database import Session


def tell_day_off(session: Session, messages: Messages, series: Series, edition: Edition, *, now: datetime) -> None:
    """Tell the editors that a note moves, or that an edition is skipped, unless neither is so any more."""
    if edition.day_off is None or edition.state is EditionState.PUBLISHED:
        return
    goes_out = goes_out_at(session, series, edition)
    holiday = holiday_on(series.time_off.country, edition.day_off, messages.templates.label("language.holidays"))
    for user_id in series.editors:
        message = messages.plain(
            "day_off",
            series=series.name,
            period=edition.period,
            day_off=edition.day_off,
            holiday=holiday,
            goes_out=messages.templates.words.spoken(goes_out, zone_of(session, series, user_id)),
            is_skipped=edition.state is EditionState.SKIPPED,
            channel=series.channel_id,
        )
        key = f"edition:{edition.id}:day_off:{user_id}"
        deliveries.owe(
            session,
            series.workspace_id,
            Owed(key, "notice", user_id, message.payload(), edition_id=edition.id),
            now=now,
        )
