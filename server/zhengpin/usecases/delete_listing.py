"""Take a listing out of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from zhengpin.domain.listing import StoredListing
from zhengpin.storage.store import Store
from zhengpin.usecases.call import Call, replayed, sealed


class DeleteListing:
    """Take a listing out of the catalogue."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, call: Call, listing_id: str) -> StoredListing:
        """Leave a tombstone; raises `NotFound`. Its edits and verdicts stay."""
        with self._store.begin(call.marketplace) as unit:
            if replayed(unit.requests, call.method, call.request_id, call.payload_digest) is not None:
                return unit.listings.get(listing_id)
            deleted = unit.listings.delete(listing_id, self._clock())
            unit.requests.add(call.method, call.request_id, call.payload_digest, sealed({}), self._clock())
            call.check_deadline()
        return deleted
