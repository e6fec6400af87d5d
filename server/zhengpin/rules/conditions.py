"""Read what is true or false in a condition: comparisons, memberships, tests, and, or, not."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from zhengpin.rules.operands import TRUTHS, OperandReader, dotted, kind_of, shown, truth_of
from zhengpin.rules.syntax import (
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

COMPARATORS: Final[Mapping[type[ast.cmpop], Comparator]] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.GtE: ">=",
    ast.Gt: ">",
}


@dataclass(frozen=True, slots=True)
class ConditionReader:
    """Reads conditions; `None` for what is refused, with its flaws in `values`."""

    values: OperandReader

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
                self.values.refuse(
                    node,
                    f"`{shown(node)}` is not true or false",
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
            self.values.refuse(node, f"`{node.id}` alone is no condition", "name a signal")
            return None
        signal = self.values.signal(node)
        if signal is None:
            return None
        if signal.type is not SignalType.BOOLEAN:
            self.values.refuse(
                node, f"{signal.name} is {_article(signal)}, not true or false", _comparison_remedy(signal)
            )
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
                self.values.refuse(left, "`is` is not part of the language", "compare with `==` or use missing(signal)")
                return None
            case _:
                return self._compare(left, COMPARATORS[type(operator)], right)

    def _compare(self, left: ast.expr, comparator: Comparator, right: ast.expr) -> Condition | None:
        pair = self._truth_comparison(left, comparator, right)
        if pair is not None:
            return pair
        before = len(self.values.flaws)
        one, other = self.values.operand(left), self.values.operand(right)
        if one is None or other is None or len(self.values.flaws) > before:
            return None
        return self._typed(left, one, comparator, other)

    def _truth_comparison(self, left: ast.expr, comparator: Comparator, right: ast.expr) -> Condition | None:
        """Read `flag == true` and its kin as the flag itself."""
        for side, truth in ((left, truth_of(right)), (right, truth_of(left))):
            name = dotted(side)
            signal = self.values.catalogue.get(name) if name else None
            if truth is None or signal is None or signal.type is not SignalType.BOOLEAN:
                continue
            if comparator in ("==", "!="):
                return Flag(signal) if truth == (comparator == "==") else Not(Flag(signal))
        return None

    def _typed(self, node: ast.expr, left: Operand, comparator: Comparator, right: Operand) -> Condition | None:
        kinds = {kind_of(left), kind_of(right)}
        refusal = _refusal(kinds, comparator)
        if refusal:
            self.values.refuse(node, *refusal)
            return None
        if isinstance(left, Given) and isinstance(right, Given):
            self.values.refuse(node, "two constants are compared", "name a signal on one side")
            return None
        if not self.values.fits(node, left, right) or not self.values.fits(node, right, left):
            return None
        return Compare(left, comparator, right)

    def _membership(self, item: ast.expr, container: ast.expr) -> Condition | None:
        if isinstance(container, ast.List | ast.Tuple | ast.Set):
            return self._one_of(item, container.elts, container)
        signal = self.values.signal(container) if dotted(container) else None
        if signal is None:
            if not dotted(container):
                self.values.refuse(
                    container, "`in` needs a list of constants or a set signal", 'such as `in ["a", "b"]`'
                )
            return None
        if signal.type is not SignalType.SET:
            self.values.refuse(container, f"{signal.name} is {_article(signal)}, not a set", _comparison_remedy(signal))
            return None
        return self._contains(signal, [item])

    def _one_of(self, item: ast.expr, elements: list[ast.expr], container: ast.expr) -> Condition | None:
        operand = self.values.operand(item)
        constants = [self.values.constant(element) for element in elements]
        if operand is None or any(constant is None for constant in constants):
            return None
        if not constants:
            self.values.refuse(container, "the list is empty, so nothing is ever in it", "list at least one constant")
            return None
        if isinstance(operand, Given):
            self.values.refuse(item, "a constant is looked for among constants", "name a signal before `in`")
            return None
        givens = [Given(cast("Constant", constant)) for constant in constants]
        if any(kind_of(given) != kind_of(operand) for given in givens):
            self.values.refuse(
                container, "the list holds another type than what is looked for", "list constants of its type"
            )
            return None
        if not all(self.values.fits(container, operand, given) for given in givens):
            return None
        return OneOf(operand, tuple(dict.fromkeys(given.value for given in givens)))

    def _contains(self, signal: Signal, texts: list[ast.expr]) -> Condition | None:
        found = [self.values.constant(text) for text in texts]
        for node, text in zip(texts, found, strict=True):
            if text is None:
                return None
            if not isinstance(text, str):
                self.values.refuse(node, f"{signal.name} holds texts", "put the value in quotes")
                return None
            if not self.values.fits(node, Reading(signal), Given(text)):
                return None
        return Contains(signal, tuple(dict.fromkeys(cast("list[str]", found))))

    def _test(self, node: ast.Call) -> Condition | None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in ("missing", "known", "any_of") or node.keywords:
            self.values.refuse(
                node,
                f"`{shown(node)}` is no test of the language",
                "there are missing(signal), known(signal) and any_of(set_signal, …)",
            )
            return None
        if not node.args or (name != "any_of" and len(node.args) != 1) or (name == "any_of" and len(node.args) < 2):  # noqa: PLR2004 - a set and a text
            self.values.refuse(
                node, f"{name} has the wrong number of arguments", 'missing(signal) or any_of(signal, "a", "b")'
            )
            return None
        signal = self.values.signal(node.args[0])
        if signal is None:
            return None
        if name == "any_of":
            if signal.type is not SignalType.SET:
                self.values.refuse(node, f"{signal.name} is {_article(signal)}, not a set", _comparison_remedy(signal))
                return None
            return self._contains(signal, node.args[1:])
        return Missing(signal) if name == "missing" else Not(Missing(signal))


def _refusal(kinds: set[str], comparator: Comparator) -> tuple[str, str] | None:
    """Say why operands of these kinds can't be compared so."""
    if kinds == {"number"} or (kinds == {"text"} and comparator in ("==", "!=")):
        return None
    if kinds == {"text"}:
        return f"texts have no order, so `{comparator}` says nothing", "use ==, != or in"
    if "set" in kinds:
        return "a set is compared with `in`", 'write `"text" in the.signal` or any_of(the.signal, "text")'
    if "truth" in kinds:
        return "a boolean is compared with something else", "write the signal alone, or `not` before it"
    return "a text is compared with a number", "compare signals with constants of their own type"


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
