"""Work out anew what rules ask of suppliers where somebody else's facts, or time alone, have made it another thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Final

from zhengpin.storage.marketplaces import TO_PROFILE, WITH_PROFILES
from zhengpin.storage.store import Store
from zhengpin.usecases.supplier_profiling import SupplierProfiling

PAGE: Final = 20
"""Suppliers whose profiles one unit of work renews: nobody else writes meanwhile."""
NOTED_AT_ONCE: Final = 500


class RenewProfiles:
    """Renew the profiles of suppliers that are tied to those of whom something was told."""

    def __init__(self, store: Store, profiles: SupplierProfiling, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._profiles = profiles
        self._clock = clock

    def __call__(self) -> Iterator[int]:
        """Renew page by page, in every marketplace; tell after each how many profiles that were."""
        for marketplace in self._store.marketplaces(TO_PROFILE):
            while renewed := self._renew(marketplace):
                yield renewed

    def _renew(self, marketplace: str) -> int:
        """Read, renew and clear in one unit of work: whoever is killed leaves the marks."""
        with self._store.begin(marketplace, PAGE) as unit:
            stale = unit.stale_profiles.behind("", PAGE)
            self._profiles.renew(unit, stale.keys(), self._clock())
            unit.stale_profiles.clear(stale)
        return len(stale)


class NoteDueProfiles:
    """Note the suppliers whose profiles the new day has made others; `RenewProfiles` follows."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(self) -> Iterator[int]:
        """Note page by page, in every marketplace; tell after each how many suppliers those were."""
        for marketplace in self._store.marketplaces(WITH_PROFILES):
            yield from self._of(marketplace)

    def _of(self, marketplace: str) -> Iterator[int]:
        behind, today = "", self._clock().astimezone(UTC).date()
        while True:
            with self._store.begin(marketplace, NOTED_AT_ONCE) as unit:
                due = unit.supplier_profiles.due(today, behind, NOTED_AT_ONCE)
                unit.stale_profiles.mark(due)
            if not due:
                return
            behind = due[-1]
            yield len(due)
