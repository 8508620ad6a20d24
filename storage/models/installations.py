"""The bot's tokens in workspaces that installed it by OAuth. They are encrypted before they come here."""

from datetime import datetime

from sqlmodel import Field

from storage.columns import SlackId, UTCDateTime
from storage.models.base import Table


class InstallationRow(Table, table=True):
    """An installation by OAuth. `sealed_token` is the bot token, as `bot.slack.sealing` encrypted it.

    It goes as soon as the app is taken out of the workspace; what people wrote there stays a while longer.
    """

    __tablename__ = "installation"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", sa_type=SlackId)
    sealed_token: str = Field(repr=False)
    installed_at: datetime = Field(sa_type=UTCDateTime)
