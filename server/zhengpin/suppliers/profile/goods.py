"""What became of the supplier's goods, papers and audits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, date, timedelta
from typing import Final

from zhengpin.domain.brand import normalised_name
from zhengpin.domain.supplier_fact import (
    MADE_OUT_TO_ONE,
    Audit,
    DocumentKind,
    SampleInspection,
    SupplierDocument,
    SupplierFact,
)
from zhengpin.domain.supplier_profile import Audits, Invoiced, Papers
from zhengpin.suppliers.audit_schemes import scheme_of, worth_of
from zhengpin.suppliers.judged_lots import is_possible, judge_lots
from zhengpin.suppliers.profile.sources import Sources
from zhengpin.suppliers.sampling_plan import LotVerdict
from zhengpin.suppliers.terms import Terms

YEAR: Final = timedelta(days=365)


def papers(sources: Sources) -> Papers | None:
    """Papers whose picture was edited, and files that are another company's (KYB-07)."""
    told = [paper for _, paper in sources.told(SupplierDocument)]
    if not told:
        return None
    own = {paper.sha256 for paper in told if paper.kind in MADE_OUT_TO_ONE}
    return Papers(edited=sum(paper.edited for paper in told), of_strangers=len(own & sources.lenders.keys()))


def invoiced(sources: Sources) -> tuple[Invoiced, ...]:
    """What was bought of each brand by the invoices of the last 365 days (AUT-04)."""
    since = sources.today - YEAR
    units: Counter[str] = Counter()
    for fact, paper in sources.told(SupplierDocument):
        if paper.kind is not DocumentKind.INVOICE or paper.quantity is None or paper.edited:
            continue
        if since < issued_on(fact, paper) <= sources.today:
            units[paper.brand_id] += paper.quantity
    return tuple(Invoiced(brand_id, units[brand_id]) for brand_id in sorted(units))


def issued_on(fact: SupplierFact, paper: SupplierDocument) -> date:
    """The day of a paper; of one without, the day on which it was handed in."""
    return paper.issued_on or fact.observed_at.astimezone(UTC).date()


def audits(sources: Sources, terms: Terms) -> Audits | None:
    """Until when audits hold, and how many sites did not pass their latest; `None` without one of a known scheme."""
    latest: dict[tuple[str, str], Audit] = {}
    past = [pair for pair in sources.told(Audit) if pair[1].audited_on <= sources.today]
    for _, audit in sorted(past, key=lambda each: (each[1].audited_on, each[0].fact_id)):
        latest[scheme_of(audit.scheme), normalised_name(audit.site)] = audit
    known = [(audit, worth) for audit in latest.values() if (worth := worth_of(audit, terms.certificate_years))]
    if not known:
        return None
    until = tuple(sorted(worth.last_day(audit) for audit, worth in known if worth.years))
    return Audits(until, failed=len(known) - len(until))


def rejected_goods(sources: Sources, terms: Terms) -> tuple[str, ...] | None:
    """Categories whose latest decided lot was rejected (ISO 2859-1); `None` where no lot was decided."""
    verdicts = {category: _latest_verdict(samples, terms) for category, samples in _samples(sources).items()}
    if set(verdicts.values()) <= {LotVerdict.OPEN}:
        return None
    return tuple(sorted(category for category, verdict in verdicts.items() if verdict is LotVerdict.REJECTED))


def _samples(sources: Sources) -> Mapping[str, list[SampleInspection]]:
    """Samples that can be, by category, in the order of their inspection."""
    found: defaultdict[str, list[SampleInspection]] = defaultdict(list)
    told = sorted(sources.told(SampleInspection), key=lambda each: (each[0].observed_at, each[0].fact_id))
    for _, sample in told:
        if is_possible(sample):
            found[sample.category].append(sample)
    return found


def _latest_verdict(samples: list[SampleInspection], terms: Terms) -> LotVerdict:
    verdicts = [lot.verdict for lot in judge_lots(samples, terms)]
    return next((each for each in reversed(verdicts) if each is not LotVerdict.OPEN), LotVerdict.OPEN)
