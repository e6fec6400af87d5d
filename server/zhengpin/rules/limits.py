"""The rule engine's limits, and how a network is kept within them.

durable-rules 2.0.28 keeps its pending tests on a stack of 64 and refuses a fact that needs more; it hangs on 513
different tests under one node, crashes on more than 255 rules under one condition, and refuses facts of more than 252
fields. Rules beyond are put behind *gates*: tests that always hold, one group of rules behind each, so that the stack
holds the other gates and one group. Only what not even gates can help is split over lanes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from zhengpin.rules.network import Node, Path, nodes, stack_needed, tree

STACK: Final = 64
TESTS_UNDER_NODE: Final = 500
"""The engine's table has 512 entries; a full one hangs."""
RULES_UNDER_NODE: Final = 250
FIELDS: Final = 240
PATHS: Final = 4000
"""The engine takes 4,096 rules, the canary included."""
MAX_GATES: Final = 32


@dataclass(frozen=True, slots=True)
class Gating:
    """Paths, in an order such that each group stands together, and the size of a group."""

    paths: tuple[Path, ...]
    group: int
    """How many paths share a gate; 0 where none is needed."""

    def gates(self, name: str) -> tuple[dict[str, Any], ...]:
        """Give each path's first test; none where no gate is needed."""
        if not self.group:
            return ()
        return tuple({"$gte": {name: place // self.group}} for place in range(len(self.paths)))


def within_limits(paths: Sequence[Path]) -> Gating | None:
    """Put as few gates before the paths as the engine needs; `None` if gates can't help."""
    if len(paths) > PATHS:
        return None
    if _bearable(tree(paths), STACK):
        return Gating(tuple(paths), 0)
    together = tuple(sorted(paths, key=lambda path: [(test.field, test.operator, test.code) for test in path.tests]))
    for gates in range(2, MAX_GATES + 1):
        group = -(-len(together) // gates)
        room = STACK - gates + 1
        if all(_bearable(tree(together[at : at + group]), room) for at in range(0, len(together), group)):
            return Gating(together, group)
    return None


def _bearable(root: Node, room: int) -> bool:
    crowded = any(len(node.children) > TESTS_UNDER_NODE or node.ends > RULES_UNDER_NODE for node in nodes(root))
    return not crowded and stack_needed(root) <= room
