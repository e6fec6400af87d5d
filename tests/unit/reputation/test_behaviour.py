from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given

from ballots import Ballot, ballots, votes_of
from zhengpin.reputation.behaviour import DAY, TOLD_WITHIN, Conduct, Floats, conduct_after, conduct_of, told_late


def conduct(*days: float, now: float) -> Conduct[Floats]:
    """Sums of one voter who voted on these days."""
    votes = votes_of(*((0, target, 1.0, day) for target, day in enumerate(days)), voters=1)
    return conduct_of(votes.in_order(), now * DAY)


def test_the_evidence_is_that_of_the_formulas() -> None:
    found = conduct(0, 0.5, 2, 30, now=60)
    assert found.tenure(60 * DAY).item() == pytest.approx(60 / 90)
    assert found.span.item() == pytest.approx(30 / 60)
    assert found.tempo.item() == pytest.approx((0 + 0.5 / 1.5 + 1.5 / 2.5 + 28 / 29) / 4)
    assert found.spread.item() == pytest.approx(1 - (2**2 + 1 + 1) / 4**2)
    each = (found.tenure(60 * DAY), found.span, found.tempo, found.spread)
    assert found.prior(60 * DAY).item() == pytest.approx(np.prod([(1 + e.item()) / 2 for e in each]))


@pytest.mark.parametrize("days", [(), (7.0,)])
def test_a_newcomer_starts_at_a_sixteenth_whether_it_has_just_voted_or_not_yet(days: tuple[float, ...]) -> None:
    assert conduct(*days, now=7).prior(7 * DAY).item() == 1 / 16


def test_time_alone_brings_one_vote_no_further_than_an_eighth() -> None:
    assert conduct(0, now=10_000).prior(10_000 * DAY).item() == pytest.approx(1 / 8, rel=0.01)


def test_a_hundred_votes_in_an_hour_are_worth_hardly_more_than_one() -> None:
    hurried = conduct(*(minute / 1440 for minute in range(60)), now=1).prior(DAY).item()
    patient = conduct(*range(60), now=60).prior(60 * DAY).item()
    assert hurried < 0.07
    assert patient > 0.4


@given(ballots())
def test_the_prior_of_anybody_lies_between_a_sixteenth_and_one(rows: list[Ballot]) -> None:
    prior = conduct_of(votes_of(*rows, voters=9).in_order(), 400 * DAY).prior(400 * DAY)
    assert ((prior >= 1 / 16 - 1e-12) & (prior <= 1)).all()


@given(ballots(most_voters=1, most_targets=30))
def test_sums_that_follow_vote_by_vote_are_those_of_all_votes(rows: list[Ballot]) -> None:
    followed = Conduct(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for _, _, _, day in sorted(rows, key=lambda each: each[3]):
        followed = conduct_after(followed, day * DAY)
    found = conduct_of(votes_of(*rows).in_order(), 400 * DAY)
    assert astuple(followed) == pytest.approx([column.item() for column in astuple(found)])


@pytest.mark.parametrize(("days", "late"), [(-0.01, 0), (0, 0), (2, 0), (2.5, 0.5), (700, 698)])
def test_a_vote_may_be_told_two_days_after_it_was_cast(days: float, late: float) -> None:
    assert TOLD_WITHIN == 2 * DAY
    assert told_late(500 * DAY, (500 + days) * DAY) == pytest.approx(late * DAY)


def test_a_vote_that_comes_late_counts_as_cast_with_the_last_one() -> None:
    last = conduct_after(conduct_after(Conduct(0.0, 0.0, 0.0, 0.0, 0.0, 0.0), 0.0), 3 * DAY)
    late = conduct_after(last, 2 * DAY)
    assert (late.votes, late.last_at, late.unhurried) == (3, last.last_at, last.unhurried)
