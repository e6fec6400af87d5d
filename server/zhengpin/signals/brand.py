"""Signals of the brand: which one is named, who may sell it, and whose names stand in the title besides."""

from __future__ import annotations

from zhengpin.detectors.authorisation import Place, Standing, covers, last_day, standing_of
from zhengpin.detectors.codes import Gtin
from zhengpin.detectors.gtin_fault import gtin_fault
from zhengpin.detectors.local_day import Today, today_in
from zhengpin.detectors.names import Mention, mentions
from zhengpin.domain.brand import Brand, normalised_name
from zhengpin.domain.hit import Evidence, Value
from zhengpin.domain.snapshot import Snapshot
from zhengpin.signals.sheet import Sheet


def note_brand(sheet: Sheet, snapshot: Snapshot, gtin: Gtin) -> None:
    """Note every `gtin.*` and `brand.*` signal."""
    _note_gtin(sheet, snapshot, gtin)
    sheet.note("brand.named", bool(snapshot.listing.brand))
    if snapshot.listing.brand:
        sheet.note("brand.registered", snapshot.brand is not None)
    if snapshot.brand is not None:
        _note_registered(sheet, snapshot, snapshot.brand)
    if snapshot.duplicates is not None:
        sheet.note("brand.letter_shared_by", snapshot.duplicates.suppliers_sharing_document)
        sheet.note("brand.letter_shared_by_strangers", snapshot.duplicates.strangers_sharing_document)
    _note_title(sheet, snapshot)
    _note_look_alike(sheet, snapshot)


def _note_gtin(sheet: Sheet, snapshot: Snapshot, gtin: Gtin) -> None:
    listing = snapshot.listing
    sheet.note("gtin.present", gtin.given)
    if not gtin.given:
        return
    if not gtin.well_formed:
        sheet.note("gtin.well_formed", False, Evidence("gtin", listing.gtin, gtin_fault(listing.gtin)))
        return
    sheet.note("gtin.well_formed", True)
    sheet.note_all({"gtin.restricted": gtin.restricted, "gtin.coupon_or_serial": gtin.coupon_or_serial})
    owners = snapshot.gtin_brands
    if owners and listing.brand:
        matches = any(_is_named(owner, snapshot) for owner in owners)
        sheet.note(
            "gtin.brand_matches", matches, *(Evidence("gtin_brand", each.brand_id, each.name) for each in owners)
        )


def _is_named(brand: Brand, snapshot: Snapshot) -> bool:
    """Whether the brand is the listing's own."""
    if snapshot.brand is not None:
        return brand.brand_id == snapshot.brand.brand_id
    name = normalised_name(snapshot.listing.brand)
    return name in {normalised_name(each) for each in (brand.name, *brand.aliases)}


def _note_registered(sheet: Sheet, snapshot: Snapshot, brand: Brand) -> None:
    listing = snapshot.listing
    sheet.note("brand.gated", brand.gated)
    sheet.note("brand.owner_is_supplier", brand.owner_id == listing.supplier_id if brand.owner_id else None)
    if brand.categories and listing.category:
        at_home = any(covers(category, listing.category) for category in brand.categories)
        sheet.note("brand.at_home_in_category", at_home)
    place = Place(listing.category, listing.territory)
    today = today_in(listing.territory, snapshot.as_of)
    standing = standing_of(
        snapshot.authorisations,
        brand.owner_id,
        listing.supplier_id,
        place,
        today,
        official_store=_is_own_official_store(snapshot),
    )
    _note_standing(sheet, standing, today)


def _is_own_official_store(snapshot: Snapshot) -> bool:
    """Whether the listing stands in an official store that is its own supplier's."""
    shop, supplier = snapshot.shop, snapshot.supplier
    if shop is None or supplier is None or not shop.official_store:
        return False
    return any(each.shop_id == shop.shop_id for each in supplier.shops)


def _note_standing(sheet: Sheet, standing: Standing, today: Today) -> None:
    letters = [Evidence("authorisation", edge.authorisation_id) for edge in standing.path or ()]
    sheet.note("brand.authorised", standing.authorised, *letters)
    sheet.note("brand.authorisation_expired", standing.expired)
    if standing.path is not None:
        sheet.note("brand.authorisation_depth", len(standing.path), *letters)
    if standing.path:
        left = (last_day(standing.path) - today.lasting).days
        sheet.note("brand.authorisation_days_left", left, *letters)


def _may_mean_goods(brand: Brand, category: str) -> bool:
    """Whether the name may stand for the brand: among other goods it is more often a word (小米, apple)."""
    if not brand.categories or not category:
        return True
    return any(covers(each, category) for each in brand.categories)


_NO_OTHER_NAMES: dict[str, Value] = {
    "brand.others_in_title": 0,
    "brand.fits_in_title": 0,
    "brand.unnamed_in_title": False,
    "brand.gated_in_title": False,
    "brand.disguised_in_title": False,
}


def _note_title(sheet: Sheet, snapshot: Snapshot) -> None:
    own = snapshot.brand
    known = (*((own,) if own else ()), *snapshot.gtin_brands, *snapshot.known_brands)
    found = mentions(snapshot.listing.title, known)
    sheet.note_all(_NO_OTHER_NAMES)
    if found:
        _note_names(sheet, snapshot, found)
    if own is not None:
        sheet.note("brand.missing_in_title", all(each.brand.brand_id != own.brand_id for each in found))


def _note_names(sheet: Sheet, snapshot: Snapshot, found: tuple[Mention, ...]) -> None:
    own, listing = snapshot.brand, snapshot.listing
    others = [
        each
        for each in found
        if (own is None or each.brand.brand_id != own.brand_id) and _may_mean_goods(each.brand, listing.category)
    ]
    if others:
        meant = [each for each in others if not each.fits]
        fitted = [each for each in others if each.fits]
        sheet.note("brand.others_in_title", len(meant), *_words(meant))
        sheet.note("brand.fits_in_title", len(fitted), *_words(fitted))
        unnamed = meant if not listing.brand else []
        sheet.note("brand.unnamed_in_title", bool(unnamed), *_words(unnamed))
    gated = [each for each in found if each.brand.gated and not each.fits]
    sheet.note("brand.gated_in_title", bool(gated), *_words(gated))
    disguised = [each for each in found if each.disguised]
    sheet.note("brand.disguised_in_title", bool(disguised), *_words(disguised))


def _words(mentioned: list[Mention]) -> tuple[Evidence, ...]:
    return tuple(Evidence("title_words", each.brand.brand_id, each.words) for each in mentioned)


def _note_look_alike(sheet: Sheet, snapshot: Snapshot) -> None:
    found = snapshot.look_alike
    if found is None:
        sheet.note("brand.lookalike", False if snapshot.look_alikes_known else None)
        return
    pair = Evidence("look_alike", found.brand.brand_id, f"{found.text} → {found.name}")
    sheet.note("brand.lookalike", True, pair)
    sheet.note("brand.lookalike_kind", found.kind.value, pair)
