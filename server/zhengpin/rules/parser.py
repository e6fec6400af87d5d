"""Read a rule's condition: a small, typed subset of Python's expression syntax.

Nothing is ever run: the text goes through `ast.parse`, and whatever is not on the short list below is refused with its
place and a remedy. All flaws of a text are reported at once.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from zhengpin.rules.conditions import ConditionReader
from zhengpin.rules.operands import Flaw, OperandReader
from zhengpin.rules.syntax import Condition
from zhengpin.signals.signal import Signal

MAX_LENGTH: Final = 4096
"""Bytes of a condition's text."""
MAX_DEPTH: Final = 48
"""Levels of Python's syntax tree; a dotted name counts for a level or two."""
MAX_PARTS: Final = 1600
"""Nodes of Python's syntax tree, names and operators included."""


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
    values = OperandReader(line.strip(), catalogue)
    condition = ConditionReader(values).condition(tree)
    return Parsed(None, tuple(values.flaws)) if values.flaws else Parsed(condition)


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
        if depth > MAX_DEPTH or count > MAX_PARTS:
            return Flaw(1, "the condition has too many parts or is nested too deeply", "split the rule into several")
    return None
