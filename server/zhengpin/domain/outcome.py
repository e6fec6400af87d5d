"""What is known for certain, and what the marketplace has decided beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.word import Word


class OutcomeKind(Word):
    """What a listing turned out to be."""

    FAKE = "fake"
    GENUINE = "genuine"


class OutcomeSource(Word):
    """Who found out."""

    TEST_BUY = "test_buy"
    LABORATORY = "laboratory"
    BRAND = "brand"
    UPHELD_NOTICE = "upheld_notice"
    UPHELD_CLAIM = "upheld_claim"
    MODERATOR = "moderator"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A listing confirmed as fake or genuine: the labels that everything else is measured by."""

    outcome_id: str
    listing_id: str
    kind: OutcomeKind
    source: OutcomeSource
    found_at: datetime
    note: str = ""
    evidence: str = ""
    """Where the report lies: a URI or a document's hash."""


class ListKind(Word):
    """What a list entry asks for."""

    ALLOW = "allow"
    DENY = "deny"
    WATCH = "watch"


class SubjectKind(Word):
    """What a list entry speaks of."""

    LISTING = "listing"
    SUPPLIER = "supplier"
    SHOP = "shop"
    BRAND = "brand"
    GTIN = "gtin"


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A standing decision of the marketplace about one subject."""

    entry_id: str
    kind: ListKind
    subject_kind: SubjectKind
    subject: str
    reason: str = ""
    expires_at: datetime | None = None

    def holds_at(self, moment: datetime) -> bool:
        """Whether the entry is in force."""
        return self.expires_at is None or moment < self.expires_at
