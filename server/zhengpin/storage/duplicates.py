"""What others use too that should be one owner's: pictures and letters.

A brand's own pictures stand in the listings of its owner, of those who hold its letters and, in good faith, of many
retailers; what links a ring is a picture that is nobody's who may sell the goods. A letter covers the branches of the
company that it names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhengpin.detectors.authorisation import Place
from zhengpin.detectors.lenders import lenders_of
from zhengpin.domain.brand import Brand
from zhengpin.domain.listing import Listing
from zhengpin.domain.snapshot import DuplicateUse
from zhengpin.domain.supplier import Supplier
from zhengpin.storage.authorisations import AuthorisationReader, Holders
from zhengpin.storage.hash_log import kept_hashes
from zhengpin.storage.licences import Licences, Pair, read_edges, read_official
from zhengpin.storage.listings import ImageSharing, ListingReader
from zhengpin.storage.revisions import Revisions, Topic
from zhengpin.storage.scope import Scope
from zhengpin.storage.suppliers import SupplierReader

_OWN_IMAGES = ImageSharing()


@dataclass(frozen=True, slots=True)
class Offered:
    """A listing with the registered brand that it names, and its supplier; `None` is not known."""

    listing: Listing
    brand: Brand | None
    supplier: Supplier | None

    @property
    def pair(self) -> Pair:
        """The supplier and the brand that it sells; an empty text without one."""
        return self.listing.supplier_id, self.brand.brand_id if self.brand else ""

    @property
    def owned_brand(self) -> Brand | None:
        """The brand, if it is known whose it is: else nobody can tell who is a stranger to it."""
        return self.brand if self.brand and self.brand.owner_id else None


@dataclass(frozen=True, slots=True)
class _Page:
    images: Mapping[str, ImageSharing]
    """By listing id; only where others show them too."""
    licences: Licences
    letters: Mapping[Pair, Sequence[Holders]]
    """Who holds each of a supplier's letters, where others do too."""
    suppliers: Mapping[str, Supplier]
    """Those who hold one of these letters."""


def read_duplicates(
    scope: Scope, page: Sequence[Offered], revisions: Revisions, as_of: datetime
) -> tuple[Licences, list[DuplicateUse]]:
    """What others use too of each listing, and the letters of its supplier and of those that show its pictures."""
    shown = kept_hashes(scope, Topic.SHOWN_PICTURES, revisions.shown_pictures)
    images = ListingReader(scope).image_sharing([each.listing for each in page], shown)
    pairs = {each.pair for each in page if each.brand} | _pairs_of_users(page, images)
    edges = read_edges(scope, pairs, revisions)
    licences = Licences(edges, read_official(scope, {seller for seller, _ in edges}, revisions), as_of)
    letters = _read_letters(scope, edges.keys(), revisions)
    holders = {holder.supplier_id for files in letters.values() for file in files for holder in file}
    suppliers = SupplierReader(scope).find_many(holders)
    read = _Page(images, licences, letters, suppliers)
    return licences, [_duplicates(each, read) for each in page]


def _pairs_of_users(page: Iterable[Offered], images: Mapping[str, ImageSharing]) -> set[Pair]:
    return {
        (user, brand.brand_id)
        for each in page
        if (brand := each.owned_brand)
        for user in _all(images.get(each.listing.listing_id, _OWN_IMAGES).users)
    }


def _read_letters(scope: Scope, pairs: Collection[Pair], revisions: Revisions) -> dict[Pair, tuple[Holders, ...]]:
    notes = scope.memory.notes("shared documents", revisions.standings)
    return notes.look_up(pairs, AuthorisationReader(scope).sharing_documents, ())


def _duplicates(offered: Offered, page: _Page) -> DuplicateUse:
    shared = page.images.get(offered.listing.listing_id, _OWN_IMAGES)
    strangers = _strangers(offered, shared, page.licences)
    letters = page.letters.get(offered.pair, ())
    return DuplicateUse(
        suppliers_sharing_images=shared.suppliers,
        shared_images=shared.images,
        strangers_sharing_images=strangers.suppliers if strangers else None,
        images_of_strangers=strangers.images if strangers else None,
        suppliers_sharing_document=len({each.supplier_id for file in letters for each in file} - {offered.pair[0]}),
        strangers_sharing_document=len(
            {each.supplier_id for file in letters for each in _lenders(offered, file, page)}
        ),
    )


def _strangers(offered: Offered, shared: ImageSharing, licences: Licences) -> ImageSharing | None:
    """Of what others show too, the images that nobody shows who may sell the brand today."""
    brand = offered.owned_brand
    if brand is None:
        return None
    place = Place(offered.listing.category, offered.listing.territory)
    entitled = {user for user in _all(shared.users) if licences.may_sell(user, brand, place)}
    return ImageSharing(tuple(users for users in shared.users if users.isdisjoint(entitled)))


def _lenders(offered: Offered, letter: Holders, page: _Page) -> tuple[Supplier, ...]:
    supplier = offered.supplier or Supplier(offered.listing.supplier_id)
    return lenders_of(supplier, letter, page.suppliers)


def _all(users: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*users)
