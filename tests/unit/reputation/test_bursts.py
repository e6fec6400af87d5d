"""Bursts: what a target's own past, new or old, does not explain."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from made_votes import DAYS, MadeVotes
from zhengpin.reputation.bursts import ALARM_CHANCE, RecentCounts, burst_alarms, burst_now
from zhengpin.reputation.timeline import Timeline
from zhengpin.reputation.usual import Usual, UsualRates

USUAL = UsualRates(0.4, 7.5)


def alarmed_targets(made: MadeVotes) -> set[int]:
    columns = made.columns()
    timeline = Timeline.of(columns.votes)
    alarms = burst_alarms(timeline, Usual.of(timeline, columns.bought[timeline.rows]))
    return {int(timeline.side[alarm.first]) // 2 for alarm in alarms}


def a_quiet_market(targets: int = 10) -> MadeVotes:
    made = MadeVotes()
    for target in range(targets):
        made.usual(target, a_day=0.2)
    return made


@pytest.mark.parametrize(("now", "before", "weeks"), [(8, 0, 0), (12, 3, 4), (40, 90, 4), (9, 0, 2)])
def test_the_chance_is_that_of_a_negative_binomial_count(now: int, before: int, weeks: int) -> None:
    rate = 1 + weeks
    expected = nbinom.sf(now - 1, USUAL.shape / USUAL.rate + before, rate / (rate + 1))
    assert burst_now(RecentCounts(now, before, weeks), USUAL) == pytest.approx(expected)


def test_a_new_target_is_judged_by_what_is_usual_for_others() -> None:
    assert burst_now(RecentCounts(9, 0, 0), USUAL) < ALARM_CHANCE
    assert burst_now(RecentCounts(9, 0, 0), UsualRates(2.0, 0.5)) > ALARM_CHANCE


def test_few_votes_are_no_burst_however_unusual() -> None:
    assert burst_now(RecentCounts(7, 0, 4), USUAL) == 1.0


@given(now=st.integers(8, 500), before=st.integers(0, 500), weeks=st.integers(0, 4), lively=st.floats(1, 5))
def test_one_more_vote_is_never_more_usual_and_a_livelier_past_never_less(
    now: int, before: int, weeks: int, lively: float
) -> None:
    chance = burst_now(RecentCounts(now, before, weeks, lively), USUAL)
    assert burst_now(RecentCounts(now + 1, before, weeks, lively), USUAL) <= chance
    assert burst_now(RecentCounts(now, before + 1, weeks, lively), USUAL) >= chance
    assert burst_now(RecentCounts(now, before, weeks, lively * 1.5), USUAL) >= chance


def test_many_votes_of_one_hour_and_of_one_day_are_alarms() -> None:
    made = a_quiet_market()
    made.spread(made.strangers(10), 2, 150, 0.02, recommend=1.0, bought=0.5)
    made.spread(made.strangers(14), 5, 200, 0.9, recommend=0.0, bought=0.5)
    assert alarmed_targets(made) == {2, 5}


def test_warnings_that_drown_in_praise_are_alarms() -> None:
    made = a_quiet_market()
    made.spread(made.strangers(20 * DAYS), 2, 0, DAYS, recommend=0.95, bought=0.5)
    made.spread(made.strangers(14), 2, 150, 0.2, recommend=0.0, bought=0.5)
    assert alarmed_targets(made) == {2}


def test_what_happens_every_week_is_no_burst() -> None:
    made = a_quiet_market()
    for week in range(DAYS // 7):
        made.spread(made.strangers(25), 2, week * 7, 0.4, recommend=0.8, bought=0.5)
    columns = made.columns()
    timeline = Timeline.of(columns.votes)
    late = [
        alarm
        for alarm in burst_alarms(timeline, Usual.of(timeline, columns.bought))
        if timeline.at[alarm.first] > timeline.began + 40 * 86_400
    ]
    assert late == []


def test_a_shopping_festival_is_no_burst() -> None:
    made = MadeVotes()
    for target in range(40):
        made.usual(target, a_day=1.0)
        made.spread(made.strangers(6), target, 150, 1.0, recommend=0.9, bought=0.5)
    quiet = MadeVotes()
    for target in range(40):
        quiet.usual(target, a_day=1.0)
    quiet.spread(quiet.strangers(9), 3, 150, 0.9, recommend=1.0, bought=0.5)
    assert alarmed_targets(made) == set()
    assert alarmed_targets(quiet) == {3}


def test_overlapping_alarms_are_one() -> None:
    made = a_quiet_market()
    made.spread(made.strangers(40), 2, 150, 1.5, recommend=1.0, bought=0.5)
    columns = made.columns()
    timeline = Timeline.of(columns.votes)
    (alarm,) = burst_alarms(timeline, Usual.of(timeline, columns.bought))
    assert alarm.after_last - alarm.first >= 40
    days = (timeline.at[alarm.first : alarm.after_last] - timeline.began) / 86_400
    assert np.ptp(days) < 3.5


def test_votes_that_were_left_out_of_the_count_make_no_usual_past() -> None:
    made = a_quiet_market()
    for week in range(6):
        made.spread(made.strangers(25), 2, 100 + week * 7, 0.4, recommend=0.0, bought=0.0)
    columns = made.columns()
    votes = columns.votes
    gangs = (votes.target == 2) & (votes.opinion < 0) & (votes.at < 135.5 * 86_400)
    last = float(votes.at[gangs].max())
    counted = ~gangs | (votes.at > last - 86_400)
    found = []
    for some in (None, counted):
        timeline = Timeline.of(votes, some)
        alarms = burst_alarms(timeline, Usual.of(timeline, columns.bought[timeline.rows]))
        found.append(sum(timeline.at[alarm.first] <= last <= timeline.at[alarm.after_last - 1] for alarm in alarms))
    assert found == [0, 1]
