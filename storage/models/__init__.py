"""The tables. Every row belongs to a workspace; instants are aware UTC."""

from storage.models.away import AwayRow
from storage.models.base import Table
from storage.models.deliveries import DeliveryRow, ReceivedEventRow
from storage.models.editions import AnswerRow, EditionRow, PromptRow, StepRow
from storage.models.entries import EntryRow
from storage.models.house_styles import HouseStyleRow
from storage.models.installations import InstallationRow
from storage.models.jots import JotChoiceRow
from storage.models.notices import NoticeRow
from storage.models.series import ContributorRow, EditorRow, MemberRow, QuestionRow, SeriesRow
from storage.models.workspaces import PersonRow, WorkspaceRow

__all__ = [
    "AnswerRow",
    "AwayRow",
    "ContributorRow",
    "DeliveryRow",
    "EditionRow",
    "EditorRow",
    "EntryRow",
    "HouseStyleRow",
    "InstallationRow",
    "JotChoiceRow",
    "MemberRow",
    "NoticeRow",
    "PersonRow",
    "PromptRow",
    "QuestionRow",
    "ReceivedEventRow",
    "SeriesRow",
    "StepRow",
    "Table",
    "WorkspaceRow",
]
