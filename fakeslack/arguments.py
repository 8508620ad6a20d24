"""A method's arguments: which it has, of what type, and reading them from a request."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from fakeslack.model import Json, SlackError

_BAD_JSON = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its name, its type (str, int, bool, list or dict), and whether a call must have it."""

    name: str
    kind: str
    is_required: bool


def parse_spec(spec: str) -> dict[str, Argument]:
    """Read `channel! limit:int blocks:list`: a bang is for required, a colon for a type other than str."""
    found = {}
    for word in spec.split():
        name, _, kind = word.rstrip("!").partition(":")
        found[name] = Argument(name, kind or "str", word.endswith("!"))
    return found


def check(spec: Mapping[str, Argument], given: Mapping[str, object]) -> Json:
    """Return the arguments in their types, or refuse them by name."""
    present = {name: value for name, value in given.items() if value is not None}
    problems = [f"[ERROR] unknown argument: {name}" for name in present if name not in spec]
    problems += [
        f"[ERROR] missing required field: {a.name}" for a in spec.values() if a.is_required and a.name not in present
    ]
    if problems:
        raise SlackError("invalid_arguments", *problems)
    return {name: _typed(spec[name], value) for name, value in present.items()}


def _typed(argument: Argument, value: object) -> object:
    typed = _READERS[argument.kind](value)
    if typed is None:
        code = _BAD_JSON.get(argument.name, "invalid_arguments")
        raise SlackError(code, f"[ERROR] must be {_NAMES[argument.kind]} [json-pointer:/{argument.name}]")
    return typed


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _integer(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and value.lstrip("-").isdecimal() else None


def _boolean(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "1": True, "false": False, "0": False}.get(value.lower()) if isinstance(value, str) else None


def _decoded(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return None


def _list(value: object) -> list[object] | None:
    decoded = _decoded(value)
    return decoded if isinstance(decoded, list) else None


def _dict(value: object) -> Json | None:
    decoded = _decoded(value)
    return decoded if isinstance(decoded, dict) else None


_READERS = {"str": _string, "int": _integer, "bool": _boolean, "list": _list, "dict": _dict}
_NAMES = {"str": "a string", "int": "an integer", "bool": "a boolean", "list": "an array", "dict": "an object"}
