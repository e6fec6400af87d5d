"""What is known around an application, as storage reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.domain.hit import Text
from zhengpin.domain.money import Money
from zhengpin.domain.outcome import ListEntry
from zhengpin.domain.ring import Link
from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import DocumentKind, SupplierFact


@dataclass(frozen=True, slots=True)
class CategoryRequirement:
    """What a law or a marketplace asks of whoever sells in a category, and in those under it."""

    category: str
    source: Text
    """The law, the standard or the terms that ask for it."""
    territories: frozenset[str] = frozenset()
    """Of whoever sells there (ISO 3166-1 alpha-2); empty is everywhere."""
    documents: tuple[DocumentKind, ...] = ()
    """Such as a licence for food, or a test report for toys."""
    deposit: Money | None = None
    """The least deposit."""
    life_and_health: bool = False
    """Goods that touch consumers' life and health (E-Commerce Law art. 38) are verified more often."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything that is stored and concerns one applicant; of an applicant that nobody knows it is all empty."""

    is_stored: bool = False
    """Whether the marketplace has the applicant's own record, whatever else it has."""
    facts: tuple[SupplierFact, ...] = ()
    """Of the applicant, whatever their revision: papers, audits, samples, details, deposits and terminations, and the
    sales of the last 30 days. Other facts are not looked at, so that a long history need not be read."""
    brands: Mapping[str, Brand] = field(default_factory=dict)
    """By id, those that the trades name."""
    authorisations: tuple[Authorisation, ...] = ()
    """Of these brands; letters on paths that lead to the applicant, or all of them."""
    suppliers: Mapping[str, Supplier] = field(default_factory=dict)
    """By id, licensors of these letters, for their states."""
    lenders: Mapping[str, tuple[Supplier, ...]] = field(default_factory=dict)
    """By SHA-256 of its papers and letters: the other companies whose file it is (`detectors.lenders`)."""
    list_entries: tuple[ListEntry, ...] = ()
    """On the applicant, its shops, the brands and the GTINs."""
    links: tuple[Link, ...] = ()
    """Suppliers that it belongs together with, the applicant's new tokens included."""
    categories: tuple[CategoryRequirement, ...] = ()
    high_volume_since: date | None = None
    """The day on which the sales of 12 months in a row reached what makes a trader a high-volume one (KYB-05)."""
    delivered_orders: int = 0
    """Since it joined, or in any window that is long enough to tell."""
