"""Listings on their way in: what they replace becomes history; their images and prices are kept where others look."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Delete, Table, and_, bindparam, delete, update

from zhengpin.detectors.images.phash import phash_from_text
from zhengpin.detectors.prices import units_for_price
from zhengpin.domain.listing import Listing, StoredListing, edit_between
from zhengpin.domain.money import Money
from zhengpin.storage import codec, tables
from zhengpin.storage.hash_log import log_hashes
from zhengpin.storage.listing_targets import ListingTargets, offers_of
from zhengpin.storage.listings import BY_IDS, NO_EDITS, WITHDRAWN, ListingReader, pictures_of, stored_from_row
from zhengpin.storage.orders import OrderReader
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.sets import HERE

MAX_EDITS = 50

_LISTINGS = tables.listings.c

_BURY = (
    update(tables.listings)
    .where(
        _LISTINGS.marketplace == HERE, _LISTINGS.listing_id == bindparam("buried_id"), _LISTINGS.deleted_at.is_(None)
    )
    .values(deleted_at=bindparam("now"))
)
Uses: TypeAlias = set[tuple[str, str, str]]
"""Which pictures listings show, as rows: hash, listing, supplier."""


def _forget_use(table: Table, kind: str) -> Delete:
    uses = table.c
    named = and_(uses[kind] == bindparam("forgotten"), uses.listing_id == bindparam("forgotten_listing_id"))
    return delete(table).where(uses.marketplace == HERE, named)


_FORGET = {
    tables.listing_images: _forget_use(tables.listing_images, "sha256"),
    tables.listing_pictures: _forget_use(tables.listing_pictures, "phash"),
}


@dataclass(frozen=True, slots=True)
class Listings(ListingReader):
    """Listings, to be read and changed."""

    def upsert_many(self, listings: Sequence[tuple[Listing, str]], now: datetime) -> Mapping[str, StoredListing]:
        """Store listings, each with its product's key, or replace them. Give those that were stored before, by id.

        A change of what makes it the same listing is kept as an edit, a change of its price in its price history.
        A deleted one that is sent again comes back to life with its history.
        """
        rows = self.scope.rows(BY_IDS, ids={listing.listing_id for listing, _ in listings})
        before = {row.listing_id: stored_from_row(row) for row in rows}
        sold = OrderReader(self.scope).units_sold(before)
        after = dict(before)
        for listing, _ in listings:
            key = listing.listing_id
            after[key] = _renewed(after.get(key), listing, now, sold.get(key, 0))
        product_keys = {listing.listing_id: product_key for listing, product_key in listings}
        self._write(after, product_keys)
        self._write_images(before, after)
        old = offers_of(before, {row.listing_id: row.product_key for row in rows})
        ListingTargets(self.scope).replace(old, offers_of(after, product_keys))
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
        product_key = self.offerings((listing_id,))[listing_id].product_key
        ListingTargets(self.scope).replace(offers_of({listing_id: stored}, {listing_id: product_key}), {})
        return buried

    def _write(self, listings: Mapping[str, StoredListing], product_keys: Mapping[str, str]) -> None:
        self.scope.upsert_distinct(
            tables.listings, (_row_from_stored(stored, product_keys[key]) for key, stored in listings.items())
        )

    def _write_images(self, before: Mapping[str, StoredListing], after: Mapping[str, StoredListing]) -> None:
        self._write_uses(tables.listing_images, _uses(before, _files), _uses(after, _files))
        seen = _uses(before, pictures_of)
        fresh = self._write_uses(tables.listing_pictures, seen, _uses(after, pictures_of))
        log_hashes(self.scope, Topic.SHOWN_PICTURES, {phash_from_text(each) for each in fresh})

    def _write_uses(self, table: Table, old: Uses, new: Uses) -> set[str]:
        """Bring the rows of a table up to date, and give the hashes of those that are new."""
        for forgotten, listing_id in {use[:2] for use in old} - {use[:2] for use in new} if old else ():
            self.scope.change(_FORGET[table], forgotten_listing_id=listing_id, forgotten=forgotten)
        fresh = new - old
        self.scope.upsert_distinct(table, sorted(fresh))
        return {use[0] for use in fresh}

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


def _files(listing: Listing) -> set[str]:
    """The files that a listing shows, by their hashes."""
    return {image.sha256 for image in listing.images if image.sha256}


def _uses(stored: Mapping[str, StoredListing], hashes_of: Callable[[Listing], Collection[str]]) -> Uses:
    """What listings show. A deleted one shows nothing."""
    listings = (each.listing for each in stored.values() if each.deleted_at is None)
    return {(hashed, each.listing_id, each.supplier_id) for each in listings for hashed in hashes_of(each)}


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
