"""Listings on their way in: what they replace becomes history; their images and prices are kept where others look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, update

from zhengpin.detectors.prices import units_for_price
from zhengpin.domain.listing import Listing, StoredListing, edit_between
from zhengpin.domain.money import Money
from zhengpin.storage import codec, tables
from zhengpin.storage.listings import NO_EDITS, WITHDRAWN, ListingReader
from zhengpin.storage.orders import OrderReader
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.sets import HERE

MAX_EDITS = 50

_LISTINGS = tables.listings.c
_IMAGES = tables.listing_images.c

_BURY = (
    update(tables.listings)
    .where(
        _LISTINGS.marketplace == HERE, _LISTINGS.listing_id == bindparam("buried_id"), _LISTINGS.deleted_at.is_(None)
    )
    .values(deleted_at=bindparam("now"))
)
_FORGET_IMAGE = delete(tables.listing_images).where(
    _IMAGES.marketplace == HERE,
    _IMAGES.sha256 == bindparam("forgotten_sha256"),
    _IMAGES.listing_id == bindparam("forgotten_listing_id"),
)


@dataclass(frozen=True, slots=True)
class Listings(ListingReader):
    """Listings, to be read and changed."""

    def upsert_many(self, listings: Sequence[tuple[Listing, str]], now: datetime) -> Mapping[str, StoredListing]:
        """Store listings, each with its product's key, or replace them. Give those that were stored before, by id.

        A change of what makes it the same listing is kept as an edit, a change of its price in its price history.
        A deleted one that is sent again comes back to life with its history.
        """
        before = self.find_many({listing.listing_id for listing, _ in listings})
        sold = OrderReader(self.scope).units_sold(before)
        after = dict(before)
        for listing, _ in listings:
            key = listing.listing_id
            after[key] = _renewed(after.get(key), listing, now, sold.get(key, 0))
        self._write(after, {listing.listing_id: product_key for listing, product_key in listings})
        self._write_images(before, after)
        self._write_prices(before, after, now)
        if any(stored.deleted_at is not None for stored in before.values()):
            raise_revision(self.scope, Topic.WITHDRAWN)  # they are back
        # What was never stored was never withdrawn either: whoever reads its price next need not ask.
        self.scope.memory.note_without(WITHDRAWN, after.keys() - before.keys())
        return before

    def delete(self, listing_id: str, now: datetime) -> StoredListing:
        """Take a listing out of the catalogue and answer what is left of it; a second time changes nothing."""
        stored = self.get(listing_id)
        if stored.deleted_at is not None:
            return stored
        self.scope.change(_BURY, buried_id=listing_id, now=now)
        raise_revision(self.scope, Topic.WITHDRAWN)
        buried = replace(stored, deleted_at=now)
        self._write_images({listing_id: stored}, {listing_id: buried})
        return buried

    def _write(self, listings: Mapping[str, StoredListing], product_keys: Mapping[str, str]) -> None:
        self.scope.upsert_distinct(
            tables.listings, (_row_from_stored(stored, product_keys[key]) for key, stored in listings.items())
        )

    def _write_images(self, before: Mapping[str, StoredListing], after: Mapping[str, StoredListing]) -> None:
        old = {use for stored in before.values() for use in _image_uses(stored)}
        new = {use for stored in after.values() for use in _image_uses(stored)}
        for sha256, listing_id in {use[:2] for use in old} - {use[:2] for use in new} if old else ():
            self.scope.change(_FORGET_IMAGE, forgotten_listing_id=listing_id, forgotten_sha256=sha256)
        self.scope.upsert_distinct(tables.listing_images, sorted(new - old))

    def _write_prices(
        self, before: Mapping[str, StoredListing], after: Mapping[str, StoredListing], now: datetime
    ) -> None:
        changed = (
            (stored.listing, price)
            for key, stored in after.items()
            if (price := stored.listing.offer.single_price) is not None
            and not (key in before and _asks_the_same(before[key], stored.listing))
        )
        self.scope.upsert_distinct(
            tables.listing_prices, (_price_row(listing, price, now) for listing, price in changed)
        )


def _renewed(before: StoredListing | None, listing: Listing, now: datetime, units_sold: int) -> StoredListing:
    """A listing as it is stored from now on."""
    if before is None:
        return StoredListing(listing, first_seen_at=now, updated_at=now)
    edit = edit_between(before.listing, listing, now, units_sold)
    edits = (edit, *before.edits)[:MAX_EDITS] if edit else before.edits
    return replace(before, listing=listing, updated_at=now, deleted_at=None, edits=edits)


def _asks_the_same(before: StoredListing, listing: Listing) -> bool:
    """Whether the price of before still holds, for as many units; a deleted listing asked none."""
    old = before.listing
    if before.deleted_at is not None or old.offer.single_price != listing.offer.single_price:
        return False
    return old == listing or units_for_price(old) == units_for_price(listing)


def _price_row(listing: Listing, price: Money, now: datetime) -> dict[str, Any]:
    return {
        "listing_id": listing.listing_id,
        "held_from": now,
        "observation_id": "",
        "currency": price.currency,
        "price": float(price),
        "units": units_for_price(listing),
    }


def _image_uses(stored: StoredListing) -> set[tuple[str, str, str]]:
    """Which images a listing shows, as rows: hash, listing, supplier. A deleted one shows none."""
    listing = stored.listing
    if stored.deleted_at is not None:
        return set()
    return {(image.sha256, listing.listing_id, listing.supplier_id) for image in listing.images if image.sha256}


def _row_from_stored(stored: StoredListing, product_key: str) -> dict[str, Any]:
    return {
        "listing_id": stored.listing.listing_id,
        "supplier_id": stored.listing.supplier_id,
        "product_key": product_key,
        "first_seen_at": stored.first_seen_at,
        "updated_at": stored.updated_at,
        "deleted_at": stored.deleted_at,
        "edits": codec.EDITS.to_text(stored.edits) if stored.edits else NO_EDITS,
        "body": codec.LISTING.to_text(stored.listing),
    }
