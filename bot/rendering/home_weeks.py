"""One series in its contributor's Home: what it asks and when, what they gave and where, and their run."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.cadence import Moment
from bot.domain.homes import Leaf, Week
from bot.rendering.blocks import Blocks, actions, button, context, header, section
from bot.rendering.environments import Templates
from bot.rendering.messages import form_button
from bot.rendering.note_blocks import all_of, body_of, note_messages
from bot.rendering.sayings import SECTION

LISTED_PLACES = 6


@dataclass(frozen=True, slots=True)
class HomeWeeks:
    """Makes the blocks of a series, for somebody in this IANA zone."""

    templates: Templates
    zone: str

    def brief(self, week: Week) -> Blocks:
        """Return a series without what was given, but with a button that shows it."""
        lead = self._lead(week, is_open=False)
        if week.own and week.edition:
            lead = {**lead, "accessory": self._show(week, "show")}
        return [header(week.series.name), lead, *self._end(week)]

    def whole(self, week: Week) -> Blocks:
        """Return a series with what was given, as far as it would stand in one message, and where."""
        if week.own is None:
            return self.brief(week)
        lead = self._lead(week, is_open=True)
        if len(note_messages(week.own, self.templates)) > 1:
            lead = {**lead, "accessory": self._show(week, "show_all")}
        return [
            header(week.series.name),
            lead,
            *body_of(week.own, self.templates),
            *self._places(week),
            *self._end(week),
        ]

    def page(self, week: Week, most: int, characters: int) -> Blocks:
        """Return a series with all that was given, or as much of it as a page holds."""
        before = [header(week.series.name), self._lead(week, is_open=week.own is not None)]
        after = [*self._places(week), *self._end(week)]
        more = context(self.templates.slack("home_more"))
        own: Blocks = []
        for block in all_of(week.own, self.templates) if week.own else ():
            characters -= len(json.dumps(block))
            if len(before) + len(own) + len(after) + 2 > most or characters < 0:
                own.append(more)
                break
            own.append(block)
        return [*before, *own, *after]

    def _lead(self, week: Week, *, is_open: bool) -> Mapping[str, Any]:
        return section(
            self.templates.slack(
                "home",
                edition=week.edition,
                is_paused=week.series.is_paused,
                asks=self._spoken(week.asks),
                goes_out=self._spoken(week.goes_out),
                is_off=week.is_off,
                has_passed=week.has_passed,
                total=week.total,
                is_open=is_open,
            )
        )

    def _show(self, week: Week, label: str) -> dict[str, Any]:
        value = {"leaf": Leaf.WEEK.value, "edition": week.edition.id if week.edition else 0}
        return button(self.templates.label(f"home.{label}"), "home.week", value, of=week.series.name).to_dict()

    def _places(self, week: Week) -> Blocks:
        """Return where each answer was given, a line for each question, in as many blocks as that needs."""
        texts: list[str] = []
        for given in week.given:
            shown = given.places[:LISTED_PLACES]
            places = [{"at": self._weekly(place.at), "url": place.url} for place in shown]
            more = len(given.places) - len(shown)
            line = self.templates.slack("home_given", heading=given.heading, places=places, more=more)
            if texts and len(texts[-1]) + len(line) < SECTION:
                texts[-1] += f"\n{line}"
            else:
                texts.append(line)
        return [context(text) for text in texts]

    def _end(self, week: Week) -> Blocks:
        """Return what stands below: the run and the thread, and the buttons."""
        run = [self.templates.slack("run", run=week.run)] if week.run else []
        thread = [self.templates.slack("home_thread", url=week.thread_url)] if week.thread_url else []
        small = [context("   ".join([*run, *thread]))] if run or thread else []
        leave = button(
            self.templates.label("people.leave"), "home.leave", {"series": week.series.id}, of=week.series.name
        )
        if week.edition is None:
            return [*small, actions(leave)]
        form = form_button(self.templates, week.edition, has_given=week.total > 0, of=week.series.name)
        return [*small, {**actions(form, leave), "block_id": f"edition:{week.edition.id}"}]

    def _spoken(self, at: datetime | None) -> str:
        return self.templates.words.spoken(at, self.zone) if at else ""

    def _weekly(self, at: datetime) -> str:
        local = at.astimezone(ZoneInfo(self.zone))
        return self.templates.words.weekly(Moment(local.weekday(), local.time()))
