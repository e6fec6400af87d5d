"""Which registered images a listing's own pictures look like, as far as that says anything of the listing.

What looks like an official picture is the brand's own, whoever else showed it: it is held against nobody who may sell
the brand, nor taken for a fake's. So it is with pictures of a fake that a listing shows which was found to be genuine,
is of somebody who may sell the brand, or is of another supplier and showed them first: the fake took them from there.
Of a stock picture nobody can tell whose it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhengpin.detectors.authorisation import Place
from zhengpin.detectors.images.phash import distance
from zhengpin.domain.brand import Brand
from zhengpin.domain.image import ImageMatch, ImageRole, RegisteredImage
from zhengpin.domain.listing import Image, Listing, StoredListing, pictures_since
from zhengpin.storage.brands import BrandReader
from zhengpin.storage.duplicates import Offered
from zhengpin.storage.hash_log import KeptHashes, kept_hashes
from zhengpin.storage.licences import Licences, read_edges, read_official
from zhengpin.storage.listings import ListingReader, is_telling
from zhengpin.storage.outcomes import OutcomeReader
from zhengpin.storage.registered_images import RegisteredImageReader, head_of
from zhengpin.storage.revisions import Revisions, Topic
from zhengpin.storage.scope import Scope

Matches = tuple[ImageMatch, ...]


def read_image_matches(
    scope: Scope, page: Sequence[Offered], revisions: Revisions, as_of: datetime
) -> list[Matches | None]:
    """What each listing's pictures look like, in their order; `None` where there is nothing to compare."""
    if not revisions.registered_images:
        return [None] * len(page)
    kept = kept_hashes(scope, Topic.REGISTERED_IMAGES, revisions.registered_images)
    alike = _read_alike(scope, {image for each in page for image in each.listing.images}, kept)
    matches = [_matches(each.listing, alike) if _is_comparable(each.listing) else None for each in page]
    found = [(offered, each) for offered, each in zip(page, matches, strict=True) if each]
    if not found:
        return matches
    telling = _read_telling(scope, found, revisions, as_of)
    return [each and telling.of(offered, each) for offered, each in zip(page, matches, strict=True)]


def looks_for_copies(scope: Scope, revisions: Revisions) -> bool:
    """Whether registered images are found that are nearly alike: of too many, only the same ones are."""
    return not kept_hashes(scope, Topic.REGISTERED_IMAGES, revisions.registered_images).too_many


def _is_comparable(listing: Listing) -> bool:
    return any(image.sha256 or is_telling(image.phash) for image in listing.images)


def _read_alike(scope: Scope, images: Collection[Image], kept: KeptHashes) -> dict[Image, list[RegisteredImage]]:
    """The registered images that each image looks like, or is."""
    reader = RegisteredImageReader(scope)
    near = kept.near({image.phash for image in images if is_telling(image.phash)})
    heads = kept.held({head_of(image.sha256) for image in images if image.sha256})
    pictures = reader.under_phashes(frozenset().union(*near.values()))
    files = reader.under_sha256s({each.sha256 for each in images if each.sha256 and head_of(each.sha256) in heads})
    found = {}
    for image in images:
        copies = near.get(image.phash, frozenset()) if image.phash is not None else ()
        alike = [*files.get(image.sha256, ()), *(each for copy in copies for each in pictures.get(copy, ()))]
        if alike:
            found[image] = list({each.image_id: each for each in alike}.values())
    return found


def _matches(listing: Listing, alike: Mapping[Image, Collection[RegisteredImage]]) -> Matches:
    found = (
        ImageMatch(image, registered, _distance(image, registered))
        for image in listing.images
        for registered in alike.get(image, ())
        if registered.listing_id != listing.listing_id
    )
    return tuple(sorted(found, key=lambda match: (match.distance, match.registered.image_id, match.shown.uri)))


