import numpy as np
import pytest
from hypothesis import given

from ballots import Ballot, a_steady_crowd, ballots, votes_of
from zhengpin.reputation.belief import ERROR, believe


def test_a_single_vote_is_believed_as_the_table_says() -> None:
    recommended = believe(votes_of((0, 0, 1.0, 0)))
    if_good, if_bad = (1 - ERROR) + 2 * ERROR, ERROR + (1 - 2 * ERROR)
    assert recommended.good.item() == pytest.approx(if_good / (if_good + if_bad), abs=0.01)
    if_honest, if_fraud = (1 - ERROR) + ERROR, 2 * ERROR + (1 - 2 * ERROR)
    assert recommended.honest.item() == pytest.approx(if_honest / (if_honest + if_fraud), abs=0.01)


def test_beliefs_are_the_exact_ones_where_votes_make_no_loop() -> None:
    ballots = ((0, 0, 1.0, 0), (1, 0, 1.0, 0), (2, 0, -1.0, 0), (2, 1, 1.0, 0), (3, 1, 1.0, 0))
    exact_honest, exact_good = by_enumeration(ballots, voters=4, targets=2)
    belief = believe(votes_of(*ballots))
    assert belief.honest == pytest.approx(exact_honest, abs=0.01)
    assert belief.good == pytest.approx(exact_good, abs=0.01)


def by_enumeration(rows: tuple[Ballot, ...], voters: int, targets: int) -> tuple[list[float], list[float]]:
    """Every way in which voters may be honest and targets good, weighed by the chance of these votes."""
    honest, good, total = np.zeros(voters), np.zeros(targets), 0.0
    for case in range(2 ** (voters + targets)):
        bits = [bool(case >> bit & 1) for bit in range(voters + targets)]
        chance = 1.0
        for voter, target, opinion, _ in rows:
            recommends = TABLE[bits[voter], bits[voters + target]]
            chance *= recommends if opinion > 0 else 1 - recommends
        honest += chance * np.array(bits[:voters])
        good += chance * np.array(bits[voters:])
        total += chance
    return (honest / total).tolist(), (good / total).tolist()


TABLE = {(True, True): 1 - ERROR, (True, False): ERROR, (False, True): 2 * ERROR, (False, False): 1 - 2 * ERROR}
"""How probable it is that a voter, honest or not, recommends a target, good or not."""


def test_who_says_the_opposite_of_a_crowd_is_believed_a_fraud() -> None:
    deserved = (1.0, 1.0, -1.0, 1.0, -1.0)
    liar = [(6, target, -deserved[target], 0.0) for target in range(5)]
    belief = believe(votes_of(*a_steady_crowd(6, 5, deserved), *liar))
    assert (belief.honest[:6] > 0.95).all()
    assert belief.honest[6] < 0.05
    assert (belief.good > 0.5).tolist() == [opinion > 0 for opinion in deserved]


def test_an_opinion_of_nothing_moves_nobody() -> None:
    belief = believe(votes_of((0, 0, 0.0, 0), (1, 0, 0.0, 0)))
    assert belief.honest.tolist() == [0.5, 0.5]
    assert belief.good.tolist() == [0.5]


@given(ballots())
def test_beliefs_are_probabilities_and_who_said_nothing_is_unknown(rows: list[Ballot]) -> None:
    belief = believe(votes_of(*rows, voters=9, targets=7))
    for believed in (belief.honest, belief.good):
        assert ((believed > 0) & (believed < 1)).all()
        assert believed[-1] == 0.5
