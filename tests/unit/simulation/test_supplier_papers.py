"""Papers of the simulated suppliers: copies come after originals, and nobody is asked in vain for years."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

import pytest

from markets import NOW
from zhengpin.simulation import Marketplace, load_parameters


@pytest.fixture(scope="module")
def market() -> Marketplace:
    return Marketplace(load_parameters(fakes=0.2, clever=0.75), seed=4, now=NOW, listings=1500)


def test_a_copied_letter_is_told_after_the_honest_one(market: Marketplace) -> None:
    honest = _of(market, "honest")
    held: defaultdict[str, list[Any]] = defaultdict(list)
    for record in market.parties():
        if "authorisation" in record:
            held[record["authorisation"]["documentSha256"]].append(record["authorisation"])
    copied = [
        letters for letters in held.values() if {each["licenseeId"] in honest for each in letters} == {True, False}
    ]
    assert len(copied) > 3
    for original, *copies in copied:
        assert original["licenseeId"] in honest
        assert all(NOW.date() >= date(**each["validFrom"]) > date(**original["validFrom"]) for each in copies)


def test_whoever_leaves_something_untold_was_asked_of_late(market: Marketplace) -> None:
    honest, details = _of(market, "honest"), defaultdict[str, list[datetime]](list)
    for record in market.supplier_facts():
        fact = record["supplier_fact"]
        if "traderDetail" in fact:
            details[fact["supplierId"]].append(datetime.fromisoformat(fact["observedAt"]))
    asked = {supplier: (NOW - min(told)).days for supplier, told in details.items() if len(told) < 9}
    assert max(asked[each] for each in asked.keys() & honest) <= 22
    assert 22 < max(asked.values()) <= 60


def _of(market: Marketplace, truth: str) -> set[str]:
    told = (record["supplier_truth"] for record in market.supplier_truths())
    return {each["supplierId"] for each in told if each["truth"] == truth}
