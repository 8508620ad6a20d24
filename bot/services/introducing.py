"""What is said when a series starts, changes, or loses its channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.deliveries import Message, Owed
from bot.domain.editions import StepKind
from bot.domain.planning import first_period, next_times
from bot.domain.series import AsksIn, Series
from bot.rendering.blocks import actions, button, section
from bot.rendering.environments import Templates
from bot.rendering.settings.views import SHOW

NAMED_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Introducing:
    """Writes what people read about a series as a whole. `names` holds the names of everyone it mentions."""

    templates: Templates
    names: Mapping[str, str]
    now: datetime

    def introduction(self, series: Series, creator: str) -> Owed:
        """Return the introduction in the series' channel: who set it up, who is asked, and when. It pings nobody."""
        values = self._values(series) | {"creator": self.names.get(creator, creator)}
        join = button(self.templates.label("people.join"), "contributor.join", {"series": series.id})
        more = () if series.follows_channel else (actions(join),)
        return self._post(introduction_key(series), series.channel_id, "setup_introduction", values, *more)

    def welcome(self, series: Series, creator: str, *, is_in_channel: bool | None) -> Owed:
        """Return the direct message to the person who set a series up: what happens next, and what is still to do."""
        values = self._values(series) | {"is_in_channel": is_in_channel}
        more = button(self.templates.label("setup.more"), SHOW, {"series": series.id})
        return self._post(f"series:{series.id}:welcome", creator, "setup_welcome", values, actions(more))

    def named(self, series: Series, editor: str, by: str, occasion: str) -> Owed:
        """Return the direct message to somebody whom another person made an editor."""
        key = f"series:{series.id}:editor:{editor}:{occasion}"
        values = {"series": series.name, "channel_id": series.channel_id, "by": self.names.get(by, by)}
        return self._post(key, editor, "editor_named", values | {"takes_turns": series.takes_turns})

    def changed(self, series: Series, editor: str, occasion: str, told: str) -> Owed:
        """Return the direct message to the editor who changed the settings on an `occasion` (the form's id)."""
        key = f"series:{series.id}:changed:{occasion}"
        return Owed(key, "settings_saved", editor, Message(told, (section(told),)).payload())

    def left(self, series: Series, editor: str, occasion: str) -> Owed:
        """Return the direct message to an editor saying that the bot was taken out of the channel."""
        key = f"series:{series.id}:left:{editor}:{occasion}"
        return self._post(key, editor, "setup_left", {"series": series.name, "channel_id": series.channel_id})

    def _post(
        self, key: str, channel: str, template: str, values: Mapping[str, object], *more: Mapping[str, Any]
    ) -> Owed:
        text = self.templates.slack(template, **values)
        return Owed(key, template, channel, Message(text, (section(text), *more)).payload())

    def _values(self, series: Series) -> dict[str, object]:
        cadence = series.cadence
        times = next_times(cadence, first_period(cadence, self.now), series.time_off)
        return {
            "series": series.name,
            "channel_id": series.channel_id,
            "asked": self._people(series.contributors),
            "follows_channel": series.follows_channel,
            "asks_here": series.asks_in is AsksIn.CHANNEL,
            "editors": self._people(series.editors),
            "editor_count": len(series.editors),
            "rhythm": self.templates.label(f"series.rhythm.{cadence.every_weeks}"),
            "their_time": self.templates.label(f"series.their_time.{cadence.every_weeks}"),
            "zone": cadence.zone,
            "needs_approval": series.needs_approval,
            "ask": self.templates.words.weekly(cadence.ask),
            "publish": self.templates.words.weekly(cadence.publish),
            "next_ask": self._said(times, StepKind.ASK, cadence.zone),
            "next_remind": self._said(times, StepKind.REMIND, cadence.zone),
            "next_draft": self._said(times, StepKind.DRAFT, cadence.zone),
            "next_publish": self._said(times, StepKind.PUBLISH, cadence.zone),
        }

    def _people(self, user_ids: tuple[str, ...]) -> str:
        """Return the names, or how many people there are when a sentence could not hold their names."""
        if len(user_ids) > NAMED_AT_MOST:
            return self.templates.label("series.people", count=len(user_ids))
        return self.templates.words.names(self.names.get(user_id, user_id) for user_id in user_ids)

    def _said(self, times: Mapping[StepKind, datetime], kind: StepKind, zone: str) -> str:
        return self.templates.words.spoken(times[kind], zone) if kind in times else ""


def introduction_key(series: Series) -> str:
    """Return the key of the introduction in the channel where a series is now."""
    return f"series:{series.id}:introduction:{series.channel_id}"
