"""The list of documents that may have a template of their own, in the settings."""

import json
from datetime import UTC, datetime

from bot.domain.house_styles import Document, HouseStyle
from bot.domain.series import Layout
from bot.rendering.environments import Templates
from bot.rendering.settings.styles import Styled, StyleViews
from tests.support import weeks


def test_each_document_is_called_by_its_name_with_the_day_of_the_series() -> None:
    """The names stand by themselves, and half past midnight in London is a day later than in UTC."""
    changed = HouseStyle(Document.TEXT, "{{ note.introduction }}", datetime(2026, 5, 5, 23, 30, tzinfo=UTC))
    styled = Styled(weeks.series(Layout.BY_PERSON), {Document.TEXT: changed})

    shown = json.dumps(StyleViews(Templates()).listed(styled), ensure_ascii=False)
    for told in ("*The note in Slack*", "*Plain text*", "since Wednesday 6 May"):
        assert told in shown
