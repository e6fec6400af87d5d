"""Drips: a cumulative sum that begins anew wherever nothing is going on."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_votes import DAY, MadeVotes
from zhengpin.reputation.alarms import Alarm
from zhengpin.reputation.drips import _cumulative, drip_alarms, usual_a_day
from zhengpin.reputation.timeline import Timeline
from zhengpin.reputation.usual import Usual


def alarms_in(made: MadeVotes) -> tuple[Timeline, list[Alarm]]:
    columns = made.columns()
    timeline = Timeline.of(columns.votes)
    usual = Usual.of(timeline, columns.bought[timeline.rows])
    return timeline, list(drip_alarms(timeline, usual_a_day(timeline, usual.daily)))


@given(st.lists(st.tuples(st.floats(-5, 2), st.booleans()), max_size=60))
def test_the_sum_is_that_of_a_plain_loop(steps: list[tuple[float, bool]]) -> None:
    evidence = np.array([step for step, _ in steps])
    begins = np.array([begin or place == 0 for place, (_, begin) in enumerate(steps)], dtype=np.bool_)
    total, since = _cumulative(evidence, begins)
    current = 0.0
    for place, step in enumerate(evidence):
        if begins[place]:
            current = 0.0
        current = max(current + step, step)
        assert total[place] == pytest.approx(current, abs=1e-6)
        assert since[place] <= place
        assert not begins[since[place] + 1 : place + 1].any()


def test_a_few_votes_more_every_day_for_weeks_are_an_alarm() -> None:
    made = MadeVotes()
    for target in range(10):
        made.usual(target, a_day=0.2)
    made.spread(made.strangers(30), 4, 150, 50, recommend=0.0, bought=0.3)
    timeline, alarms = alarms_in(made)
    (alarm,) = (each for each in alarms if timeline.side[each.first] == 4 * 2)
    days = timeline.at[[alarm.first, alarm.after_last - 1]] / DAY
    assert 120 <= days[0] <= 165
    assert 185 <= days[1] <= 230


def test_steady_votes_are_no_alarm() -> None:
    made = MadeVotes()
    for target in range(20):
        made.usual(target, a_day=0.3)
    _, alarms = alarms_in(made)
    assert alarms == []


def test_alarms_do_not_overlap_and_lie_within_one_side() -> None:
    made = MadeVotes()
    for target in range(10):
        made.usual(target, a_day=0.2)
        made.spread(made.strangers(30), target, 100 + 10 * target, 30, recommend=0.5, bought=0.3)
    timeline, alarms = alarms_in(made)
    assert len(alarms) >= 10
    assert all(one.after_last <= other.first for one, other in pairwise(alarms))
    assert all(len(set(timeline.side[each.first : each.after_last].tolist())) == 1 for each in alarms)
