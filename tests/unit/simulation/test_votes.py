"""Votes of the simulated marketplace: always the same for a seed, possible, and honest or not in many ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from markets import NOW, a_market
from voting import Poll, poll_of
from zhengpin.domain.vote import TargetKind
from zhengpin.simulation.votes.ballot import Ballot, VoteStory

LEAST, MOST = 0.15, 0.85
"""Of the area under the curve: nothing that one vote shows by itself may tell an arranged one better."""
_DAY = 86_400


@pytest.fixture(scope="module")
def ballots() -> Sequence[Ballot]:
    """The votes of twelve quarters."""
    return tuple(a_market(12 * 500).ballots())


@pytest.fixture(scope="module")
def poll(ballots: Sequence[Ballot]) -> Poll:
    """The same in columns."""
    return poll_of(ballots)


def test_the_same_seed_casts_the_same_votes_and_another_others() -> None:
    votes = list(a_market(500).ballots())
    assert votes == list(a_market(500).ballots())
    assert votes != list(a_market(500, seed=2).ballots())


def test_the_votes_of_a_quarter_are_the_same_whatever_was_made_before_them() -> None:
    market = a_market(5 * 500)
    assert list(a_market(5 * 500).ballots_of(3)) == [list(market.ballots_of(number)) for number in (4, 0, 3)][2]


def test_a_longer_market_votes_first_as_a_shorter_one() -> None:
    assert list(a_market(20 * 500).ballots_of(1)) == list(a_market(2 * 500).ballots_of(1))


def test_nobody_votes_before_registering_or_after_now(ballots: Sequence[Ballot]) -> None:
    assert all(each.voter.registered_at <= each.vote.cast_at <= NOW for each in ballots)


def test_voters_are_the_same_wherever_they_vote(ballots: Sequence[Ballot]) -> None:
    voters = {each.voter.voter_id: each.voter for each in ballots}
    assert all(each.voter == voters[each.voter.voter_id] for each in ballots)
    assert all(each.vote.voter_id == each.voter.voter_id for each in ballots)


def test_ids_tell_nothing_and_are_used_once(ballots: Sequence[Ballot]) -> None:
    ids = Counter(each.vote.vote_id for each in ballots)
    assert set(ids.values()) == {1}
    names = {name for each in ballots for name in (each.vote.vote_id, each.voter.voter_id, each.voter.invited_by)}
    assert {len(name) for name in names} == {0, 32}


def test_every_story_is_told_and_every_kind_of_target_voted_on(ballots: Sequence[Ballot]) -> None:
    assert {each.plot.story for each in ballots} == set(VoteStory)
    assert {each.vote.target.kind for each in ballots} == set(TargetKind)


def test_products_bear_the_keys_of_the_markets_listings() -> None:
    market = a_market(500)
    codes = {f"gtin:0{offer.listing['gtin']}" for offer in market.offers() if "gtin" in offer.listing}
    targets = {each.vote.target for each in market.ballots()}
    voted = {target.key for target in targets if target.kind is TargetKind.PRODUCT}
    assert len(voted & codes) > 0.8 * len(voted)


def test_a_few_targets_draw_most_votes_and_a_few_voters_cast_them(poll: Poll) -> None:
    for column in (poll.votes.target, poll.votes.voter):
        counts = np.sort(np.bincount(column))[::-1]
        assert 0.3 < counts[: len(counts) // 5].sum() / counts.sum() < 0.8


def test_nothing_that_one_vote_shows_tells_whether_it_was_arranged(poll: Poll) -> None:
    areas = {name: float(roc_auc_score(poll.arranged, shown)) for name, shown in _shown(poll).items()}
    assert {name: area for name, area in areas.items() if not LEAST <= area <= MOST} == {}


def _shown(poll: Poll) -> dict[str, NDArray[np.float64]]:
    """What one vote shows by itself."""
    votes, voters = poll.votes, poll.voters
    circles = voters.circle[votes.voter]
    hours = votes.target.astype(np.int64) * 100_000 + (votes.at // 3600 % 100_000).astype(np.int64)
    days = votes.target.astype(np.int64) * 100_000 + (votes.at // _DAY).astype(np.int64)
    return {
        "opinion": votes.opinion,
        "purchase": poll.bought.astype(float),
        "age of the voter": votes.at - voters.registered_at[votes.voter],
        "votes of the voter": _counted(votes.voter),
        "votes of the circle": _counted(circles),
        "votes on the target": _counted(votes.target),
        "votes of that hour": _counted(hours),
        "votes of that day": _counted(days),
    }


def _counted(column: NDArray[np.integer]) -> NDArray[np.float64]:
    _, place, counts = np.unique(column, return_inverse=True, return_counts=True)
    counted: NDArray[np.float64] = counts[place].astype(float)
    return counted
