"""Who came together: votes whose voters one person brought in, or who registered in the same days.

A crowd comes from everywhere; a brigade comes from somewhere. Friends come from somewhere too, but they have mostly
bought the goods and don't always agree, and those who registered because of an event did so on its day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from zhengpin.reputation.timeline import DAY, Numbers, Places

Flags = NDArray[np.bool_]

BATCH: Final = 3 * DAY
"""Who registered within so long may have been registered by one hand."""
CAME_FOR_IT: Final = 7 * DAY
"""Who is younger came because of the event, as a crowd does: the day of registration says nothing then."""
LEAST: Final = 3
CHANCE: Final = 1e-3
_NO_BATCH: Final = np.iinfo(np.int64).min
_PRIOR_VOTES: Final = 50.0
_PRIOR_OF_A_GROUP: Final = 0.1
"""Of so many votes on a target so few are expected from any one group, before anything is known."""


@dataclass(frozen=True, slots=True)
class VoteTraits:
    """What votes show of who cast them: a vote a row."""

    circle: NDArray[np.integer]
    registered_at: Numbers
    at: Numbers
    bought: Flags
    """With a proven purchase."""

    def take(self, places: Places | slice) -> VoteTraits:
        """Some of them."""
        return VoteTraits(self.circle[places], self.registered_at[places], self.at[places], self.bought[places])


def in_company(votes: VoteTraits, elsewhere: VoteTraits, bought_usually: float) -> Flags:
    """Which votes came together without having bought much.

    `elsewhere` are the other votes on the target: who usually votes on it is no company. A group counts if at least
    three of its votes are without a purchase, if that is too many for chance, and if it bought no more of what it votes
    on than the share `bought_usually`.
    """
    found = _grouped(votes, votes.circle, elsewhere.circle[~elsewhere.bought], bought_usually)
    grown = votes.at - votes.registered_at > CAME_FOR_IT
    for begins in (0.0, BATCH / 2):  # a batch that one calendar cuts in two lies within a page of the other
        batch = np.where(grown, _batch(votes, begins), _NO_BATCH)
        batch_elsewhere = _batch(elsewhere, begins)[~elsewhere.bought]
        found |= grown & _grouped(votes, batch, batch_elsewhere, bought_usually)
    return found


def _batch(votes: VoteTraits, begins: float) -> NDArray[np.int64]:
    batch: NDArray[np.int64] = ((votes.registered_at + begins) // BATCH).astype(np.int64)
    return batch


def _grouped(
    votes: VoteTraits, group: NDArray[np.integer], elsewhere: NDArray[np.integer], bought_usually: float
) -> Flags:
    groups, member = np.unique(group, return_inverse=True)
    size = np.bincount(member, minlength=len(groups))
    unbought = np.bincount(member[~votes.bought], minlength=len(groups))
    found = (unbought >= LEAST) & (size - unbought <= bought_usually * size)
    outside = np.sort(elsewhere)
    usual = np.searchsorted(outside, groups, "right") - np.searchsorted(outside, groups)
    exposure = (_PRIOR_VOTES + len(outside)) / max(int(unbought.sum()), 1)
    # The chance of so many of one group among the unbought, as of a count whose rate is Gamma distributed.
    chance = betainc(np.maximum(unbought, 1), _PRIOR_OF_A_GROUP + usual, 1 / (1 + exposure))
    flags: Flags = (found & (chance < CHANCE))[member]
    return flags
