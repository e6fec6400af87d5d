"""Listings, with the history of what they were and what they cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, select, update

from zhengpin.domain.listing import Listing, StoredListing, edit_between
from zhengpin.errors import NotFound
from zhengpin.storage import codec, tables
from zhengpin.storage.orders import OrderReader
from zhengpin.storage.outcomes import Outcomes
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among, each, starting_from

MAX_EDITS = 50

_LISTINGS = tables.listings.c
_IMAGES = tables.listing_images.c

_BY_IDS = select(tables.listings).where(among(tables.listings, "ids", "listing_id"))
_FIRST_SEEN = select(_LISTINGS.listing_id, _LISTINGS.first_seen_at).where(among(tables.listings, "ids", "listing_id"))
_DELETED = select(_LISTINGS.listing_id).where(
    among(tables.listings, "ids", "listing_id"), _LISTINGS.deleted_at.is_not(None)
)
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
STOCK_PICTURE_USES = 50
"""An image in more listings than this is a stock picture, and says nothing of who belongs together (domain.md §4)."""

_ASKED = each("images", "sha256")
_FIRST_USES = tables.listing_images.alias("first_uses")
_USES = select(_ASKED.c.sha256, _IMAGES.listing_id, _IMAGES.supplier_id).select_from(
    starting_from(
        _ASKED,
        tables.listing_images,
        and_(
            _IMAGES.marketplace == HERE,
            _IMAGES.sha256 == _ASKED.c.sha256,
            # Of an image that a hundred thousand listings show, only as many are read as tell that it is one.
            _IMAGES.listing_id.in_(
                select(_FIRST_USES.c.listing_id)
                .where(_FIRST_USES.c.marketplace == HERE, _FIRST_USES.c.sha256 == _ASKED.c.sha256)
                .limit(STOCK_PICTURE_USES + 1)
                .correlate(_ASKED)
            ),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class ImageSharing:
    """How many other suppliers show a listing's images, and how many of its images they show."""

    suppliers: int = 0
    images: int = 0


@dataclass(frozen=True, slots=True)
class ListingReader:
    """Listings as they are stored."""

    scope: Scope

    def get(self, listing_id: str) -> StoredListing:
        """One listing, a deleted one with its tombstone; NotFound if it was never stored."""
        stored = self.find(listing_id)
        if stored is None:
            raise NotFound("listing", listing_id)
        return stored

    def find(self, listing_id: str) -> StoredListing | None:
        """One listing, a deleted one with its tombstone, if it was ever stored."""
        return self.find_many((listing_id,)).get(listing_id)

    def first_seen(self, listing_ids: Collection[str]) -> dict[str, datetime]:
        """When those of the listings that were ever stored were first told, by id."""
        return {row[0]: row[1] for row in self.scope.rows(_FIRST_SEEN, ids=listing_ids)} if listing_ids else {}

    def deleted(self, listing_ids: Collection[str]) -> frozenset[str]:
        """Those of the listings that were taken out of the catalogue."""
        return frozenset(row[0] for row in self.scope.rows(_DELETED, ids=listing_ids)) if listing_ids else frozenset()

    def find_many(self, listing_ids: Collection[str]) -> dict[str, StoredListing]:
        """Those of the listings that were ever stored, by id."""
        if not listing_ids:
            return {}
        return {row.listing_id: stored_from_row(row) for row in self.scope.rows(_BY_IDS, ids=listing_ids)}

    def image_sharing(self, listings: Collection[Listing]) -> dict[str, ImageSharing]:
        """Who else shows the images of each listing, by listing id; those whose images are their own are left out."""
        images = {image.sha256 for listing in listings for image in listing.images if image.sha256}
        users: defaultdict[str, list[str]] = defaultdict(list)
        for row in self.scope.rows(_USES, images=[(sha256,) for sha256 in images]) if images else ():
            users[row.sha256].append(row.supplier_id)
        told = {sha256: frozenset(found) for sha256, found in users.items() if len(found) <= STOCK_PICTURE_USES}
        return {listing.listing_id: sharing for listing in listings if (sharing := _sharing(listing, told)).images}


