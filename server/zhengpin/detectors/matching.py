"""Which product a listing offers, and how many units of it."""

from __future__ import annotations

from dataclasses import dataclass

from zhengpin.detectors.codes import read_gtin
from zhengpin.domain.brand import normalised_name
from zhengpin.domain.listing import Listing
from zhengpin.domain.snapshot import SnapshotQuery


@dataclass(frozen=True, slots=True)
class Units:
    """How many units one purchase brings."""

    count: int


def product_key(listing: Listing) -> str:
    gtin = read_gtin(listing.gtin)
    if gtin.names_goods:
        return f"gtin:{gtin.digits}"
    return f"bms:{normalised_name(listing.brand)}:{normalised_name(listing.model)}:{normalised_name(listing.spec)}"


@dataclass(frozen=True, slots=True)
class PackReading:
    """The number of units as field and title give it."""

    units: Units | None
    disagree: bool | None


def read_pack(listing: Listing) -> PackReading:
    return PackReading(
        Units(listing.units_per_pack) if listing.units_per_pack else None, False if listing.units_per_pack else None
    )


def units(listing: Listing) -> Units | None:
    return read_pack(listing).units


def query_for(listing: Listing) -> SnapshotQuery:
    return SnapshotQuery(
        listing, product_key(listing), frozenset({normalised_name(listing.brand)}), read_gtin(listing.gtin).digits
    )
