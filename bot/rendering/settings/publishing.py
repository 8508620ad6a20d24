"""The section of publishing: by itself or by an editor, reminders, and how long a note still changes."""

from typing import Any

from bot.domain.series_forms import MAX_GRACE_DAYS, MAX_REMINDERS, SeriesForm
from bot.rendering.blocks import Blocks
from bot.rendering.environments import Templates
from bot.rendering.inputs import Typed, select_input, tick_input
from bot.rendering.settings.section import Section

BY_ITSELF, BY_AN_EDITOR = "automatic", "approved"
GRACE = (0, 1, 3, 7, 14, MAX_GRACE_DAYS)


def _blocks(templates: Templates, form: SeriesForm) -> Blocks:
    ways = {way: templates.label(f"settings.publishing.{way}") for way in (BY_ITSELF, BY_AN_EDITOR)}
    reminders = {
        str(n): templates.label("settings.publishing.reminders_at_most", count=n) for n in range(MAX_REMINDERS + 1)
    }
    grace = {
        str(days): templates.label("settings.publishing.grace_days", count=days)
        for days in sorted({*GRACE, form.grace_days})
    }
    return [
        select_input(
            "approval",
            templates.label("settings.publishing.approval"),
            ways,
            BY_AN_EDITOR if form.needs_approval else BY_ITSELF,
        ),
        select_input(
            "reminder_limit",
            templates.label("settings.publishing.reminders"),
            reminders,
            str(form.reminder_limit),
            hint=templates.label("settings.publishing.reminders_hint"),
        ),
        select_input("grace_days", templates.label("settings.publishing.grace"), grace, str(form.grace_days)),
        tick_input(
            "takes_turns",
            templates.label("settings.publishing.turns"),
            templates.label("settings.publishing.turns_tick"),
            is_ticked=form.takes_turns,
            hint=templates.label("settings.publishing.turns_hint"),
        ),
        tick_input(
            "wants_second_eyes",
            templates.label("settings.publishing.second_eyes"),
            templates.label("settings.publishing.second_eyes_tick"),
            is_ticked=form.wants_second_eyes,
            hint=templates.label("settings.publishing.second_eyes_hint"),
        ),
    ]


def _read(typed: Typed) -> dict[str, Any]:
    return {
        "needs_approval": typed.selected("approval") == BY_AN_EDITOR,
        "reminder_limit": int(typed.selected("reminder_limit")),
        "grace_days": int(typed.selected("grace_days")),
        "takes_turns": typed.is_ticked("takes_turns"),
        "wants_second_eyes": typed.is_ticked("wants_second_eyes"),
    }


FIELDS = ("needs_approval", "reminder_limit", "grace_days", "takes_turns", "wants_second_eyes")
PUBLISHING = Section("publishing", _blocks, _read, FIELDS)
