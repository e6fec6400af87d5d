"""A listing: one offer of one supplier, as the marketplace shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from zhengpin.domain.brand import normalised_name
from zhengpin.domain.money import Money
from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.word import Word


class Condition(Word):
    """What the seller says of the goods' state."""

    UNKNOWN = "unknown"
    NEW = "new"
    REFURBISHED = "refurbished"
    USED = "used"


class AuthenticityClaim(Word):
    """What the seller claims the goods to be: the brand's own, or made by another to fit it."""

    NONE = "none"
    GENUINE = "genuine"
    COMPATIBLE = "compatible"


class SaleKind(Word):
    """How the price came about. Prices compare only within one kind (domain.md §5)."""

    REGULAR = "regular"
    PROMOTION = "promotion"
    PRE_ORDER = "pre_order"


@quickly_made
@dataclass(frozen=True, slots=True)
class GroupTier:
    """A price that holds when `size` people buy together (拼团)."""

    size: int
    price: Money


@quickly_made
@dataclass(frozen=True, slots=True)
class Offer:
    """What the goods cost, before and after what the seller takes off.

    Prices are for the whole listing (all units of a pack). `merchant_discount` is what the seller takes off
    `single_price` (coupon, share of a full reduction), `platform_subsidy` what the platform pays: it lowers what the
    buyer pays and is never held against the seller.
    """

    single_price: Money | None = None
    group_tiers: tuple[GroupTier, ...] = ()
    was_price: Money | None = None
    merchant_discount: Money | None = None
    platform_subsidy: Money | None = None
    campaign_floor: Money | None = None
    """The highest price a platform campaign lets the seller ask."""
    unit_cost: Money | None = None
    """The declared bill-of-materials cost of one unit."""
    sale_kind: SaleKind = SaleKind.REGULAR


@quickly_made
@dataclass(frozen=True, slots=True)
class Image:
    """One picture of a listing."""

    uri: str
    sha256: str = ""
    phash: int | None = None
    """64-bit perceptual hash."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Listing:
    """One offer of one supplier. Empty text means that the marketplace did not say."""

    listing_id: str
    supplier_id: str
    shop_id: str = ""
    title: str = ""
    description: str = ""
    category: str = ""
    brand: str = ""
    gtin: str = ""
    model: str = ""
    spec: str = ""
    """What makes one variant of a model another product: "500 ml", "black", "XL"."""
    attributes: tuple[tuple[str, str], ...] = ()
    origin_place: str = ""
    factory_id: str = ""
    images: tuple[Image, ...] = ()
    offer: Offer = field(default_factory=Offer)
    units_per_pack: int | None = None
    condition: Condition = Condition.UNKNOWN
    authenticity_claim: AuthenticityClaim = AuthenticityClaim.NONE
    stock: int | None = None
    territory: str = ""
    """Where it is sold (ISO 3166-1 alpha-2). Prices and authorisations compare within a territory."""
    authorisation_ids: tuple[str, ...] = ()
    customs_declaration: str = ""
    created_at: datetime | None = None
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a stored listing's identity: which fields changed, when, and how much had been sold by then."""

    edited_at: datetime
    fields: tuple[str, ...]
    units_sold_before: int


IDENTITY_FIELDS = ("title", "brand", "gtin", "model", "main_image", "supplier_id")
"""What makes a listing the same listing: a change of one of these after sales is how listings are hijacked."""


def edit_between(old: Listing, new: Listing, now: datetime, units_sold: int) -> Edit | None:
    """The edit that turns the old listing into the new one; `None` if it stays what it was.

    Another way to write the same (case, spaces, hyphens, a GTIN's leading zeros) is no edit, nor is it one to tell a
    code, a model or a picture that was not told before, or more of a picture: it stays the same as long as its hash
    does, or its place where a hash is not known. A brand that is told for the first time is another brand.
    """
    before, after = _identity(old), _identity(new)
    new_image = bool(old.images) and not _is_same_image(_main_image(old), _main_image(new))
    changed = tuple(
        field
        for field in IDENTITY_FIELDS
        if (new_image if field == "main_image" else _differs(field, before[field], after[field]))
    )
    return Edit(_time_of_edit(old, new, now), changed, units_sold) if changed else None


_TOLD_LATER = frozenset({"gtin", "model"})


def _differs(field: str, before: str, after: str) -> bool:
    return before != after and (bool(before) or field not in _TOLD_LATER)


def _time_of_edit(old: Listing, new: Listing, now: datetime) -> datetime:
    """When it was edited: as the marketplace says where it tells a later edit than before, else just now.

    A time that stays the same over an edit is one that the marketplace does not keep.
    """
    said, before = new.edited_at, old.edited_at or old.created_at
    if said is None or said > now or (before is not None and said <= before):
        return now
    return said


def _identity(listing: Listing) -> dict[str, str]:
    """The values of `IDENTITY_FIELDS` but the image, as they are compared."""
    return {
        "title": normalised_name(listing.title),
        "brand": normalised_name(listing.brand),
        "gtin": "".join(filter(str.isdecimal, listing.gtin)).lstrip("0"),
        "model": normalised_name(listing.model),
        "supplier_id": listing.supplier_id,
    }


def _main_image(listing: Listing) -> Image:
    return listing.images[0] if listing.images else Image("")


def _is_same_image(one: Image, other: Image) -> bool:
    if one.sha256 and other.sha256:  # a picture may be swapped in its place
        return one.sha256 == other.sha256
    return one.uri == other.uri


def pictures_since(on_sale_since: datetime | None, edits: Iterable[Edit]) -> datetime | None:
    """Since when a listing shows its present pictures, as far as its edits tell: they name the main image alone."""
    changed = (edit.edited_at for edit in edits if "main_image" in edit.fields)
    return max(changed, default=on_sale_since)


@dataclass(frozen=True, slots=True)
class StoredListing:
    """A listing as the store has it."""

    listing: Listing
    first_seen_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    edits: tuple[Edit, ...] = ()
    """The newest first, at most 50."""

    @property
    def on_sale_since(self) -> datetime:
        """When the marketplace first had it: as it says itself, or since it was first told if that is longer."""
        created_at = self.listing.created_at
        return self.first_seen_at if created_at is None else min(self.first_seen_at, created_at)
