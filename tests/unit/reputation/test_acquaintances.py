"""Who keeps meeting, and what a closed ring gains by praising its own goods: nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ballots import Ballot, ballots, votes_of
from zhengpin.reputation.acquaintances import named_acquaintances, with_acquaintances
from zhengpin.reputation.behaviour import DAY
from zhengpin.reputation.fairness import SETTLED, one_round
from zhengpin.reputation.strangers import Strangers
from zhengpin.reputation.trust import solve_trust
from zhengpin.reputation.voter_sums import TargetSums, sums_after

OWNERS, PRODUCTS, VOTES_A_PRODUCT = 300, 30, 60
RING, OWN_PRODUCTS, PRAISES = 25, 12, 6


@dataclass(frozen=True, slots=True)
class Market:
    """Votes of honest owners, and of some accounts beside them."""

    ballots: list[Ballot]
    others: range
    """The voters beside the honest ones."""

    @property
    def alone(self) -> NDArray[np.int64]:
        """Everybody in a circle of one."""
        return np.arange(self.others.stop)

    def circles(self, *, bought: bool = False) -> NDArray[np.int64]:
        return with_acquaintances(votes_of(*self.ballots), np.full(len(self.ballots), bought), self.alone)


def market_with(kind: str) -> Market:
    """A market in which every product is judged as it deserves, and a ring or fans of one brand beside the owners."""
    dice = np.random.default_rng(7)
    deserved = dice.uniform(0.75, 0.95, PRODUCTS)
    told = [
        (int(voter), product, 1.0 if dice.random() < deserved[product] else -1.0, float(dice.uniform(0, 120)))
        for product in range(PRODUCTS)
        for voter in dice.choice(OWNERS, VOTES_A_PRODUCT, replace=False)
    ]
    others = range(OWNERS, OWNERS + RING)
    for voter in others:
        # A ring has products of its own; fans speak of one brand's six, and of whatever else they come across.
        if kind == "ring":
            products = PRODUCTS + dice.choice(OWN_PRODUCTS, PRAISES, replace=False)
        else:
            products = np.r_[dice.choice(6, 3, replace=False), 6 + dice.choice(PRODUCTS - 6, 3, replace=False)]
        told += [(voter, int(product), 1.0, float(dice.uniform(0, 120))) for product in products]
    return Market(told, others)


def test_a_ring_that_praises_its_own_products_is_one_circle_and_no_honest_voter_is_in_one() -> None:
    market = market_with("ring")
    circles = market.circles()
    assert len(np.unique(circles[OWNERS:])) == 1
    assert circles[:OWNERS].tolist() == list(range(OWNERS))


def test_a_ring_is_trusted_less_than_honest_voters_as_soon_as_it_proves_nothing_to_itself() -> None:
    market = market_with("ring")
    votes = votes_of(*market.ballots)
    believed, seen = (solve_trust(votes, None, circle).trust for circle in (None, market.circles()))
    assert np.median(believed[OWNERS:]) > np.median(believed[:OWNERS])
    assert seen[OWNERS:].max() < np.median(seen[:OWNERS])
    assert seen[:OWNERS] == pytest.approx(believed[:OWNERS], abs=SETTLED)


def test_fans_of_one_brand_stay_strangers() -> None:
    market = market_with("fans")
    assert market.circles().tolist() == market.alone.tolist()


def test_who_buys_the_same_goods_need_not_be_acquainted() -> None:
    market = market_with("ring")
    assert market.circles(bought=True).tolist() == market.alone.tolist()


def test_a_crowd_that_votes_on_everything_is_no_circle() -> None:
    everything = [(voter, target, 1.0, 0.0) for voter in range(40) for target in range(5)]
    circles = with_acquaintances(votes_of(*everything), np.zeros(len(everything), np.bool_), np.arange(40))
    assert circles.tolist() == list(range(40))


def test_those_who_belong_to_people_of_a_ring_count_with_them() -> None:
    market = market_with("ring")
    circle = market.alone
    circle[0] = circle[OWNERS]  # an honest voter was invited by somebody of the ring
    circles = with_acquaintances(votes_of(*market.ballots), np.zeros(len(market.ballots), np.bool_), circle)
    assert circles[0] == circles[OWNERS + 1]


def test_friends_of_one_invitation_are_one_circle_already() -> None:
    market = market_with("ring")
    circle = np.minimum(market.alone, OWNERS)
    circles = with_acquaintances(votes_of(*market.ballots), np.zeros(len(market.ballots), np.bool_), circle)
    assert circles.tolist() == circle.tolist()


def test_a_circle_of_acquaintances_is_called_as_the_first_of_those_in_it() -> None:
    assert named_acquaintances(np.array([0, 0, 2, 0]), ["c", "b", "z", "b"]) == ["b", "", "", ""]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), unique=True), st.integers(1, 3))
def test_strangers_are_whoever_is_of_another_circle(seats: list[tuple[int, int]], circles: int) -> None:
    votes = votes_of(*((voter, target, 1.0, 0.0) for voter, target in seats), voters=6, targets=4)
    values = np.arange(1.0, len(votes) + 1)
    circle = np.arange(6) % circles
    found = Strangers.of(votes, circle).sums(votes, values, votes.by_target(values))
    strangers = [
        sum(
            value
            for (other, same), value in zip(seats, values, strict=True)
            if same == target and circle[other] != circle[voter]
        )
        for voter, target in seats
    ]
    alone = {seat for seat in seats if _is_alone(seat, seats, circle)}
    assert found.tolist() == pytest.approx(strangers)
    assert len(Strangers.of(votes, circle).rows) == len(seats) - len(alone)


def _is_alone(seat: tuple[int, int], seats: list[tuple[int, int]], circle: NDArray[np.int64]) -> bool:
    voter, target = seat
    return bool(sum(same == target and circle[other] == circle[voter] for other, same in seats) == 1)


@given(ballots())
def test_with_circles_one_more_vote_brings_what_a_solve_finds_while_others_are_trusted_as_before(
    rows: list[Ballot],
) -> None:
    *before, (voter, target, opinion, day) = sorted(rows, key=lambda each: each[3])
    circle = np.arange(8) // 2
    solution = solve_trust(votes_of(*before, voters=8, targets=6), day * DAY, circle)
    others = TargetSums()
    for other, same, said, _ in before:
        if same == target and circle[other] != circle[voter]:
            others = others.plus(float(solution.trust[other]), said)
    after = sums_after(solution.voter(voter), others, opinion, day * DAY)

    more = votes_of(*before, (voter, target, opinion, day), voters=8, targets=6)
    step = one_round(more, solution.trust**2, Strangers.of(more, circle))
    assert after.proven == pytest.approx(step.proven[voter], abs=20 * SETTLED)
    assert after.agreed == pytest.approx(step.agreed[voter], abs=20 * SETTLED)
