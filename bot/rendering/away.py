"""Being away, as people see it: the form, and their days and choices in the Home."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from bot.domain.away import Days
from bot.domain.holidays import name_of
from bot.rendering.blocks import Blocks, button, section
from bot.rendering.environments import Templates

LISTED_DAYS = 5


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose for themselves: the days they are away, as of `today`, and what they want."""

    today: date
    away: Sequence[Days] = ()
    wants_reminders: bool = True
    wants_run: bool = True
    country: str = ""
    is_country_guessed: bool = False
    follows_status: bool = False


def in_words(templates: Templates, days: Days, today: date) -> str:
    """Write the days somebody is away, naming the year only where it is not this one."""
    return templates.slack("away_days", first=days.first, last=days.last, today=today)


def away_button(templates: Templates) -> ButtonElement:
    """Return the button that opens the form."""
    return button(templates.label("away.button"), "contributor.away", {})


def choices_blocks(templates: Templates, choices: Choices) -> Blocks:
    """Return the end of the Home: the days somebody is away, each to be ended, and the reminders' switch."""
    blocks: Blocks = []
    for days in choices.away[:LISTED_DAYS]:
        is_now = choices.today in days
        told = in_words(templates, days, choices.today)
        text = templates.slack("home_away", days=told, is_now=is_now)
        label = templates.label("away.end_now" if is_now else "away.end_later")
        end = button(label, "contributor.back", {"first": days.first.isoformat()}, of=told.replace("*", ""))
        blocks.append({**section(text), "accessory": end.to_dict()})
    reminders = templates.slack("home_reminders", are_wanted=choices.wants_reminders)
    status = templates.slack("home_status", is_followed=choices.follows_status)
    run = templates.slack("home_run", is_wanted=choices.wants_run)
    return [
        *blocks,
        _beside(templates.slack("home_time_off"), away_button(templates)),
        _beside(_country(templates, choices), button(templates.label("holidays.choose"), "contributor.country", {})),
        _beside(status, _switch(templates, "status", is_on=choices.follows_status)),
        _beside(reminders, _switch(templates, "reminders", is_on=choices.wants_reminders)),
        _beside(run, _switch(templates, "run", is_on=choices.wants_run)),
    ]


def _country(templates: Templates, choices: Choices) -> str:
    return templates.slack(
        "home_country",
        country=choices.country,
        name=name_of(choices.country),
        is_guessed=choices.is_country_guessed,
    )


def _beside(mrkdwn: str, element: ButtonElement) -> Mapping[str, Any]:
    """Return a section with a button beside it."""
    return {**section(mrkdwn), "accessory": element.to_dict()}


def _switch(templates: Templates, name: str, *, is_on: bool) -> ButtonElement:
    """Return the button that turns something on or off."""
    label = templates.label(f"away.{name}_{'off' if is_on else 'on'}")
    return button(label, f"contributor.{name}", {"wanted": not is_on})


def away_form(templates: Templates, today: date) -> dict[str, Any]:
    """Return the modal that asks for the first and the last day."""
    lead = section(templates.slack("away_form"))
    first = _day("first", templates.label("away.first"), {"initial_date": today.isoformat()})
    hint = {"type": "plain_text", "text": templates.label("away.last_hint")}
    last = _day("last", templates.label("away.last"), {}) | {"optional": True, "hint": hint}
    return {
        "type": "modal",
        "callback_id": "contributor.away",
        "title": {"type": "plain_text", "text": templates.label("away.title")},
        "submit": {"type": "plain_text", "text": templates.label("away.save")},
        "close": {"type": "plain_text", "text": templates.label("away.cancel")},
        "blocks": [lead, first, last],
    }


def _day(name: str, label: str, more: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": name,
        "label": {"type": "plain_text", "text": label},
        "element": {"type": "datepicker", "action_id": "day", **more},
    }
