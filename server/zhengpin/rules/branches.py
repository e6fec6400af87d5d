"""Conditions as branches: a rule fires when every literal of one of its branches holds.

This is the disjunctive normal form, with negation pushed down to the comparisons and literals of one dimension merged:
`x > 1 and x < 5` is one literal, and a branch whose codes are empty is dropped.
"""

from __future__ import annotations

from itertools import product
from typing import Final, TypeAlias

from zhengpin.rules.dimension import Codes, Computed, Dimension, Literal, Space
from zhengpin.rules.syntax import Condition, Every, Not, Some

MAX_BRANCHES: Final = 16
MAX_LITERALS: Final = 32

Branch: TypeAlias = dict[Dimension, Codes]


class _TooMany(Exception):
    """The normal form would grow beyond what a network is good for."""


def branches_of(condition: Condition, space: Space) -> tuple[tuple[Literal, ...], ...]:
    """Give the branches of a condition; none if it can never be true.

    A condition with more than MAX_BRANCHES branches, or MAX_LITERALS in one, is computed in Python as a whole.
    """
    try:
        branches = _expand(condition, space, truth=True)
    except _TooMany:
        return ((Literal(Computed(condition), frozenset({1})),),)
    return tuple(tuple(Literal(*item) for item in branch.items()) for branch in branches)


def _expand(condition: Condition, space: Space, *, truth: bool) -> list[Branch]:
    match condition:
        case Not(part):
            return _expand(part, space, truth=not truth)
        case Every(parts) | Some(parts):
            found = [_expand(part, space, truth=truth) for part in parts]
            both = isinstance(condition, Every) == truth
            return _every(found) if both else _some(found)
        case _:
            literal = space.literal(condition, truth)
            return [{literal.dimension: literal.codes}] if literal.codes else []


def _every(found: list[list[Branch]]) -> list[Branch]:
    branches: list[Branch] = [{}]
    for each in found:
        branches = [merged for one, other in product(branches, each) if (merged := _merge(one, other)) is not None]
        _check(branches)
    return _distinct(branches)


def _some(found: list[list[Branch]]) -> list[Branch]:
    """Join alternatives; those that ask one and the same dimension become one."""
    single: Branch = {}
    branches: list[Branch] = []
    for branch in (branch for each in found for branch in each):
        if len(branch) == 1:
            ((dimension, codes),) = branch.items()
            single[dimension] = single.get(dimension, frozenset()) | codes
        else:
            branches.append(branch)
    branches = [{dimension: codes} for dimension, codes in single.items()] + branches
    _check(branches)
    return _distinct(branches)


def _merge(one: Branch, other: Branch) -> Branch | None:
    merged = dict(one)
    for dimension, codes in other.items():
        left = merged.get(dimension, codes) & codes
        if not left:
            return None
        merged[dimension] = left
    return merged


def _check(branches: list[Branch]) -> None:
    if len(branches) > MAX_BRANCHES or any(len(branch) > MAX_LITERALS for branch in branches):
        raise _TooMany


def _distinct(branches: list[Branch]) -> list[Branch]:
    """Drop branches that another one covers: less asked, or the same asked more widely."""
    kept: list[Branch] = []
    for branch in sorted(branches, key=len):
        if not any(all(d in branch and branch[d] <= codes for d, codes in wider.items()) for wider in kept):
            kept.append(branch)
    return kept
