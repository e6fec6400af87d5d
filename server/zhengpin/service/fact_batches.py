"""The kinds of facts as they stand in requests: which field holds the items, and how an item is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from zhengpin.errors import ZhengpinError
from zhengpin.service.batch import Sorted
from zhengpin.service.convert.facts import (
    authorisation_from_proto,
    brand_from_proto,
    list_entry_from_proto,
    order_event_from_proto,
    outcome_from_proto,
    price_report_from_proto,
    supplier_from_proto,
)
from zhengpin.service.convert.listing import listing_from_proto
from zhengpin.usecases.record_facts import FactKind


@dataclass(frozen=True, slots=True)
class Batch:
    """One kind of facts as it stands in a request: which field holds the items, and how an item is read."""

    kind: FactKind
    field: str
    convert: Callable[[Any], Any]

    def items_of(self, request: Any) -> Sequence[Any]:
        """The items of a request of this kind."""
        return list(getattr(request, self.field))  # a list, for each look at an item of a message makes a new object


SUPPLIERS = Batch(FactKind.SUPPLIERS, "suppliers", supplier_from_proto)
LISTINGS = Batch(FactKind.LISTINGS, "listings", listing_from_proto)
BRANDS = Batch(FactKind.BRANDS, "brands", brand_from_proto)
AUTHORISATIONS = Batch(FactKind.AUTHORISATIONS, "authorisations", authorisation_from_proto)
PRICES = Batch(FactKind.PRICES, "prices", price_report_from_proto)
ORDERS = Batch(FactKind.ORDERS, "events", order_event_from_proto)
OUTCOMES = Batch(FactKind.OUTCOMES, "outcomes", outcome_from_proto)
LIST_ENTRIES = Batch(FactKind.LIST_ENTRIES, "entries", list_entry_from_proto)

PAGES = {
    "suppliers": SUPPLIERS,
    "listings": LISTINGS,
    "brands": BRANDS,
    "authorisations": AUTHORISATIONS,
    "prices": PRICES,
    "orders": ORDERS,
    "outcomes": OUTCOMES,
    "entries": LIST_ENTRIES,
}
"""By the field of `IngestEventsRequest` that brings it."""


def all_problems(items: Sorted[Any], found: Sequence[ZhengpinError | None]) -> dict[int, ZhengpinError]:
    """What was wrong with an item's form, or with what it says, by place."""
    return items.problems | {
        place: problem for (place, _), problem in zip(items.good, found, strict=True) if problem is not None
    }
