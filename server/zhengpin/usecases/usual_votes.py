"""How often is voted usually, and by whom: found by a full weighing, kept for when votes come in."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from zhengpin.domain.vote_rates import GammaRates, LargeBatches, VoteRates
from zhengpin.reputation.batches import Batches
from zhengpin.reputation.inquiry import Inquiry
from zhengpin.reputation.silence import Silence
from zhengpin.reputation.usual import Usual, UsualRates
from zhengpin.reputation.vote_roll import VoteRoll


def rates_of(roll: VoteRoll, now: datetime) -> VoteRates | None:
    """What the votes that count say of it; `None` where none does."""
    votes = roll.part(roll.counted)
    if not len(votes):
        return None
    inquiry = Inquiry.into(votes, roll.voters, roll.bought[roll.counted])
    usual = inquiry.usual
    first, second = usual.batches
    return VoteRates(
        made_at=now,
        began_at=datetime.fromtimestamp(inquiry.timeline.began, UTC),
        hourly=GammaRates(usual.hourly.shape, usual.hourly.rate),
        daily=GammaRates(usual.daily.shape, usual.daily.rate),
        bought=usual.bought,
        recommended=usual.recommended,
        batches=(_kept(first), _kept(second)),
        silent=usual.silence.on(now.timestamp()),
        largest_family=usual.largest_family,
    )


def usual_by(rates: VoteRates) -> Usual:
    """The same as the methods that look for bursts take it."""
    first, second = rates.batches
    return Usual(
        hourly=UsualRates(rates.hourly.shape, rates.hourly.rate),
        daily=UsualRates(rates.daily.shape, rates.daily.rate),
        bought=rates.bought,
        recommended=rates.recommended,
        batches=(_batches(first), _batches(second)),
        silence=Silence.always(rates.silent),
        largest_family=rates.largest_family,
    )


def _kept(batches: Batches) -> LargeBatches:
    return LargeBatches(batches.begins, tuple(batches.large.tolist()), tuple(batches.shares.tolist()))


def _batches(kept: LargeBatches) -> Batches:
    return Batches(kept.begins, np.array(kept.numbers, np.int64), np.array(kept.shares, np.float64))
