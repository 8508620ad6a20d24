"""The section of the question bank: whether each edition asks one more question, and of which one is drawn."""

from typing import Any

from slack_sdk.models.blocks import PlainTextInputElement

from bot.domain.bank import MAX_BANK
from bot.domain.series_forms import SeriesForm
from bot.rendering.blocks import Blocks
from bot.rendering.environments import Templates
from bot.rendering.inputs import VALUE, Typed, element_input, tick_input
from bot.rendering.settings.section import Section


def _blocks(templates: Templates, form: SeriesForm) -> Blocks:
    shipped = "\n".join(templates.words.labels.several("bank.questions"))
    bank = PlainTextInputElement(
        action_id=VALUE, multiline=True, max_length=MAX_BANK, initial_value=(form.bank or shipped)[:MAX_BANK]
    )
    label, hint = templates.label("settings.bank.bank"), templates.label("settings.bank.bank_hint")
    draws = tick_input(
        "draws_question",
        templates.label("settings.bank.draws"),
        templates.label("settings.bank.draws_question"),
        is_ticked=form.draws_question,
    )
    return [draws, {**element_input("bank", label, bank, hint=hint), "optional": True}]


def _read(typed: Typed) -> dict[str, Any]:
    return {"draws_question": typed.is_ticked("draws_question"), "bank": typed.text("bank")}


BANK = Section("bank", _blocks, _read, ("draws_question", "bank"))
