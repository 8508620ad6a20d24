"""How long things are kept."""

from datetime import timedelta

AFTER_UNINSTALLING = timedelta(days=30)
"""How long what a workspace left is kept once the app is uninstalled: time to notice that it was a mistake."""

RECEIVED_EVENTS = timedelta(days=14)
"""How long is remembered which events came, so that one delivered again changes nothing. Slack gives up in a day."""

EVERY = timedelta(hours=6)
"""How often is looked for what has been kept long enough."""
