"""Errors told to Sentry, where SENTRY_DSN says so: of which kind and where in the code, never what anybody wrote."""

from typing import Any

from bot.config import Settings
from bot.domain.errors import SettingError

Event = dict[str, Any]

KEPT = ("event_id", "timestamp", "level", "platform", "logger", "release", "environment", "sdk")
KEPT_OF_FRAME = ("filename", "function", "module", "lineno", "in_app", "context_line")
"""What is told, and of each line of the code that was on the way. All else may hold words, tokens or names."""


def raise_alarms(settings: Settings) -> None:
    """Tell Sentry of errors from now on, where it is wanted. Raises SettingError where the library is missing."""
    if settings.sentry_dsn is None:
        return
    try:
        import sentry_sdk  # noqa: PLC0415 - few want it, and it is not among what everybody installs
    except ImportError:
        raise SettingError(
            "SENTRY_DSN is set, which takes the package sentry-sdk: type `pip install 'weeknotes[sentry]'`, or leave "
            "SENTRY_DSN out."
        ) from None
    sentry_sdk.init(
        dsn=settings.sentry_dsn.get_secret_value(),
        before_send=scrubbed,
        include_local_variables=False,
        send_default_pii=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        server_name="weeknotes",
    )


def scrubbed(event: Event, _hint: object = None) -> Event:
    """Return an event with nothing but what is known to be harmless: errors quote what they could not take."""
    kept = {name: event[name] for name in KEPT if name in event}
    raised = (event.get("exception") or {}).get("values") or []
    return {**kept, "exception": {"values": [_kind_and_place(each) for each in raised]}}


def _kind_and_place(raised: Event) -> Event:
    frames = (raised.get("stacktrace") or {}).get("frames") or []
    shown = [{name: frame[name] for name in KEPT_OF_FRAME if name in frame} for frame in frames]
    return {"type": raised.get("type"), "module": raised.get("module"), "stacktrace": {"frames": shown}}
