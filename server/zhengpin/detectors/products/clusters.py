"""Groups of offers of one product, made of pairwise probabilities without chains: a wrong merge is worse than none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

ScoredPair: TypeAlias = tuple[int, int, float]
"""Two places, and how likely they are of one product."""
Apart: TypeAlias = Callable[[int, int], bool]
"""Whether two offers can't be of one product, whatever their texts look like."""


def clusters(count: int, pairs: Iterable[ScoredPair], threshold: float, apart: Apart) -> tuple[tuple[int, ...], ...]:
    """Group `count` offers; give every group of two or more, in the order of their first places.

    Two groups join only if each offer of one was compared with each of the other, all of these pairs reach the
    threshold and none are `apart`: agglomerative clustering with complete linkage, the surest pairs first.
    """
    likely = sorted((pair for pair in pairs if pair[2] >= threshold), key=lambda pair: (-pair[2], pair[0], pair[1]))
    joined = {frozenset(pair[:2]) for pair in likely if not apart(*pair[:2])}
    group_of: list[list[int]] = [[place] for place in range(count)]
    for one, other, _ in likely:
        first, second = group_of[one], group_of[other]
        if first is second or not _all_joined(first, second, joined):
            continue
        first += second
        for place in second:
            group_of[place] = first
    return tuple(tuple(sorted(group)) for place, group in enumerate(group_of) if len(group) > 1 and place == min(group))


def _all_joined(first: Sequence[int], second: Sequence[int], joined: set[frozenset[int]]) -> bool:
    return all(frozenset((one, other)) in joined for one in first for other in second)
