"""What `/weeknotes` answers: one method for each word, each calling one service."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.commands import nearest
from bot.domain.deliveries import Message
from bot.domain.errors import WhichSeriesError
from bot.domain.incoming import Jot
from bot.domain.series import Series
from bot.listeners.commands.asked import Asked
from bot.listeners.commands.editors import EditorAnswers
from bot.rendering.away import away_button
from bot.rendering.blocks import button
from bot.rendering.environments import Templates
from bot.rendering.forgetting import forget_question
from bot.rendering.receipts import told_apart
from bot.rendering.sayings import said
from bot.rendering.settings.views import SettingsViews
from bot.services import Services
from bot.slack.pictures import as_links

RUN_AGAIN = "command.run"
VALUE_LIMIT = 2000
"""How many characters Slack lets a button carry."""
BUTTONS_LIMIT = 25
View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers commands."""

    services: Services
    templates: Templates

    def to(self, asked: Asked) -> Message | View:
        """Return the answer to a command, or the question which series it is for. Raises WeknotesError.

        The answer to some is a form, to be opened.
        """
        self.services.administering.check_is_here(asked.workspace_id, asked.user_id)
        word = asked.invocation.word
        answer = self._words().get(word)
        if answer is None:
            return self._unknown(asked)
        try:
            return answer(asked)
        except WhichSeriesError as error:
            return self._which(asked, error)

    def _unknown(self, asked: Asked) -> Message:
        """Say that a word is no command, and which of this person's commands it is nearest to."""
        word = asked.invocation.word
        words = self.services.reporting.offered(asked.workspace_id, asked.channel_id, asked.user_id)
        return self._say("command_unknown", word=word, nearest=nearest(word, words), typed=asked.typed)

    def _words(self) -> Mapping[str, Callable[[Asked], Message | View]]:
        editors = EditorAnswers(self.services, self.templates)
        return {
            "help": self.help,
            "jot": self.jot,
            "draft": self.draft,
            "skip": self.skip,
            "away": self.away,
            "back": self.back,
            "join": self.join,
            "leave": self.leave,
            "status": self.status,
            "publish": self.publish,
            "export": self.export,
            "forget": self.forget,
            "hold": editors.hold,
            "merge": editors.merge,
            "remind": editors.remind,
            "settings": self.settings,
            "season": editors.season,
            "pause": editors.pause,
            "resume": editors.resume,
        }

    def help(self, asked: Asked) -> Message:
        """Say what the bot does here."""
        return self.services.reporting.help(asked.workspace_id, asked.channel_id, asked.user_id)

    def jot(self, asked: Asked) -> Message:
        """Keep something for this week."""
        words = asked.invocation.rest
        if not words:
            return self._say("command_jot_empty")
        where = (asked.workspace_id, asked.user_id, asked.channel_id)
        receipt = self.services.jotting.keep(Jot(*where, f"command:{asked.occasion}", asked.occasion, words))
        self.services.homes.show(asked.workspace_id, asked.user_id, asked.occasion)
        return receipt

    def draft(self, asked: Asked) -> Message:
        """Show the draft: here when it fits in one message, else by direct message."""
        series = asked.series(self.services, "draft")
        first, *others = self.services.publishing.preview(asked.workspace_id, series.id, asked.user_id)
        if not others:
            return replace(first, blocks=tuple(as_links(first.blocks)))  # Slack would refuse the whole answer
        self.services.telling.send(asked.workspace_id, asked.user_id, asked.occasion, (first, *others))
        return self._say("command_draft_sent", series=series.name)

    def skip(self, asked: Asked) -> Message:
        """Keep that there is nothing from this person this week."""
        series = asked.series(self.services, "skip")
        sentence = self.services.answering.nothing_this_week(asked.workspace_id, asked.user_id, series.id)
        return said(sentence)

    def away(self, asked: Asked) -> Message:
        """Keep the days this person is away, or ask which they are."""
        typed = asked.invocation.rest
        if not typed:
            return said(self.templates.slack("away_empty"), away_button(self.templates))
        sentence = self.services.away.say(asked.workspace_id, asked.user_id, typed)
        self.services.homes.show(asked.workspace_id, asked.user_id, asked.occasion)
        return said(sentence)

    def back(self, asked: Asked) -> Message:
        """Let this person be asked again."""
        sentence = self.services.away.back(asked.workspace_id, asked.user_id)
        self.services.homes.show(asked.workspace_id, asked.user_id, asked.occasion)
        return said(sentence)

    def join(self, asked: Asked) -> Message:
        """Let this person take part in the series here."""
        message = self.services.joining.join(
            asked.workspace_id, asked.user_id, channel_id=asked.channel_id, series_id=asked.series_id
        )
        self.services.homes.show(asked.workspace_id, asked.user_id, asked.occasion)
        return message

    def leave(self, asked: Asked) -> Message:
        """Let this person out of a series; an editor is asked what they want to leave."""
        series = asked.series(self.services, "leave")
        message = self.services.joining.ask_to_leave(asked.workspace_id, asked.user_id, series.id)
        self.services.homes.show(asked.workspace_id, asked.user_id, asked.occasion)
        return message

    def status(self, asked: Asked) -> Message:
        """Say how the edition stands."""
        series = asked.series(self.services, "status")
        return self.services.reporting.status(asked.workspace_id, series.id, asked.user_id)

    def publish(self, asked: Asked) -> Message:
        """Ask whether to publish, or do so when told `now`."""
        series = asked.series(self.services, "publish")
        if asked.vocabulary.english(asked.invocation.rest).strip().casefold() != "now":
            return self._confirm(asked, series)
        done = self.services.publishing.publish(asked.workspace_id, series.id, asked.user_id)
        return self._say("published", done=done)

    def export(self, asked: Asked) -> Message:
        """Send somebody their own answers; to an editor, after `note`, a note."""
        word, *rest = asked.invocation.rest.split(maxsplit=1) or [""]
        if asked.vocabulary.english(word).casefold() in {"note", "notes"}:
            return EditorAnswers(self.services, self.templates).export_note(asked, " ".join(rest))
        exported = self.services.exporting.mine(
            asked.workspace_id, asked.user_id, asked.invocation.rest, asked.occasion
        )
        return self._say("command_exported", exported=exported)

    def forget(self, asked: Asked) -> Message:
        """Ask whether to forget somebody, saying what goes and what stays."""
        if asked.vocabulary.english(asked.invocation.rest).casefold().strip(" .!") != "me":
            return self._say("forget_usage")
        held = self.services.forgetting.held(asked.workspace_id, asked.user_id)
        return forget_question(self.templates, held)

    def settings(self, asked: Asked) -> View:
        """Show the settings."""
        series = asked.series(self.services, "settings")
        opened = self.services.configuring.opened(asked.workspace_id, series.id, asked.user_id)
        return SettingsViews(self.templates).overview(opened)

    def _confirm(self, asked: Asked, series: Series) -> Message:
        found = self.services.publishing.next_to_publish(asked.workspace_id, series.id, asked.user_id)
        text = self.templates.slack("command_publish", series=series.name, channel_id=series.channel_id, found=found)
        value = {"edition": found.edition.id}
        if found.is_in_doubt:
            return said(text, button(self.templates.label("note.try_again"), "note.retry", value))
        publish = button(
            self.templates.label("note.update" if found.is_out else "note.publish"),
            "note.publish",
            value,
            style="primary",
        )
        return said(text, publish, button(self.templates.label("note.title"), "note.title", value))

    def _which(self, asked: Asked, error: WhichSeriesError) -> Message:
        """Ask which series is meant, with a button for each; words too long for a button are asked for again."""
        values = [{"typed": asked.typed, "series": series.id, "occasion": asked.occasion} for series in error.choices]
        fits = len(values) <= BUTTONS_LIMIT and all(len(json.dumps(value)) <= VALUE_LIMIT for value in values)
        names = told_apart(error.choices)
        choices = [(name, series.channel_id) for name, series in zip(names, error.choices, strict=True)]
        text = self.templates.slack("command_which", choices=choices, fits=fits, typed=asked.typed)
        buttons = [
            button(name, f"{RUN_AGAIN}.{place}", value)
            for place, (name, value) in enumerate(zip(names, values, strict=True))
        ]
        return said(text, *(buttons if fits else ()))

    def _say(self, template: str, **values: object) -> Message:
        return said(self.templates.slack(template, **values))
