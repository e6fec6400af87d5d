"""Which product a listing offers, and what must be read to compare it.

Two listings that are not the same product must never share a key: a wrong merge makes an honest price look false, a
missed one only leaves a price without comparison. So a product whose title and fields disagree has no key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhengpin.detectors.codes import read_gtin
from zhengpin.detectors.lexicon import variants
from zhengpin.detectors.names import candidate_names
from zhengpin.detectors.packs import PackReading, Units, read_pack
from zhengpin.detectors.wording import (
    codes,
    colours,
    measure,
    measures,
    plain,
    without_colours,
    without_measures,
    words,
)
from zhengpin.domain.brand import normalised_name
from zhengpin.domain.listing import AuthenticityClaim, Listing
from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.snapshot import SnapshotQuery

__all__ = ["PackReading", "Units", "product_key", "query_for", "read_pack", "units"]

_PART_NUMBER = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z0-9]{5,}")
_MEASURED = re.compile(r"(?:^|[_ (])([a-z]+)\)?$")


def query_for(listing: Listing) -> SnapshotQuery:
    """Say what must be read to screen the listing."""
    return SnapshotQuery(
        listing,
        product_key=product_key(listing),
        names=candidate_names(listing.title, listing.brand),
        gtin=read_gtin(listing.gtin).digits,
    )


def units(listing: Listing) -> Units | None:
    """Give the number of units that one purchase brings; `None` if it can't be told."""
    return read_pack(listing).units


def product_key(listing: Listing) -> str:
    """Name the product over sellers: by GTIN, else by brand, model and spec; empty if it can't be told.

    Goods declared compatible are not the brand's whose name the listing bears, and many makers share that name.
    """
    gtin = read_gtin(listing.gtin)
    if gtin.names_goods:
        return f"gtin:{gtin.digits}"
    brand = normalised_name(plain(listing.brand))
    if not brand or brand in variants.NO_BRAND or listing.authenticity_claim is AuthenticityClaim.COMPATIBLE:
        return ""
    pack = units(listing)
    spec = _Spec(listing.spec, _measured_attributes(listing, pack), pack)
    return _key_of(brand, listing.title, listing.model, spec)


@quickly_made
@dataclass(frozen=True, slots=True)
class _Spec:
    """What is declared of the variant."""

    field: str
    measured: frozenset[str]
    pack: Units | None


@lru_cache(maxsize=8192)
def _key_of(brand: str, written_title: str, written_model: str, declared: _Spec) -> str:
    """Make the key; screening asks for it several times."""
    field = plain(written_model)
    title = _with_model_apart(plain(written_title), field)
    model = _model(field, title, brand)
    spec = _spec(title, declared, model) if model else None
    if spec is None or not (spec or _PART_NUMBER.fullmatch(model)):
        return ""
    return f"bms:{brand}:{model}:{spec}"


def _with_model_apart(title: str, field: str) -> str:
    """Keep a number before the model from being read with its first letters: in "41 KG-122" are no 41 kilograms."""
    is_code = field[:1].isalpha() and any(map(str.isdigit, field))
    return title.replace(f" {field}", f" | {field}") if is_code else title


def _model(field: str, title: str, brand: str) -> str:
    """Give the model that the field names, if the title does not speak of another."""
    named = codes(without_measures(field), brand)
    if not named:
        return normalised_name(field).removeprefix(brand)
    if len(named) > 1:
        return ""
    (model,) = named
    in_title = codes(without_measures(title), brand)
    if in_title and (model not in in_title or any(_rivals(model, other) for other in in_title)):
        return ""
    return model


def _rivals(model: str, other: str) -> bool:
    """Whether another code of the title may be the model as well: a sibling (664, 664xl), or one of the same shape."""
    if model == other:
        return False
    short, long = sorted((model, other), key=len)
    return (long.startswith(short) and long[len(short) :].isalpha()) or _shape(model) == _shape(other)


def _shape(code: str) -> str:
    return "".join("9" if character.isdigit() else "a" for character in code)


def _spec(title: str, declared: _Spec, model: str) -> str | None:
    """Give what makes the variant, in a fixed order; `None` if title, field and attributes disagree."""
    field = plain(declared.field)
    in_title, in_field = words(without_measures(title)), words(without_measures(field))
    if not variants.EITHER.isdisjoint((*in_title, *in_field)):
        return None
    mixture = _mixture(colours(in_title), colours(in_field), declared.pack)
    quantity = _agreed(measures(title), measures(field), declared.measured)
    if mixture is None or quantity is None:
        return None
    rest = sorted(without_colours(_without_model(in_field, model)) - variants.GLUE)
    return "|".join(filter(None, (mixture, *sorted(quantity), *rest)))


def _without_model(parts: Sequence[str], model: str) -> tuple[str, ...]:
    """Give a field's words without the model where it is repeated there; the 41 of a shoe WP-41 is its size."""
    own = words(model)
    left = list(parts)
    for start in reversed(range(len(parts) - len(own) + 1)):
        if tuple(left[start : start + len(own)]) == own:
            del left[start : start + len(own)]
    return tuple(part for part in left if part not in own or part.isdigit())


def _mixture(in_title: frozenset[str], in_field: frozenset[str], pack: Units | None) -> str | None:
    """Give the colours of one article, or what a set is made of: black/white is a shoe, black+white are two things."""
    if in_title and in_field and in_title != in_field:
        return None
    named = in_title or in_field
    if len(named) <= 1:
        return "".join(named)
    if pack is None:
        return None
    if pack.count == 1:
        return "/".join(sorted(named))
    if pack.parts:
        return pack.mixture if {name for name, _ in pack.parts} == named else None
    return Units(pack.count, tuple((name, 1) for name in sorted(named))).mixture if pack.count == len(named) else None


def _agreed(*readings: frozenset[str]) -> frozenset[str] | None:
    given = {reading for reading in readings if reading}
    if len(given) > 1:
        return None
    return given.pop() if given else frozenset()


def _measured_attributes(listing: Listing, pack: Units | None) -> frozenset[str]:
    """Give quantities of attributes such as `volume_ml: 2.0`; of a pack they may be the sum or each, so none."""
    if not listing.attributes or pack is None or pack.count > 1:
        return frozenset()
    found: set[str] = set()
    for name, value in listing.attributes:
        unit = _unit_in(name)
        number = value.strip().replace(",", ".")
        if unit and number.replace(".", "", 1).isdecimal() and float(number):
            found.add(measure(number, unit))
    return frozenset(found)


@lru_cache(maxsize=8192)
def _unit_in(attribute: str) -> str:
    """Give the unit that an attribute's name ends with: `volume_ml`, "weight (kg)"; empty without one."""
    unit = _MEASURED.search(plain(attribute))
    return unit[1] if unit and unit[1] in variants.MEASURES else ""
