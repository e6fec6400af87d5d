"""Evidence, added up so that it fades with time and need not be written anew.

An event counts half after its component's half-life. What is kept is *grown* instead, to what it weighs at a fixed
moment, and what is read fades back: sums stay as they are until evidence comes. Time alone multiplies good and bad by
one factor, without a window at whose edge anything could jump. Sums are exact before they are rounded once, so the
order of events doesn't matter, nor how they are dealt out to several messages.

There is no window that adapts to the number of orders, as eBay's does (three months from 400 orders on, else twelve).
There, the 400th order drops nine months of others, and one more sale may lower a score, or one more defect raise it;
and with two half-lives that blend, silence does. On real sellers' quarters it also told the next quarter no better:
what seldom happens has a longer half-life instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from functools import lru_cache
from math import fsum
from typing import Final, TypeAlias

from zhengpin.domain.supplier_score import DailyEvidence, EvidenceSums, Measure
from zhengpin.suppliers.score.standards import PLACE, STANDARDS, WORTHS

EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The moment to which evidence grows. Sums overflow a thousand half-lives after it, about 2270."""
NO_EVIDENCE: Final = EvidenceSums((0.0,) * len(STANDARDS), (0.0,) * len(STANDARDS))

Counts: TypeAlias = tuple[float, float]
"""Good and bad ones of a component, as they weigh after their age."""


def sum_evidence(evidence: Iterable[DailyEvidence], until: date) -> EvidenceSums:
    """Add up the evidence of one supplier up to and including a day (UTC); what is dated later doesn't count yet."""
    days: dict[tuple[date, Measure], tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for each in evidence:
        if each.day <= until:
            goods, bads = days[each.day, each.measure]
            goods.append(each.good)
            bads.append(each.bad)
    good: list[list[float]] = [[] for _ in STANDARDS]
    bad: list[list[float]] = [[] for _ in STANDARDS]
    for (day, measure), (goods, bads) in days.items():
        worth = WORTHS[measure]
        place = PLACE[worth.component]
        grown = 2.0 ** ((datetime.combine(day, time(), UTC) - EPOCH) / STANDARDS[place].half_life)
        good[place].append(fsum(goods) * worth.good * grown)
        bad[place].append(fsum(bads) * worth.bad * grown)
    return EvidenceSums(tuple(map(fsum, good)), tuple(map(fsum, bad)))


def fade(sums: EvidenceSums, now: datetime) -> tuple[Counts, ...]:
    """What the evidence is worth now, by component."""
    return tuple((good * left, bad * left) for good, bad, left in zip(sums.good, sums.bad, left_over(now), strict=True))


@lru_cache(maxsize=16)
def left_over(now: datetime) -> tuple[float, ...]:
    """What a grown sum of 1 is worth now, by component."""
    return tuple(2.0 ** ((EPOCH - now) / standard.half_life) for standard in STANDARDS)