def _sharing(listing: Listing, users: Mapping[str, frozenset[str]]) -> ImageSharing:
    others = [
        users.get(sha256, frozenset()) - {listing.supplier_id} for sha256 in {each.sha256 for each in listing.images}
    ]
    return ImageSharing(suppliers=len(frozenset().union(*others)), images=sum(bool(each) for each in others))


@dataclass(frozen=True, slots=True)
class Listings(ListingReader):
    """Listings, to be read and changed."""

    def upsert_many(self, listings: Sequence[tuple[Listing, str]], now: datetime) -> None:
        """Store listings, each with its product's key, or replace them.

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
        Outcomes(self.scope).name_suppliers(
            {key: after[key].listing.supplier_id for key in after.keys() - before.keys()}
        )

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
        self.scope.upsert(
            tables.listings, (_row_from_stored(stored, product_keys[key]) for key, stored in listings.items())
        )

    def _write_images(self, before: Mapping[str, StoredListing], after: Mapping[str, StoredListing]) -> None:
        old = {use for stored in before.values() for use in _image_uses(stored)}
        new = {use for stored in after.values() for use in _image_uses(stored)}
        gone = {use[:2] for use in old} - {use[:2] for use in new}
        for listing_id, sha256 in gone:
            self.scope.change(_FORGET_IMAGE, forgotten_listing_id=listing_id, forgotten_sha256=sha256)
        self.scope.upsert(
            tables.listing_images,
            ({"listing_id": use[0], "sha256": use[1], "supplier_id": use[2]} for use in new - old),
        )

    def _write_prices(
        self, before: Mapping[str, StoredListing], after: Mapping[str, StoredListing], now: datetime
    ) -> None:
        rows: list[dict[str, Any]] = []
        for key, stored in after.items():
            price = stored.listing.offer.single_price
            if price is None or (key in before and _asked(before[key]) == price):
                continue
            rows.append(
                {
                    "listing_id": key,
                    "held_from": now,
                    "observation_id": "",
                    "currency": price.currency,
                    "price": float(price),
                }
            )
        self.scope.upsert(tables.listing_prices, rows)


def _renewed(before: StoredListing | None, listing: Listing, now: datetime, units_sold: int) -> StoredListing:
    """A listing as it is stored from now on."""
    if before is None:
        return StoredListing(listing, first_seen_at=now, updated_at=now)
    edit = edit_between(before.listing, listing, now, units_sold)
    edits = (edit, *before.edits)[:MAX_EDITS] if edit else before.edits
    return replace(before, listing=listing, updated_at=now, deleted_at=None, edits=edits)


def _asked(stored: StoredListing) -> Any:
    """The price that holds; a deleted listing asks none."""
    return stored.listing.offer.single_price if stored.deleted_at is None else None


def _image_uses(stored: StoredListing) -> set[tuple[str, str, str]]:
    """Which images a listing shows: listing, hash, supplier. A deleted one shows none."""
    listing = stored.listing
    if stored.deleted_at is not None:
        return set()
    return {(listing.listing_id, image.sha256, listing.supplier_id) for image in listing.images if image.sha256}


def stored_from_row(row: Any) -> StoredListing:
    """A listing of a row that has the columns of `listings`."""
    edits = codec.EDITS.from_text(row.edits) if row.edits != _NO_EDITS else ()
    return StoredListing(codec.LISTING.from_text(row.body), row.first_seen_at, row.updated_at, row.deleted_at, edits)


_NO_EDITS = codec.EDITS.to_text(())


def _row_from_stored(stored: StoredListing, product_key: str) -> dict[str, Any]:
    return {
        "listing_id": stored.listing.listing_id,
        "supplier_id": stored.listing.supplier_id,
        "product_key": product_key,
        "first_seen_at": stored.first_seen_at,
        "updated_at": stored.updated_at,
        "deleted_at": stored.deleted_at,
        "edits": codec.EDITS.to_text(stored.edits),
        "body": codec.LISTING.to_text(stored.listing),
    }
