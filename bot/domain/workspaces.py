"""A workspace where the app is installed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Slack workspace (`id` is its team_id) and the bot in it. `scopes` is empty once the app is uninstalled."""

    id: str
    name: str = ""
    enterprise_id: str = ""
    bot_user_id: str = ""
    bot_id: str = ""
    scopes: frozenset[str] = frozenset()

    @property
    def can_react(self) -> bool:
        """Say whether the bot may put a reaction on a message."""
        return "reactions:write" in self.scopes

    @property
    def can_send_files(self) -> bool:
        """Say whether the bot may send a file."""
        return "files:write" in self.scopes

    @property
    def can_read_channels(self) -> bool:
        """Say whether the bot may ask who is in a channel."""
        return bool({"channels:read", "groups:read"} & self.scopes)
