"""Who came together: votes whose voters invitations join, who registered in the same days, or who were all silent.

A crowd comes from everywhere; a brigade comes from somewhere. Friends come from somewhere too, but they have mostly
bought the goods and don't always agree, and those who registered because of an event did so on its day.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from zhengpin.reputation.batches import NO_BATCH
from zhengpin.reputation.silence import CAME_FOR_IT, Silence
from zhengpin.reputation.timeline import Flags, Numbers, Places
from zhengpin.reputation.usual import Usual

LEAST: Final = 3
LEAST_OF_BUYERS: Final = 5
CHANCE: Final = 1e-3
NO_FAMILY: Final = -1
HALF: Final = 0.5
"""However few are silent, a programme may wake as many of them as it draws others."""
_VOUCHED: Final = 0.3
"""The factor of a vote without a purchase among what votes weigh (`weights.BY_PURCHASE`), turned round."""
_PRIOR_VOTES: Final = 50.0
_PRIOR_OF_A_GROUP: Final = 0.1
"""Of so many votes on a target so few are expected from any one group, before anything is known."""


@dataclass(frozen=True, slots=True)
class VoteTraits:
    """What votes show of who cast them: a vote a row."""

    circle: NDArray[np.integer]
    family: NDArray[np.integer]
    registered_at: Numbers
    at: Numbers
    bought: Flags
    """With a proven purchase."""
    regular: Flags
    """By voters who have voted now and then for weeks, on other targets, too."""
    first: Flags
    """By voters who had never cast a vote that counts."""

    @property
    def grown(self) -> Flags:
        """By voters who did not register because of what they vote on."""
        grown: Flags = self.at - self.registered_at > CAME_FOR_IT
        return grown

    @property
    def weight(self) -> Numbers:
        """How suspicious each is: one with a purchase less, and never not at all."""
        return np.where(self.bought, _VOUCHED, 1.0)

    def take(self, places: Places | slice) -> VoteTraits:
        """Some of them."""
        return VoteTraits(**{each.name: getattr(self, each.name)[places] for each in fields(self)})


def in_company(votes: VoteTraits, elsewhere: VoteTraits, usual: Usual) -> Flags:
    """Which votes came together, too many of one group for chance.

    `elsewhere` are the other votes on the target: who usually votes on it is no company. A purchase makes a vote less
    suspicious, and never innocent, for orders can be placed to be returned: it counts as `_VOUCHED` of another vote.
    Of a group that bought no more of what it votes on than is usual three such votes are enough, of others five.
    """
    found = _grouped(votes, votes.circle, elsewhere.circle[~elsewhere.bought], usual.bought, np.zeros(1))
    found |= _of_one_family(votes, elsewhere, usual)
    for batches in usual.batches:
        batch = np.where(votes.grown, batches.of(votes.registered_at), NO_BATCH)
        batch_elsewhere = batches.of(elsewhere.registered_at[~elsewhere.bought])
        found |= votes.grown & _grouped(votes, batch, batch_elsewhere, usual.bought, batches.share(batch))
    return found


def _of_one_family(votes: VoteTraits, elsewhere: VoteTraits, usual: Usual) -> Flags:
    """Which votes belong to a family of which too many circles came: friends of one host are no more than a circle."""
    _, one = np.unique(votes.circle, return_index=True)
    some = votes.take(one)
    family = np.where(some.grown, some.family, NO_FAMILY)
    outside = elsewhere.family[~elsewhere.bought]
    # However many others vote on the target: the share that is usual anywhere is usual here.
    share = np.array([usual.largest_family * (1 + len(outside) / _PRIOR_VOTES)])
    found = some.grown & _grouped(some, family, outside, usual.bought, share)
    flags: Flags = votes.grown & np.isin(votes.family, family[found])
    return flags


def silent_before(votes: VoteTraits, silence: Silence) -> Flags:
    """Which votes that came at once are the first of voters who were silent for long, if too many of them are."""
    silent = votes.first & votes.grown
    size, others = float(votes.weight[silent].sum()), float(votes.weight[votes.grown & ~silent].sum())
    if size < LEAST:
        return np.zeros_like(silent)
    # The chance of so many first votes, as of a binomial count.
    chance = betainc(size, others + 1, max(silence.on(float(votes.at.min())), HALF))
    return silent if chance < CHANCE else np.zeros_like(silent)


def _grouped(
    votes: VoteTraits,
    group: NDArray[np.integer],
    elsewhere: NDArray[np.integer],
    bought_usually: float,
    share: Numbers,
) -> Flags:
    """Which votes belong to a group that is too large; `share` tells of each vote how much of all its group is."""
    groups, first, member = np.unique(group, return_index=True, return_inverse=True)
    size = np.bincount(member, weights=votes.weight, minlength=len(groups))
    outside = np.sort(elsewhere)
    seen = np.searchsorted(outside, groups, "right") - np.searchsorted(outside, groups)
    expected = _PRIOR_OF_A_GROUP + _PRIOR_VOTES * np.broadcast_to(share, group.shape)[first] + seen
    exposure = (_PRIOR_VOTES + len(outside)) / max(float(votes.weight.sum()), 1.0)
    # The chance of so many of one group, as of a count whose rate is Gamma distributed.
    chance = betainc(np.maximum(size, 1.0), expected, 1 / (1 + exposure))
    bought = np.bincount(member, weights=votes.bought, minlength=len(groups))
    least = np.where(bought <= bought_usually * np.bincount(member, minlength=len(groups)), LEAST, LEAST_OF_BUYERS)
    flags: Flags = ((size >= least) & (chance < CHANCE))[member]
    return flags
