"""What went over the wire, as the page's inspector shows it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

KEPT = 400


def calls_after(calls: Sequence[Any], after: int) -> dict[str, Any]:
    """Return the calls from the place `after` on (the newest ones only), numbered, with the place to ask from next."""
    known = list(calls)
    first = max(after, len(known) - KEPT, 0)
    rows = [_row(number, call) for number, call in enumerate(known[first:], start=first)]
    return {"next": len(known), "calls": rows}


def _row(number: int, call: Any) -> dict[str, Any]:
    at = call.at.isoformat() if isinstance(call.at, datetime) else call.at
    return {
        "n": number,
        "method": call.method,
        "status": call.status,
        "at": at,
        "args": call.args,
        "response": call.response,
    }
