"""How many units one purchase brings: what the field says, checked against what the title says.

A price per unit is worth nothing if the number of units is wrong, so that doubt makes it unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhengpin.detectors.pack_titles import Claim, PackTitle, Units, read_pack_title
from zhengpin.detectors.unit_counts import stated_counts
from zhengpin.domain.listing import Listing
from zhengpin.domain.quick_init import quickly_made

__all__ = ["PackReading", "Units", "read_pack"]


@quickly_made
@dataclass(frozen=True, slots=True)
class PackReading:
    """The number of units, where it can be told."""

    units: Units | None
    disagree: bool | None
    """The title's number differs from the field's; `None` if one of them is not given."""


_UNKNOWN = PackReading(None, disagree=None)


def read_pack(listing: Listing) -> PackReading:
    """Read title and field; without a title the field stands alone, and without either nothing is guessed."""
    field = listing.units_per_pack if listing.units_per_pack and listing.units_per_pack > 0 else None
    if not listing.title:
        return PackReading(Units(field), disagree=None) if field else _UNKNOWN
    title = read_pack_title(listing.title, listing.brand, listing.model)
    if title.bundled:
        return _UNKNOWN
    if field == 1 and title.counts and title.counts <= stated_counts(listing.spec):
        # "Knife set, 5 pcs" with "5 pcs" as its spec is one article.
        return PackReading(Units(1), disagree=False)
    stated = title.units(field)
    if stated is not None:
        agreed = field is None or field == stated.count
        return PackReading(stated if agreed else None, disagree=None if field is None else not agreed)
    return _by_field(title, field)


def _by_field(title: PackTitle, field: int | None) -> PackReading:
    """Trust the field where the title states no number, if the title's words agree with one or with several."""
    if field is None or title.contradicts_itself:
        return _UNKNOWN
    if field == 1:
        return _UNKNOWN if title.claim is Claim.SEVERAL else PackReading(Units(1), disagree=False)
    # A pack whose title does not say so is as often a wrong field as a pack.
    return _UNKNOWN if title.claim is Claim.NOTHING else PackReading(Units(field), disagree=False)
