"""The network of a lane: a tree of tests in which rules that begin alike share their first steps."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhengpin.rules.dimension import Dimension, Literal, Menu
from zhengpin.rules.fields import Layout, Test


@dataclass(frozen=True, slots=True)
class Path:
    """The tests of one branch of a rule, in the order in which the engine makes them."""

    rule: int
    tests: tuple[Test, ...]


@dataclass(slots=True)
class Node:
    """A place in the network: which tests follow, and how many paths end here."""

    children: dict[Test, Node] = field(default_factory=dict)
    ends: int = 0


def ordered(branches: Sequence[tuple[int, tuple[Literal, ...]]], layout: Layout) -> list[Path]:
    """Order each branch's tests: the rarest first, and of equally rare ones the one that most branches share.

    A fact then enters few paths: that keeps the engine's stack of 64 entries low, and it saves time, because every test
    passed costs a walk over all fields of the fact.
    """
    shared = Counter(literal for _, literals in branches for literal in literals)

    def rarity(literal: Literal) -> tuple[float, int, str]:
        return _share(literal), -shared[literal], layout.tests[literal].field

    return [Path(rule, tuple(layout.tests[one] for one in sorted(literals, key=rarity))) for rule, literals in branches]


def _share(literal: Literal) -> float:
    """Estimate how many facts pass: the share of codes; a choice's texts are rarer than their number says."""
    share = len(literal.codes) / len(literal.dimension.codes)
    return share / 2 if isinstance(literal.dimension, Menu) else share


def tree(paths: Iterable[Path]) -> Node:
    """Build the tree that the engine builds: one node for equal beginnings."""
    root = Node()
    for path in paths:
        node = root
        for test in path.tests:
            node = node.children.setdefault(test, Node())
        node.ends += 1
    return root


def together(tests: Iterable[Test]) -> int:
    """Bound how many of some tests can hold at once: codes of one dimension exclude one another."""
    by_dimension: dict[Dimension, Counter[int]] = {}
    for test in tests:
        by_dimension.setdefault(test.literal.dimension, Counter()).update(test.literal.codes)
    return sum(max(counted.values(), default=0) for counted in by_dimension.values())


def stack_needed(node: Node) -> int:
    """Bound the engine's stack below a node: it pushes all that hold, then works on the last one first."""
    if not node.children:
        return 0
    return together(node.children) - 1 + max(1, *(stack_needed(child) for child in node.children.values()))


def nodes(root: Node) -> Iterator[Node]:
    """Walk over a tree."""
    yield root
    for child in root.children.values():
        yield from nodes(child)


def definition(paths: Sequence[Path], gates: Sequence[dict[str, Any]]) -> str:
    """Write a network as the engine's JSON: a rule of the engine for each path, named by number of rule and path."""
    rules: dict[str, Any] = {}
    for number, path in enumerate(paths):
        conditions = [*gates[number : number + 1], *(test.definition() for test in path.tests)]
        condition = conditions[0] if len(conditions) == 1 else {"$and": conditions}
        rules[f"{path.rule:04d}{number}"] = {"all": [{"m": condition}]}
    return json.dumps(rules, separators=(",", ":"))
