"""Listings."""

from __future__ import annotations

from zhengpin.domain.listing import AuthenticityClaim, Condition, Edit, Image, Listing, StoredListing
from zhengpin.service.convert.offer import offer_from_proto, offer_to_proto
from zhengpin.service.convert.scalars import EnumPair, moment_to_proto, optional_moment_from_proto
from zhengpin.v1 import listing_pb2 as pb

CONDITIONS = EnumPair(Condition, pb.Condition, "CONDITION_", Condition.UNKNOWN)
CLAIMS = EnumPair(AuthenticityClaim, pb.AuthenticityClaim, "AUTHENTICITY_CLAIM_", AuthenticityClaim.NONE)


def listing_from_proto(message: pb.Listing) -> Listing:
    """A listing as the marketplace sent it; raises `InvalidInput` where its times or its prices can't be."""
    return Listing(
        listing_id=message.listing_id,
        supplier_id=message.supplier_id,
        shop_id=message.shop_id,
        title=message.title,
        description=message.description,
        category=message.category,
        brand=message.brand,
        gtin=message.gtin,
        model=message.model,
        spec=message.spec,
        attributes=tuple(sorted(message.attributes.items())),
        origin_place=message.origin_place,
        factory_id=message.factory_id,
        images=tuple([image_from_proto(image) for image in message.images]),
        offer=offer_from_proto(message.offer),
        units_per_pack=message.units_per_pack if message.HasField("units_per_pack") else None,
        condition=CONDITIONS.from_proto(message.condition),
        authenticity_claim=CLAIMS.from_proto(message.authenticity_claim),
        stock=message.stock if message.HasField("stock") else None,
        territory=message.territory,
        authorisation_ids=tuple(message.authorisation_ids),
        customs_declaration=message.customs_declaration,
        created_at=optional_moment_from_proto(message, "created_at"),
        edited_at=optional_moment_from_proto(message, "edited_at"),
    )


def image_from_proto(message: pb.Image) -> Image:
    """One picture."""
    return Image(message.uri, message.sha256, message.phash if message.HasField("phash") else None)


def listing_to_proto(listing: Listing) -> pb.Listing:
    """A listing as it is answered."""
    return pb.Listing(
        listing_id=listing.listing_id,
        supplier_id=listing.supplier_id,
        shop_id=listing.shop_id,
        title=listing.title,
        description=listing.description,
        category=listing.category,
        brand=listing.brand,
        gtin=listing.gtin,
        model=listing.model,
        spec=listing.spec,
        attributes=dict(listing.attributes),
        origin_place=listing.origin_place,
        factory_id=listing.factory_id,
        images=[pb.Image(uri=image.uri, sha256=image.sha256, phash=image.phash) for image in listing.images],
        offer=offer_to_proto(listing.offer),
        units_per_pack=listing.units_per_pack,
        condition=CONDITIONS.to_proto(listing.condition),
        authenticity_claim=CLAIMS.to_proto(listing.authenticity_claim),
        stock=listing.stock,
        territory=listing.territory,
        authorisation_ids=listing.authorisation_ids,
        customs_declaration=listing.customs_declaration,
        created_at=moment_to_proto(listing.created_at) if listing.created_at else None,
        edited_at=moment_to_proto(listing.edited_at) if listing.edited_at else None,
    )


def stored_listing_to_proto(stored: StoredListing) -> pb.StoredListing:
    """A listing with its history."""
    return pb.StoredListing(
        listing=listing_to_proto(stored.listing),
        first_seen_at=moment_to_proto(stored.first_seen_at),
        updated_at=moment_to_proto(stored.updated_at),
        deleted_at=moment_to_proto(stored.deleted_at) if stored.deleted_at else None,
        edits=[_edit_to_proto(edit) for edit in stored.edits],
    )


def _edit_to_proto(edit: Edit) -> pb.ListingEdit:
    return pb.ListingEdit(
        edited_at=moment_to_proto(edit.edited_at), fields=edit.fields, units_sold_before=edit.units_sold_before
    )
