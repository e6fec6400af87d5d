"""What makes listings different products however alike they are worded: cannot-links between offers.

Everything here errs on the side of two products: one that is not merged only lacks a comparison.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhengpin.detectors.codes import read_gtin
from zhengpin.detectors.compatible import CALLED_COMPATIBLE, said_compatible
from zhengpin.detectors.lexicon import variants
from zhengpin.detectors.matching import units
from zhengpin.detectors.packs import Units
from zhengpin.detectors.passage import Passage
from zhengpin.detectors.wording import codes, colours, measures, plain, without_measures, words
from zhengpin.domain.brand import normalised_name
from zhengpin.domain.listing import AuthenticityClaim, Condition, Listing

_UNIT = re.compile(r"[a-z]+$")


@dataclass(frozen=True, slots=True)
class Variant:
    """What of a listing tells its variant."""

    gtin: str
    """Empty unless it names goods over all sellers."""
    brand: str
    compatible: bool
    """Made by another than the brand, as far as title or seller say."""
    condition: Condition
    pack: Units | None
    codes: frozenset[str]
    """Words with a digit and numbers, suffixes such as XL joined to them."""
    colours: frozenset[str]
    measures: frozenset[str]
    editions: frozenset[str]
    is_unclear: bool
    """The buyer chooses among several, or title and model field speak of different codes."""


def variant_of(listing: Listing) -> Variant:
    """Read what tells the variant from title, model and spec."""
    gtin, brand = read_gtin(listing.gtin), normalised_name(plain(listing.brand))
    written = plain(f"{listing.title} | {listing.model} | {listing.spec}")
    named = words(without_measures(written))
    return Variant(
        gtin=gtin.digits if gtin.names_goods else "",
        brand="" if brand in variants.NO_BRAND else brand,
        compatible=_is_compatible(listing),
        condition=listing.condition,
        pack=units(listing),
        codes=codes(without_measures(written), brand),
        colours=colours(named),
        measures=measures(written),
        editions=frozenset(variants.EDITIONS & {*named}).union(
            edition for edition in variants.CHINESE_EDITIONS if edition in written
        ),
        is_unclear=not variants.EITHER.isdisjoint(named) or _contradicts_itself(listing, brand),
    )


def _contradicts_itself(listing: Listing, brand: str) -> bool:
    field, title = (codes(without_measures(plain(text)), brand) for text in (listing.model, listing.title))
    return bool(field and title) and not field <= title


def _is_compatible(listing: Listing) -> bool:
    if listing.authenticity_claim is AuthenticityClaim.COMPATIBLE:
        return True
    passage = Passage("title", listing.title)
    called = CALLED_COMPATIBLE.intersection(words(plain(listing.title)))
    return said_compatible(passage, called, listing.title, (listing.brand,) if listing.brand else ()) is not None


def are_apart(one: Variant, other: Variant) -> bool:
    """Whether two listings can't be one product, or can't surely be compared.

    They must say the same of brand, condition, pack, colours, edition and who made them. Codes and measures may be told
    by one alone, but neither may be contradicted: "664" and "664 XL", "500 ml" and "1 l", version 7 and version 8.
    """
    if one.is_unclear or other.is_unclear or one.pack is None or Condition.UNKNOWN in {one.condition, other.condition}:
        return True
    same = (one.brand, one.compatible, one.condition, one.pack, one.colours, one.editions)
    if same != (other.brand, other.compatible, other.condition, other.pack, other.colours, other.editions):
        return True
    if one.gtin and other.gtin and one.gtin != other.gtin:
        return True
    return _contradict(one.codes, other.codes) or _measured_otherwise(one.measures, other.measures)


def _contradict(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each names a code that the other doesn't, or a sibling: 664 beside 664xl."""
    only_one, only_other = one - other, other - one
    if only_one and only_other:
        return True
    return any(_are_siblings(code, shared) for code in only_one | only_other for shared in one & other)


def _are_siblings(code: str, other: str) -> bool:
    short, long = sorted((code, other), key=len)
    return long.startswith(short) and long[len(short) :].isalpha()


def _measured_otherwise(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both measure in the same unit and don't find the same."""
    return any(_in_unit(one, unit) != _in_unit(other, unit) for unit in _units(one) & _units(other))


def _units(found: frozenset[str]) -> frozenset[str]:
    return frozenset(unit[0] for each in found if (unit := _UNIT.search(each)))


def _in_unit(found: frozenset[str], unit: str) -> set[str]:
    return {each for each in found if (match := _UNIT.search(each)) and match[0] == unit}
