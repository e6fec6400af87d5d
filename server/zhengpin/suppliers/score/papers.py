"""What papers and audits say of a supplier, and until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, timedelta
from typing import Final

from zhengpin.domain.brand import normalised_name
from zhengpin.domain.day import day_after
from zhengpin.domain.supplier_fact import Audit, SupplierDocument, SupplierFact
from zhengpin.domain.supplier_score import DailyEvidence
from zhengpin.suppliers.audit_schemes import BSCI, ZERO_TOLERANCE, scheme_of, worth_of
from zhengpin.suppliers.score.evidence import of_audit, of_checks
from zhengpin.suppliers.terms import Terms

_BSCI_MARKS: Final = {"A": 0.93, "B": 0.78, "C": 0.60, "D": 0.40, "E": 0.15}
"""The middle of each band of amfori BSCI; zero tolerance is worth nothing."""
_YEARS: Final = Terms().certificate_years
_MOST_SITES: Final = 3
"""Of one scheme so many sites count, those with the worst marks: what a site is, the supplier says itself."""


def of_audits(told: Iterable[tuple[SupplierFact, Audit]], today: date) -> Iterator[DailyEvidence]:
    """What the latest audits by today of each scheme say, by site: of those at most `_MOST_SITES`.

    One by an unknown scheme, or with a grade that its scheme does not give, says nothing and takes nobody's place.
    """
    latest: defaultdict[str, dict[str, tuple[float, date]]] = defaultdict(dict)
    for _, audit in sorted(told, key=lambda each: (each[1].audited_on, each[0].fact_id)):
        mark = _mark_of(audit)
        if mark is not None and audit.audited_on <= today:
            latest[scheme_of(audit.scheme)][normalised_name(audit.site)] = mark, audit.audited_on
    for sites in latest.values():
        for mark, day in sorted(sites.values())[:_MOST_SITES]:
            yield of_audit(day, mark)


def zero_tolerance_of(told: Iterable[tuple[SupplierFact, Audit]], today: date) -> tuple[str, ...]:
    """The audits by today that found what is never tolerated, unless a later one of their scheme was passed."""
    worths = [(audit.audited_on, worth_of(audit, _YEARS), fact.fact_id) for fact, audit in told]
    known = [(day, worth, fact_id) for day, worth, fact_id in worths if worth is not None and day <= today]
    passed = {worth.scheme: date.min for _, worth, _ in known}
    for day, worth, _ in known:
        if worth.years:
            passed[worth.scheme] = max(passed[worth.scheme], day)
    found = (each for each in known if each[1].grade == ZERO_TOLERANCE and each[0] >= passed[each[1].scheme])
    return tuple(sorted(fact_id for _, _, fact_id in found))


def of_documents(told: Iterable[tuple[SupplierFact, SupplierDocument]], today: date) -> Iterator[DailyEvidence]:
    """What the latest paper of each kind says, category and brand apart: verified and in force, or edited or over.

    A paper that nobody has verified says nothing. One that was handed in for many categories or brands is one paper: it
    counts once, and for the worst that was found of it.
    """
    found: defaultdict[tuple[str, ...], list[DailyEvidence]] = defaultdict(list)
    for fact, paper in _latest(told):
        if (check := _check_of(fact, paper, today)) is not None:
            found[paper.kind, paper.sha256 or paper.number].append(check)
    for checks in found.values():
        yield max(checks, key=lambda each: (each.bad, each.day))


def _check_of(fact: SupplierFact, paper: SupplierDocument, today: date) -> DailyEvidence | None:
    handed_in = fact.observed_at.astimezone(UTC).date()
    if paper.edited:
        return of_checks(handed_in, 0, 1)
    if paper.valid_to is not None and paper.valid_to < today:
        return of_checks(max(handed_in, paper.valid_to + timedelta(days=1)), 0, 1)
    return of_checks(handed_in, 1, 0) if paper.verified else None


def ends_of(told: Iterable[tuple[SupplierFact, SupplierDocument]], today: date) -> Iterator[date | None]:
    """The first days on which papers no longer hold that hold today; `None` of one that always will."""
    for _, paper in _latest(told):
        if paper.valid_to is not None and paper.valid_to >= today and not paper.edited:
            yield day_after(paper.valid_to)


def _latest(told: Iterable[tuple[SupplierFact, SupplierDocument]]) -> Sequence[tuple[SupplierFact, SupplierDocument]]:
    """Of each kind the latest that was judged, or without such a one the latest."""
    latest = {
        (paper.kind, paper.category, paper.brand_id): (fact, paper)
        for fact, paper in sorted(
            told, key=lambda each: (each[1].edited or each[1].verified, each[0].observed_at, each[0].fact_id)
        )
    }
    return list(latest.values())


def _mark_of(audit: Audit) -> float | None:
    worth = worth_of(audit, _YEARS)
    if worth is None:
        return None
    return _BSCI_MARKS.get(worth.grade, 0.0) if worth.scheme == BSCI else float(worth.years > 0)
