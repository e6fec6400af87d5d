"""What others found against a supplier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from zhengpin.simulation.records import Fields, stamp
from zhengpin.simulation.suppliers.tale import Subject, Tale

_INCIDENT_DAYS = 365
_GRAVITIES = ("LOW", "MEDIUM", "HIGH")
_SETTLED_AFTER = 30
_PUT_RIGHT = 0.8
"""Share that was put right, where it is long enough ago."""


def incidents(subject: Subject) -> Iterator[Tale]:
    """Complaints of rights holders, false prices, and other violations."""
    plan = subject.plan.standing
    for kind, share in (("INFRINGEMENT", plan.infringement), ("PRICE", plan.price), ("TERMS", plan.terms)):
        if subject.throw(kind) < subject.of(share):
            yield _incident(subject, kind)


def _incident(subject: Subject, kind: str) -> Tale:
    dice, now = subject.dice(f"incident/{kind}"), subject.quarter.world.now
    days_ago = subject.long_ago(dice, _INCIDENT_DAYS)
    told: Fields = {"kind": f"INCIDENT_KIND_{kind}", "gravity": f"INCIDENT_GRAVITY_{dice.choice(_GRAVITIES)}"}
    if dice.random() < subject.of(subject.plan.standing.upheld):
        told["upheld"] = True
    if dice.random() < _PUT_RIGHT and days_ago > _SETTLED_AFTER:
        told["settledAt"] = stamp(now - timedelta(days=days_ago - _SETTLED_AFTER))
    return Tale(days_ago, {"incident": told})


def terminations(subject: Subject) -> Iterator[Tale]:
    """Who was thrown out here, and of some that another marketplace did so."""
    days_ago = min(subject.seller.age, _INCIDENT_DAYS) * subject.throw("terminated at")
    if subject.seller.background.state == "terminated":
        yield Tale(days_ago, {"termination": {"reason": "Sold fakes."}})
    elif subject.throw("terminated elsewhere") < subject.of(subject.plan.standing.terminated_elsewhere):
        yield Tale(days_ago, {"termination": {"reason": "Another marketplace ended its contract."}})
