"""What Sentry is told of an error, where it is wanted at all."""

import json
import sys
from types import ModuleType
from typing import Any

import pytest
from pydantic import SecretStr

from bot.alarms import raise_alarms, scrubbed
from bot.config import Settings
from bot.domain.errors import SettingError

WANTED = Settings(sentry_dsn=SecretStr("https://public@sentry.example.org/1"))
WORDS = "Zebrafish hummed"
EVENT = {
    "event_id": "e1",
    "level": "error",
    "logger": "bot.app",
    "logentry": {"message": f"surprise {WORDS}", "params": [WORDS]},
    "request": {"data": {"text": WORDS}, "headers": {"Authorization": f"Bearer {WORDS}"}},
    "user": {"username": WORDS},
    "extra": {"body": WORDS},
    "contexts": {"trace": {"data": WORDS}},
    "breadcrumbs": {"values": [{"message": WORDS}]},
    "exception": {
        "values": [
            {
                "type": "ValueError",
                "module": "builtins",
                "value": f"could not read {WORDS}",
                "stacktrace": {
                    "frames": [{"function": "record", "filename": "bot/app.py", "lineno": 7, "vars": {"text": WORDS}}]
                },
            }
        ]
    },
}


def test_what_is_told_holds_no_words() -> None:
    """Of which kind the error was and where, and nothing of what was said, asked or held in variables."""
    told = scrubbed(json.loads(json.dumps(EVENT)))

    assert WORDS not in json.dumps(told)
    assert "ValueError" == told["exception"]["values"][0]["type"]
    assert [{"function": "record", "filename": "bot/app.py", "lineno": 7}] == (
        told["exception"]["values"][0]["stacktrace"]["frames"]
    )
    assert {"exception": {"values": []}} == scrubbed({"message": WORDS})


def test_nobody_is_told_of_anything_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is not even loaded."""
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    raise_alarms(Settings())

    with pytest.raises(SettingError, match=r"weeknotes\[sentry\]"):
        raise_alarms(WANTED)


def test_the_library_is_told_to_keep_words_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """No local variables, no bodies of requests, no breadcrumbs, nothing personal; and all goes through our hands."""
    given: dict[str, Any] = {}
    library = ModuleType("sentry_sdk")
    monkeypatch.setattr(library, "init", lambda **options: given.update(options), raising=False)
    monkeypatch.setitem(sys.modules, "sentry_sdk", library)
    raise_alarms(WANTED)

    assert "https://public@sentry.example.org/1" == given["dsn"]
    assert (False, False, "never", 0) == (
        given["include_local_variables"],
        given["send_default_pii"],
        given["max_request_body_size"],
        given["max_breadcrumbs"],
    )
    assert scrubbed is given["before_send"]
