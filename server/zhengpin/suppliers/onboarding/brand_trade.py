"""A trade in a registered brand, with the letters that may lead to the applicant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from zhengpin.detectors.authorisation import Place
from zhengpin.detectors.local_day import Today, today_in
from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.domain.onboarding import IntendedTrade
from zhengpin.suppliers.onboarding.case import Case


@dataclass(frozen=True, slots=True)
class BrandTrade:
    """Who wants to sell which brand, where."""

    case: Case
    trade: IntendedTrade
    brand: Brand
    letters: tuple[Authorisation, ...]
    """Of the brand, those on any path that ends with the applicant."""

    @property
    def applicant_id(self) -> str:
        """Who wants to sell it."""
        return self.case.supplier.supplier_id

    @property
    def place(self) -> Place:
        """What is sold, and where."""
        return Place(self.trade.category, self.trade.territory)

    @property
    def today(self) -> Today:
        """The day where it is sold."""
        return today_in(self.trade.territory, self.case.as_of)

    @property
    def needs_letter(self) -> bool:
        """Whether no invoice stands for the letter."""
        return self.brand.gated or self.trade.flagship

    @property
    def about(self) -> dict[str, Any]:
        """What a finding about this trade is about."""
        return {"subject": self.brand.brand_id, "trades": (self.trade,)}

    def is_stored(self, letters: Iterable[Authorisation]) -> bool:
        """Whether the marketplace has all of the letters, and not only the applicant's word for one."""
        stored = {letter.authorisation_id for letter in self.case.known.authorisations}
        return all(letter.authorisation_id in stored for letter in letters)


def ids_of_letters(letters: tuple[Authorisation, ...]) -> tuple[str, ...]:
    """The letters by their ids."""
    return tuple(letter.authorisation_id for letter in letters)
