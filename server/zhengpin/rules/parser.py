"""Read a rule's condition: a small, typed subset of Python's expression syntax.

Nothing is ever run: the text goes through `ast.parse`, and whatever is not on the short list below is refused with its
place and a remedy. All flaws of a text are reported at once.
"""

from __future__ import annotations

import ast
import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from zhengpin.rules.syntax import (
    Arithmetic,
    Comparator,
    Compare,
    Condition,
    Constant,
    Contains,
    Every,
    Flag,
    Given,
    Missing,
    Not,
    OneOf,
    Operand,
    Reading,
    Some,
)
from zhengpin.signals.signal import Signal, SignalType

MAX_LENGTH: Final = 4096
"""Bytes of a condition's text."""
MAX_DEPTH: Final = 24
MAX_PARTS: Final = 400
"""Nodes of Python's syntax tree, names and operators included, times a few: a person can't read more."""
LARGEST: Final = 1e15
"""Constants beyond it lose their last digits as floating-point numbers."""

COMPARATORS: Final[Mapping[type[ast.cmpop], Comparator]] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.GtE: ">=",
    ast.Gt: ">",
}
ARITHMETIC: Final[Mapping[type[ast.operator], str]] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
TRUTHS: Final = {"true": True, "false": False}
NUMBERS: Final = frozenset({SignalType.INTEGER, SignalType.NUMBER})


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a condition."""

    place: int
    """The character at which it starts, from 1."""
    wrong: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A condition, or everything that is wrong with its text."""

    condition: Condition | None
    flaws: tuple[Flaw, ...] = ()


def parse(text: str, catalogue: Mapping[str, Signal]) -> Parsed:
    """Read a condition over the signals of a catalogue. Never raises for a bad text."""
    early = _too_long_or_empty(text)
    if early:
        return Parsed(None, (early,))
    line = " ".join(text.splitlines())
    try:
        tree = ast.parse(line.strip(), mode="eval").body
    except SyntaxError as error:
        return Parsed(None, (_syntax_flaw(error, line.strip()),))
    except (ValueError, MemoryError, RecursionError):
        return Parsed(None, (Flaw(1, "the condition can't be read", "write it shorter, with plain characters"),))
    flaw = _comment(line, tree) or _too_big(tree)
    if flaw:
        return Parsed(None, (flaw,))
    reader = _Reader(line.strip(), catalogue)
    condition = reader.condition(tree)
    flaws = tuple(reader.flaws)
    return Parsed(None, flaws) if flaws else Parsed(condition)


def _too_long_or_empty(text: str) -> Flaw | None:
    if not text.strip():
        return Flaw(1, "the condition is empty", "write one, such as `price.vs_market < 0.5`")
    if len(text.encode("utf-8", "replace")) > MAX_LENGTH:
        return Flaw(1, f"the condition is longer than {MAX_LENGTH} bytes", "split the rule into several")
    return None


def _syntax_flaw(error: SyntaxError, line: str) -> Flaw:
    place = error.offset if error.offset and error.offset > 0 else len(line) + 1
    if line[place - 1 : place] == "=":
        return Flaw(place, "a single `=` sets a value", "compare with `==`")
    return Flaw(place, f"the condition can't be read ({error.msg})", "check brackets, quotes and operators")


def _comment(line: str, tree: ast.expr) -> Flaw | None:
    """Refuse a `#` outside a text: on one line it would swallow the rest of the condition."""
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    if line.count("#") > sum(text.count("#") for text in texts):
        return Flaw(line.index("#") + 1, "a comment inside the condition", "put it on a line of its own in the file")
    return None


def _too_big(tree: ast.expr) -> Flaw | None:
    level: list[ast.AST] = [tree]
    count = depth = 0
    while level:
        count, depth = count + len(level), depth + 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if depth > 2 * MAX_DEPTH or count > 4 * MAX_PARTS:
            return Flaw(1, "the condition has too many parts or is nested too deeply", "split the rule into several")
    return None


