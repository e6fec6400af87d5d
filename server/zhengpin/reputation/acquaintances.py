"""Circles of acquaintances: people who say the same of the same targets again and again, more often than by chance.

Accounts that praise goods of their own look to one another like witnesses, and no rule that treats all voters alike can
tell them from an honest market of their size (Cheng and Friedman, P2PECON 2005). So those who keep meeting are taken
for one circle, which proves nothing to itself (`strangers.py`) and counts √n (`tallies.py`).

A voter meets whoever takes the same side of the same target, whenever that is; votes on a purchase are left aside, for
those who buy the same goods need not know one another. If d₁ and d₂ votes fell anywhere, two voters would meet

    λ = min(d₁ Σ₂ p, d₂ Σ₁ p)      p the share of all votes that a side has, Σ over the sides that one of the two took

times, so that crowds prove little. `LEAST_MEETINGS` and more, of which less than `CHANCE` was to be expected, make two
acquainted. By chance somebody is, now and then; so all of a circle have `LEAST_ACQUAINTANCES` in it (it is a k-core).

Not all pairs are looked at: voters stand in one drawn order, and each is compared with the next few of a side. Those
who share sides with few others are neighbours there again and again; in crowds hardly anybody is twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.special import gammainc

from zhengpin.reputation.meetings import Meetings, groups
from zhengpin.reputation.strangers import Circles
from zhengpin.reputation.timeline import Flags, Places
from zhengpin.reputation.vote_columns import VoteColumns

LEAST_MEETINGS: Final = 2
LEAST_ACQUAINTANCES: Final = 6
CHANCE: Final = 1e-2
_NEIGHBOURS: Final = 8
"""So many voters after each one, on each side."""
_DRAW: Final = 0
_BUCKETS: Final = 2**25 - 39
"""A prime."""


def with_acquaintances(votes: VoteColumns, bought: Flags, circle: Circles) -> Places:
    """The circle of each voter, by number, where circles whose people are acquainted are one.

    `bought` tells of each vote whether a purchase is proven, `circle` who is known to belong together without that.
    Near linear in votes.
    """
    united = np.arange(int(circle.max(initial=-1)) + 1)
    met = _close(_acquainted(votes, np.flatnonzero(~bought & (votes.opinion != 0))), votes.voters)
    one, other = circle[met.one], circle[met.other]
    apart = one != other
    for circles in groups(Meetings(one[apart], other[apart], met.times[apart]), LEAST_ACQUAINTANCES + 1):
        united[circles] = circles[0]
    return united[circle]


def named_acquaintances(united: Places, circles: Sequence[str]) -> list[str]:
    """What the circle of acquaintances of each voter is called: as that of its own circles whose name comes first.

    `united` is what `with_acquaintances` gave, `circles` what each voter's own circle is called. Empty for whom a
    circle of that name is its own, so that most have none.
    """
    first: dict[int, str] = {}
    for number, name in zip(united.tolist(), circles, strict=True):
        first[number] = min(first.get(number, name), name)
    names = (first[number] for number in united.tolist())
    return ["" if name == own else name for name, own in zip(names, circles, strict=True)]


def _close(met: Meetings, voters: int) -> Meetings:
    """Pairs of which both have enough acquaintances among those who are left."""
    while True:
        acquaintances = np.bincount(met.one, minlength=voters) + np.bincount(met.other, minlength=voters)
        enough = acquaintances >= LEAST_ACQUAINTANCES
        kept = met.take(enough[met.one] & enough[met.other])
        if len(kept) == len(met):
            return met
        met = kept


def _acquainted(votes: VoteColumns, rows: Places) -> Meetings:
    """Voters who met more often than by chance, by some of the votes."""
    side = votes.target[rows].astype(np.int64) * 2 + (votes.opinion[rows] > 0)
    voter = votes.voter[rows].astype(np.int64)
    cast = np.bincount(voter, minlength=votes.voters)
    near = np.bincount(voter, np.bincount(side)[side] / max(len(rows), 1), votes.voters)
    often = cast[voter] >= LEAST_MEETINGS
    met = _meetings(voter[often], side[often], votes.voters)
    by_chance = np.minimum(near[met.one] * cast[met.other], near[met.other] * cast[met.one])
    return met.take(gammainc(met.times, by_chance) < CHANCE)


def _meetings(voter: Places, side: Places, voters: int) -> Meetings:
    """Who met often enough."""
    drawn = np.random.default_rng(_DRAW).permutation(voters)
    order = np.lexsort((drawn[voter], side))
    voter, side = voter[order], side[order]
    pairs = np.concatenate([_pairs(voter, side, apart, voters) for apart in range(1, _NEIGHBOURS + 1)])
    bucket = pairs % _BUCKETS
    often = np.bincount(bucket)[bucket] >= LEAST_MEETINGS  # what is alone in its bucket need not be sorted
    found, times = np.unique(pairs[often], return_counts=True)
    often = times >= LEAST_MEETINGS
    return Meetings(found[often] // voters, found[often] % voters, times[often])


def _pairs(voter: Places, side: Places, apart: int, voters: int) -> Places:
    """Each voter with the one so many places after it on the same side, as one number."""
    first = np.flatnonzero(side[apart:] == side[:-apart])
    one, other = voter[first], voter[first + apart]
    return np.minimum(one, other) * voters + np.maximum(one, other)