def _distance(image: Image, registered: RegisteredImage) -> int:
    if image.sha256 and image.sha256 == registered.sha256:
        return 0
    assert image.phash is not None
    assert registered.phash is not None
    return distance(image.phash, registered.phash)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What is needed to say which matches tell anything."""

    brands: Mapping[str, Brand]
    """Those whose official pictures were matched."""
    licences: Licences
    showing: Mapping[Image, Collection[str]]
    """Which listings show the pictures that look like a fake's; stock pictures, that all show, are left out."""
    stored: Mapping[str, StoredListing]
    """These listings, and those of the fakes."""
    genuine: frozenset[str]
    """Those of them that were found to be so, and not fake later."""

    def of(self, offered: Offered, matches: Matches) -> Matches:
        """Those of a listing's matches that tell anything of it."""
        official = {each.shown for each in matches if each.registered.role is ImageRole.OFFICIAL}
        return tuple(each for each in matches if self._tells(offered, each, official))

    def _tells(self, offered: Offered, match: ImageMatch, official: Collection[Image]) -> bool:
        registered = match.registered
        if registered.role is ImageRole.OFFICIAL:
            brand = self.brands.get(registered.brand_id)
            return brand is not None and not self._may_sell(offered.listing.supplier_id, brand, offered.listing)
        showing = self.showing.get(match.shown)
        if showing is None or match.shown in official or registered.listing_id in self.genuine:
            return False
        return not any(self._is_honest(self.stored[each], registered, offered) for each in showing)

    def _is_honest(self, showing: StoredListing, fakes: RegisteredImage, offered: Offered) -> bool:
        """Whether a listing that shows a fake's picture did not copy it from the fake."""
        listing, brand = showing.listing, offered.owned_brand
        if listing.listing_id in self.genuine or self._showed_it_before(showing, fakes):
            return True
        return brand is not None and self._may_sell(listing.supplier_id, brand, offered.listing)

    def _showed_it_before(self, showing: StoredListing, fakes: RegisteredImage) -> bool:
        """Whether another supplier than the fake's showed it first."""
        fake, since = self.stored.get(fakes.listing_id), pictures_since(showing.on_sale_since, showing.edits)
        if fakes.first_shown_at is None or since is None or since >= fakes.first_shown_at:
            return False
        return fake is None or showing.listing.supplier_id != fake.listing.supplier_id

    def _may_sell(self, seller: str, brand: Brand, listing: Listing) -> bool:
        return self.licences.may_sell(seller, brand, Place(listing.category, listing.territory))


def _read_telling(
    scope: Scope, found: Sequence[tuple[Offered, Matches]], revisions: Revisions, as_of: datetime
) -> _Telling:
    official = _of_role(found, ImageRole.OFFICIAL)
    fakes = _of_role(found, ImageRole.CONFIRMED_FAKE)
    shown = kept_hashes(scope, Topic.SHOWN_PICTURES, revisions.shown_pictures)
    showing = ListingReader(scope).showing({match.shown for _, match in fakes}, shown)
    listing_ids = {match.registered.listing_id for _, match in fakes} - {""}
    listing_ids |= {listing_id for listings in showing.values() for listing_id in listings}
    pairs = {(offered.listing.supplier_id, match.registered.brand_id) for offered, match in official}
    pairs |= {
        (user, brand.brand_id)
        for offered, match in fakes
        if (brand := offered.owned_brand)
        for user in showing.get(match.shown, {}).values()
    }
    edges = read_edges(scope, pairs, revisions)
    sellers = {seller for (seller, _), letters in edges.items() if letters}
    return _Telling(
        brands=BrandReader(scope).by_ids({match.registered.brand_id for _, match in official}),
        licences=Licences(edges, read_official(scope, sellers, revisions), as_of),
        showing=showing,
        stored=ListingReader(scope).find_many(listing_ids),
        genuine=OutcomeReader(scope).found_genuine(listing_ids, as_of),
    )


def _of_role(found: Iterable[tuple[Offered, Matches]], role: ImageRole) -> list[tuple[Offered, ImageMatch]]:
    return [(offered, each) for offered, matches in found for each in matches if each.registered.role is role]
