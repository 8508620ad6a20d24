"""The section of the days off: whose public holidays count, the team's own, and what becomes of a note due on one."""

from typing import Any

from bot.domain.calendars import HolidayPolicy
from bot.domain.days_off import MAX_TYPED
from bot.domain.series_forms import SeriesForm
from bot.rendering.blocks import Blocks
from bot.rendering.environments import Templates
from bot.rendering.holidays import country_input
from bot.rendering.inputs import Typed, select_input, text_input
from bot.rendering.settings.section import Section


def _blocks(templates: Templates, form: SeriesForm) -> Blocks:
    label = templates.label
    days = text_input(
        "days_off",
        label("settings.days_off.days"),
        form.days_off,
        MAX_TYPED,
        hint=label("settings.days_off.days_hint"),
        is_optional=True,
    )
    policies = {policy.value: label(f"settings.holiday_policy.{policy.value}") for policy in HolidayPolicy}
    return [
        country_input(form.country, label("settings.days_off.country"), label("settings.days_off.country_hint")),
        {**days, "element": {**days["element"], "multiline": True}},
        select_input("holiday_policy", label("settings.days_off.policy"), policies, form.holiday_policy.value),
    ]


def _read(typed: Typed) -> dict[str, Any]:
    return {
        "country": typed.text("country"),
        "days_off": typed.text("days_off"),
        "holiday_policy": HolidayPolicy(typed.selected("holiday_policy")),
    }


DAYS_OFF = Section("days_off", _blocks, _read, ("country", "days_off", "holiday_policy"))
