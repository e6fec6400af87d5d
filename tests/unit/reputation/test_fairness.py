import numpy as np
import pytest
from hypothesis import given

from ballots import Ballot, ballots, votes_of
from zhengpin.reputation.fairness import MOST_ROUNDS, SETTLED, one_round, reliability, solve_agreement
from zhengpin.reputation.strangers import Strangers


def test_fairness_is_that_of_the_formulas() -> None:
    votes = votes_of((0, 0, 1.0, 0), (1, 0, 1.0, 0), (2, 0, -1.0, 0))
    found = one_round(votes, np.array([0.5, 0.25, 1.0]), Strangers.of(votes))
    proof_of_others, mean_of_others = 1.25 / 2.25, (0.25 - 1.0) / 1.25
    agreed = proof_of_others * (1 - abs(1 - mean_of_others) / 2)
    assert found.fairness[0] == pytest.approx((0.5 + agreed) / (1 + proof_of_others))
    assert found.backing.tolist() == [1.75]
    assert found.praise.tolist() == [0.5 + 0.25 - 1.0]


def test_who_votes_where_nobody_else_does_neither_gains_nor_loses() -> None:
    votes = votes_of(*((0, target, 1.0, target) for target in range(30)))
    assert solve_agreement(votes, np.ones(1)).fairness.tolist() == [0.5]


def test_ten_newcomers_say_less_of_a_veteran_than_another_veteran_does() -> None:
    one_veteran = [(0, 0, 1.0, 0.0), (1, 0, 1.0, 0.0)]
    newcomers = [(voter, 0, -1.0, 0.0) for voter in range(2, 12)]
    prior = np.array([1.0, 1.0, *np.full(10, 1 / 16)])
    assert solve_agreement(votes_of(*one_veteran, *newcomers), prior).fairness[0] > 0.5


def test_a_veteran_who_contradicts_everybody_is_trusted_less_than_an_honest_newcomer() -> None:
    honest = [(voter, target, 1.0, 0.0) for voter in range(5) for target in range(20)]
    contrary = [(5, target, -1.0, 0.0) for target in range(20)]
    newcomer = [(6, 0, 1.0, 0.0)]
    prior = np.array([1.0] * 6 + [1 / 16])
    fairness = solve_agreement(votes_of(*honest, *contrary, *newcomer), prior).fairness
    trusted = reliability(prior, fairness)
    assert trusted[5] < trusted[6] < trusted[0]


@given(ballots())
def test_rounds_end_where_one_more_changes_nothing(rows: list[Ballot]) -> None:
    votes, prior = votes_of(*rows), np.linspace(1 / 16, 1, 8)[: votes_of(*rows).voters]
    found = solve_agreement(votes, prior)
    again = one_round(votes, reliability(prior, found.fairness), Strangers.of(votes))
    assert found.rounds < MOST_ROUNDS
    assert again.fairness == pytest.approx(found.fairness, abs=10 * SETTLED)


@given(ballots())
def test_fairness_and_the_mean_opinion_stay_in_their_bounds(rows: list[Ballot]) -> None:
    votes = votes_of(*rows)
    found = solve_agreement(votes, np.ones(votes.voters))
    assert ((found.fairness > 0) & (found.fairness < 1)).all()
    assert (np.abs(found.praise) <= found.backing + 1e-12).all()
