"""What is known of a supplier beside its own record: audits, samples, papers, tokens, deposits, sales, incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from zhengpin.domain.money import Money
from zhengpin.domain.word import Word


@dataclass(frozen=True, slots=True)
class Audit:
    """A factory or company was audited."""

    scheme: str
    """As told; `suppliers.audit_schemes` knows the usual ones."""
    grade: str
    audited_on: date
    valid_to: date | None = None
    """The last day on which it holds, where the paper says so; else the scheme's own term."""
    site: str = ""
    document_sha256: str = ""


class InspectionSeverity(Word):
    """How strictly a lot is inspected (ISO 2859-1)."""

    AS_DUE = "as_due"
    """As the switching rules ask for."""
    NORMAL = "normal"
    TIGHTENED = "tightened"


@dataclass(frozen=True, slots=True)
class SampleInspection:
    """A sample of one lot, inspected by attributes (ISO 2859-1, single sampling, general level II)."""

    lot_size: int
    sample_size: int
    critical: int = 0
    """Units whose worst defect is critical; `major` and `minor` likewise."""
    major: int = 0
    minor: int = 0
    major_limit: float = 2.5
    """Acceptance quality limit in percent; `minor_limit` likewise. A critical defect is never accepted."""
    minor_limit: float = 4.0
    severity: InspectionSeverity = InspectionSeverity.AS_DUE
    category: str = ""


class TokenKind(Word):
    """What a keyed token stands for."""

    PERSON = "person"
    """The legal person's identity document."""
    PAYOUT_ACCOUNT = "payout_account"
    PHONE = "phone"
    EMAIL = "email"
    DEVICE = "device"
    RETURN_ADDRESS = "return_address"
    DEPOT = "depot"
    """Where carriers first see its parcels."""
    NETWORK = "network"
    """Of 256 addresses."""
    PICKUP_POINT = "pickup_point"
    CONTACT_NAME = "contact_name"


@dataclass(frozen=True, slots=True)
class KeyedToken:
    """Something that suppliers may share, under a keyed hash of the marketplace's: compared, never shown."""

    kind: TokenKind
    token: str
    verified: bool = False
    """A person or an authority has confirmed that it is the supplier's own."""


class DocumentKind(Word):
    """What a paper is."""

    LICENCE = "licence"
    IDENTITY = "identity"
    AUTHORISATION_LETTER = "authorisation_letter"
    TRADEMARK_CERTIFICATE = "trademark_certificate"
    INVOICE = "invoice"
    TEST_REPORT = "test_report"
    ORIGIN_CERTIFICATE = "origin_certificate"
    CUSTOMS_DECLARATION = "customs_declaration"
    COST_SHEET = "cost_sheet"
    AUDIT_REPORT = "audit_report"
    DEPOSIT_CONTRACT = "deposit_contract"
    TRADER_DETAILS = "trader_details"
    """What the law asks traders to tell; `TraderDetail` says what was told."""


MADE_OUT_TO_ONE: Final = frozenset(
    {
        DocumentKind.LICENCE,
        DocumentKind.IDENTITY,
        DocumentKind.AUTHORISATION_LETTER,
        DocumentKind.INVOICE,
        DocumentKind.DEPOSIT_CONTRACT,
    }
)
"""Trade mark certificates, test and audit reports and papers of origin rightly go from hand to hand with the goods."""


@dataclass(frozen=True, slots=True)
class SupplierDocument:
    """A paper that the supplier handed in."""

    kind: DocumentKind
    number: str = ""
    sha256: str = ""
    issued_on: date | None = None
    valid_to: date | None = None
    """The last day on which it holds; `None` is for ever."""
    category: str = ""
    """Empty means every category."""
    brand_id: str = ""
    quantity: int | None = None
    """Units that an invoice or a declaration covers."""
    verified: bool = False
    edited: bool = False
    """Its picture was found to be edited."""


class TraderField(Word):
    """What the law asks traders to tell (DSA art. 30, INFORM Consumers Act)."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    IDENTITY = "identity"
    PAYMENT_ACCOUNT = "payment_account"
    TRADE_REGISTER = "trade_register"
    SELF_CERTIFICATION = "self_certification"
    TAX_ID = "tax_id"


@dataclass(frozen=True, slots=True)
class TraderDetail:
    """The supplier has told one of these things. What it is stays with the marketplace."""

    field: TraderField
    verified: bool = False
    """It was checked against an official source."""


@dataclass(frozen=True, slots=True)
class Deposit:
    """What the supplier has deposited from then on, all together."""

    amount: Money


@dataclass(frozen=True, slots=True)
class DayOfSales:
    """What the supplier turned over on one day, as the marketplace accounts for it."""

    day: date
    sales: Money
    open_claims: Money | None = None
    """Buyers' claims that were open at its end."""


@dataclass(frozen=True, slots=True)
class DayOfService:
    """How the supplier answered buyers on one day."""

    day: date
    contacts: int
    answered: int
    """Of the contacts, those answered within 24 hours."""
    resolved: int
    """Of those answered, those whose matter was settled."""


@dataclass(frozen=True, slots=True)
class Termination:
    """The marketplace, or another one, ended its dealings with the supplier."""

    reason: str = ""
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """Another supplier brought this one in."""

    referrer_id: str
    paid_by_head: bool = False
    """The referrer is paid for every head."""
    entry_fee: bool = False
    """The supplier had to pay or to buy in order to come in."""
    paid_from_downline: bool = False
    """The referrer is paid from what those below sell."""


@dataclass(frozen=True, slots=True)
class Succession:
    """The supplier goes on in another one: after a merger, or as one part of several after a split."""

    successor_id: str
    verified: bool = False
    """Confirmed by the register or by both sides: only then does the successor inherit the record."""


SUCCESSION: Final = "succession"
"""What a supplier and its successor have in common, as attributes of links and of shared values are named."""


class IncidentKind(Word):
    """What an incident is about."""

    INFRINGEMENT = "infringement"
    """A rights holder's complaint."""
    PRICE = "price"
    """A false prior price, a group tier that rises, a promise of the cheapest price that was not kept."""
    TERMS = "terms"
    """Anything else that the marketplace's terms forbid."""


class IncidentGravity(Word):
    """How bad an incident is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class SupplierIncident:
    """A violation that a person has found or is looking into."""

    kind: IncidentKind
    gravity: IncidentGravity
    upheld: bool = False
    settled_at: datetime | None = None
    """When it was put right; `None` is open."""
    listing_id: str = ""


Fact: TypeAlias = (
    Audit
    | SampleInspection
    | KeyedToken
    | SupplierDocument
    | TraderDetail
    | Deposit
    | DayOfSales
    | DayOfService
    | Termination
    | Referral
    | Succession
    | SupplierIncident
)


@dataclass(frozen=True, slots=True)
class SupplierFact:
    """One thing that is known of a supplier. Of one `fact_id` the highest revision counts, whatever came first."""

    fact_id: str
    supplier_id: str
    observed_at: datetime
    """When it was so."""
    fact: Fact
    revision: int = 0
    withdrawn: bool = False
    """It was told by mistake, and counts no more."""
