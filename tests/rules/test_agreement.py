"""Three ways to evaluate a condition agree: the rule engine, the generated function, and logic written down plainly."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.strategies import conditions, facts
from rules.words import a_condition, lanes_of
from zhengpin.rules.oracle import Oracle
from zhengpin.rules.syntax import (
    Arithmetic,
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
)
from zhengpin.signals.signal import SignalValues

OPERATORS: dict[str, Callable[..., bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
ARITHMETIC: dict[str, Callable[..., float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "abs": abs,
    "min": min,
    "max": max,
}


def plainly(condition: Condition, values: SignalValues) -> bool | None:  # noqa: PLR0911 - one return for each kind
    """Kleene's strong logic, by its truth tables."""
    match condition:
        case Not(part):
            truth = plainly(part, values)
            return None if truth is None else not truth
        case Every(parts):
            truths = [plainly(part, values) for part in parts]
            return False if False in truths else None if None in truths else True
        case Some(parts):
            truths = [plainly(part, values) for part in parts]
            return True if True in truths else None if None in truths else False
        case Missing(signal):
            return _known(values.get(signal.name)) is None
        case Flag(signal):
            return values.get(signal.name)  # type: ignore[return-value]  # a boolean signal
        case Contains(signal, texts):
            found = values.get(signal.name)
            return None if found is None else any(text in found for text in texts)  # type: ignore[operator]  # a set
        case OneOf(item, constants):
            value = _value(item, values)
            return None if value is None else value in constants
        case Compare(left, comparator, right):
            one, other = _value(left, values), _value(right, values)
            return None if one is None or other is None else OPERATORS[comparator](one, other)


def _value(operand: Operand, values: SignalValues) -> object:
    match operand:
        case Given(value):
            return value
        case Reading(signal):
            return _known(values.get(signal.name))
        case Arithmetic():
            result = _calculated(operand, values)
            return result if result is not None and math.isfinite(result) else None


def _calculated(operand: Operand, values: SignalValues) -> float | None:
    if not isinstance(operand, Arithmetic):
        return _value(operand, values)  # type: ignore[return-value]  # a number
    parts = [_calculated(part, values) for part in operand.parts]
    if None in parts:
        return None
    try:
        if operand.operator == "-" and len(parts) == 1:
            return -parts[0]  # type: ignore[operator]  # no part is None here
        return ARITHMETIC[operand.operator](*parts)
    except ArithmeticError:
        return None


def _known(value: object) -> object:
    return None if value is None or value != value else value  # noqa: PLR0124 - "not a number" counts as missing


some_conditions = st.lists(conditions, min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(texts=some_conditions, some_facts=st.lists(facts, min_size=1, max_size=6))
def test_engine_function_and_plain_logic_agree_on_every_condition_and_fact(
    texts: list[str], some_facts: list[SignalValues]
) -> None:
    parsed = [a_condition(text) for text in texts]
    oracle = Oracle(parsed)
    with lanes_of(parsed) as lanes:
        for values in some_facts:
            truths = [plainly(condition, values) for condition in parsed]
            surely = [number for number, truth in enumerate(truths) if truth]
            assert oracle.fired(values) == surely
            assert lanes.fired(values) == surely
            assert oracle.unknown(values, surely) == [n for n, truth in enumerate(truths) if truth is None]


@settings(max_examples=25, deadline=None)
@given(texts=some_conditions, values=facts)
def test_the_engine_sees_small_integers_and_positive_tests_only(texts: list[str], values: SignalValues) -> None:
    with lanes_of([a_condition(text) for text in texts]) as lanes:
        for program in lanes.programs:
            assert re.fullmatch(r'\{"id":"f"(,"[A-Za-z]+":\d{1,5})*\}', program.encode(values))
            assert set(re.findall(r'"(\$\w+)"', program.definition)) <= {"$and", "$neq", "$lte", "$gte", "$ex"}
            assert not re.search(r'"(id|sid)"|\d\.\d|:-', program.definition)
