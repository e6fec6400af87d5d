"""Evidence adds up exactly, in any order, and fades by half-lives."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.suppliers.score.histories import HISTORIES, NOW, TODAY
from zhengpin.domain.supplier_score import ComponentName, DailyEvidence, Measure
from zhengpin.suppliers.score.standards import PLACE, STANDARDS, UNFITTED, WORTHS
from zhengpin.suppliers.score.sums import NO_EVIDENCE, fade, sum_evidence

DELIVERY, AUTHENTICITY = PLACE[ComponentName.DELIVERY], PLACE[ComponentName.AUTHENTICITY]


@given(HISTORIES, st.randoms())
def test_sums_are_the_same_in_any_order(history: list[DailyEvidence], chance: Random) -> None:
    shuffled = list(history)
    chance.shuffle(shuffled)
    assert sum_evidence(shuffled, TODAY) == sum_evidence(history, TODAY)


def test_parts_that_round_differently_add_up_alike() -> None:
    one, two, three = (DailyEvidence(TODAY, Measure.VOTES, good=each) for each in (0.1, 0.2, 0.3))
    assert sum_evidence([one, two, three], TODAY) == sum_evidence([three, two, one], TODAY)


def test_events_one_by_one_are_their_day_together() -> None:
    one_by_one = [DailyEvidence(TODAY, Measure.HANDOVERS, good=1)] * 1000
    one_by_one += [DailyEvidence(TODAY, Measure.HANDOVERS, bad=1)] * 30
    assert sum_evidence(one_by_one, TODAY) == sum_evidence([DailyEvidence(TODAY, Measure.HANDOVERS, 1000, 30)], TODAY)


def test_an_event_counts_half_after_the_half_life_of_its_component() -> None:
    for days, place, measure in ((90, DELIVERY, Measure.HANDOVERS), (365, AUTHENTICITY, Measure.ORDERS_CALLED_FAKE)):
        sums = sum_evidence([DailyEvidence(TODAY, measure, good=8)], TODAY)
        now, later = fade(sums, NOW)[place], fade(sums, NOW + timedelta(days=days))[place]
        assert later[0] == pytest.approx(now[0] / 2)


def test_sums_need_not_be_written_anew_as_time_passes() -> None:
    history = [DailyEvidence(TODAY, Measure.HANDOVERS, 10, 2)]
    then = NOW + timedelta(days=40)
    assert sum_evidence(history, TODAY) == sum_evidence(history, then.date())


def test_what_is_dated_later_does_not_count_yet() -> None:
    tomorrow = DailyEvidence(TODAY + timedelta(days=1), Measure.HANDOVERS, 10, 2)
    assert sum_evidence([tomorrow], TODAY) == NO_EVIDENCE
    assert sum_evidence([tomorrow], tomorrow.day) != NO_EVIDENCE


def test_a_complaint_nobody_has_looked_into_weighs_a_tenth_of_a_confirmed_fake() -> None:
    def bad(measure: Measure) -> float:
        return fade(sum_evidence([DailyEvidence(TODAY, measure, bad=1)], TODAY), NOW)[AUTHENTICITY][1]

    assert bad(Measure.ORDERS_CALLED_FAKE) == pytest.approx(bad(Measure.AUTHENTICITY_TESTS) / 10)


@pytest.mark.parametrize("counts", [(-1.0, 0.0), (0.0, float("nan")), (float("inf"), 0.0)])
def test_evidence_that_would_count_backwards_is_refused(counts: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match=r"handovers of 2026-03-01: good .* and bad .*: counts from 0 on"):
        DailyEvidence(TODAY, Measure.HANDOVERS, *counts)


def test_every_component_has_its_standard_and_every_measure_its_worth() -> None:
    assert [standard.name for standard in STANDARDS] == list(ComponentName)
    assert sum(standard.weight for standard in STANDARDS) == pytest.approx(1)
    assert set(WORTHS) == set(Measure)
    assert len(UNFITTED) == len(STANDARDS)
