"""What went over the wire, as the page's inspector shows it."""

from collections.abc import Sequence
from typing import Any

from fakeslack.model import Call

KEPT = 400


def calls_after(calls: Sequence[Call], after: int) -> dict[str, Any]:
    """Return the calls from the place `after` on (the newest ones only), numbered, with the place to ask from next."""
    known = list(calls)
    first = max(after, len(known) - KEPT, 0)
    rows = [_row(number, call) for number, call in enumerate(known[first:], start=first)]
    return {"next": len(known), "calls": rows}


def _row(number: int, call: Call) -> dict[str, Any]:
    return {
        "n": number,
        "method": call.method,
        "status": call.status,
        "at": call.at.isoformat(),
        "args": call.args,
        "response": call.response,
    }
