"""Opening and changing modals: the calls that cannot wait for a delivery, because a trigger lasts three seconds."""

from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.errors import SlackIsBusyError


def open_view(client: WebClient, trigger_id: str, view: Mapping[str, Any]) -> None:
    """Open a modal, unless this trigger has opened it already. Raises SlackIsBusyError when Slack does not take it."""
    try:
        client.views_open(trigger_id=trigger_id, view=dict(view))
    except SlackApiError as error:
        if error.response.get("error") != "exchanged_trigger_id":
            raise SlackIsBusyError from error
    except (OSError, HTTPException) as error:
        raise SlackIsBusyError from error


def push_view(client: WebClient, trigger_id: str, view: Mapping[str, Any]) -> None:
    """Open a modal on top of another, unless this trigger has done so already. Raises SlackIsBusyError."""
    try:
        client.views_push(trigger_id=trigger_id, view=dict(view))
    except SlackApiError as error:
        if error.response.get("error") != "exchanged_trigger_id":
            raise SlackIsBusyError from error
    except (OSError, HTTPException) as error:
        raise SlackIsBusyError from error


def show_again(client: WebClient, view_id: str, view: Mapping[str, Any]) -> None:
    """Show `view` in the modal below one that was saved, if it is still there; what was saved is saved either way."""
    with suppress(SlackApiError, OSError, HTTPException):
        client.views_update(view_id=view_id, view=dict(view))


def update_view(client: WebClient, opened: Mapping[str, Any], view: Mapping[str, Any]) -> None:
    """Show `view` in place of the modal that is `opened`, unless somebody was quicker. Raises SlackIsBusyError."""
    try:
        client.views_update(view_id=opened["id"], hash=opened["hash"], view=dict(view))
    except SlackApiError as error:
        if error.response.get("error") != "hash_conflict":
            raise SlackIsBusyError from error
    except (OSError, HTTPException) as error:
        raise SlackIsBusyError from error
