"""Structured logs, on standard error: ids and counts, never what people wrote, never a token.

`get_logger("bot.services").info("answer_recorded", workspace="T1", answer=7)`: an event in snake_case, and ids.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, Literal

import structlog

Event = MutableMapping[str, Any]

WORDS = frozenset(
    {"answer_text", "blocks", "body", "headline", "introduction", "message_text", "payload", "text", "title"}
)
"""Names under which people's words travel. What is logged under one of them by mistake is left out."""

SAFE = ("strerror", "sqlite_errorname", "sqlstate")
"""What errors of the system, of SQLite and of PostgreSQL say of themselves without a word of anybody's."""

SECRET = re.compile(r"\b(?:xox[a-z]|xapp|xoxe\.xox[a-z])-[\w-]+|(?<=://)[^/\s@]*:[^/\s@]*(?=@)|(?<=/response/)\S+")
"""Slack's tokens, user and password in a URL, and what makes a response_url usable."""

TALKATIVE = ("slack_bolt", "slack_sdk", "apscheduler", "procrastinate", "aiohttp", "alembic", "asyncio", "sqlalchemy")
"""Libraries whose debug logs, and some whose info logs, hold what people wrote: they are heard from `warning` on."""

NEEDLESS = re.compile(r"`token`.* will be (unused|ignored)\.$|skipped: maximum number of running instances reached")
"""What libraries warn of that is as we want it: Bolt, of SLACK_BOT_TOKEN beside a client and `authorize` of our own;
APScheduler, of a tick that is left out while the one before it is still at work."""


def configure(level: str = "info", style: Literal["auto", "console", "json"] = "auto") -> None:
    """Send the project's logs, and those of the libraries, to standard error in one form."""
    console = style == "console" or (style == "auto" and sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = _ToStandardError()
    handler.setFormatter(_formatter(shared, console=console))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())


class _ToStandardError(logging.Handler):
    """Writes to what standard error is at that moment, and leaves out what libraries should not say."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether to write a record: Bolt sets the levels of its own loggers, so levels would not do."""
        if record.name.partition(".")[0] not in TALKATIVE:
            return True
        return record.levelno >= logging.WARNING and not NEEDLESS.search(record.getMessage())

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        try:
            print(self.format(record), file=sys.stderr, flush=True)  # noqa: T201 - this is where logs come out
        except Exception:  # noqa: BLE001 - as logging does: a line that cannot be written stops nothing
            self.handleError(record)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a module."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


@contextmanager
def caused_by(cause: str) -> Iterator[None]:
    """Put what set things going into every line that is logged meanwhile: the id of a request of Slack's, or a step.

    What is owed meanwhile remembers it, so that the line of its delivery says it too, in whichever process that is.
    """
    with structlog.contextvars.bound_contextvars(**({"cause": cause} if cause else {})):
        yield


def cause() -> str:
    """Return what set going what this thread does now; nothing where that has no name."""
    return str(structlog.contextvars.get_contextvars().get("cause") or "")


def traceback_of(exc_info: structlog.typing.ExcInfo) -> str:
    """Return where it happened and of which class the errors were, without what they say: that may be people's words.

    A database quotes the row that it refuses, a parser what it could not read. What the system says is kept, and the
    code by which a database names what is wrong: a full disk, a lock.
    """
    error: BaseException | None = exc_info[1]
    told: list[str] = []
    while error is not None:
        said = next((str(code) for name in SAFE if (code := getattr(error, name, None))), "")
        told.append(
            f"{''.join(traceback.format_tb(error.__traceback__))}{type(error).__qualname__}{': ' * bool(said)}{said}"
        )
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\nand then:\n\n".join(reversed(told))


def leave_out_words(_logger: object, _method: str, event: Event) -> Event:
    """Leave out what people wrote, should it have been logged by mistake."""
    for name in WORDS.intersection(event):
        event[name] = "[left out]"
    return event


def redact(_logger: object, _method: str, event: Event) -> Event:
    """Leave out tokens and passwords, wherever in a value they stand."""
    for name, value in event.items():
        event[name] = _redacted(value)
    return event


def _redacted(value: Any) -> Any:  # noqa: ANN401 - whatever was logged
    if isinstance(value, str):
        return SECRET.sub("[redacted]", value)
    if isinstance(value, dict):
        return {key: _redacted(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_redacted(inner) for inner in value]
    return value if isinstance(value, int | float | None) else SECRET.sub("[redacted]", str(value))


def _formatter(shared: list[structlog.typing.Processor], *, console: bool) -> logging.Formatter:
    """Return the formatter of both our own records and those of the libraries."""
    last: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            exception_formatter=structlog.dev.plain_traceback,  # what others format: shown as it is
        )
        if console
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(traceback_of),
            leave_out_words,
            redact,
            last,
        ],
    )
