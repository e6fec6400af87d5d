"""Listings as they are stored, with the history of what they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeGuard

from sqlalchemy import Select, Table, and_, select

from zhengpin.detectors.images.phash import distance, is_blank, phash_to_text
from zhengpin.domain.listing import Condition, Image, Listing, StoredListing
from zhengpin.errors import NotFound
from zhengpin.storage import codec, tables
from zhengpin.storage.hash_log import NOTHING_KEPT, SAME_PICTURE, KeptHashes
from zhengpin.storage.json_values import json_field
from zhengpin.storage.lookups import starting_from
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among, each

_LISTINGS = tables.listings.c

BY_IDS = select(tables.listings).where(among(tables.listings, "ids", "listing_id"))
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


def _uses_of(table: Table, kind: str) -> Select[Any]:
    """Which listings show the pictures whose hashes come as `hashes`."""
    asked, uses, first = each("hashes", "hashed"), table.c, table.alias("first_uses")
    # Of a picture that a hundred thousand listings show, only as many are read as tell that it is one.
    few = (
        select(first.c.listing_id)
        .where(first.c.marketplace == HERE, first.c[kind] == asked.c.hashed)
        .limit(STOCK_PICTURE_USES + 1)
        .correlate(asked)
    )
    these = and_(uses.marketplace == HERE, uses[kind] == asked.c.hashed, uses.listing_id.in_(few))
    return select(asked.c.hashed, uses.listing_id, uses.supplier_id).select_from(starting_from(asked, table, these))


_FILE_USES = _uses_of(tables.listing_images, "sha256")
_PICTURE_USES = _uses_of(tables.listing_pictures, "phash")


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
        return {row.listing_id: stored_from_row(row) for row in self.scope.rows(BY_IDS, ids=listing_ids)}

    def offerings(self, listing_ids: Collection[str]) -> dict[str, Offering]:
        """What those of the listings that were ever stored offer, by id."""
        if not listing_ids:
            return {}
        return {
            row.listing_id: Offering(row.supplier_id, row.product_key, row.territory, Condition(row.condition))
            for row in self.scope.rows(_OFFERINGS, ids=listing_ids)
        }

    def image_sharing(self, listings: Collection[Listing], shown: KeptHashes = NOTHING_KEPT) -> dict[str, ImageSharing]:
        """Who else shows the images of each listing, or copies of them, by listing id.

        `shown` holds the hashes of the pictures that listings show: without it, only the same file counts. Those whose
        images are their own are left out.
        """
        images = {image for listing in listings for image in listing.images}
        showing = self.showing(images, shown)
        return {listing.listing_id: sharing for listing in listings if (sharing := _sharing(listing, showing)).images}

    def showing(self, images: Collection[Image], shown: KeptHashes) -> dict[Image, dict[str, str]]:
        """The listings that show each image, or a copy of it, each with its supplier; stock pictures are left out."""
        near = shown.near({image.phash for image in images if is_telling(image.phash)})
        copies = {phash: _copies(phash, found) for phash, found in near.items()}
        files = self._uses(_FILE_USES, {image.sha256 for image in images if image.sha256})
        pictures = self._uses(_PICTURE_USES, frozenset().union(*copies.values()))
        found = {image: _listings_showing(image, files, pictures, copies) for image in images}
        return {image: listings for image, listings in found.items() if len(listings) <= STOCK_PICTURE_USES}

    def _uses(self, statement: Select[Any], hashes: Collection[str]) -> dict[str, dict[str, str]]:
        """The listings that show each picture, each with its supplier."""
        uses: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for row in self.scope.rows(statement, hashes=[(hashed,) for hashed in hashes]) if hashes else ():
            uses[row.hashed][row.listing_id] = row.supplier_id
        return uses


def pictures_of(listing: Listing) -> set[str]:
    """The pictures that a listing shows, by their perceptual hashes as texts; those of one colour are none."""
    return {phash_to_text(image.phash) for image in listing.images if is_telling(image.phash)}


def is_telling(phash: int | None) -> TypeGuard[int]:
    """Whether a perceptual hash is known, and not that of a picture of one colour."""
    return phash is not None and not is_blank(phash)


def _copies(phash: int, near: Collection[int]) -> list[str]:
    """The hashes under which copies of a picture may be shown: not more than tell that it is a stock picture."""
    copies = sorted((far, each) for each in near if (far := distance(each, phash)) <= SAME_PICTURE)
    return [phash_to_text(each) for _, each in copies[: STOCK_PICTURE_USES + 1]]


def _listings_showing(
    image: Image,
    files: Mapping[str, Mapping[str, str]],
    pictures: Mapping[str, Mapping[str, str]],
    copies: Mapping[int, Collection[str]],
) -> dict[str, str]:
    """The listings that show an image or a copy of it, each with its supplier."""
    found = dict(files.get(image.sha256, {}))
    for copy in copies.get(image.phash, ()) if image.phash is not None else ():
        found |= pictures.get(copy, {})
    return found


def _sharing(listing: Listing, showing: Mapping[Image, Mapping[str, str]]) -> ImageSharing:
    shown = {image.sha256 or image.phash: image for image in listing.images}
    others = (frozenset(showing.get(image, {}).values()) - {listing.supplier_id} for image in shown.values())
    return ImageSharing(tuple(filter(None, others)))


def stored_from_row(row: Any) -> StoredListing:
    """A listing of a row that has the columns of `listings`."""
    edits = codec.EDITS.from_text(row.edits) if row.edits != NO_EDITS else ()
    return StoredListing(codec.LISTING.from_text(row.body), row.first_seen_at, row.updated_at, row.deleted_at, edits)
