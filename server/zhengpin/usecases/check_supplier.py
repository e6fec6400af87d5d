"""Check who applies: what is sent joined with what is stored, read from one state; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from zhengpin.domain.onboarding import OnboardingDecision, SupplierApplication
from zhengpin.domain.supplier import Supplier, SupplierState
from zhengpin.errors import NotFound
from zhengpin.storage.store import Store
from zhengpin.suppliers.onboarding.check import check
from zhengpin.usecases.applicant_surroundings import surroundings_of


class CheckSupplier:
    """Says whether to let a supplier in, with every check."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(
        self, marketplace: str, application: SupplierApplication, *, as_stored: bool = False
    ) -> OnboardingDecision:
        """Check an application; `as_stored` takes the supplier as it is stored under the application's id.

        Raises `NotFound` where it is not stored, and `InvalidInput` for facts of another supplier's.
        """
        now = self._clock()
        with self._store.read(marketplace) as reader:
            own = application.supplier
            stored = reader.suppliers.find_many((own.supplier_id,)).get(own.supplier_id)
            if as_stored and stored is None:
                raise NotFound("supplier", own.supplier_id)
            applying = replace(application, supplier=_applicant(own, stored, as_stored=as_stored))
            known = replace(surroundings_of(reader, applying, now), is_stored=stored is not None)
        return check(applying, known, now)


def _applicant(sent: Supplier, stored: Supplier | None, *, as_stored: bool) -> Supplier:
    """Who applies.

    Nobody leaves a suspension or a shop behind by applying again: the stored state and shops stand beside what is sent.
    The marketplace vouches for official stores, so that what is sent says nothing of them.
    """
    if as_stored and stored is not None:
        return stored
    shops = {shop.shop_id: replace(shop, official_store=None) for shop in sent.shops}
    if stored is None:
        return replace(sent, shops=tuple(shops.values()))
    shops |= {shop.shop_id: shop for shop in stored.shops}
    state = sent.state if stored.state is SupplierState.ACTIVE else stored.state
    return replace(sent, state=state, shops=tuple(shops.values()))
