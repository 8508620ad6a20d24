"""What is owed to a contributor's messages and thread."""

from datetime import datetime

from bot.domain.deliveries import Message, Method, Owed
from bot.domain.editions import Answer, Prompt
from storage import deliveries
from storage.database import Session


def tick_of(answer: Answer, method: Method = Method.REACT) -> Owed:
    """Return the ✅ owed to the message of an answer, or with `Method.UNREACT` its taking back."""
    payload = {"name": "white_check_mark", "timestamp": answer.ts}
    name = "tick" if method is Method.REACT else "untick"
    return Owed(f"answer:{answer.id}:{name}", "tick", answer.channel_id, payload, method)


def receipt_key(answer_id: int) -> str:
    """Return the key of the receipt of an answer."""
    return f"answer:{answer_id}:receipt"


def renew_receipt(session: Session, answer: Answer, occasion: str, message: Message, *, now: datetime) -> None:
    """Let the receipt of an answer say something else, if it had one."""
    key = receipt_key(answer.id)
    if deliveries.find(session, answer.workspace_id, key) is None:
        return
    owed = Owed(
        f"answer:{answer.id}:{occasion}",
        "receipt",
        answer.channel_id,
        message.payload(),
        Method.UPDATE,
        target_key=key,
        edition_id=answer.edition_id,
    )
    deliveries.owe(session, answer.workspace_id, owed, now=now)


def in_thread(
    opening: Prompt, key: str, kind: str, message: Message, *, prompt_id: int | None = None, is_broadcast: bool = False
) -> Owed:
    """Return what is owed to a contributor's thread, whether or not its opening message is known to be posted yet."""
    payload = message.payload() | ({"reply_broadcast": True} if is_broadcast else {})
    return Owed(
        key,
        kind,
        opening.channel_id or opening.user_id,
        payload,
        thread_ts=opening.thread_ts,
        thread_key="" if opening.thread_ts else f"prompt:{opening.id}",
        edition_id=opening.edition_id,
        prompt_id=prompt_id,
    )


def is_broadcast(session: Session, prompt: Prompt) -> bool:
    """Say whether a question was shown outside its thread too."""
    put = deliveries.find(session, prompt.workspace_id, f"prompt:{prompt.id}")
    return put is not None and bool(put.payload.get("reply_broadcast"))
