"""Lots judged by their samples (ISO 2859-1), each as strictly as those before it ask for."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from zhengpin.domain.supplier_fact import InspectionSeverity, SampleInspection
from zhengpin.suppliers.sampling_plan import LotVerdict, SamplingPlan, judge_count, plan_for
from zhengpin.suppliers.terms import Terms


@dataclass(frozen=True, slots=True)
class JudgedLot:
    """One lot, and what its sample says."""

    sample: SampleInspection
    tightened: bool
    major: SamplingPlan | None
    minor: SamplingPlan | None
    verdict: LotVerdict


def is_possible(sample: SampleInspection) -> bool:
    """Whether the counts fit: each unit counts once, and no more are inspected than there are."""
    return sample.critical + sample.major + sample.minor <= sample.sample_size <= sample.lot_size


def judge_lots(samples: Sequence[SampleInspection], terms: Terms) -> list[JudgedLot]:
    """Judge lots in the order of their inspection, each as strictly as those before it ask for.

    Normal inspection is tightened when 2 of 5 lots in a row were rejected, and normal again when 5 in a row were
    accepted (ISO 2859-1 §9.3). A lot may be inspected more strictly than is due, not less. Open lots count neither way.
    """
    judged: list[JudgedLot] = []
    due_tightened, run = False, deque[bool](maxlen=max(terms.tightened_among, terms.normal_after_accepted))
    for sample in samples:
        lot = _judged(sample, tightened=due_tightened or sample.severity is InspectionSeverity.TIGHTENED)
        judged.append(lot)
        if lot.verdict is LotVerdict.OPEN:
            continue
        run.append(lot.verdict is LotVerdict.ACCEPTED)
        if _switches(due_tightened, run, terms):
            due_tightened = not due_tightened
            run.clear()
    return judged


def _judged(sample: SampleInspection, *, tightened: bool) -> JudgedLot:
    """Any count rejects; all have to accept. One critical defect rejects, whatever the sample."""
    major = plan_for(sample.lot_size, sample.major_limit, tightened=tightened)
    minor = plan_for(sample.lot_size, sample.minor_limit, tightened=tightened)
    found = {
        LotVerdict.REJECTED if sample.critical else LotVerdict.ACCEPTED,
        judge_count(major, sample.sample_size, sample.major),
        judge_count(minor, sample.sample_size, sample.minor),
    }
    verdict = next(each for each in (LotVerdict.REJECTED, LotVerdict.OPEN, LotVerdict.ACCEPTED) if each in found)
    return JudgedLot(sample, tightened, major, minor, verdict)


def _switches(tightened: bool, run: deque[bool], terms: Terms) -> bool:
    if tightened:
        last = list(run)[-terms.normal_after_accepted :]
        return len(last) == terms.normal_after_accepted and all(last)
    return list(run)[-terms.tightened_among :].count(False) >= terms.tightened_after_rejected
