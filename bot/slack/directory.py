"""Who and where: what Slack says of the workspace, its people and its channels, as values of the domain.

Reads only; nothing here is worth a delivery. Where Slack gives no answer, `SlackIsBusyError` says so to the person.
"""

from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.errors import SlackIsBusyError
from bot.domain.people import SLACKBOT, Person
from bot.domain.statuses import Status
from bot.domain.workspaces import Workspace
from bot.domain.zones import zone_or_utc

PAGE = 200
AT_ONCE = 8
LAST_SECOND = 253_402_300_800
"""The end of the year 9999, the last that a date can have."""
NOBODY = frozenset({"user_not_found", "user_not_visible"})
NOT_A_MEMBER = frozenset({"channel_not_found", "not_in_channel"})


def installation(client: WebClient) -> Workspace:
    """Return the workspace the client's token belongs to, with the scopes it was granted."""
    answer = client.auth_test()
    headers = {name.lower(): value for name, value in answer.headers.items()}
    scopes = headers.get("x-oauth-scopes") or ""
    return Workspace(
        id=answer["team_id"],
        name=answer.get("team") or "",
        enterprise_id=answer.get("enterprise_id") or "",
        bot_user_id=answer.get("user_id") or "",
        bot_id=answer.get("bot_id") or "",
        scopes=frozenset(scope.strip() for scope in scopes.split(",") if scope.strip()),
        url=answer.get("url") or "",
    )


def everyone(client: WebClient) -> Iterator[tuple[Person, ...]]:
    """Return all people of the workspace, a page at a time."""
    cursor = ""
    while True:
        page = client.users_list(limit=PAGE, cursor=cursor)
        yield tuple(person_of(user) for user in page.get("members") or ())
        cursor = _next_cursor(page)
        if not cursor:
            return


def people(client: WebClient, user_ids: Collection[str]) -> tuple[Person, ...]:
    """Return these people, several asked for at once; those Slack does not know are left out."""
    if not user_ids:
        return ()
    with ThreadPoolExecutor(max_workers=min(AT_ONCE, len(user_ids))) as pool:
        found = pool.map(lambda user_id: _person(client, user_id), user_ids)
    return tuple(person for person in found if person)


def members(client: WebClient, channel_id: str) -> frozenset[str]:
    """Return the ids of those who are in a channel."""
    found: set[str] = set()
    cursor = ""
    while True:
        page = client.conversations_members(channel=channel_id, limit=PAGE, cursor=cursor)
        found.update(page.get("members") or ())
        cursor = _next_cursor(page)
        if not cursor:
            return frozenset(found)


def is_in_channel(client: WebClient, workspace: Workspace | None, channel_id: str) -> bool | None:
    """Say whether the bot is in a channel; None where its scopes do not tell."""
    if workspace is None or not workspace.can_read_channels:
        return None
    try:
        channel = client.conversations_info(channel=channel_id).get("channel") or {}
    except SlackApiError as error:
        return False if error.response.get("error") in NOT_A_MEMBER and _reads_all(workspace) else None
    except (OSError, HTTPException):
        return None
    return bool(channel.get("is_member"))


def person_of(user: Mapping[str, Any]) -> Person:
    """Return the person that Slack's user object describes. Any of its fields may be missing, null or empty."""
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"))
    is_not_here = user.get("deleted") or user.get("is_invited_user") or user.get("is_stranger")
    return Person(
        id=user["id"],
        name=next((name.strip() for name in names if name and name.strip()), user["id"]),
        zone=zone_or_utc(user.get("tz")),
        is_bot=bool(user.get("is_bot")) or user["id"] == SLACKBOT,  # Slack says is_bot: false of its own
        is_deactivated=bool(is_not_here),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
    )


def status_of(user: Mapping[str, Any]) -> Status:
    """Return the status in Slack's user object. Slack says 0 of one that does not end by itself."""
    profile = user.get("profile") or {}
    ends = profile.get("status_expiration") or 0
    ends_at = datetime.fromtimestamp(ends, UTC) if isinstance(ends, int) and 0 < ends < LAST_SECOND else None
    return Status(str(profile.get("status_text") or ""), str(profile.get("status_emoji") or ""), ends_at)


def statuses(client: WebClient, user_ids: Collection[str]) -> dict[str, Status]:
    """Return the statuses of these people; those of whom Slack says nothing now are left out."""
    found = {}
    for user_id in user_ids:
        try:
            found[user_id] = status_of(client.users_info(user=user_id)["user"])
        except (SlackApiError, OSError, HTTPException):
            continue
    return found


def _person(client: WebClient, user_id: str) -> Person | None:
    try:
        return person_of(client.users_info(user=user_id)["user"])
    except SlackApiError as error:
        if error.response.get("error") in NOBODY:
            return None
        raise SlackIsBusyError from error
    except (OSError, HTTPException) as error:
        raise SlackIsBusyError from error


def _next_cursor(page: Any) -> str:  # noqa: ANN401 - a SlackResponse
    return str((page.get("response_metadata") or {}).get("next_cursor") or "")


def _reads_all(workspace: Workspace) -> bool:
    """Say whether a channel that cannot be seen must be one the bot is not in."""
    return {"channels:read", "groups:read"} <= workspace.scopes
