"""What `/weeknotes` answers to editors: hold, merge, export and remind for a week; season, pause and resume."""

from dataclasses import dataclass
from typing import Any

from bot.domain.deliveries import Message
from bot.listeners.commands.asked import Asked
from bot.rendering.blocks import button
from bot.rendering.environments import Templates
from bot.rendering.sayings import said
from bot.rendering.season import season_form
from bot.services import Services


@dataclass(frozen=True, slots=True)
class EditorAnswers:
    """Answers editors' commands."""

    services: Services
    templates: Templates

    def hold(self, asked: Asked) -> Message:
        """Keep this week's note from going out by itself."""
        series = asked.series(self.services, "hold")
        _, edition = self.services.holding.at_hand(asked.workspace_id, series.id, asked.user_id)
        return self.services.holding.hold(asked.workspace_id, edition.id, asked.user_id)

    def merge(self, asked: Asked) -> Message:
        """Ask whether this week's note is to come with the next one's."""
        series = asked.series(self.services, "merge")
        _, edition = self.services.holding.at_hand(asked.workspace_id, series.id, asked.user_id)
        target = self.services.merging.next_of(asked.workspace_id, edition.id, asked.user_id)
        text = self.templates.slack("merge_question", series=series.name, period=edition.period, target=target.period)
        value = {"edition": edition.id}
        return said(text, button(self.templates.label("draft.merge"), "note.merge", value, style="primary"))

    def export_note(self, asked: Asked, typed: str) -> Message:
        """Ask whether a note may go outside, or send it for inside."""
        series = asked.series(self.services, "export note")
        return self.services.sharing.ask(asked.workspace_id, series.id, asked.user_id, typed, asked.occasion)

    def remind(self, asked: Asked) -> Message:
        """Ask whether to remind those who have given nothing."""
        series = asked.series(self.services, "remind")
        _, edition = self.services.holding.at_hand(asked.workspace_id, series.id, asked.user_id)
        people = self.services.holding.silent(asked.workspace_id, edition.id, asked.user_id)
        limit = series.reminder_limit
        text = self.templates.slack(
            "remind_question", series=series.name, period=edition.period, people=people, limit=limit
        )
        if not (people and limit):
            return said(text)
        return said(
            text, button(self.templates.label("draft.remind"), "note.remind", {"edition": edition.id}, style="primary")
        )

    def season(self, asked: Asked) -> dict[str, Any]:
        """Show the form of the season and number of the next note."""
        series = asked.series(self.services, "season")
        numbers = self.services.renumbering.opened(asked.workspace_id, series.id, asked.user_id)
        return season_form(self.templates, numbers)

    def pause(self, asked: Asked) -> Message:
        """Stop a series for a while."""
        series = asked.series(self.services, "pause")
        return self.services.pausing.pause(asked.workspace_id, series.id, asked.user_id)

    def resume(self, asked: Asked) -> Message:
        """Let a series go on."""
        series = asked.series(self.services, "resume")
        return self.services.pausing.resume(asked.workspace_id, series.id, asked.user_id)
