"""Small rules that the shapes of Block Kit are made of: each looks at one value and reports what Slack would refuse."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing Slack would refuse: its error code, a JSON pointer to the place, and what is wrong there."""

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        """Say it as Slack does in `response_metadata.messages`."""
        return f"[ERROR] {self.message} [json-pointer:{self.where}]"


@dataclass(slots=True)
class Check:
    """One check under way: the surface the blocks are for, the error code problems get, and those found so far."""

    surface: str
    code: str
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, where: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.code, where, message))


Rule: TypeAlias = Callable[[Check, object, str], None]
Shape: TypeAlias = Mapping[str, Rule]


def string(high: int | None = None, *, low: int = 1) -> Rule:
    """Accept a string of `low` to `high` characters."""

    def rule(check: Check, value: object, where: str) -> None:
        if not isinstance(value, str):
            check.refuse(where, "must be a string")
        elif len(value) < low:
            check.refuse(where, f"must be more than {low - 1} characters")
        elif high is not None and len(value) > high:
            check.refuse(where, f"must be less than {high + 1} characters")

    return rule


def matching(pattern: Callable[[str], object], what: str, high: int | None = None) -> Rule:
    """Accept a string for which `pattern` gives something true."""
    of_length = string(high)

    def rule(check: Check, value: object, where: str) -> None:
        of_length(check, value, where)
        if isinstance(value, str) and value and not pattern(value):
            check.refuse(where, f"must be {what}")

    return rule


def boolean(check: Check, value: object, where: str) -> None:
    """Accept true and false."""
    if not isinstance(value, bool):
        check.refuse(where, "must be a boolean")


def whole(low: int, high: int | None = None) -> Rule:
    """Accept an integer from `low` to `high`."""

    def rule(check: Check, value: object, where: str) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            check.refuse(where, "must be an integer")
        elif value < low or (high is not None and value > high):
            check.refuse(where, f"must be between {low} and {high}" if high is not None else f"must be at least {low}")

    return rule


def one_of(*values: str) -> Rule:
    """Accept one of the given strings."""

    def rule(check: Check, value: object, where: str) -> None:
        if value not in values:
            check.refuse(where, f"must be one of: {', '.join(values)}")

    return rule


def items(rule: Rule, high: int | None = None, *, low: int = 1) -> Rule:
    """Accept a list of `low` to `high` items which each pass `rule`."""

    def check_items(check: Check, value: object, where: str) -> None:
        if not isinstance(value, Sequence) or isinstance(value, str):
            check.refuse(where, "must be an array")
            return
        if len(value) < low:
            check.refuse(where, f"must have at least {low} items")
        if high is not None and len(value) > high:
            check.refuse(where, f"no more than {high} items allowed")
        for index, item in enumerate(value):
            rule(check, item, f"{where}/{index}")

    return check_items


def record(required: Shape, optional: Shape | None = None, *extra: Rule) -> Rule:
    """Accept an object with these fields and no others, which also passes the `extra` rules."""
    fields = {**required, **(optional or {})}

    def rule(check: Check, value: object, where: str) -> None:
        if not isinstance(value, Mapping):
            check.refuse(where, "must be an object")
            return
        for name in (name for name in required if value.get(name) is None):
            check.refuse(where, f"missing required field: {name}")
        for name, inner in value.items():
            if name not in fields:
                check.refuse(where, f"unexpected field: {name}")
            elif inner is not None:
                fields[name](check, inner, f"{where}/{name}")
        for further in extra:
            further(check, value, where)

    return rule


def typed(kinds: Mapping[str, Rule]) -> Rule:
    """Accept an object whose `type` names one of the kinds, and whose other fields pass that kind's rule."""

    def rule(check: Check, value: object, where: str) -> None:
        if not isinstance(value, Mapping):
            check.refuse(where, "must be an object")
            return
        kind = value.get("type")
        if not isinstance(kind, str):
            check.refuse(where, "missing required field: type")
        elif kind not in kinds:
            check.refuse(f"{where}/type", f"unsupported type: {kind}")
        else:
            kinds[kind](check, {name: inner for name, inner in value.items() if name != "type"}, where)

    return rule


def exactly_one(*names: str) -> Rule:
    """Accept an object that has exactly one of the named fields."""

    def rule(check: Check, value: object, where: str) -> None:
        if isinstance(value, Mapping) and sum(value.get(name) is not None for name in names) != 1:
            check.refuse(where, f"must have exactly one of: {', '.join(names)}")

    return rule


def at_least_one(*names: str) -> Rule:
    """Accept an object that has one or more of the named fields."""

    def rule(check: Check, value: object, where: str) -> None:
        if isinstance(value, Mapping) and all(value.get(name) is None for name in names):
            check.refuse(where, f"must have at least one of: {', '.join(names)}")

    return rule


def ordered(low: str, high: str) -> Rule:
    """Accept an object whose field `low` is not above its field `high`."""

    def rule(check: Check, value: object, where: str) -> None:
        if isinstance(value, Mapping):
            least, most = value.get(low), value.get(high)
            if isinstance(least, int) and isinstance(most, int) and least > most:
                check.refuse(where, f"{low} must not be greater than {high}")

    return rule
