"""An edition from the columns of its row."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.editions import Edition, EditionState
from bot.domain.series import Question, Shape
from bot.domain.weeks import Period
from storage import cadences
from storage.models import EditionRow


def edition_of(row: EditionRow, asked: Sequence[Question] = ()) -> Edition:
    """Return the edition that a row holds, with the questions `asked` unless it has frozen its own."""
    frozen = tuple(map(question_of, row.questions))
    drawn = question_of(row.drawn) if row.drawn else None
    return Edition(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        series_id=row.series_id,
        period=Period(row.covers_from or row.period_start, row.period_end),
        state=EditionState(row.state),
        questions=frozen or (*asked, *([drawn] if drawn else [])),
        headline=row.headline,
        introduction=row.introduction,
        headline_answer_id=row.headline_answer_id,
        entry_order=tuple(row.entry_order),
        merged_into=row.merged_into,
        turn=row.turn,
        edited_by=row.edited_by,
        draft_revision=row.draft_revision,
        halvings=row.halvings,
        number=row.number,
        season=row.season,
        episode=row.episode,
        count=row.count,
        is_held=row.is_held,
        published_at=row.published_at,
        revision=row.revision,
        cadence=cadences.read(row.cadence),
        drawn=drawn,
        day_off=row.day_off,
    )


def question_of(kept: Mapping[str, Any]) -> Question:
    """Return a question as an edition keeps it."""
    return Question(**{**kept, "shape": Shape(kept["shape"])})
