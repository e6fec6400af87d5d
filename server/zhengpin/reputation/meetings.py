"""Who meets whom: voters who again and again vote for the same side within a short span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from zhengpin.reputation.timeline import Numbers, Places

CROWDED: Final = 100
"""A vote that more than so many others follow within the span links nobody: everybody meets everybody in a crowd."""
_PASSES = 4


@dataclass(frozen=True, slots=True)
class Meetings:
    """Pairs of voters, the lower number first, and how often they met."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    times: NDArray[np.int64]

    def take(self, which: NDArray[np.bool_]) -> Meetings:
        """Some of the pairs."""
        return Meetings(self.one[which], self.other[which], self.times[which])

    def __len__(self) -> int:
        """How many pairs."""
        return len(self.times)


def meetings(voter: NDArray[np.integer], mark: Numbers, span: float, least: int) -> Meetings:
    """Every pair of voters that met at least so many times; votes are given in the order of their marks.

    Linear in votes and in the pairs of votes within the span, which `CROWDED` bounds.
    """
    kept = _promising(voter, mark, span, least)
    one, other = _pairs(mark[kept], span)
    first, second = voter[kept[one]].astype(np.int64), voter[kept[other]].astype(np.int64)
    apart = first != second
    stride = int(voter.max(initial=0)) + 1
    keys = np.minimum(first, second)[apart] * stride + np.maximum(first, second)[apart]
    pairs, times = np.unique(keys, return_counts=True)
    often = times >= least
    return Meetings(pairs[often] // stride, pairs[often] % stride, times[often])


def groups(met: Meetings, least: int) -> list[NDArray[np.int64]]:
    """Voters that are linked by meetings, directly or through others, in groups of at least so many."""
    if not len(met):
        return []
    voters, place = np.unique(np.concatenate((met.one, met.other)), return_inverse=True)
    one, other = place[: len(met)], place[len(met) :]
    links = coo_array((np.ones(len(met)), (one, other)), shape=(len(voters), len(voters)))
    count, label = connected_components(links, directed=False)
    large = np.bincount(label, minlength=count) >= least
    order = np.argsort(label, kind="stable")
    bounds = np.searchsorted(label[order], np.arange(count + 1))
    return [voters[order[bounds[each] : bounds[each + 1]]] for each in np.flatnonzero(large)]


def _promising(voter: NDArray[np.integer], mark: Numbers, span: float, least: int) -> Places:
    """Without those who can't have met anybody often enough: who votes too seldom, or always alone."""
    kept = np.arange(len(mark))
    for _ in range(_PASSES):
        kept = kept[np.bincount(voter[kept])[voter[kept]] >= least]
        follows = np.diff(mark[kept], prepend=-np.inf) <= span
        is_followed = np.diff(mark[kept], append=np.inf) <= span
        kept = kept[follows | is_followed]
    return kept


def _pairs(mark: Numbers, span: float) -> tuple[Places, Places]:
    """The places of every two votes within the span, but for crowds."""
    places = np.arange(len(mark))
    followers = np.searchsorted(mark, mark + span, "right") - places - 1
    followers[followers > CROWDED] = 0
    one = np.repeat(places, followers)
    began = np.repeat(np.cumsum(followers) - followers, followers)
    return one, one + 1 + np.arange(len(one)) - began
