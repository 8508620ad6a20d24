"""Where editors' templates run: a small part of Jinja in which everything ends, and nothing but a note can be reached.

Time is counted in steps, not in seconds, so that a template does the same on every machine, however busy: each thing
done in a round of a loop or in a call, and each character made, takes one of `STEPS`. What could take long in one step
is not there at all: no multiplication, no `in`, no lists of one's own, none of Jinja's own filters.
"""

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, nodes, pass_context
from jinja2.environment import Template
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from bot.domain.house_styles import MAX_TEMPLATE, StyleError
from bot.rendering.house.views import Noted, Sectioned, unmarked

STEPS = 400_000
ROUND = 10
"""Steps that a round, a call or a filter takes before it does anything."""
LOOP = frozenset({"cycle", "depth", "depth0", "first", "index", "index0", "last", "length", "nextitem", "previtem"})
SORRY = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, SyntaxError)
"""What goes wrong in a template that is written or used wrongly."""
ENDLESS = (RecursionError, MemoryError)
KEPT = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.For,
    nodes.If,
    nodes.Macro,
    nodes.Assign,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Slice,
    nodes.Call,
    nodes.Keyword,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Add,
    nodes.Sub,
)
"""What a template may be made of."""
REFUSED_NAMES = frozenset({"caller", "kwargs", "self", "super", "varargs"})
TESTS = ("defined", "divisibleby", "even", "none", "odd", "undefined")

Filters = Mapping[str, Callable[..., Any]]


def render(source: str, filters: Filters, escape: Callable[[str], str], **values: object) -> str:
    """Return what a template makes of `values`, which are strings, numbers, and what `bot.rendering.house.views` has.

    `escape` is the rule for what it puts in. Raises StyleError, whatever the template is.
    """
    if len(source) > MAX_TEMPLATE:
        raise StyleError("style_too_long", most=MAX_TEMPLATE)
    sandbox = _Sandbox(filters, escape)
    try:
        return sandbox.compiled(unmarked(source)).render(values)
    except StyleError as error:
        raise error.at(error.line or _line_of(error.__traceback__)) from error
    except ENDLESS as error:
        raise StyleError("style_too_much", _line_of(error.__traceback__)) from error
    except SORRY as error:
        raise _told(error) from error


