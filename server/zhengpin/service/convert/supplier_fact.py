"""Facts about suppliers on their way in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from zhengpin.domain.money import Money
from zhengpin.domain.supplier_fact import (
    Audit,
    DayOfSales,
    DayOfService,
    Deposit,
    DocumentKind,
    Fact,
    IncidentGravity,
    IncidentKind,
    InspectionSeverity,
    KeyedToken,
    Referral,
    SampleInspection,
    Succession,
    SupplierDocument,
    SupplierFact,
    SupplierIncident,
    Termination,
    TokenKind,
    TraderDetail,
    TraderField,
)
from zhengpin.errors import FieldViolation, InvalidInput
from zhengpin.service.convert.scalars import (
    EnumPair,
    date_from_proto,
    moment_from_proto,
    money_from_proto,
    optional_date_from_proto,
    optional_moment_from_proto,
    optional_money_from_proto,
)
from zhengpin.v1 import supplier_fact_pb2 as pb

SEVERITIES: Final = EnumPair(
    InspectionSeverity, pb.InspectionSeverity, "INSPECTION_SEVERITY_", InspectionSeverity.AS_DUE
)
TOKEN_KINDS: Final = EnumPair(TokenKind, pb.TokenKind, "TOKEN_KIND_")
DOCUMENT_KINDS: Final = EnumPair(DocumentKind, pb.DocumentKind, "DOCUMENT_KIND_")
TRADER_FIELDS: Final = EnumPair(TraderField, pb.TraderField, "TRADER_FIELD_")
INCIDENT_KINDS: Final = EnumPair(IncidentKind, pb.IncidentKind, "INCIDENT_KIND_")
GRAVITIES: Final = EnumPair(IncidentGravity, pb.IncidentGravity, "INCIDENT_GRAVITY_")


def supplier_fact_of(  # noqa: PLR0917  the message has these fields, and one of the last twelve is given
    fact_id: str,
    supplier_id: str,
    observed_at: datetime,
    revision: int = 0,
    withdrawn: bool = False,
    audit: Audit | None = None,
    sample: SampleInspection | None = None,
    token: KeyedToken | None = None,
    document: SupplierDocument | None = None,
    trader_detail: TraderDetail | None = None,
    deposit: Deposit | None = None,
    sales: DayOfSales | None = None,
    service: DayOfService | None = None,
    termination: Termination | None = None,
    referral: Referral | None = None,
    succession: Succession | None = None,
    incident: SupplierIncident | None = None,
) -> SupplierFact:
    """One fact about a supplier; raises `ValueError` without one."""
    given = (audit, sample, token, document, trader_detail, deposit, sales, service)
    for fact in (*given, termination, referral, succession, incident):
        if fact is not None:
            return SupplierFact(fact_id, supplier_id, observed_at, fact, revision, withdrawn)
    raise ValueError("says nothing: give one of its facts")


def supplier_fact_from_proto(message: pb.SupplierFact) -> SupplierFact:
    """One fact about a supplier; raises `InvalidInput` for one that contradicts itself."""
    name = message.WhichOneof("fact") or ""
    found = SupplierFact(
        fact_id=message.fact_id,
        supplier_id=message.supplier_id,
        observed_at=moment_from_proto(message, "observed_at"),
        fact=_FACTS[name](getattr(message, name)),
        revision=message.revision,
        withdrawn=message.withdrawn,
    )
    wrong = [FieldViolation(f"{name}.{field}", what) for field, what in _contradictions(found)]
    if wrong:
        raise InvalidInput(*wrong)
    return found


def is_consistent(fact: SupplierFact) -> bool:
    """Whether a fact doesn't contradict itself."""
    return next(_contradictions(fact), None) is None


def _contradictions(told: SupplierFact) -> Iterator[tuple[str, str]]:
    """Each field that can't be so, and what is wrong with it."""
    yield from _out_of_time(told)
    match told.fact:
        case SampleInspection() as sample:
            yield from _in_sample(sample)
        case DayOfService() as day:
            yield from _in_service(day)
        case SupplierDocument(verified=True, edited=True):
            yield "edited", "must not be told of a verified paper: tell which of both is so"
        case Audit(audited_on=begun, valid_to=ended) | SupplierDocument(issued_on=begun, valid_to=ended):
            if begun is not None and ended is not None and ended < begun:
                yield "valid_to", f"must not lie before it begins ({begun})"
        case Referral(referrer_id=told.supplier_id):
            yield "referrer_id", _ANOTHER
        case Succession(successor_id=told.supplier_id):
            yield "successor_id", _ANOTHER


