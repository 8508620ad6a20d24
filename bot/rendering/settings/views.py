"""The modal of the settings: first an overview with every section, then one section, or one question, at a time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.holidays import name_of
from bot.domain.house_styles import Document
from bot.domain.notices import Notice
from bot.domain.numbering import title_of_next
from bot.domain.questions import find
from bot.domain.questions import fingerprint as question_fingerprint
from bot.domain.series import Question, Series
from bot.domain.series_forms import SeriesForm, fingerprint, form_of
from bot.domain.weeks import Period
from bot.rendering.blocks import Blocks, actions, button, section
from bot.rendering.environments import Templates
from bot.rendering.filters import Mrkdwn
from bot.rendering.notices import LIST
from bot.rendering.settings import questions, styles
from bot.rendering.settings.bank import BANK
from bot.rendering.settings.days_off import DAYS_OFF
from bot.rendering.settings.general import GENERAL
from bot.rendering.settings.note import HEADLINE, NOTE, preview
from bot.rendering.settings.people import PEOPLE
from bot.rendering.settings.publishing import PUBLISHING
from bot.rendering.settings.section import Section
from bot.rendering.settings.when import WHEN

CALLBACK_ID = "settings.section"
SHOW, OPEN, BACK = "settings.show", "settings.open", "settings.back"
SECTIONS: Mapping[str, Section] = {each.key: each for each in (GENERAL, PEOPLE, BANK, WHEN, DAYS_OFF, NOTE, PUBLISHING)}
LISTED = (GENERAL.key, PEOPLE.key, questions.KEY, BANK.key, WHEN.key, DAYS_OFF.key, NOTE.key, PUBLISHING.key)
"""The sections in the order of the overview."""
NOTICES = "notices"
ELSEWHERE = {NOTICES: LIST, styles.KEY: styles.LIST}
"""What has forms of its own, and the action that opens them; the overview has them last."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A series whose settings are open: the names of its people, and the period its next note covers.

    `notices` are its standing ones, `styles` the documents with a template of their own; both are for editors alone.
    """

    series: Series
    names: Mapping[str, str]
    period: Period
    notices: Sequence[Notice]
    styles: Sequence[Document]
    is_editor: bool


@dataclass(frozen=True, slots=True)
class SettingsViews:
    """Makes the views. A `notice` is the bot's own mrkdwn: what saving has just done, or why it has not."""

    templates: Templates

    def overview(self, opened: Opened, notice: str = "") -> dict[str, Any]:
        """Return how everything stands, each section with a button to change it."""
        series = opened.series
        blocks: Blocks = [section(notice)] if notice else []
        for key in (*LISTED, *(ELSEWHERE if opened.is_editor else ())):
            title, text = self._title(key), self.standing(opened, key)
            about = {"series": series.id, "section": key}
            change = button(self.templates.label("settings.change"), ELSEWHERE.get(key, OPEN), about).to_dict()
            change["accessibility_label"] = self.templates.label("settings.change_section", section=title)
            blocks.append({**section(f"*{title}*\n{text}"), "block_id": f"settings.{key}", "accessory": change})
        return self._modal(self.templates.label("settings.title"), {"series": series.id}, blocks)

    def standing(self, opened: Opened, key: str) -> str:
        """Say how a section stands, in a line or a few, as mrkdwn."""
        series = opened.series
        return self.templates.slack(
            f"settings/{key}",
            series=series,
            asked=[opened.names.get(user_id, user_id) for user_id in series.contributors],
            editors=[opened.names.get(user_id, user_id) for user_id in series.editors],
            ask=self.templates.words.weekly(series.cadence.ask),
            publish=self.templates.words.weekly(series.cadence.publish),
            country=name_of(series.time_off.country),
            notices=opened.notices,
            styles=[self.templates.label(f"style.document.{document.value}") for document in opened.styles],
            title=title_of_next(series.numbering, opened.period, self.templates.label(HEADLINE)),
        )

    def section(self, opened: Opened, key: str, *, form: SeriesForm | None = None, notice: str = "") -> dict[str, Any]:
        """Return one section, filled with `form` where somebody is at it already."""
        if key == questions.KEY:
            blocks = questions.list_blocks(self.templates, opened.series)
            about = {"series": opened.series.id, "section": key}
            return self._modal(self._title(key), about, self._lead(opened, notice, blocks))
        chosen, stored = SECTIONS[key], form_of(opened.series)
        about = {"series": opened.series.id, "section": key, "shown": fingerprint(stored, chosen.fields)}
        blocks = chosen.blocks(self.templates, form or stored)
        if chosen is NOTE:
            blocks = [*blocks, preview(self.templates, opened.series, form or stored, opened.period)]
        return self._modal(self._title(key), about, self._lead(opened, notice, blocks), is_form=True)

    def question(self, opened: Opened, question: Question, *, notice: str = "") -> dict[str, Any]:
        """Return the form of one question; one without a key is new."""
        stored = find(opened.series.questions, question.key)
        about = {"series": opened.series.id, "question": question.key, "shown": question_fingerprint(stored)}
        blocks = self._lead(opened, notice, questions.form_blocks(self.templates, question), back=questions.KEY)
        title = self.templates.label("settings.question.title")
        return self._modal(title, about, blocks, is_form=True, callback_id=questions.CALLBACK_ID)

    def meanwhile(self, opened: Opened, key: str) -> str:
        """Say that somebody else changed a section in the meantime, and how it stands."""
        return self.templates.slack("settings/meanwhile", now=Mrkdwn(self.standing(opened, key)))

    def question_meanwhile(self, opened: Opened, question: Question) -> dict[str, Any]:
        """Return the form of a question that somebody else changed, or took out, in the meantime: then it is new."""
        stored = find(opened.series.questions, question.key)
        now = self.templates.slack("settings/question_now", question=stored)
        kept = question if stored else replace(question, key="")
        return self.question(opened, kept, notice=self.templates.slack("settings/meanwhile", now=Mrkdwn(now)))

    def _lead(self, opened: Opened, notice: str, blocks: Blocks, *, back: str = "") -> Blocks:
        """Return the blocks under the way back, and a notice."""
        label = self.templates.label("settings.back_to_questions" if back else "settings.back")
        about = {"series": opened.series.id, "section": back}
        row = actions(button(label, OPEN if back else BACK, about))
        return [{**row, "block_id": "settings.back"}, *([section(notice)] if notice else []), *blocks]

    def _title(self, key: str) -> str:
        return self.templates.label(f"settings.{key}.title")

    def _modal(
        self,
        title: str,
        about: Mapping[str, Any],
        blocks: Blocks,
        *,
        is_form: bool = False,
        callback_id: str = CALLBACK_ID,
    ) -> dict[str, Any]:
        close = self.templates.label("settings.cancel" if is_form else "settings.done")
        view: dict[str, Any] = {
            "type": "modal",
            "callback_id": callback_id,
            "title": {"type": "plain_text", "text": title},
            "close": {"type": "plain_text", "text": close},
            "private_metadata": json.dumps(about),
            "blocks": blocks,
        }
        save = {"type": "plain_text", "text": self.templates.label("settings.save")}
        return view | ({"submit": save} if is_form else {})
