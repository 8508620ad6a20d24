"""Instants as people read them, in their own zone."""

from datetime import datetime
from zoneinfo import ZoneInfo


def spoken(instant: datetime, zone: str) -> str:
    """Write an aware instant as wall-clock time in an IANA zone: `Friday 6 March at 16:00`."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local:%A} {local.day} {local:%B} at {local:%H:%M}"
