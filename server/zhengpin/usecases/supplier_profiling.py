"""Keep what rules ask of suppliers up to date, with the unit of work that tells something of them.

The profiles of those it tells of are worked out at once; whoever is tied to them is noted, and follows soon
(`renew_profiles`). Where rules come to say something else of a supplier, its listings are to be judged anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Hashable, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import (
    KeyedToken,
    Referral,
    Succession,
    SupplierDocument,
    SupplierFact,
    Termination,
)
from zhengpin.domain.supplier_profile import SupplierProfile
from zhengpin.domain.trader_law import LAWS
from zhengpin.signals.catalogue.supplier_profile import SIGNALS
from zhengpin.signals.signal import SignalValues
from zhengpin.signals.supplier_profile import profile_signals
from zhengpin.storage.supplier_profiles import KeptProfile
from zhengpin.storage.work import UnitOfWork
from zhengpin.suppliers.profile.profile import due_on, profile_of
from zhengpin.usecases.profile_sources import neighbours, read_sources

PROFILE_SIGNALS: Final = frozenset(signal.name for signal in SIGNALS)
"""What a profile is observed as."""
_TIES: Final = (KeyedToken, Referral, Succession, SupplierDocument, Termination)
"""Facts that say something of others too."""
_TERRITORIES: Final = ("", *(min(law.territories) for law in LAWS))
"""One under each law, and one under none."""


def _all_of(values: SignalValues) -> Hashable:
    return tuple(sorted(values.items()))


class SupplierProfiling:
    """Works profiles out and stores them."""

    def __init__(self, asked_of: Callable[[SignalValues], Hashable] = _all_of) -> None:
        """Take what tells all that rules ask of signals; unless told otherwise, any other value is another answer."""
        self._asked_of = asked_of

    @contextmanager
    def following(self, unit: UnitOfWork, items: Sequence[Any], now: datetime) -> Generator[None]:
        """Have something told within this context, and bring up to date the profiles that it says something of."""
        facts = [each for each in items if isinstance(each, SupplierFact)]
        records = {each.supplier_id for each in items if isinstance(each, Supplier)}
        owners = unit.supplier_facts.owners([each.fact_id for each in facts])
        told_of = {*owners.values(), *(each.supplier_id for each in facts)}
        tied = records | told_of if any(isinstance(each.fact, _TIES) for each in facts) else records
        others = neighbours(unit, tied)
        yield
        others |= neighbours(unit, tied)
        if records:
            others |= unit.supplier_facts.values_of(records).keys()
        unit.stale_profiles.mark(others - told_of)
        self.renew(unit, told_of, now)

    def renew(self, unit: UnitOfWork, supplier_ids: Collection[str], now: datetime) -> int:
        """Work profiles out anew; tell of how many suppliers rules say something else."""
        if not supplier_ids:
            return 0
        before = unit.supplier_profiles.find_many(supplier_ids)
        kept, changed = list[KeptProfile](), list[str]()
        for sources in read_sources(unit, supplier_ids, now):
            supplier_id, profile = sources.supplier.supplier_id, profile_of(sources)
            kept.append(KeptProfile(supplier_id, profile, due_on(sources, profile)))
            if self._asked(sources.supplier, profile) != self._asked(sources.supplier, before.get(supplier_id)):
                changed.append(supplier_id)
        unit.supplier_profiles.put_many(kept)
        unit.standing_changes.add_suppliers(changed, now)
        return len(changed)

    def _asked(self, supplier: Supplier, profile: SupplierProfile | None) -> Hashable:
        """All that rules ask of a profile when it was worked out, wherever the supplier's goods are sold."""
        if profile is None:
            return (), (), *(self._asked_of({}) for _ in _TERRITORIES)
        told = (profile_signals(profile, supplier, each, profile.as_of) for each in _TERRITORIES)
        # What these two say depends on the listing.
        return profile.rejected_goods or (), profile.invoiced, *map(self._asked_of, map(_known, told))


def _known(values: dict[str, Any]) -> SignalValues:
    return {name: value for name, value in values.items() if value is not None}


SUPPLIER_PROFILING: Final = SupplierProfiling()
"""Where no rules are at hand: any change of a profile has its listings judged anew."""