class _Missing(StrictUndefined):
    """What is not there; it raises an error with its name as soon as it is used."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


@pass_context
def _shown(context: Context, value: object) -> Markup:
    """Return what a template shows. With the context as an argument it is never called before the template runs."""
    sandbox = context.environment
    assert isinstance(sandbox, _Sandbox)  # noqa: S101 - it is made below
    return sandbox.shown(value)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Runs one template once, and counts."""

    intercepted_binops = frozenset("+-")

    def __init__(self, filters: Filters, escape: Callable[[str], str]) -> None:
        super().__init__(
            undefined=_Missing,
            autoescape=True,
            finalize=_shown,
            optimized=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=0,
        )
        self.left = STEPS
        self._escape = escape
        self.globals.clear()
        self.filters = {name: self._counted(made) for name, made in filters.items()}
        self.tests = {name: self.tests[name] for name in TESTS}

    def compiled(self, source: str) -> Template:
        """Return the template, with its steps counted. Raises StyleError for what is not part of this Jinja."""
        tree = self.parse(source)
        for node in [tree, *tree.find_all(nodes.Node)]:
            _check(node)
        for loop in tree.find_all(nodes.For):
            loop.body.insert(0, nodes.ExprStmt(_step(loop), lineno=loop.lineno))
            if loop.test:
                loop.test = nodes.And(_step(loop), loop.test, lineno=loop.lineno)
        for macro in tree.find_all(nodes.Macro):
            macro.body.insert(0, nodes.ExprStmt(_step(macro), lineno=macro.lineno))
        tree.set_environment(self)
        return self.template_class.from_code(self, self.compile(tree), self.make_globals(None))

    def spend(self, steps: int) -> bool:
        """Count steps. Raises StyleError when there are too many."""
        self.left -= steps
        if self.left < 0:
            raise StyleError("style_too_much")
        return True

    def shown(self, value: object) -> Markup:
        """Return words, escaped once; nothing else can be shown."""
        if isinstance(value, StrictUndefined):
            str(value)  # raises the error with its name
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise StyleError("style_not_words")
        told = value if isinstance(value, Markup) else Markup(self._escape(unmarked(str(value))))  # noqa: S704 - escaped
        self.spend(1 + len(told))
        return told

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - as Jinja has it
        """Say whether a template may see it: what a note has, and what a loop knows."""
        del value
        return (isinstance(obj, Noted | Sectioned) and not attr.startswith("_")) or (
            isinstance(obj, LoopContext) and attr in LOOP
        )

    def unsafe_undefined(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        """Let what may not be seen look like what is not there."""
        return self.undefined(obj=obj, name=attribute)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401
        """Let no string format another: that is not there either."""

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401
        """Say whether a template may call it: its own macros, its loops, and the counting put into it."""
        bound = getattr(obj, "__self__", None)
        return isinstance(obj, Macro | LoopContext) or bound is self or isinstance(bound, LoopContext)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Add or subtract numbers, or put words together."""
        made = super().call_binop(context, operator, left, right)
        self.spend(_size(made))
        return made

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Call a macro or a loop."""
        if isinstance(called, StrictUndefined):
            str(called)  # raises the error with its name
        made = super().call(context, called, *args, **kwargs)
        self.spend(_size(made))
        return made

    def _counted(self, made: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            self.spend(ROUND + sum(map(_size, args)))
            result = made(*args, **kwargs)
            self.spend(_size(result))
            return result

        return counted


def _size(value: object) -> int:
    return len(value) if isinstance(value, str | list | tuple) else 1


def _step(node: nodes.For | nodes.Macro) -> nodes.Call:
    """Return the counting of one round or call: everything in it, and each character of text."""
    parts = list(node.find_all(nodes.Node))
    steps = ROUND + len(parts) + sum(len(part.data) for part in parts if isinstance(part, nodes.TemplateData))
    counting = nodes.EnvironmentAttribute("spend", lineno=node.lineno)
    return nodes.Call(counting, [nodes.Const(steps, lineno=node.lineno)], [], None, None, lineno=node.lineno)


def _check(node: nodes.Node) -> None:
    """Raise StyleError for what is not part of this Jinja."""
    if not isinstance(node, KEPT) or (isinstance(node, nodes.Operand) and node.op in {"in", "notin"}):
        raise StyleError(
            "style_not_allowed", node.lineno or 0, what=_NAMES.get(type(node), type(node).__name__.lower())
        )
    if isinstance(node, nodes.Name) and node.name in REFUSED_NAMES:
        raise StyleError("style_not_allowed", node.lineno, what=node.name)


_NAMES: Mapping[type[nodes.Node], str] = {
    nodes.Operand: "in",
    nodes.Mul: "*",
    nodes.Pow: "**",
    nodes.Mod: "%",
    nodes.Div: "/",
    nodes.FloorDiv: "//",
    nodes.Concat: "~",
    nodes.List: "[…]",
    nodes.Tuple: "(…, …)",
    nodes.Dict: "{…}",
    nodes.AssignBlock: "set … endset",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.FromImport: "from … import",
    nodes.Neg: "-",
    nodes.NSRef: "set ….…",
    nodes.Scope: "autoescape",
}
"""What people call what is refused, where that is not what Jinja calls it."""


def _told(error: BaseException) -> StyleError:
    """Return the reason in words that an editor understands."""
    line = _line_of(error.__traceback__)
    if isinstance(error, TemplateSyntaxError):
        return StyleError("style_syntax", error.lineno, detail=error.message or "")
    if isinstance(error, UndefinedError):
        return StyleError("style_unknown", line, name=error.message or "")
    if isinstance(error, SecurityError):
        return StyleError("style_not_allowed", line, what="(…)")
    return StyleError("style_broken", line, detail=str(error)[:200])


def _line_of(traceback: TracebackType | None) -> int:
    """Return the line of the template in which something went wrong, or 0."""
    line = 0
    while traceback:
        line = traceback.tb_lineno if traceback.tb_frame.f_code.co_filename == "<template>" else line
        traceback = traceback.tb_next
    return line
