"""Compile conditions into lanes: what the rule engine runs, and the function that writes its facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from zhengpin.rules.branches import branches_of
from zhengpin.rules.dimension import Literal, Space
from zhengpin.rules.encoder import Encode, encoder
from zhengpin.rules.fields import lay_out
from zhengpin.rules.limits import FIELDS, within_limits
from zhengpin.rules.network import definition, ordered
from zhengpin.rules.syntax import Condition

MAX_RULES: Final = 10_000
GATE: Final = "G"
"""The field that all gates test; capital, so that no dimension's field has its name."""

NumberedBranch = tuple[int, tuple[Literal, ...]]


@dataclass(frozen=True, slots=True)
class Program:
    """One lane's network and the function that writes its fact."""

    definition: str
    """Rules of the engine by name; the first four characters are the rule's number."""
    encode: Encode


def compile_rules(conditions: Sequence[Condition]) -> tuple[Program, ...]:
    """Compile conditions, numbered as they stand, into as few lanes as the engine's limits allow."""
    assert len(conditions) < MAX_RULES, "numbers have four digits"
    space = Space(conditions)
    branches = [
        (number, branch) for number, condition in enumerate(conditions) for branch in branches_of(condition, space)
    ]
    return tuple(_programs(branches)) if branches else ()


def _programs(branches: list[NumberedBranch]) -> list[Program]:
    layout = lay_out(literal for _, literals in branches for literal in literals)
    gating = within_limits(ordered(branches, layout)) if layout.size <= FIELDS else None
    if gating is None:
        middle = len(branches) // 2
        return _programs(branches[:middle]) + _programs(branches[middle:])
    gates = gating.gates(GATE)
    head = f'{{"id":"f","{GATE}":{len(gating.paths)}' if gates else '{"id":"f"'
    return [Program(definition(gating.paths, gates), encoder(layout, head))]
