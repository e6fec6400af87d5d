"""Read stored listings."""

from __future__ import annotations

from zhengpin.domain.listing import StoredListing
from zhengpin.storage.store import Store


class ReadListings:
    """The listings of one installation."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, marketplace: str, listing_id: str) -> StoredListing:
        """One listing, deleted ones with their tombstone; raises `NotFound`."""
        with self._store.read(marketplace) as reader:
            return reader.listings.get(listing_id)
