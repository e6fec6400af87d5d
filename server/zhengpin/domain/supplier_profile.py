"""What rules ask of all that is told of a supplier, worked out once so that a screening reads one row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from zhengpin.domain.supplier_fact import TraderField


@dataclass(frozen=True, slots=True)
class TraderDetails:
    """What the supplier has told of itself, field by field, beside its own record."""

    since: datetime
    """When the first of them was told: from then on it was asked for the others."""
    told: tuple[TraderField, ...]
    verified: tuple[TraderField, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """What became of the papers that the supplier handed in."""

    edited: int = 0
    """Those whose picture was found to be edited."""
    of_strangers: int = 0
    """Files made out to one company that another company handed in as well."""


@dataclass(frozen=True, slots=True)
class Invoiced:
    """What the supplier bought of one brand, by its invoices of the last 365 days."""

    brand_id: str
    """Empty is of any."""
    units: int


@dataclass(frozen=True, slots=True)
class Service:
    """How buyers were answered in the last 90 days."""

    contacts: int
    resolved: int
    """Of the contacts, those that were answered within 24 hours and settled."""


@dataclass(frozen=True, slots=True)
class Incidents:
    """Incidents that a person has upheld and nobody has put right, by their gravity."""

    critical: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Audits:
    """The latest audit of each scheme and site."""

    until: tuple[date, ...]
    """The last day of each that was passed."""
    failed: int = 0
    """How many were not."""


@dataclass(frozen=True, slots=True)
class ReferralTree:
    """Whom the supplier brought in, whom these brought in, and what was paid for it."""

    levels: int
    """Below the supplier."""
    people: int
    paid_by_head: bool = False
    """The supplier is paid for every head that it brings in; so say several owners whom it brought in itself."""
    entry_fee: bool = False
    """These had to pay or to buy in order to come in; so say several of them."""
    paid_from_downline: bool = False
    """Somebody in the tree is paid from what those below sell."""


@dataclass(frozen=True, slots=True)
class SupplierProfile:
    """What rules ask of a supplier's facts. `None` is "nobody told", never "no"."""

    as_of: datetime
    """When it was worked out. Whatever only ends on a day stands here with that day, and needs no other profile."""
    trader: TraderDetails | None = None
    papers: Papers | None = None
    invoiced: tuple[Invoiced, ...] = ()
    """By invoices that say how many units they cover."""
    service: Service | None = None
    incidents: Incidents | None = None
    deposit_cover: float | None = None
    """The deposit as a share of what it has to reach: a tenth of the last 30 days' turnover and the open claims."""
    turnover_jump: float | None = None
    """The last 7 days' turnover a day, as a multiple of that of the 28 days before them."""
    audits: Audits | None = None
    rejected_goods: tuple[str, ...] | None = None
    """Categories whose latest decided lot was rejected by its sample; the empty one is all goods."""
    referrals: ReferralTree | None = None
    """`None` where it brought in nobody that is known."""
    terminated_identities: tuple[str, ...] = ()
    """Suppliers that the marketplace has terminated and that are this one under another name: they share a person or
    an account that was verified on both sides, and that few others bear."""
