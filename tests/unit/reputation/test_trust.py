from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots import Ballot, a_steady_crowd, ballots, votes_of
from zhengpin.reputation.behaviour import DAY
from zhengpin.reputation.trust import solve_trust

DESERVED = (1.0, 1.0, -1.0, 1.0, -1.0)
CROWD = a_steady_crowd(6, 5, DESERVED)


@given(ballots())
def test_every_figure_lies_in_its_bounds(rows: list[Ballot]) -> None:
    solution = solve_trust(votes_of(*rows, voters=9, targets=7))
    for figure in (solution.trust, solution.second_opinion, solution.disagreement, solution.fairness):
        assert ((figure >= 0) & (figure <= 1)).all()
    assert (np.abs(solution.goodness) < 1).all()
    assert solution.trust[8] == 1 / 8
    assert solution.goodness[6] == 0


@given(ballots(), st.randoms())
def test_the_order_of_votes_changes_nothing_at_all(rows: list[Ballot], dice: Random) -> None:
    shuffled = list(rows)
    dice.shuffle(shuffled)
    one, other = (solve_trust(votes_of(*each, voters=8, targets=6)) for each in (rows, shuffled))
    assert one.trust.tobytes() == other.trust.tobytes()
    assert one.second_opinion.tobytes() == other.second_opinion.tobytes()
    assert one.goodness.tobytes() == other.goodness.tobytes()


@given(ballots(), st.permutations(range(8)), st.permutations(range(6)))
def test_the_numbers_of_voters_and_targets_are_only_names(
    rows: list[Ballot], voters: list[int], targets: list[int]
) -> None:
    renamed = [(voters[voter], targets[target], opinion, day) for voter, target, opinion, day in rows]
    one, other = (solve_trust(votes_of(*each, voters=8, targets=6)) for each in (rows, renamed))
    assert other.trust[voters] == pytest.approx(one.trust)
    assert other.second_opinion[voters] == pytest.approx(one.second_opinion)
    assert other.goodness[targets] == pytest.approx(one.goodness)


@given(ballots())
def test_to_say_the_opposite_of_everything_changes_only_the_sign(rows: list[Ballot]) -> None:
    contrary = [(voter, target, -opinion, day) for voter, target, opinion, day in rows]
    one, other = solve_trust(votes_of(*rows)), solve_trust(votes_of(*contrary))
    assert other.trust == pytest.approx(one.trust)
    assert other.goodness == pytest.approx(-one.goodness)


def test_an_honest_newcomer_starts_low_and_time_brings_it_up() -> None:
    newcomer = [(6, target, DESERVED[target], 50.0 + 7 * target) for target in range(5)]
    now = [(days, solve_trust(votes_of(*CROWD, *newcomer[:votes])).trust[6]) for days, votes in ((50, 1), (78, 5))]
    (_, at_first), (_, later) = now
    assert 0.1 < at_first < 0.2
    assert later > 2 * at_first


def test_who_contradicts_the_crowd_is_trusted_less_and_both_opinions_agree() -> None:
    liar = [(6, target, -DESERVED[target], 10.0 * target) for target in range(5)]
    solution = solve_trust(votes_of(*CROWD, *liar))
    assert solution.trust[6] < solution.trust[0] / 4
    assert solution.second_opinion[6] < 0.05
    assert solution.disagreement.tolist() == [0] * 7


def test_opinions_disagree_where_one_leans_to_honest_and_the_other_away_from_it() -> None:
    mild_but_often_wrong = [(6, target, -0.4 * DESERVED[target], 10.0 * target) for target in range(5)]
    solution = solve_trust(votes_of(*[(v, t, 0.3 * said, day) for v, t, said, day in CROWD], *mild_but_often_wrong))
    assert solution.fairness[6] > 0.5 > solution.second_opinion[6]
    lean = min(solution.fairness[6] - 0.5, 0.5 - solution.second_opinion[6])
    assert solution.disagreement[6] == pytest.approx(2 * lean)
    assert solution.disagreement[:6].tolist() == [0] * 6


def test_who_votes_in_a_hurry_is_trusted_less_than_who_votes_the_same_with_time() -> None:
    hurried = [(6, target, DESERVED[target], 40.0 + target / 1440) for target in range(5)]
    solution = solve_trust(votes_of(*CROWD, *hurried))
    assert solution.trust[6] < solution.trust[0] / 2
    without = solve_trust(votes_of(*CROWD, *hurried), by_behaviour=False)
    assert without.trust[6] == pytest.approx(without.trust[0])


def test_without_deviation_only_times_count() -> None:
    liar = [(6, target, -DESERVED[target], 10.0 * target) for target in range(5)]
    solution = solve_trust(votes_of(*CROWD, *liar), by_deviation=False)
    assert solution.trust[6] == solution.trust[0]
    assert solution.trust == pytest.approx(np.sqrt(solution.behaviour))


def test_goodness_follows_the_trusted_and_not_the_many() -> None:
    mob = [(voter, 0, -1.0, 41.0) for voter in range(6, 30)]
    assert solve_trust(votes_of(*CROWD, *mob)).goodness[0] > 0


def test_a_time_before_the_last_vote_is_refused() -> None:
    with pytest.raises(ValueError, match="before the last vote"):
        solve_trust(votes_of(*CROWD), 39 * DAY)


def test_no_votes_at_all_leave_everybody_a_newcomer() -> None:
    solution = solve_trust(votes_of(voters=2, targets=1), DAY)
    assert solution.trust.tolist() == [1 / 8, 1 / 8]
    assert solution.goodness.tolist() == [0]