def _out_of_time(told: SupplierFact) -> Iterator[tuple[str, str]]:
    """What is over when it is told of lies before that, and what follows an incident after it."""
    match told.fact:
        case DayOfSales(day=day) | DayOfService(day=day) if _days_before(told, day) > _DAYS_AHEAD:
            yield "day", "must not lie more than a day after observed_at: what is not over yet is not known"
        case Audit(audited_on=day) if _days_before(told, day) > _DAYS_AHEAD:
            yield "audited_on", "must not lie more than a day after observed_at: an audit is told of when it is done"
        case SupplierIncident(settled_at=datetime() as settled) if settled < told.observed_at:
            yield "settled_at", f"must not lie before observed_at ({told.observed_at.isoformat()})"


def _days_before(told: SupplierFact, day: date) -> int:
    return day.toordinal() - told.observed_at.astimezone(UTC).date().toordinal()


_DAYS_AHEAD: Final = 1
"""Elsewhere a day begins earlier than in UTC."""
_ANOTHER: Final = "must be another supplier than supplier_id"


def _in_sample(sample: SampleInspection) -> Iterator[tuple[str, str]]:
    if sample.sample_size > sample.lot_size:
        yield "sample_size", f"must not be more than the lot has ({sample.lot_size})"
    bad = sample.critical + sample.major + sample.minor
    if bad > sample.sample_size:
        yield "minor", f"{bad} units with a defect are more than the sample has: count each unit once, by its worst one"


def _in_service(day: DayOfService) -> Iterator[tuple[str, str]]:
    if day.answered > day.contacts:
        yield "answered", f"must not be more than contacts ({day.contacts})"
    if day.resolved > day.answered:
        yield "resolved", f"must not be more than answered ({day.answered})"


def _audit(message: pb.Audit) -> Audit:
    return Audit(
        scheme=message.scheme,
        grade=message.grade,
        audited_on=date_from_proto(message, "audited_on"),
        valid_to=optional_date_from_proto(message, "valid_to"),
        site=message.site,
        document_sha256=message.document_sha256,
    )


def _sample(message: pb.SampleInspection) -> SampleInspection:
    ordinary = SampleInspection(message.lot_size, message.sample_size)
    return SampleInspection(
        lot_size=message.lot_size,
        sample_size=message.sample_size,
        critical=message.critical,
        major=message.major,
        minor=message.minor,
        major_limit=message.major_limit if message.HasField("major_limit") else ordinary.major_limit,
        minor_limit=message.minor_limit if message.HasField("minor_limit") else ordinary.minor_limit,
        severity=SEVERITIES.from_proto(message.severity),
        category=message.category,
    )


def _document(message: pb.SupplierDocument) -> SupplierDocument:
    return SupplierDocument(
        kind=DOCUMENT_KINDS.from_proto(message.kind),
        number=message.number,
        sha256=message.sha256,
        issued_on=optional_date_from_proto(message, "issued_on"),
        valid_to=optional_date_from_proto(message, "valid_to"),
        category=message.category,
        brand_id=message.brand_id,
        quantity=message.quantity if message.HasField("quantity") else None,
        verified=message.verified,
        edited=message.edited,
    )


def _day_of_sales(message: pb.DayOfSales) -> DayOfSales:
    claims: Money | None = optional_money_from_proto(message, "open_claims")
    return DayOfSales(date_from_proto(message, "day"), money_from_proto(message.sales), claims)


def _incident(message: pb.SupplierIncident) -> SupplierIncident:
    return SupplierIncident(
        kind=INCIDENT_KINDS.from_proto(message.kind),
        gravity=GRAVITIES.from_proto(message.gravity),
        upheld=message.upheld,
        settled_at=optional_moment_from_proto(message, "settled_at"),
        listing_id=message.listing_id,
    )


_FACTS: Final[Mapping[str, Callable[[Any], Fact]]] = {
    "audit": _audit,
    "sample": _sample,
    "token": lambda its: KeyedToken(TOKEN_KINDS.from_proto(its.kind), its.token, its.verified),
    "document": _document,
    "trader_detail": lambda its: TraderDetail(TRADER_FIELDS.from_proto(its.field), its.verified),
    "deposit": lambda its: Deposit(money_from_proto(its.amount)),
    "sales": _day_of_sales,
    "service": lambda its: DayOfService(date_from_proto(its, "day"), its.contacts, its.answered, its.resolved),
    "termination": lambda its: Termination(its.reason, its.case_id),
    "referral": lambda its: Referral(its.referrer_id, its.paid_by_head, its.entry_fee, its.paid_from_downline),
    "succession": lambda its: Succession(its.successor_id, its.verified),
    "incident": _incident,
}
"""By the field that holds it."""
