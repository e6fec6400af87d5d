"""One supplier's profile: a pure function of what is stored, whatever order it was told in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, timedelta
from operator import attrgetter
from typing import Final

from zhengpin.domain.day import day_after
from zhengpin.domain.supplier_fact import (
    DayOfSales,
    DayOfService,
    DocumentKind,
    IncidentGravity,
    Referral,
    SupplierDocument,
    SupplierIncident,
    TraderDetail,
    TraderField,
)
from zhengpin.domain.supplier_profile import Incidents, ReferralTree, Service, SupplierProfile, TraderDetails
from zhengpin.suppliers.profile import goods, money
from zhengpin.suppliers.profile.sources import Sources
from zhengpin.suppliers.terms import Terms

_QUARTER: Final = timedelta(days=90)
_DAY: Final = timedelta(days=1)
_ASKED_FOR: Final = timedelta(days=30)
"""After so long no deadline for a detail lies ahead."""
_TERMS: Final = Terms()
_SEVERAL_OWNERS: Final = 3
"""Of so many who say it, payment by the head is how a supplier brings others in: one may err, or mean it harm."""


def profile_of(sources: Sources) -> SupplierProfile:
    """Work out what rules ask of a supplier."""
    return SupplierProfile(
        as_of=sources.as_of,
        trader=_trader(sources),
        papers=goods.papers(sources),
        invoiced=goods.invoiced(sources),
        service=_service(sources),
        incidents=_incidents(sources),
        deposit_cover=money.deposit_cover(sources, _TERMS),
        turnover_jump=money.turnover_jump(sources),
        audits=goods.audits(sources, _TERMS),
        rejected_goods=goods.rejected_goods(sources, _TERMS),
        referrals=_referrals(sources),
        terminated_identities=tuple(sorted(sources.terminated_identities)),
    )


def due_on(sources: Sources, profile: SupplierProfile) -> date | None:
    """The next UTC day on which time alone may make rules answer otherwise; `None` if it never will."""
    return min((day for day in _later(sources, profile) if day and day > sources.today), default=None)


def _later(sources: Sources, profile: SupplierProfile) -> Iterator[date | None]:
    tomorrow = sources.today + _DAY
    if any(True for _ in (*sources.told(DayOfSales), *sources.told(DayOfService))):
        yield tomorrow
    if profile.trader and sources.as_of < profile.trader.since + _ASKED_FOR:
        yield tomorrow
    if profile.audits:
        yield from (day + _DAY for day in profile.audits.until)
    for _, incident in sources.told(SupplierIncident):
        if incident.settled_at is not None:
            yield day_after(incident.settled_at.astimezone(UTC).date())
    for fact, paper in sources.told(SupplierDocument):
        if paper.kind is DocumentKind.INVOICE:
            issued = goods.issued_on(fact, paper)
            yield from (issued, day_after(issued, goods.YEAR))


def _trader(sources: Sources) -> TraderDetails | None:
    told = list(sources.told(TraderDetail))
    if not told:
        return None
    fields = {detail.field for _, detail in told}
    verified = {detail.field for _, detail in told if detail.verified}
    return TraderDetails(min(fact.observed_at for fact, _ in told), _in_order(fields), _in_order(verified))


def _in_order(fields: set[TraderField]) -> tuple[TraderField, ...]:
    return tuple(field for field in TraderField if field in fields)


def _service(sources: Sources) -> Service | None:
    since = sources.today - _QUARTER
    days = [each for _, each in sources.told(DayOfService) if since < each.day <= sources.today]
    contacts = sum(each.contacts for each in days)
    return Service(contacts, sum(each.resolved for each in days)) if contacts else None


def _incidents(sources: Sources) -> Incidents | None:
    told = [incident for _, incident in sources.told(SupplierIncident)]
    if not told:
        return None
    is_open = [
        each.gravity for each in told if each.upheld and (each.settled_at is None or each.settled_at > sources.as_of)
    ]
    return Incidents(is_open.count(IncidentGravity.CRITICAL), is_open.count(IncidentGravity.HIGH))


def _referrals(sources: Sources) -> ReferralTree | None:
    everybody = [referral for level in sources.downline for referral in level]
    if not everybody:
        return None
    return ReferralTree(
        levels=len(sources.downline),
        people=len(everybody),
        paid_by_head=_is_usual(sources, attrgetter("paid_by_head")),
        entry_fee=_is_usual(sources, attrgetter("entry_fee")),
        paid_from_downline=any(each.paid_from_downline for each in everybody),
    )


def _is_usual(sources: Sources, told: Callable[[Referral], bool]) -> bool:
    """Whether several owners whom the supplier brought in itself say so."""
    return sum(any(map(told, referrals)) for referrals in sources.recruits.values()) >= _SEVERAL_OWNERS
