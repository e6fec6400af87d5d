"""Listings as they are stored, with the history of what they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, select

from zhengpin.domain.listing import Condition, Listing, StoredListing
from zhengpin.errors import NotFound
from zhengpin.storage import codec, tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among, each, json_field, starting_from

_LISTINGS = tables.listings.c
_IMAGES = tables.listing_images.c

_BY_IDS = select(tables.listings).where(among(tables.listings, "ids", "listing_id"))
_FIRST_SEEN = select(_LISTINGS.listing_id, _LISTINGS.first_seen_at).where(among(tables.listings, "ids", "listing_id"))
_OFFERINGS = select(
    _LISTINGS.listing_id,
    _LISTINGS.supplier_id,
    _LISTINGS.product_key,
    json_field(_LISTINGS.body, "territory"),
    json_field(_LISTINGS.body, "condition"),
).where(among(tables.listings, "ids", "listing_id"))
_DELETED = select(_LISTINGS.listing_id).where(
    among(tables.listings, "ids", "listing_id"), _LISTINGS.deleted_at.is_not(None)
)
NO_EDITS = codec.EDITS.to_text(())
"""What stands in `edits` of most listings; it is neither written nor read value by value."""

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


WITHDRAWN = "withdrawn listings"
"""What processes note of listings: whether they are no longer on offer, or were found to be fake."""


@dataclass(frozen=True, slots=True)
class ImageSharing:
    """Who else shows a listing's images."""

    users: tuple[frozenset[str], ...] = ()
    """The other suppliers that show it, for each image that is not the listing's own."""

    @property
    def images(self) -> int:
        """How many images others show too."""
        return len(self.users)

    @property
    def suppliers(self) -> int:
        """How many others show one of them."""
        return len(frozenset().union(*self.users))


class Offering(NamedTuple):
    """Whose a listing is, and with which prices its own compare."""

    supplier_id: str
    product_key: str
    """As of when the listing was told."""
    territory: str
    condition: Condition


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

    def offerings(self, listing_ids: Collection[str]) -> dict[str, Offering]:
        """What those of the listings that were ever stored offer, by id."""
        if not listing_ids:
            return {}
        return {
            row.listing_id: Offering(row.supplier_id, row.product_key, row.territory, Condition(row.condition))
            for row in self.scope.rows(_OFFERINGS, ids=listing_ids)
        }

    def image_sharing(self, listings: Collection[Listing]) -> dict[str, ImageSharing]:
        """Who else shows the images of each listing, by listing id; those whose images are their own are left out."""
        images = {image.sha256 for listing in listings for image in listing.images if image.sha256}
        users: defaultdict[str, list[str]] = defaultdict(list)
        for row in self.scope.rows(_USES, images=[(sha256,) for sha256 in images]) if images else ():
            users[row.sha256].append(row.supplier_id)
        told = {sha256: frozenset(found) for sha256, found in users.items() if len(found) <= STOCK_PICTURE_USES}
        return {listing.listing_id: sharing for listing in listings if (sharing := _sharing(listing, told)).images}


def _sharing(listing: Listing, users: Mapping[str, frozenset[str]]) -> ImageSharing:
    shown = {image.sha256 for image in listing.images}
    others = (users.get(sha256, frozenset()) - {listing.supplier_id} for sha256 in shown)
    return ImageSharing(tuple(filter(None, others)))


def stored_from_row(row: Any) -> StoredListing:
    """A listing of a row that has the columns of `listings`."""
    edits = codec.EDITS.from_text(row.edits) if row.edits != NO_EDITS else ()
    return StoredListing(codec.LISTING.from_text(row.body), row.first_seen_at, row.updated_at, row.deleted_at, edits)
