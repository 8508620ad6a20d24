"""The local Slack's page: a person's view of the workspace, in a browser on this machine."""

from fakeslack.page.routes import attach

__all__ = ["attach"]
