"""For tests of applications that are checked by what is stored around them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from applying import an_application
from builders import NOW, a_brand
from zhengpin.domain.brand import Authorisation
from zhengpin.domain.onboarding import OnboardingDecision, SupplierApplication
from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import SupplierFact
from zhengpin.storage import Store, UnitOfWork
from zhengpin.usecases.check_supplier import CheckSupplier

HERE = "here"
FILE = "ab" * 32
"""The SHA-256 of a paper."""
GATED = a_brand(gated=True)


def stored(store: Store, write: Callable[[UnitOfWork], Any]) -> None:
    """Write in one commit."""
    with store.begin(HERE) as unit:
        write(unit)


def facts(store: Store, *told: SupplierFact) -> None:
    """Store facts."""
    stored(store, lambda unit: unit.supplier_facts.record_many(told, NOW))


def suppliers(store: Store, *those: Supplier) -> None:
    """Store suppliers."""
    stored(store, lambda unit: unit.suppliers.upsert_many(those, NOW))


def letters(store: Store, *edges: Authorisation) -> None:
    """Store letters for the gated brand Acme."""
    stored(store, lambda unit: unit.brands.upsert_many([GATED], NOW))
    stored(store, lambda unit: unit.authorisations.upsert_many(edges))


def answer(
    store: Store, application: SupplierApplication | None = None, *, as_stored: bool = False
) -> OnboardingDecision:
    """What comes of an application by what is stored."""
    return CheckSupplier(store, lambda: NOW)(HERE, application or an_application(), as_stored=as_stored)
