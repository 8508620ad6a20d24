"""Workspaces where the app is installed, and the people in them as Slack describes them."""

from datetime import datetime

from sqlmodel import Field

from storage.columns import SlackId, UTCDateTime
from storage.models.base import Table


class WorkspaceRow(Table, table=True):
    """A Slack workspace (`id` is its `team_id`, `url` its address).

    `scopes` is the comma-separated list the bot token was granted. `uninstalled_at` is when the app was taken out, as
    long as it has not come back.

    `ticked_at` is when the bot last ticked, give or take; `down_from` and `down_until` when it was last down.
    """

    __tablename__ = "workspace"

    id: str = Field(primary_key=True, sa_type=SlackId)
    enterprise_id: str = ""
    name: str = ""
    url: str = ""
    bot_user_id: str = ""
    bot_id: str = ""
    scopes: str = ""
    uninstalled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    created_at: datetime = Field(sa_type=UTCDateTime)
    ticked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    down_from: datetime | None = Field(default=None, sa_type=UTCDateTime)
    down_until: datetime | None = Field(default=None, sa_type=UTCDateTime)


class PersonRow(Table, table=True):
    """A person of a workspace. `zone` is their profile's IANA zone; `dm_channel_id` their conversation with the bot.

    `country` is the one whose public holidays they chose; `status_seen` a digest of the Slack status last looked at.
    `home_seen_at` is when they last looked at their Home, empty when they never did.
    """

    __tablename__ = "person"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", sa_type=SlackId)
    user_id: str = Field(primary_key=True, sa_type=SlackId)
    name: str = ""
    zone: str = "UTC"
    is_bot: bool = False
    is_deactivated: bool = False
    is_guest: bool = False
    is_admin: bool = False
    wants_reminders: bool = True
    wants_run: bool = True
    country: str = ""
    follows_status: bool = False
    status_seen: str = ""
    dm_channel_id: str = ""
    home_seen_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    refreshed_at: datetime = Field(sa_type=UTCDateTime)