@dataclass(slots=True)
class _Reader:
    text: str
    catalogue: Mapping[str, Signal]
    flaws: list[Flaw] = field(default_factory=list)

    def refuse(self, node: ast.expr, wrong: str, remedy: str) -> None:
        """Note a flaw at a node."""
        before = self.text.encode()[: node.col_offset].decode(errors="ignore")
        self.flaws.append(Flaw(len(before) + 1, wrong, remedy))

    # Conditions

    def condition(self, node: ast.expr) -> Condition | None:
        """Read something that is true or false."""
        match node:
            case ast.BoolOp(op, values):
                return self._joined(op, values)
            case ast.UnaryOp(ast.Not(), operand):
                part = self.condition(operand)
                return Not(part) if part else None
            case ast.Compare():
                return self._comparison(node)
            case ast.Call():
                return self._test(node)
            case ast.Name() | ast.Attribute():
                return self._flag(node)
            case _:
                self.refuse(
                    node,
                    f"`{_shown(node)}` is not true or false",
                    "use a comparison, a boolean signal, and, or, not, in, missing(…), known(…) or any_of(…)",
                )
                return None

    def _joined(self, operator: ast.boolop, values: list[ast.expr]) -> Condition | None:
        parts = [self.condition(value) for value in values]
        known = tuple(part for part in parts if part is not None)
        if len(known) < len(parts):
            return None
        return Every(known) if isinstance(operator, ast.And) else Some(known)

    def _flag(self, node: ast.expr) -> Condition | None:
        if isinstance(node, ast.Name) and node.id in (*TRUTHS, "True", "False"):
            self.refuse(node, f"`{node.id}` alone is no condition", "name a signal")
            return None
        signal = self._signal(node)
        if signal is None:
            return None
        if signal.type is not SignalType.BOOLEAN:
            self.refuse(node, f"{signal.name} is {_article(signal)}, not true or false", _comparison_remedy(signal))
            return None
        return Flag(signal)

    def _comparison(self, node: ast.Compare) -> Condition | None:
        sides = [node.left, *node.comparators]
        links = [
            self._link(left, operator, right)
            for left, operator, right in zip(sides, node.ops, node.comparators, strict=False)
        ]
        known = tuple(link for link in links if link is not None)
        if len(known) < len(links):
            return None
        return known[0] if len(known) == 1 else Every(known)

    def _link(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Condition | None:
        match operator:
            case ast.In():
                return self._membership(left, right)
            case ast.NotIn():
                part = self._membership(left, right)
                return Not(part) if part else None
            case ast.Is() | ast.IsNot():
                self.refuse(left, "`is` is not part of the language", "compare with `==` or use missing(signal)")
                return None
            case _:
                return self._compare(left, COMPARATORS[type(operator)], right)

    def _compare(self, left: ast.expr, comparator: Comparator, right: ast.expr) -> Condition | None:
        pair = self._truth_comparison(left, comparator, right)
        if pair is not None:
            return pair
        before = len(self.flaws)
        one, other = self.operand(left), self.operand(right)
        if one is None or other is None or len(self.flaws) > before:
            return None
        return self._typed(left, one, comparator, other)

    def _truth_comparison(self, left: ast.expr, comparator: Comparator, right: ast.expr) -> Condition | None:
        """Read `flag == true` and its kin as the flag itself."""
        for side, truth in ((left, _truth(right)), (right, _truth(left))):
            name = _dotted(side)
            signal = self.catalogue.get(name) if name else None
            if truth is None or signal is None or signal.type is not SignalType.BOOLEAN:
                continue
            if comparator in ("==", "!="):
                return Flag(signal) if truth == (comparator == "==") else Not(Flag(signal))
        return None

    def _typed(self, node: ast.expr, left: Operand, comparator: Comparator, right: Operand) -> Condition | None:
        kinds = {_kind(left), _kind(right)}
        if kinds == {"number"}:
            pass
        elif kinds == {"text"}:
            if comparator not in ("==", "!="):
                self.refuse(node, f"texts have no order, so `{comparator}` says nothing", "use ==, != or in")
                return None
        elif "set" in kinds:
            self.refuse(
                node, "a set is compared with `in`", 'write `"text" in the.signal` or any_of(the.signal, "text")'
            )
            return None
        elif "truth" in kinds:
            self.refuse(node, "a boolean is compared with something else", "write the signal alone, or `not` before it")
            return None
        else:
            self.refuse(node, "a text is compared with a number", "compare signals with constants of their own type")
            return None
        if isinstance(left, Given) and isinstance(right, Given):
            self.refuse(node, "two constants are compared", "name a signal on one side")
            return None
        if not self._fits(node, left, right) or not self._fits(node, right, left):
            return None
        return Compare(left, comparator, right)

    def _membership(self, item: ast.expr, container: ast.expr) -> Condition | None:
        if isinstance(container, ast.List | ast.Tuple | ast.Set):
            return self._one_of(item, container.elts, container)
        signal = self._signal(container) if _dotted(container) else None
        if signal is None:
            if not _dotted(container):
                self.refuse(container, "`in` needs a list of constants or a set signal", 'such as `in ["a", "b"]`')
            return None
        if signal.type is not SignalType.SET:
            self.refuse(container, f"{signal.name} is {_article(signal)}, not a set", _comparison_remedy(signal))
            return None
        return self._contains(signal, [item])

    def _one_of(self, item: ast.expr, elements: list[ast.expr], container: ast.expr) -> Condition | None:
        operand = self.operand(item)
        constants = [self._constant(element) for element in elements]
        if operand is None or any(constant is None for constant in constants):
            return None
        if not constants:
            self.refuse(container, "the list is empty, so nothing is ever in it", "list at least one constant")
            return None
        if isinstance(operand, Given):
            self.refuse(item, "a constant is looked for among constants", "name a signal before `in`")
            return None
        givens = [Given(cast("Constant", constant)) for constant in constants]
        if any(_kind(given) != _kind(operand) for given in givens):
            self.refuse(container, "the list holds another type than what is looked for", "list constants of its type")
            return None
        if not all([self._fits(container, operand, given) for given in givens]):
            return None
        return OneOf(operand, tuple(dict.fromkeys(given.value for given in givens)))

    def _contains(self, signal: Signal, texts: list[ast.expr]) -> Condition | None:
        found = [self._constant(text) for text in texts]
        for node, text in zip(texts, found, strict=True):
            if text is None:
                return None
            if not isinstance(text, str):
                self.refuse(node, f"{signal.name} holds texts", "put the value in quotes")
                return None
            if not self._fits(node, Reading(signal), Given(text)):
                return None
        return Contains(signal, tuple(dict.fromkeys(cast("list[str]", found))))

    def _test(self, node: ast.Call) -> Condition | None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in ("missing", "known", "any_of") or node.keywords:
            self.refuse(
                node,
                f"`{_shown(node)}` is no test of the language",
                "there are missing(signal), known(signal) and any_of(set_signal, …)",
            )
            return None
        if not node.args or (name != "any_of" and len(node.args) != 1) or (name == "any_of" and len(node.args) < 2):  # noqa: PLR2004 - a set and a text
            self.refuse(
                node, f"{name} has the wrong number of arguments", 'missing(signal) or any_of(signal, "a", "b")'
            )
            return None
        signal = self._signal(node.args[0])
        if signal is None:
            return None
        if name == "any_of":
            if signal.type is not SignalType.SET:
                self.refuse(node, f"{signal.name} is {_article(signal)}, not a set", _comparison_remedy(signal))
                return None
            return self._contains(signal, node.args[1:])
        return Missing(signal) if name == "missing" else Not(Missing(signal))

    # Operands

    def operand(self, node: ast.expr) -> Operand | None:
        """Read something that has a value."""
        match node:
            case ast.Name() | ast.Attribute():
                if _truth(node) is not None:
                    return Given(bool(_truth(node)))
                signal = self._signal(node)
                return Reading(signal) if signal else None
            case ast.Constant() | ast.UnaryOp(ast.USub(), ast.Constant()):
                constant = self._constant(node)
                return None if constant is None else Given(constant)
            case ast.UnaryOp(ast.USub(), inner):
                return self._arithmetic("-", [inner])
            case ast.BinOp(left, operator, right) if type(operator) in ARITHMETIC:
                return self._arithmetic(ARITHMETIC[type(operator)], [left, right])
            case ast.Call(ast.Name("abs" | "min" | "max" as name), arguments, []):
                return self._call(node, name, arguments)
            case _:
                self.refuse(
                    node,
                    f"`{_shown(node)}` has no value here",
                    "use signals, constants, + - * / and abs(…), min(…), max(…)",
                )
                return None

    def _call(self, node: ast.expr, name: str, arguments: list[ast.expr]) -> Operand | None:
        if (name == "abs") != (len(arguments) == 1) or not arguments:
            self.refuse(node, f"{name} has the wrong number of arguments", "abs takes one, min and max two or more")
            return None
        return self._arithmetic(name, arguments)

    def _arithmetic(self, operator: str, nodes: list[ast.expr]) -> Operand | None:
        parts = [self.operand(node) for node in nodes]
        for node, part in zip(nodes, parts, strict=True):
            if part is not None and _kind(part) != "number":
                self.refuse(node, f"`{_shown(node)}` is no number", "calculate with numbers only")
                return None
        known = tuple(part for part in parts if part is not None)
        return Arithmetic(operator, known) if len(known) == len(parts) else None

    def _constant(self, node: ast.expr) -> Constant | None:
        truth = _truth(node)
        if truth is not None:
            return truth
        sign = 1
        inner = node
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            sign, inner = -1, node.operand
        value = inner.value if isinstance(inner, ast.Constant) else None
        if isinstance(value, str) and sign == 1:
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            if not math.isfinite(value) or abs(value) > LARGEST:
                self.refuse(node, "the number is too large", f"stay within ±{LARGEST:g}")
                return None
            return sign * value
        self.refuse(node, f"`{_shown(node)}` is no constant", 'write a number, a "text", true or false')
        return None

    def _signal(self, node: ast.expr) -> Signal | None:
        name = _dotted(node)
        if not name:
            self.refuse(
                node, f"`{_shown(node)}` is no signal", "name a signal of the catalogue, such as price.vs_market"
            )
            return None
        signal = self.catalogue.get(name)
        if signal is None:
            close = difflib.get_close_matches(name, self.catalogue, n=1, cutoff=0.5)
            remedy = f"did you mean {close[0]}?" if close else "see the catalogue of signals"
            self.refuse(node, f"there is no signal {name}", remedy)
        return signal

    def _fits(self, node: ast.expr, operand: Operand, against: Operand) -> bool:
        """Refuse a constant that the signal can never take."""
        if not isinstance(operand, Reading) or not isinstance(against, Given):
            return True
        signal, value = operand.signal, against.value
        if isinstance(value, str):
            if not signal.choices or value in signal.choices:
                return True
            close = difflib.get_close_matches(value, signal.choices, n=1)
            listed = ", ".join(signal.choices)
            remedy = f'did you mean "{close[0]}"?' if close else f"it takes {listed}"
            self.refuse(node, f'{signal.name} is never "{value}"', remedy)
            return False
        low = -math.inf if signal.low is None else signal.low
        high = math.inf if signal.high is None else signal.high
        if low <= value <= high:
            return True
        unit = f" {signal.unit}" if signal.unit else ""
        self.refuse(
            node,
            f"{value:g} lies outside the range of {signal.name}",
            f"it runs from {_bound(signal.low)} to {_bound(signal.high)}{unit}",
        )
        return False


def _kind(operand: Operand) -> str:
    match operand:
        case Given(bool()):
            return "truth"
        case Given(str()):
            return "text"
        case Reading(signal) if signal.type not in NUMBERS:
            return {SignalType.BOOLEAN: "truth", SignalType.SET: "set"}.get(signal.type, "text")
        case _:
            return "number"


def _truth(node: ast.expr) -> bool | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return node.value
    return TRUTHS.get(node.id) if isinstance(node, ast.Name) else None


def _dotted(node: ast.expr) -> str:
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else ""


def _shown(node: ast.expr) -> str:
    shown = ast.unparse(node)
    return shown if len(shown) <= 40 else shown[:39] + "…"  # noqa: PLR2004 - fits a terminal's line


def _article(signal: Signal) -> str:
    return f"an {signal.type}" if signal.type is SignalType.INTEGER else f"a {signal.type}"


def _comparison_remedy(signal: Signal) -> str:
    match signal.type:
        case SignalType.BOOLEAN:
            return f"write `{signal.name}` or `not {signal.name}`"
        case SignalType.SET:
            return f'write `"text" in {signal.name}`'
        case SignalType.CHOICE:
            return f'compare it: `{signal.name} == "{signal.choices[0] if signal.choices else "text"}"`'
        case _:
            return f"compare it: `{signal.name} > 0`"


def _bound(bound: float | None) -> str:
    return "no limit" if bound is None else f"{bound:g}"
