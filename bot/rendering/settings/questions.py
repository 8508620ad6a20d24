"""The section of the questions: the list of them, each with a menu, and the form of one."""

from slack_sdk.models.blocks import Option, OverflowMenuElement

from bot.domain.series import Question, Series, Shape
from bot.domain.series_checks import MAX_ASK, MAX_HEADING, MAX_QUESTIONS
from bot.rendering.blocks import Blocks, actions, button, context
from bot.rendering.environments import Templates
from bot.rendering.inputs import Typed, select_input, text_input, tick_input

KEY = "questions"
ADD, ARRANGE, CALLBACK_ID = "question.add", "question.arrange", "settings.question"
CHANGE, UP, DOWN, REMOVE = "change", "up", "down", "remove"
ACTS = (CHANGE, UP, DOWN, REMOVE)


def list_blocks(templates: Templates, series: Series) -> Blocks:
    """Return each question with its menu, and the button for another one."""
    blocks: Blocks = [context(templates.slack("settings/questions_lead"))]
    for place, question in enumerate(series.questions):
        text = templates.slack("settings/question", place=place + 1, question=question)
        section = {"type": "section", "block_id": f"question.{place}", "text": {"type": "mrkdwn", "text": text}}
        blocks.append({**section, "accessory": _menu(templates, series, place).to_dict()})
    if len(series.questions) < MAX_QUESTIONS:
        blocks.append(actions(button(templates.label("settings.questions.add"), ADD, {"series": series.id})))
    return blocks


def _menu(templates: Templates, series: Series, place: int) -> OverflowMenuElement:
    """Return the menu of a question: what can be done with it where it stands."""
    idle = {
        UP: place == 0,
        DOWN: place == len(series.questions) - 1,
        REMOVE: len(series.questions) == 1,
    }
    key = series.questions[place].key
    options = [
        Option(value=f"{act}:{key}", label=templates.label(f"settings.questions.{act}"))
        for act in ACTS
        if not idle.get(act)
    ]
    return OverflowMenuElement(action_id=ARRANGE, options=options)


def form_blocks(templates: Templates, question: Question) -> Blocks:
    """Return the inputs of one question."""
    shapes = {shape.value: templates.label(f"settings.shape.{shape.value}") for shape in Shape}
    return [
        text_input("question.ask", templates.label("settings.question.ask"), question.ask, MAX_ASK),
        text_input(
            "question.heading",
            templates.label("settings.question.heading"),
            question.heading,
            MAX_HEADING,
            hint=templates.label("settings.question.heading_hint"),
            is_optional=True,
        ),
        select_input("question.shape", templates.label("settings.question.shape"), shapes, question.shape.value),
        tick_input(
            "question.optional",
            templates.label("settings.question.optional"),
            templates.label("settings.question.is_optional"),
            is_ticked=question.is_optional,
        ),
    ]


def read(typed: Typed, key: str) -> Question:
    """Return the question as it is in its form."""
    return Question(
        key,
        typed.text("question.ask"),
        typed.text("question.heading"),
        Shape(typed.selected("question.shape")),
        is_optional=typed.is_ticked("question.optional"),
    )
