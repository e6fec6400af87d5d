"""Take a listing out of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from zhengpin.domain.listing import StoredListing
from zhengpin.storage.codec import STORED_LISTING
from zhengpin.storage.store import Store
from zhengpin.usecases.call import Call, answered


class DeleteListing:
    """Take a listing out of the catalogue."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, call: Call, listing_id: str) -> StoredListing:
        """Leave a tombstone; raises `NotFound`. Its edits and verdicts stay.

        A request that was answered before is answered the same way, even if the listing was told again since.
        """
        with self._store.begin(call.marketplace) as unit:
            before = answered(unit.requests, call)
            if before is not None:
                return STORED_LISTING.from_text(before.decode())
            now = self._clock()
            deleted = unit.listings.delete(listing_id, now)
            answer = STORED_LISTING.to_text(deleted).encode()
            unit.requests.add(call.method, call.request_id, call.payload_digest, answer, now)
            call.check_deadline()
        return deleted
