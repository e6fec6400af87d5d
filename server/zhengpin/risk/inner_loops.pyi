from typing import Any, TypeAlias

from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]

def read_features(
    values: dict[str, Any],
    numbers: tuple[str, ...],
    choices: tuple[tuple[str, tuple[tuple[int, str], ...]], ...],
    row: Array,
) -> None: ...
def add_surprisals(rows: Array, parts: Array, knots: Array, many: Array, tables: Array, sums: Array) -> None: ...
def add_lengths(
    rows: Array,
    roots: Array,
    cuts: Array,
    length: Array,
    depth: int,
    sums: Array,
) -> None: ...
def answer(rows: Array, features: Array, thresholds: Array, unknown_left: Array, patterns: Array) -> None: ...
def add_answers(leaves: Array, patterns: Array, sums: Array) -> None: ...
def add_shares(shares: Array, patterns: Array, features: Array, sums: Array) -> None: ...
