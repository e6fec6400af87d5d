"""What a report says of one listing: the verdict in words, and its price as the screening saw it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from google.protobuf.timestamp_pb2 import Timestamp

from zhengpin.v1 import listing_pb2, verdict_pb2
from zhengpin_client import words
from zhengpin_client.report.csv_file import verdict_cells
from zhengpin_client.words import Language


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One reason in words."""

    code: str
    text: str
    taken: str
    adjustments: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One listing with its verdict."""

    listing_id: str
    title: str
    product: str
    """Brand, model and variant as the listing names them."""
    currency: str
    unit_price: float | None
    """`price.paid`; `None` where the screening could not tell."""
    against_market: float | None
    """`price.vs_market`: over the median of the product's other sellers; `None` without a market to compare with."""
    market_sellers: int | None
    decision: verdict_pb2.Decision.ValueType
    actions: tuple[str, ...]
    reasons: tuple[ReasonRow, ...]
    cells: Mapping[str, str] = field(repr=False)
    """The verdict's cells in the CSV."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report shows."""

    rows: tuple[ReportRow, ...]
    """The strictest first."""

    def decisions(self) -> Counter[verdict_pb2.Decision.ValueType]:
        """Count rows by decision."""
        return Counter(row.decision for row in self.rows)

    def reasons(self) -> list[tuple[str, int]]:
        """Count rows by reason, the most frequent first."""
        return Counter(reason.code for row in self.rows for reason in row.reasons).most_common()

    def products(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """Give the places of rows with a market to compare with, by product and currency, the largest first."""
        found: dict[tuple[str, str], list[int]] = {}
        for place, row in enumerate(self.rows):
            if row.against_market is not None:
                found.setdefault((row.product.casefold(), row.currency), []).append(place)
        return {key: tuple(places) for key, places in sorted(found.items(), key=lambda item: -len(item[1]))}


def make_row(
    verdict: verdict_pb2.Verdict,
    listing: listing_pb2.Listing | None,
    language: Language,
    show_time: Callable[[Timestamp], str],
) -> ReportRow:
    """Say a verdict and its listing in words; a listing that is gone leaves only its id."""
    shown = listing or listing_pb2.Listing(listing_id=verdict.listing_id)
    seen = {each.name: each.value for each in verdict.explanation.signals if each.HasField("value")}
    return ReportRow(
        listing_id=verdict.listing_id,
        title=shown.title,
        product=_product(shown),
        currency=shown.offer.single_price.currency_code,
        unit_price=seen["price.paid"].number if "price.paid" in seen else None,
        against_market=seen["price.vs_market"].number if "price.vs_market" in seen else None,
        market_sellers=seen["price.market_sellers"].integer if "price.market_sellers" in seen else None,
        decision=verdict.decision,
        actions=tuple(words.action(each.kind, language) for each in verdict.actions),
        reasons=tuple(_reason(each, language) for each in verdict.reasons),
        cells=verdict_cells(verdict, language, show_time),
    )


def make_report(rows: Iterable[ReportRow]) -> Report:
    """Put the strictest first."""
    return Report(tuple(sorted(rows, key=lambda row: (-row.decision, -len(row.reasons), row.listing_id))))


def _product(listing: listing_pb2.Listing) -> str:
    named = (listing.brand, listing.model or listing.gtin, listing.spec)
    if not named[1]:
        return ""
    state = listing_pb2.Condition.Name(listing.condition).removeprefix("CONDITION_").lower()
    if listing.condition in {listing_pb2.CONDITION_USED, listing_pb2.CONDITION_REFURBISHED}:
        return " · ".join(filter(None, (*named, state)))
    return " · ".join(filter(None, named))


def _reason(reason: verdict_pb2.Reason, language: Language) -> ReasonRow:
    return ReasonRow(
        code=reason.code,
        text=words.text(reason.text, language),
        taken=words.action(reason.taken, language),
        adjustments=tuple(words.word(verdict_pb2.Adjustment.Name(each), language) for each in reason.adjustments),
        quotes=tuple(each.quote for each in reason.evidence if each.quote),
    )
