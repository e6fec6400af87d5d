"""What audits and samples find: as much as fits the truth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from zhengpin.simulation.records import Fields, day
from zhengpin.simulation.suppliers.tale import Subject, Tale
from zhengpin.suppliers.sampling_plan import plan_for

_AUDITED_KINDS = frozenset({"factory", "brand"})
_AUDIT_DAYS = 900
_SAMPLE_DAYS = 365
_PERCENT = 100
_PASSED = 60
"""The mark from which on an auditor certifies; BSCI's own grades are given in percent."""
_SMALLEST_LOT, _LARGEST_LOT = 91, 35_000
_MAJOR_LIMIT = 2.5
"""In percent: the usual acceptance quality limit of major defects."""


def audits(subject: Subject) -> Iterator[Tale]:
    """Audits of makers; some are out of date by now."""
    plan, now = subject.plan.quality, subject.quarter.world.now
    if subject.seller.kind not in _AUDITED_KINDS or subject.throw("audited") >= plan.audited:
        return
    dice = subject.dice("audits")
    for scheme in ("amfori BSCI", "ISO 9001")[: dice.randint(1, 2)]:
        mark = min(max(round(dice.gauss(plan.marks[subject.sort], plan.marks_spread)), 0), _PERCENT)
        grade = f"{mark} %" if scheme == "amfori BSCI" else "passed" if mark >= _PASSED else "failed"
        days_ago = subject.long_ago(dice, _AUDIT_DAYS)
        report = subject.quarter.world.chance.sha256(f"{subject.seller.path}/audit/{scheme}")
        told = {"scheme": scheme, "grade": grade, "auditedOn": day(now - timedelta(days=days_ago))}
        yield Tale(days_ago, {"audit": told | {"documentSha256": report}})


def samples(subject: Subject) -> Iterator[Tale]:
    """Samples of lots of one supplier, whose defects lie about its own level."""
    plan = subject.plan.quality
    if subject.throw("sampled") >= subject.of(plan.sampled):
        return
    dice = subject.dice("samples")
    level = dice.lognormvariate(0, plan.spread)
    rates = [min(subject.of(rate) * level, 1 / 2) for rate in (plan.critical, plan.major, plan.minor)]
    for _ in range(dice.randint(*plan.lots)):
        yield Tale(subject.long_ago(dice, _SAMPLE_DAYS), {"sample": _sample(dice, plan.lot, rates)})


def _sample(dice: Random, usual_lot: float, rates: list[float]) -> Fields:
    """One lot, inspected as the standard asks for; each unit counts once, by its worst defect."""
    lot = min(max(round(usual_lot * dice.lognormvariate(0, 1)), _SMALLEST_LOT), _LARGEST_LOT)
    due = plan_for(lot, _MAJOR_LIMIT)
    assert due is not None, "the lot lies within the table"
    left, found = due.sample_size, []
    for rate in rates:
        found.append(sum(dice.random() < rate for _ in range(left)))
        left -= found[-1]
    counts = dict(zip(("critical", "major", "minor"), found, strict=True))
    return {
        "lotSize": str(lot),
        "sampleSize": due.sample_size,
        **{name: count for name, count in counts.items() if count},
    }
