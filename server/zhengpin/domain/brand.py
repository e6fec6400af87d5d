"""Brands, and who may sell them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from zhengpin.domain.money import Money


@dataclass(frozen=True, slots=True)
class Brand:
    """A registered brand."""

    brand_id: str
    name: str
    aliases: tuple[str, ...] = ()
    owner_id: str = ""
    """The supplier that owns the mark."""
    gated: bool = False
    """Only authorised suppliers may sell it."""
    reference_price: Money | None = None
    """The maker's recommended retail price for one unit of its core product, where the brand has one."""
    gtin_prefixes: tuple[str, ...] = ()
    """GS1 company prefixes, as digits."""
    categories: tuple[str, ...] = ()
    """Where the brand is at home; empty means everywhere."""


@dataclass(frozen=True, slots=True)
class Authorisation:
    """One edge of the authorisation graph: the licensor lets the licensee sell the brand."""

    authorisation_id: str
    brand_id: str
    licensor_id: str
    licensee_id: str
    valid_from: date
    valid_to: date
    """The last day on which it holds."""
    category: str = ""
    """Empty means every category."""
    territory: str = ""
    """ISO 3166-1 alpha-2; empty means everywhere."""
    sublicensable: bool = False
    document_sha256: str = ""
    mark: str = ""
    """The registered mark's number."""


def normalised_name(text: str) -> str:
    """A name as names are compared: compatibility forms folded, lower case, letters and digits only."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())
