"""Brigades: what was arranged is left out, and what only looks so is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_votes import DAY, MadeColumns, MadeVotes
from zhengpin.domain.vote import WhyNotCounted
from zhengpin.reputation.brigades import Brigade, VoteAlarm, brigade_now, find_brigades
from zhengpin.reputation.bursts import ALARM_CHANCE
from zhengpin.reputation.inquiry import Inquiry
from zhengpin.reputation.timeline import HOUR
from zhengpin.reputation.usual import Usual, UsualRates
from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.reputation.voter_columns import VoterColumns

TARGETS = 12


def an_honest_market(seed: int = 1) -> MadeVotes:
    """Targets that draw a vote every few days, and are recommended by four in five."""
    made = MadeVotes(seed)
    for target in range(TARGETS):
        made.usual(target, a_day=0.15)
    return made


def found_in(made: MadeVotes) -> tuple[Brigade, ...]:
    columns = made.columns()
    return find_brigades(columns.votes, columns.voters, columns.bought)


def voters_of(made: MadeVotes, brigades: Sequence[Brigade]) -> set[int]:
    return {made.votes[row][0] for brigade in brigades for row in brigade.rows}


def test_an_honest_market_has_no_brigades() -> None:
    assert found_in(an_honest_market()) == ()


def companies(made: MadeVotes, *sizes: int) -> list[int]:
    """People whom a few others brought in."""
    return [voter for size in sizes for voter in made.company(size)]


def test_a_burst_of_people_whom_two_others_brought_in_is_left_out() -> None:
    made = an_honest_market()
    hired = companies(made, 10, 10)
    made.spread(hired, 3, 150, 0.4, recommend=0.0, bought=0.1)
    (brigade,) = found_in(made)
    assert (brigade.why, brigade.target, brigade.recommends) == (WhyNotCounted.BURST, 3, False)
    assert voters_of(made, [brigade]) == set(hired)
    assert 150 * DAY <= brigade.cast_from <= brigade.cast_until <= 150.4 * DAY


def test_the_evidence_of_a_burst_tells_what_a_person_must_know() -> None:
    made = an_honest_market()
    made.spread(companies(made, 8, 12), 3, 150, 0.4, recommend=0.0, bought=0.0)
    evidence = found_in(made)[0].evidence
    assert evidence.expected < 1
    assert evidence.chance is not None
    assert evidence.chance < ALARM_CHANCE
    assert (evidence.came_together, evidence.largest_circle) == (1.0, 12)
    assert (evidence.bought, evidence.young, evidence.group) == (0.0, 0.0, None)
    assert evidence.others_agree < 0.4
    assert evidence.one_sided > 0.9


def test_accounts_registered_in_one_batch_are_company_even_if_nobody_is_known_to_have_brought_them_in() -> None:
    made = an_honest_market()
    hired = [voter for _ in range(20) for voter in made.company(1, registered=-60, over_days=0.5)]
    made.spread(hired, 3, 150, 0.4, recommend=0.0, bought=0.1)
    assert voters_of(made, found_in(made)) == set(hired)


def test_strangers_hired_beside_a_company_are_left_out_with_it() -> None:
    made = an_honest_market()
    hired = companies(made, 8, 7) + made.strangers(5)
    made.spread(hired, 3, 150, 0.4, recommend=0.0, bought=0.0)
    assert voters_of(made, found_in(made)) == set(hired)


def a_market_of_regulars() -> tuple[MadeVotes, list[int]]:
    """An honest market with fifty people who vote on everything now and then."""
    made = an_honest_market()
    regulars = made.strangers(50)
    for target in range(TARGETS):
        made.spread(regulars, target, 0, 300, recommend=0.8, bought=0.4)
    return made, regulars


def test_a_burst_of_grown_accounts_that_never_voted_is_left_out_where_others_vote_more_than_once() -> None:
    made, _ = a_market_of_regulars()
    hired = made.strangers(70)
    made.spread(hired, TARGETS, 150, 0.04, recommend=0.0, bought=0.0)
    brigades = found_in(made)
    assert {brigade.why for brigade in brigades} == {WhyNotCounted.BURST}
    assert voters_of(made, brigades) == set(hired)


def test_a_crowd_of_regulars_newcomers_and_silent_voters_is_counted() -> None:
    made, regulars = a_market_of_regulars()
    watching = regulars[:30] + made.strangers(30) + made.newcomers(40, day=150)
    made.spread(watching, TARGETS, 150, 0.3, recommend=0.05, bought=0.1)
    assert found_in(made) == ()


def test_an_honest_crowd_after_a_programme_is_counted() -> None:
    made = an_honest_market()
    watching = made.strangers(90) + made.newcomers(60, day=150)
    made.spread(watching, 3, 150, 0.3, recommend=0.05, bought=0.1)
    assert found_in(made) == ()


def test_a_crowd_on_new_goods_is_counted_where_the_whole_market_registered_when_the_platform_moved() -> None:
    made = an_honest_market()
    made.spread(made.strangers(60), TARGETS, 150, 0.3, recommend=0.95, bought=0.1)
    made.registered = [-30.0] * len(made.registered)
    assert found_in(made) == ()


def test_a_crowd_is_counted_though_friends_and_a_family_are_in_it() -> None:
    made = an_honest_market()
    watching = made.strangers(90) + companies(made, 4, 4, 5)
    made.spread(watching, 3, 150, 0.3, recommend=0.05, bought=0.1)
    assert found_in(made) == ()


def test_a_drip_into_an_honest_crowd_takes_the_drip_alone_along() -> None:
    made = an_honest_market()
    hired = companies(made, 12, 12)
    made.spread(hired, 3, 130, 45, recommend=0.0, bought=0.1)
    crowd = made.strangers(60)
    made.spread(crowd, 3, 150, 0.3, recommend=0.1, bought=0.1)
    found = voters_of(made, found_in(made))
    assert len(found & set(hired)) >= 20
    assert not found & set(crowd)


def test_one_circle_alone_is_no_brigade_whatever_it_says() -> None:
    made = an_honest_market()
    made.spread(made.company(12), 3, 150, 0.4, recommend=0.0, bought=0.0)
    assert found_in(made) == ()


def test_followers_who_bought_what_they_were_shown_are_counted() -> None:
    made = an_honest_market()
    made.spread(made.company(30), 3, 150, 2.0, recommend=0.9, bought=0.8)
    assert found_in(made) == ()


def test_a_slow_drip_is_left_out() -> None:
    made = an_honest_market()
    hired = companies(made, 12, 12)
    made.spread(hired, 3, 120, 45, recommend=0.0, bought=0.1)
    brigades = found_in(made)
    assert {brigade.why for brigade in brigades} == {WhyNotCounted.DRIP}
    assert len(voters_of(made, brigades) & set(hired)) >= 22
    assert len(voters_of(made, brigades) - set(hired)) <= 3


def test_honest_voters_who_turn_against_what_became_worse_are_counted() -> None:
    made = an_honest_market()
    made.spread(made.strangers(40), 3, 120, 60, recommend=0.2, bought=0.3)
    assert found_in(made) == ()


def test_people_of_one_warehouse_who_do_not_agree_on_everything_are_counted() -> None:
    made = an_honest_market()
    staff = made.company(25, over_days=7)
    for target in range(8):
        made.spread(staff, target, 60, 200, recommend=0.8, bought=0.1)
    assert found_in(made) == ()


def test_a_block_of_strangers_who_work_for_many_clients_is_left_out_and_their_camouflage_counted() -> None:
    made = an_honest_market()
    hired = made.strangers(14)
    for job, target in enumerate(range(5)):
        made.spread(hired, target, 50 + 40 * job, 3, recommend=0.0, bought=0.1)
    for number, voter in enumerate(hired):
        for target in range(5 + number % 4, TARGETS, 2):
            made.spread([voter], target, 0, 300, recommend=0.8, bought=0.3)
    brigades = found_in(made)
    assert {brigade.why for brigade in brigades} == {WhyNotCounted.DENSE_BLOCK}
    assert {brigade.target for brigade in brigades} == set(range(5))
    assert set(hired) <= voters_of(made, brigades)
    group = brigades[0].evidence.group
    assert group is not None
    assert 14 <= group.voters <= 17
    assert group.windows == 5
    assert group.density > group.usual_density


def test_voters_in_lockstep_are_left_out() -> None:
    made = an_honest_market()
    hired = made.strangers(8)
    for target in range(5):
        made.spread(hired, target, 50 + 40 * target, 0.5, recommend=0.0, bought=0.0)
    brigades = found_in(made)
    assert {brigade.why for brigade in brigades} == {WhyNotCounted.LOCKSTEP}
    group = brigades[0].evidence.group
    assert group is not None
    assert group.pairs == 8 * 7 / 2


def test_friends_in_lockstep_who_bought_together_are_counted() -> None:
    made = an_honest_market()
    friends = made.company(8)
    for target in range(5):
        made.spread(friends, target, 50 + 40 * target, 0.5, recommend=0.9, bought=0.9)
    assert found_in(made) == ()


def test_strangers_in_lockstep_who_bought_together_are_counted() -> None:
    made = an_honest_market()
    buyers = made.strangers(8)
    for target in range(5):
        made.spread(buyers, target, 50 + 40 * target, 0.5, recommend=0.0, bought=0.9)
    assert found_in(made) == ()


def test_people_of_two_warehouses_who_argue_are_counted_even_while_they_agree_about_new_goods() -> None:
    made = an_honest_market()
    staff = companies(made, 12, 12)
    for target in range(8):
        made.spread(staff, target, 0, 300, recommend=0.6, bought=0.1)
    made.spread(staff, 9, 120, 45, recommend=0.0, bought=0.1)
    assert found_in(made) == ()


def test_praise_for_what_all_praise_is_counted() -> None:
    made = an_honest_market()
    made.usual(TARGETS, a_day=0.2, recommend=1.0)
    made.spread(companies(made, 12, 12), TARGETS, 120, 45, recommend=1.0, bought=0.1)
    assert found_in(made) == ()


def test_voters_who_meet_often_and_say_what_all_say_are_counted() -> None:
    made = MadeVotes()
    for target in range(TARGETS):
        made.usual(target, a_day=0.15, recommend=0.99)
    neighbours = made.strangers(14)
    for job in range(5):
        made.spread(neighbours, job, 50 + 40 * job, 3, recommend=1.0, bought=0.1)
    assert found_in(made) == ()


def test_eager_voters_who_meet_by_chance_are_counted_whatever_they_say() -> None:
    made = MadeVotes()
    eager = made.strangers(25)
    for target in range(80):
        made.usual(target, a_day=0.1)
        made.spread(eager, target, 0, 300, recommend=0.0, bought=0.0)
    assert not voters_of(made, found_in(made)) & set(eager)


def test_a_crowd_in_which_a_block_is_at_work_is_counted() -> None:
    made = an_honest_market()
    hired = made.strangers(14)
    for job in range(5):
        made.spread(hired, job, 50 + 40 * job, 3, recommend=0.0, bought=0.1)
    crowd = made.strangers(60)
    made.spread(crowd, 2, 130.5, 0.4, recommend=0.0, bought=0.1)
    found = voters_of(made, found_in(made))
    assert set(hired) <= found
    assert not found & set(crowd)


def test_no_vote_belongs_to_two_brigades() -> None:
    made = an_honest_market()
    hired = companies(made, 10, 10)
    for target in range(4):
        made.spread(hired, target, 50 + 50 * target, 0.5, recommend=0.0, bought=0.0)
    made.spread(companies(made, 10, 10), 2, 140, 30, recommend=0.0, bought=0.0)
    rows = np.concatenate([brigade.rows for brigade in found_in(made)])
    assert len(np.unique(rows)) == len(rows)


def test_the_order_of_votes_changes_nothing() -> None:
    made = an_honest_market()
    made.spread(companies(made, 10, 10), 3, 150, 0.4, recommend=0.0, bought=0.1)
    made.spread(companies(made, 10, 10), 5, 100, 40, recommend=0.0, bought=0.1)
    forth = voters_of(made, found_in(made))
    made.votes.reverse()
    assert voters_of(made, found_in(made)) == forth


def test_nothing_is_found_where_nobody_has_an_opinion() -> None:
    columns = an_honest_market().columns()
    neutral = replace(columns.votes, opinion=np.zeros(len(columns.votes)))
    assert find_brigades(neutral, columns.voters, columns.bought) == ()


def test_nothing_is_found_where_nobody_voted() -> None:
    whole, number = np.empty(0, np.int32), np.empty(0)
    none = VoteColumns(whole, whole, number, number, voters=0, targets=0)
    assert find_brigades(none, VoterColumns(number, whole), np.empty(0, np.bool_)) == ()


def test_columns_that_do_not_belong_together_are_refused() -> None:
    columns = an_honest_market().columns()
    with pytest.raises(ValueError, match="`bought` has 1"):
        find_brigades(columns.votes, columns.voters, columns.bought[:1])


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    size=st.integers(0, 40),
    days=st.floats(0.01, 60),
    together=st.booleans(),
    recommend=st.floats(0, 1),
)
def test_whatever_is_found_is_a_part_of_one_side_of_one_target(
    seed: int, size: int, days: float, *, together: bool, recommend: float
) -> None:
    made = an_honest_market(seed)
    people = companies(made, size // 2, size - size // 2) if together else made.strangers(size)
    made.spread(people, 3, 150, days, recommend=recommend, bought=0.1)
    columns = made.columns()
    for brigade in find_brigades(columns.votes, columns.voters, columns.bought):
        _check(brigade, columns)


def _check(brigade: Brigade, columns: MadeColumns) -> None:
    votes = columns.votes
    assert set(votes.target[brigade.rows].tolist()) == {brigade.target}
    assert set(votes.opinion[brigade.rows].tolist()) == {1.0 if brigade.recommends else -1.0}
    assert (votes.at[brigade.rows].min(), votes.at[brigade.rows].max()) == (brigade.cast_from, brigade.cast_until)
    evidence = brigade.evidence
    shares = (evidence.one_sided, evidence.others_agree, evidence.came_together, evidence.young, evidence.bought)
    assert all(0 <= share <= 1 for share in shares)


def test_regulars_are_never_held_to_be_hired_beside_a_company() -> None:
    made = an_honest_market()
    regulars = made.strangers(40)
    for target in range(5, 11):
        made.spread(regulars, target, 0, 140, recommend=0.8, bought=0.4)
    made.spread(regulars, 3, 150, 0.1, recommend=0.0, bought=0.0)
    hired = companies(made, 6, 6, 6, 6)
    made.spread(hired, 3, 150, 0.1, recommend=0.0, bought=0.0)
    brigades = [brigade for brigade in found_in(made) if brigade.target == 3]
    assert voters_of(made, brigades) == set(hired)


# --- when a vote comes in --------------------------------------------------------------------------------------------

USUAL = Usual(UsualRates(0.4, 180), UsualRates(0.4, 7.5), bought=0.4, recommended=0.8)


def looked_at(made: MadeVotes) -> Brigade | None:
    """What is said of the last vote."""
    columns = made.columns()
    row = int(columns.votes.at.argmax())
    return brigade_now(columns.votes, columns.voters, columns.bought, USUAL, VoteAlarm(row, HOUR, 1e-6))


def test_an_alarmed_burst_by_company_leaves_the_count_at_once() -> None:
    made = MadeVotes()
    made.usual(0, a_day=0.2)
    hired = companies(made, 8, 7)
    made.spread(hired, 0, 300, 0.03, recommend=0.0, bought=0.0)
    brigade = looked_at(made)
    assert brigade is not None
    assert voters_of(made, [brigade]) == set(hired)
    assert brigade.evidence.chance == 1e-6


def test_an_alarmed_crowd_is_counted_at_once() -> None:
    made = MadeVotes()
    made.usual(0, a_day=0.2)
    made.spread(made.strangers(40), 0, 300, 0.03, recommend=0.0, bought=0.0)
    assert looked_at(made) is None


def test_what_is_usual_is_worked_out_of_the_votes() -> None:
    columns = an_honest_market().columns()
    usual = Inquiry.into(columns.votes, columns.voters, columns.bought).usual
    assert usual.bought == pytest.approx(0.4, abs=0.06)
    assert usual.recommended == pytest.approx(0.8, abs=0.06)
    assert usual.daily.shape / usual.daily.rate == pytest.approx(0.075, rel=0.15)
    assert usual.hourly.shape / usual.hourly.rate == pytest.approx(0.075 / 24, rel=0.15)
