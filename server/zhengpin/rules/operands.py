"""Read what has a value in a condition: signals, constants and arithmetic."""

from __future__ import annotations

import ast
import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from zhengpin.rules.syntax import Arithmetic, Constant, Given, Operand, Reading
from zhengpin.signals.signal import Signal, SignalType

LARGEST: Final = 1e15
"""Constants beyond it lose their last digits as floating-point numbers."""
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


@dataclass(slots=True)
class OperandReader:
    """Reads operands of one text, and gathers what is wrong with it."""

    text: str
    catalogue: Mapping[str, Signal]
    flaws: list[Flaw] = field(default_factory=list)

    def refuse(self, node: ast.expr, wrong: str, remedy: str) -> None:
        """Note a flaw at a node."""
        before = self.text.encode()[: node.col_offset].decode(errors="ignore")
        self.flaws.append(Flaw(len(before) + 1, wrong, remedy))

    def operand(self, node: ast.expr) -> Operand | None:  # noqa: PLR0911 - one return for each kind
        """Read something that has a value."""
        match node:
            case ast.Name() | ast.Attribute():
                if truth_of(node) is not None:
                    return Given(bool(truth_of(node)))
                signal = self.signal(node)
                return Reading(signal) if signal else None
            case ast.Constant() | ast.UnaryOp(ast.USub(), ast.Constant()):
                constant = self.constant(node)
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
                    f"`{shown(node)}` has no value here",
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
            if part is not None and kind_of(part) != "number":
                self.refuse(node, f"`{shown(node)}` is no number", "calculate with numbers only")
                return None
        known = tuple(part for part in parts if part is not None)
        return Arithmetic(operator, known) if len(known) == len(parts) else None

    def constant(self, node: ast.expr) -> Constant | None:
        """Read a number, a text, true or false."""
        truth = truth_of(node)
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
        self.refuse(node, f"`{shown(node)}` is no constant", 'write a number, a "text", true or false')
        return None

    def signal(self, node: ast.expr) -> Signal | None:
        """Find the signal that a dotted name means."""
        name = dotted(node)
        if not name:
            self.refuse(
                node, f"`{shown(node)}` is no signal", "name a signal of the catalogue, such as price.vs_market"
            )
            return None
        signal = self.catalogue.get(name)
        if signal is None:
            close = difflib.get_close_matches(name, self.catalogue, n=1, cutoff=0.5)
            remedy = f"did you mean {close[0]}?" if close else "see the catalogue of signals"
            self.refuse(node, f"there is no signal {name}", remedy)
        return signal

    def fits(self, node: ast.expr, operand: Operand, against: Operand) -> bool:
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


def kind_of(operand: Operand) -> str:
    """Give "number", "text", "truth" or "set"."""
    match operand:
        case Given(bool()):
            return "truth"
        case Given(str()):
            return "text"
        case Reading(signal) if signal.type not in NUMBERS:
            return {SignalType.BOOLEAN: "truth", SignalType.SET: "set"}.get(signal.type, "text")
        case _:
            return "number"


def truth_of(node: ast.expr) -> bool | None:
    """Read true or false, in Python's spelling or the file's; `None` for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return node.value
    return TRUTHS.get(node.id) if isinstance(node, ast.Name) else None


def dotted(node: ast.expr) -> str:
    """Give a dotted name as written, or nothing for anything else."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else ""


def shown(node: ast.expr) -> str:
    """Show a part of a condition, shortened to fit a line."""
    shown = ast.unparse(node)
    return shown if len(shown) <= 40 else shown[:39] + "…"  # noqa: PLR2004 - fits a terminal's line


def _bound(bound: float | None) -> str:
    return "no limit" if bound is None else f"{bound:g}"
