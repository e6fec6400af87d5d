"""What suppliers answer for that are one company: who opens another shop leaves no record behind.

None of them stands better than its record comes to together with that of any other one of them, nor than all of their
records together come to. So a newcomer begins where the worst of them stands, and rises as what is known of both does;
that the others are good earns it nothing. It is for certain that they are one, so that nobody is punished for company.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from zhengpin.domain.scored_supplier import SupplierEvidence
from zhengpin.domain.supplier_score import SameCompany
from zhengpin.suppliers.score.records import Records

MOST_IN_PAIRS: Final = 30
"""Suppliers of one company that are compared two by two. With more, each answers for all of them together alone."""


def answering_together(
    company: Sequence[str], records: Records, points: Callable[[SupplierEvidence], int]
) -> dict[str, SupplierEvidence]:
    """The evidence of all suppliers that are one company, two at least, with what bars each.

    `points` says what evidence comes to. The order of the suppliers makes no difference.
    """
    of_all = points(records.together(company))
    known = {each: [(of_all, min(other for other in company if other != each))] for each in company}
    for one, other in combinations(company, 2) if len(company) <= MOST_IN_PAIRS else ():
        of_both = points(records.together((one, other)))
        known[one].append((of_both, other))
        known[other].append((of_both, one))
    return {each: _barred(records.of(each), known[each], len(company) - 1, points) for each in company}


def _barred(
    evidence: SupplierEvidence,
    known: Sequence[tuple[int, str]],
    others: int,
    points: Callable[[SupplierEvidence], int],
) -> SupplierEvidence:
    """The evidence with the fewest points that are known, if these are fewer than its own."""
    fewest, worst = min(known)
    same = SameCompany(others, worst, fewest if fewest < points(evidence) else None)
    return replace(evidence, blemishes=replace(evidence.blemishes, same_company=same))
