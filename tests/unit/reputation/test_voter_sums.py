import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots import Ballot, a_steady_crowd, ballots, votes_of
from zhengpin.reputation.behaviour import DAY
from zhengpin.reputation.fairness import SETTLED, one_round
from zhengpin.reputation.strangers import Strangers
from zhengpin.reputation.trust import solve_trust
from zhengpin.reputation.voter_sums import TargetSums, newcomer, sums_after

DESERVED = (1.0, 1.0, -1.0, 1.0, -1.0)
CROWD = a_steady_crowd(6, 5, DESERVED)


@given(ballots(), st.sampled_from((-1.0, 0.3, 1.0)))
def test_one_more_vote_brings_what_a_solve_finds_while_others_are_trusted_as_before(
    rows: list[Ballot], opinion: float
) -> None:
    *before, (voter, target, _, day) = sorted(rows, key=lambda each: each[3])
    known = votes_of(*before, voters=8, targets=6)
    solution = solve_trust(known, day * DAY)
    after = sums_after(solution.voter(voter), solution.target(target), opinion, day * DAY)

    more = votes_of(*before, (voter, target, opinion, day), voters=8, targets=6)
    step = one_round(more, solution.trust**2, Strangers.of(more))
    assert after.proven == pytest.approx(step.proven[voter], abs=20 * SETTLED)
    assert after.agreed == pytest.approx(step.agreed[voter], abs=20 * SETTLED)
    prior = solve_trust(more, day * DAY).behaviour[voter]
    assert after.trust_at(day * DAY) == pytest.approx(np.sqrt(prior) * step.fairness[voter], abs=20 * SETTLED)


def test_votes_followed_one_by_one_end_near_the_next_solve() -> None:
    solution = solve_trust(votes_of(*CROWD, targets=5), 50 * DAY)
    targets = [solution.target(number) for number in range(5)]
    voter, later = newcomer(60 * DAY), []
    for target, opinion in enumerate(DESERVED):
        at = (60 + 5 * target) * DAY
        voter = sums_after(voter, targets[target], opinion, at)
        targets[target] = targets[target].plus(voter.trust_at(at), opinion)
        later.append((6, target, opinion, 60.0 + 5 * target))
    solved = solve_trust(votes_of(*CROWD, *later), 80 * DAY)
    assert voter.trust_at(80 * DAY) == pytest.approx(solved.trust[6], abs=0.03)
    assert voter.trust_at(80 * DAY) > 3 * newcomer(0).trust_at(0)


@given(ballots(), st.floats(0, 1), st.booleans())
def test_to_say_what_all_others_say_never_lowers_fairness(rows: list[Ballot], backing: float, warns: bool) -> None:
    votes = votes_of(*rows)
    voter = solve_trust(votes).voter(votes.voter[0])
    opinion = -1.0 if warns else 1.0
    after = sums_after(voter, TargetSums(backing, backing * opinion), opinion, 500 * DAY)
    assert (0.5 + after.agreed) / (1 + after.proven) >= (0.5 + voter.agreed) / (1 + voter.proven) - 1e-12


@given(ballots())
def test_to_agree_after_no_shorter_a_pause_than_usual_never_lowers_trust(rows: list[Ballot]) -> None:
    votes = votes_of(*rows)
    voter = solve_trust(votes).voter(votes.voter[0])
    longest = 401 * DAY
    at = voter.conduct.last_at + longest
    after = sums_after(voter, TargetSums(2.0, 2.0), 1.0, at)
    assert after.trust_at(at) >= voter.trust_at(at) - 1e-12
