"""Generated rules and facts: one workload for every engine.

Forty signals; a rule asks one choice for one text, then one to three things of numbers, booleans, sets and other
choices; 15 % have an `or`. Each fact lacks each signal with a given probability.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from zhengpin.domain.hit import Text, Value
from zhengpin.rules.branches import branches_of
from zhengpin.rules.dimension import Space
from zhengpin.rules.kleene import OPPOSITE
from zhengpin.rules.parser import parse
from zhengpin.rules.syntax import Compare, Condition, Contains, Every, Flag, Given, Not, OneOf, Reading, Some
from zhengpin.signals.signal import Signal, SignalType, SignalValues

PACK_FIELDS = """\
    severity: medium
    family: price
    action: open_case
    on_missing: skip
    because: {zh: "比率 {ratio.r1:.0%}", en: "The ratio is {ratio.r1:.0%} of {count.c1}"}
    source: generated
"""
COMPARATORS = ("<", "<=", ">", ">=", "<", ">")


def _signal(name: str, kind: SignalType, choices: tuple[str, ...] = ()) -> Signal:
    return Signal(name, kind, Text("信号", "a signal"), choices=choices)


CHOICES = tuple(_signal(f"kind.k{n}", SignalType.CHOICE, tuple(f"text{i}" for i in range(4 + n % 5))) for n in range(9))
FLAGS = tuple(_signal(f"flag.b{n}", SignalType.BOOLEAN) for n in range(11))
RATIOS = tuple(_signal(f"ratio.r{n}", SignalType.NUMBER) for n in range(10))
COUNTS = tuple(_signal(f"count.c{n}", SignalType.INTEGER) for n in range(8))
SETS = tuple(_signal(f"words.w{n}", SignalType.SET, ("a", "b", "c", "d")) for n in range(2))
CATALOGUE = {signal.name: signal for signal in (*CHOICES, *FLAGS, *RATIOS, *COUNTS, *SETS)}


@dataclass(frozen=True, slots=True)
class Workload:
    """Rules as written and as parsed, and facts to try them on."""

    texts: tuple[str, ...]
    conditions: tuple[Condition, ...]
    facts: tuple[SignalValues, ...]


def a_workload(rules: int, facts: int, seed: int = 1, missing: float = 0.1) -> Workload:
    """Generate rules, none of which contradicts itself, and facts, from a seed."""
    random = Random(seed)  # noqa: S311 - repeatable, no secret
    texts: list[str] = []
    conditions: list[Condition] = []
    while len(texts) < rules:
        text = _rule(random)
        condition = parse(text, CATALOGUE).condition
        assert condition is not None, text
        if branches_of(condition, Space([condition])):
            texts.append(text)
            conditions.append(condition)
    return Workload(tuple(texts), tuple(conditions), tuple(_fact(random, missing) for _ in range(facts)))


def zen_expression(condition: Condition) -> str:
    """Write a condition as zen reads it: true exactly where it surely holds.

    zen refuses to order `null`, so numbers, sets and negations get a guard; equality with `null` is false by itself.
    """
    return _zen(condition, truth=True)


def zen_context(values: SignalValues) -> dict[str, Value | list[str]]:
    """Give a fact as zen reads it: flat names, sets as lists."""
    return {
        name.replace(".", "_"): list(value) if isinstance(value, tuple) else value for name, value in values.items()
    }


def _zen(condition: Condition, *, truth: bool) -> str:
    match condition:
        case Not(part):
            return _zen(part, truth=not truth)
        case Every(parts) | Some(parts):
            word = " and " if isinstance(condition, Every) == truth else " or "
            return "(" + word.join(_zen(part, truth=truth) for part in parts) + ")"
        case Flag(signal):
            return f"{_name(signal)} == {'true' if truth else 'false'}"
        case Contains(signal, (text,)):
            return f"({_name(signal)} != null and '{text}' {'in' if truth else 'not in'} {_name(signal)})"
        case OneOf(Reading(signal), constants):
            shown = ", ".join(f"'{text}'" for text in constants)
            test = f"{_name(signal)} {'in' if truth else 'not in'} [{shown}]"
            return test if truth else f"({_name(signal)} != null and {test})"
        case Compare(Reading(signal), comparator, Given(value)):
            shown = comparator if truth else OPPOSITE[comparator]
            constant = f"'{value}'" if isinstance(value, str) else repr(value)
            test = f"{_name(signal)} {shown} {constant}"
            return test if shown == "==" else f"({_name(signal)} != null and {test})"
        case _:
            raise NotImplementedError(condition)


def _name(signal: Signal) -> str:
    return signal.name.replace(".", "_")


def _rule(random: Random) -> str:
    key = random.choice(CHOICES)
    tests = [_test(random) for _ in range(random.randint(1, 3))]
    if random.random() < 0.15:
        tests[-1] = f"({tests[-1]} or {_test(random)})"
    return " and ".join([f'{key.name} == "{random.choice(key.choices)}"', *tests])


def _test(random: Random) -> str:
    kind = random.choices(["ratio", "count", "flag", "differs", "one of", "set"], [30, 25, 20, 12, 8, 5])[0]
    match kind:
        case "ratio":
            return f"{random.choice(RATIOS).name} {random.choice(COMPARATORS)} {random.randint(1, 19) / 20}"
        case "count":
            return f"{random.choice(COUNTS).name} {random.choice(COMPARATORS)} {random.randint(1, 30)}"
        case "flag":
            return random.choice(["", "not "]) + random.choice(FLAGS).name
        case "set":
            signal = random.choice(SETS)
            return f'"{random.choice(signal.choices)}" in {signal.name}'
        case _:
            signal = random.choice(CHOICES)
            text, other = random.sample(signal.choices, 2)
            return f'{signal.name} != "{text}"' if kind == "differs" else f'{signal.name} in ["{text}", "{other}"]'


def _fact(random: Random, missing: float) -> SignalValues:
    return {name: _value(random, signal) for name, signal in CATALOGUE.items() if random.random() >= missing}


def _value(random: Random, signal: Signal) -> Value:
    match signal.type:
        case SignalType.CHOICE:
            return random.choice(signal.choices)
        case SignalType.BOOLEAN:
            return random.random() < 0.5
        case SignalType.NUMBER:
            return random.choice([random.random(), random.randint(0, 20) / 20])
        case SignalType.INTEGER:
            return random.randint(0, 31)
        case SignalType.SET:
            return tuple(text for text in signal.choices if random.random() < 0.3)


def a_pack_of(texts: Sequence[str]) -> str:
    """Write conditions as a pack's file."""
    rules = "".join(
        f"  - id: generated.r{number}\n    when: {json.dumps(text)}\n{PACK_FIELDS}" for number, text in enumerate(texts)
    )
    return f"name: generated\nversion: 1\nrules:\n{rules}"
