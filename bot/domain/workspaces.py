"""A workspace where the app is installed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Slack workspace (`id` is its team_id, `url` its address) and the bot in it.

    `scopes` is empty once the app is uninstalled.
    """

    id: str
    name: str = ""
    enterprise_id: str = ""
    bot_user_id: str = ""
    bot_id: str = ""
    scopes: frozenset[str] = frozenset()
    url: str = ""

    def permalink(self, channel_id: str, ts: str, thread_ts: str = "") -> str:
        """Return the address of a message, or an empty string while the workspace's own is not known.

        It is written here, not asked of Slack, since Slack gives it only where the bot is a member.
        """
        if not (self.url and channel_id and ts):
            return ""
        address = f"{self.url.rstrip('/')}/archives/{channel_id}/p{ts.replace('.', '')}"
        return f"{address}?thread_ts={thread_ts}&cid={channel_id}" if thread_ts and thread_ts != ts else address

    @property
    def can_react(self) -> bool:
        """Say whether the bot may put a reaction on a message."""
        return "reactions:write" in self.scopes

    @property
    def can_read_threads(self) -> bool:
        """Say whether the bot may read what is said in channels, public and private."""
        return {"channels:history", "groups:history"} <= self.scopes

    @property
    def can_send_files(self) -> bool:
        """Say whether the bot may send a file."""
        return "files:write" in self.scopes

    @property
    def can_read_files(self) -> bool:
        """Say whether the bot may show and fetch the files that people give."""
        return "files:read" in self.scopes

    @property
    def can_read_channels(self) -> bool:
        """Say whether the bot may ask who is in a channel."""
        return bool({"channels:read", "groups:read"} & self.scopes)
