"""Who votes: company, unity, voices, and who was hired beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.reputation.batches import Batches, calendars
from zhengpin.reputation.company import VoteTraits, in_company, silent_before
from zhengpin.reputation.hirelings import hired_too
from zhengpin.reputation.silence import Silence
from zhengpin.reputation.timeline import DAY, Timeline
from zhengpin.reputation.unity import CircleUnity
from zhengpin.reputation.usual import Usual, UsualRates
from zhengpin.reputation.voices import chance_of_such_unity
from zhengpin.reputation.vote_columns import VoteColumns

USUAL = Usual(UsualRates(0.4, 180), UsualRates(0.4, 7.5), bought=0.4, recommended=0.8)
AT = 1000 * DAY


def votes_of(
    circles: Sequence[int],
    bought: Sequence[int] | None = None,
    registered: Sequence[float] | None = None,
    first: Sequence[int] | None = None,
    families: Sequence[int] | None = None,
) -> VoteTraits:
    """Votes by voters of these circles; unless told otherwise without purchases, by voters registered far apart."""
    count = len(circles)
    return VoteTraits(
        np.array(circles),
        np.array(circles if families is None else families),
        np.array(registered if registered is not None else 10.0 * np.arange(count)) * DAY,
        np.full(count, AT),
        np.array(bought if bought is not None else [0] * count, dtype=np.bool_),
        np.zeros(count, dtype=np.bool_),
        np.array(first if first is not None else [0] * count, dtype=np.bool_),
    )


NOBODY = votes_of([])


def test_three_of_one_circle_among_few_are_company_and_two_are_not() -> None:
    votes = votes_of([7, 7, 7, 1, 2, 3])
    assert in_company(votes, NOBODY, USUAL).tolist() == [True] * 3 + [False] * 3
    assert not in_company(votes_of([7, 7, 1, 2, 3]), NOBODY, USUAL).any()


def test_a_circle_that_always_votes_on_the_target_is_no_company() -> None:
    votes = votes_of([7, 7, 7, 1, 2, 3])
    assert not in_company(votes, votes_of([7] * 20 + list(range(100, 120))), USUAL).any()


def test_a_circle_that_bought_the_goods_is_no_company() -> None:
    circles = [7] * 8 + [1, 2]
    assert in_company(votes_of(circles, bought=[1, 0, 0, 0, 0, 0, 0, 0, 0, 0]), NOBODY, USUAL).sum() == 8
    assert not in_company(votes_of(circles, bought=[1, 1, 1, 1, 1, 0, 0, 0, 0, 0]), NOBODY, USUAL).any()


def test_purchases_make_a_large_circle_less_suspicious_and_not_innocent() -> None:
    assert in_company(votes_of([7] * 24, bought=[1] * 24), NOBODY, USUAL).all()
    assert not in_company(votes_of([7] * 16, bought=[1] * 16), NOBODY, USUAL).any()


def test_a_batch_is_company_also_if_the_calendar_cuts_it_in_two() -> None:
    known = replace(USUAL, batches=calendars(np.arange(0, 900, 0.5) * DAY))
    for begins in np.linspace(300, 303, 7):
        registered = [begins, begins + 0.5, begins + 1.0, begins + 1.4, 10, 200]
        company = in_company(votes_of(range(6), registered=registered), NOBODY, known)
        assert company.tolist() == [True] * 4 + [False] * 2


def test_a_batch_says_nothing_where_it_is_not_known_when_others_registered() -> None:
    assert not in_company(votes_of(range(4), registered=[300.0] * 4), NOBODY, USUAL).any()


def test_newcomers_of_one_day_came_for_the_event() -> None:
    known = replace(USUAL, batches=calendars(np.arange(0, 1000, 0.5) * DAY))
    assert not in_company(votes_of(range(9), registered=[999.5] * 9), NOBODY, known).any()


def test_a_chain_of_people_each_invited_by_the_one_before_is_company_where_families_are_small() -> None:
    chain = votes_of(range(20), families=[7] * 18 + [1, 2])
    assert in_company(chain, NOBODY, replace(USUAL, largest_family=0.01)).tolist() == [True] * 18 + [False] * 2


def test_friends_and_their_host_are_one_circle_and_no_family_reunion() -> None:
    friends = votes_of([7] * 4 + [8, *range(20, 35)], bought=[1, 1] + [0] * 18, families=[1] * 5 + list(range(20, 35)))
    assert not in_company(friends, NOBODY, replace(USUAL, largest_family=0.001)).any()


def test_a_family_is_no_company_where_half_of_all_are_one_or_the_newcomers_came_for_the_event() -> None:
    crowd = votes_of(range(40), families=[7] * 24 + list(range(100, 116)))
    assert not in_company(crowd, NOBODY, replace(USUAL, largest_family=0.5)).any()
    assert not in_company(crowd, NOBODY, USUAL).any()
    assert not in_company(crowd, votes_of(range(200, 300)), USUAL).any()
    friends = votes_of(range(20), registered=[999.5] * 20, families=[7] * 20)
    assert not in_company(friends, NOBODY, replace(USUAL, largest_family=0.01)).any()


def test_a_burst_of_voters_who_were_all_silent_is_company() -> None:
    silent = votes_of(range(20), first=[1] * 18 + [0, 0])
    assert silent_before(silent, Silence.always(0.1)).tolist() == [True] * 18 + [False] * 2


def test_a_burst_is_no_company_that_has_as_many_silent_voters_as_others() -> None:
    crowd = votes_of(range(200), registered=range(200), first=[1] * 110 + [0] * 90)
    assert not silent_before(crowd, Silence.always(0.1)).any()


def test_first_votes_say_nothing_where_most_are_silent_or_it_is_not_known() -> None:
    all_silent = votes_of(range(20), first=[1] * 20)
    assert not silent_before(all_silent, Silence.always(0.9)).any()
    assert not silent_before(all_silent, USUAL.silence).any()


def test_silent_voters_who_registered_for_the_event_or_bought_the_goods_are_no_company() -> None:
    known = Silence.always(0.1)
    assert not silent_before(votes_of(range(20), registered=[999.5] * 20, first=[1] * 20), known).any()
    assert not silent_before(votes_of(range(20), bought=[1] * 20, first=[1] * 20), known).any()


def test_the_silent_are_counted_among_the_registered_or_among_the_votes_of_late_whichever_are_more() -> None:
    registered, first_at = np.zeros(100), np.r_[np.arange(10.0, 60.0), [np.inf] * 50] * DAY
    voted_at = np.r_[np.arange(10.0, 60.0), np.repeat(90.0, 30), np.repeat(200.0, 200)] * DAY
    first = np.arange(len(voted_at)) < 50
    silence = Silence.of(registered, first_at, voted_at, first)
    assert silence.on(0.0) == pytest.approx(1.0)
    assert silence.on(50.5 * DAY) == pytest.approx(1.0)
    assert silence.on(250 * DAY) == pytest.approx(51 / 101)
    busy = Silence.of(registered[:50], first_at[:50], voted_at, first)
    assert busy.on(250 * DAY) == pytest.approx(1 / 51)


def test_large_batches_are_remembered_with_their_shares() -> None:
    batches = Batches.seen(0.0, np.array([0.5] * 300 + [10.0 + each for each in range(0, 7000, 10)]) * DAY)
    asked = batches.of(np.array([0.5, 100.0]) * DAY)
    assert batches.share(asked).tolist() == [0.3, 0.0]


@given(st.integers(0, 30), st.floats(0.01, 50))
def test_less_dissent_is_never_more_likely(dissenting: int, expected: float) -> None:
    chance = chance_of_such_unity(dissenting, expected)
    assert 0 <= chance <= chance_of_such_unity(dissenting + 1, expected) <= 1
    assert chance_of_such_unity(dissenting, expected + 1) <= chance


def test_of_votes_beside_so_many_are_honest_as_were_usual() -> None:
    nobody_bought = np.zeros(10, np.bool_)
    assert hired_too(nobody_bought, expected=1.0, bought_by_hired=0.1, bought_usually=0.4).all()
    assert not hired_too(nobody_bought, expected=9.0, bought_by_hired=0.1, bought_usually=0.4).any()
    assert not hired_too(nobody_bought, expected=20.0, bought_by_hired=0.1, bought_usually=0.4).any()


def test_a_purchase_vouches_for_a_vote_beside() -> None:
    bought = np.array([1, 0, 0, 0, 0], np.bool_)
    found = hired_too(bought, expected=2.0, bought_by_hired=0.05, bought_usually=0.4)
    assert found.tolist() == [False, True, True, True, True]


def unity(votes: Sequence[tuple[int, int, int]]) -> CircleUnity:
    """Of votes as circle, target and opinion."""
    circle, target, opinion = (np.array(column) for column in zip(*votes, strict=True))
    everyone = np.arange(len(votes), dtype=np.int32)
    made = VoteColumns(
        everyone,
        target.astype(np.int32),
        np.array(opinion, dtype=np.float64),
        np.arange(len(votes), dtype=np.float64),
        voters=len(votes),
        targets=int(target.max()) + 1,
    )
    timeline = Timeline.of(made)
    return CircleUnity.of(timeline, circle[timeline.rows])


def test_a_circle_that_speaks_with_one_voice_is_united_and_one_that_argues_is_not() -> None:
    argues = [(0, target, 1 if voter < 6 else -1) for target in range(4) for voter in range(8)]
    agrees = [(1, target, 1) for target in range(4) for _ in range(8)]
    assert unity([*argues, *agrees]).united.tolist() == [False, True]


def test_one_feint_does_not_clear_the_hired() -> None:
    assert unity([(0, 0, -1)] + [(0, 0, 1)] * 9).united.tolist() == [True]


def test_two_votes_on_a_target_say_nothing_of_a_circle() -> None:
    votes = unity([(0, target, opinion) for target in range(30) for opinion in (1, -1)])
    assert (votes.votes.tolist(), votes.united.tolist()) == ([0], [True])


def test_a_timeline_without_some_votes_keeps_the_others_where_they_were() -> None:
    everyone = np.arange(6, dtype=np.int32)
    opinion, at = np.array([1.0, -1, 1, 0, 1, -1]), np.array([5.0, 4, 3, 2, 1, 0]) * DAY
    votes = VoteColumns(everyone, np.array([0, 0, 1, 1, 0, 1], np.int32), opinion, at, voters=6, targets=2)
    timeline = Timeline.of(votes)
    assert timeline.rows.tolist() == [1, 4, 0, 5, 2]
    assert timeline.side.tolist() == [0, 1, 1, 2, 3]
    assert timeline.bounds(0) == (0, 3)
    less = timeline.without(np.array([1]))
    assert less.rows.tolist() == [1, 0, 5, 2]
    assert less.bounds(1) == (2, 4)
    assert less.count(np.array([1]), np.array([0.0]), np.array([5 * DAY])).tolist() == [1]
    assert timeline.count(np.array([1]), np.array([0.0]), np.array([5 * DAY])).tolist() == [2]


@pytest.mark.parametrize("span", [1.0, 30 * DAY])
def test_a_span_never_reaches_from_one_side_to_the_next(span: float) -> None:
    everyone = np.arange(4, dtype=np.int32)
    at = np.array([99.0, 100.0, 0.0, 1.0]) * DAY
    votes = VoteColumns(everyone, np.array([0, 0, 1, 1], np.int32), np.ones(4), at, voters=4, targets=2)
    timeline = Timeline.of(votes)
    assert timeline.until(timeline.side, timeline.at + span).max() <= 4
    assert timeline.until(np.array([1]), np.array([200 * DAY])).tolist() == [2]
    assert timeline.until(np.array([3]), np.array([-DAY])).tolist() == [2]
