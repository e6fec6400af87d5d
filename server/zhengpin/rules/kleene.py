"""Conditions as Python source, in Kleene's strong three-valued logic.

A condition becomes two plain expressions: one that is true where the condition is *surely* true, and one where it is
surely not; where neither is, it is unknown. Negation swaps the two, so it never stands in the generated text.
Formula: S. C. Kleene, Introduction to Metamathematics (1952), §64.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from zhengpin.rules.syntax import (
    Arithmetic,
    Comparator,
    Compare,
    Condition,
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
    signals_read,
)
from zhengpin.signals.signal import Signal, SignalType

OPPOSITE: Final[Mapping[Comparator, Comparator]] = {
    "<": ">=",
    "<=": ">",
    "==": "!=",
    "!=": "==",
    ">=": "<",
    ">": "<=",
}


class Writer:
    """Writes conditions as Python expressions over local variables, one per signal."""

    def __init__(self) -> None:
        """Start with no variable and no calculation."""
        self.namespace: dict[str, Any] = {}
        """What the generated code needs as globals."""
        self._variables: dict[Signal, str] = {}

    def variable(self, signal: Signal) -> str:
        """Give the local variable that holds the signal's value, or None where it is missing."""
        return self._variables.setdefault(signal, f"s{len(self._variables)}")

    def loads(self, indent: str = "    ") -> str:
        """Write the statements that fill the variables used so far; "not a number" counts as missing."""
        lines = [f"{indent}get = values.get"]
        for signal, name in self._variables.items():
            lines.append(f"{indent}{name} = get({signal.name!r})")
            if signal.type is SignalType.NUMBER:
                lines.append(f"{indent}if {name} != {name}: {name} = None")
        return "\n".join(lines)

    def surely(self, condition: Condition, truth: bool = True) -> str:  # noqa: PLR0911 - one return for each kind
        """Write an expression that is true where the condition surely has this truth."""
        match condition:
            case Not(part):
                return self.surely(part, not truth)
            case Every(parts):
                return self._joined("and" if truth else "or", parts, truth)
            case Some(parts):
                return self._joined("or" if truth else "and", parts, truth)
            case Flag(signal):
                name = self.variable(signal)
                return name if truth else f"({name} is not None and not {name})"
            case Missing(signal):
                return f"({self.variable(signal)} is {'' if truth else 'not '}None)"
            case Contains(signal, texts):
                return self._contains(signal, texts, truth)
            case OneOf(item, constants):
                members = f"({', '.join(map(repr, constants))},)"
                return self._guarded([item], f"{{}} {'in' if truth else 'not in'} {members}")
            case Compare(left, comparator, right):
                shown = comparator if truth else OPPOSITE[comparator]
                return self._guarded([left, right], f"{{}} {shown} {{}}")

    def _joined(self, word: str, parts: Iterable[Condition], truth: bool) -> str:
        return "(" + f" {word} ".join(self.surely(part, truth) for part in parts) + ")"

    def _contains(self, signal: Signal, texts: tuple[str, ...], truth: bool) -> str:
        name = self.variable(signal)
        tests = [f"{text!r} {'in' if truth else 'not in'} {name}" for text in texts]
        return f"({name} is not None and ({(' or ' if truth else ' and ').join(tests)}))"

    def _guarded(self, operands: list[Operand], test: str) -> str:
        """Write a test of operands that must all be known."""
        guards: list[str] = []
        values: list[str] = []
        for operand in operands:
            match operand:
                case Given(value):
                    values.append(repr(value))
                case Reading(signal):
                    values.append(self.variable(signal))
                    guards.append(f"{values[-1]} is not None")
                case Arithmetic():
                    name, call = self._calculation(operand)
                    guards += [f"{self.variable(signal)} is not None" for signal in signals_read(operand)]
                    guards.append(f"({name} := {call}) is not None")
                    values.append(name)
        return "(" + " and ".join([*dict.fromkeys(guards), test.format(*values)]) + ")"

    def _calculation(self, operand: Arithmetic) -> tuple[str, str]:
        """Make a function of the operand's signals; give a variable for its result, and its call."""
        number = len(self.namespace)
        names = [self.variable(signal) for signal in signals_read(operand)]
        self.namespace[f"calculate{number}"] = _calculator(names, self._formula(operand))
        return f"n{number}", f"calculate{number}({', '.join(names)})"

    def _formula(self, operand: Operand) -> str:
        match operand:
            case Given(value):
                return f"({value!r})"
            case Reading(signal):
                return self.variable(signal)
            case Arithmetic("-", (part,)):
                return f"(-{self._formula(part)})"
            case Arithmetic("abs" | "min" | "max" as name, parts):
                return f"{name}({', '.join(map(self._formula, parts))})"
            case Arithmetic(operator, parts):
                return "(" + f" {operator} ".join(map(self._formula, parts)) + ")"


def compiled(name: str, source: str, namespace: dict[str, Any]) -> Callable[..., Any]:
    """Compile one generated function. The source is made by this package alone, from a tree that was checked."""
    scope = dict(namespace)
    exec(compile(source, f"<generated {name}>", "exec"), scope)  # noqa: S102 - see the docstring
    function: Callable[..., Any] = scope[name]
    return function


def _calculator(names: list[str], formula: str) -> Callable[..., float | None]:
    """Make a function that is None where the formula has no finite value: a divisor of 0, an overflow."""
    formula_of = compiled("formula", f"def formula({', '.join(names)}):\n    return {formula}", {})

    def calculate(*values: float) -> float | None:
        try:
            result: float = formula_of(*values)
            return result if math.isfinite(result) else None
        except ArithmeticError:
            return None

    return calculate
