"""What a report says of one listing, and of the market that its price stands in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.money_pb2 import Money

from zhengpin.v1 import listing_pb2, verdict_pb2
from zhengpin_client import words
from zhengpin_client.report.csv_file import verdict_cells
from zhengpin_client.words import Language

MARKET_OF = 2
"""Listings of one product from which on their median is called a market."""


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
    """Brand, model and variant; listings of one product compare."""
    currency: str
    unit_price: float | None
    """What one unit costs a single buyer, after the merchant's discount and before the platform's subsidy."""
    decision: verdict_pb2.Decision.ValueType
    actions: tuple[str, ...]
    reasons: tuple[ReasonRow, ...]
    cells: Mapping[str, str] = field(repr=False)
    """The verdict's cells in the CSV."""

    @property
    def market(self) -> tuple[str, str]:
        """Name the market: prices compare within one product and one currency."""
        return self.product.casefold(), self.currency


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report shows."""

    rows: tuple[ReportRow, ...]
    """The strictest first."""
    medians: Mapping[tuple[str, str], float]
    """Of unit prices, by market."""

    def decisions(self) -> Counter[verdict_pb2.Decision.ValueType]:
        """Count rows by decision."""
        return Counter(row.decision for row in self.rows)

    def reasons(self) -> list[tuple[str, int]]:
        """Count rows by reason, the most frequent first."""
        return Counter(reason.code for row in self.rows for reason in row.reasons).most_common()

    def against_market(self, row: ReportRow) -> float | None:
        """Give a row's unit price over its market's median; `None` where there is none to compare with."""
        middle = self.medians.get(row.market)
        return None if row.unit_price is None or not middle else row.unit_price / middle


def make_row(
    verdict: verdict_pb2.Verdict,
    listing: listing_pb2.Listing | None,
    language: Language,
    show_time: Callable[[Timestamp], str],
) -> ReportRow:
    """Say a verdict and its listing in words; a listing that is gone leaves only its id."""
    shown = listing or listing_pb2.Listing(listing_id=verdict.listing_id)
    return ReportRow(
        listing_id=verdict.listing_id,
        title=shown.title,
        product=_product(shown),
        currency=shown.offer.single_price.currency_code,
        unit_price=_unit_price(shown),
        decision=verdict.decision,
        actions=tuple(words.action(each.kind, language) for each in verdict.actions),
        reasons=tuple(_reason(each, language) for each in verdict.reasons),
        cells=verdict_cells(verdict, language, show_time),
    )


def make_report(rows: Iterable[ReportRow]) -> Report:
    """Put the strictest first, and find each market's median."""
    ordered = sorted(rows, key=lambda row: (-row.decision, -len(row.reasons), row.listing_id))
    prices: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for row in ordered:
        if row.unit_price is not None and row.product:
            prices[row.market].append(row.unit_price)
    medians = {market: median(each) for market, each in prices.items() if len(each) >= MARKET_OF}
    return Report(tuple(ordered), medians)


def _product(listing: listing_pb2.Listing) -> str:
    named = (listing.brand, listing.model or listing.gtin, listing.spec)
    if not named[1]:
        return ""
    state = listing_pb2.Condition.Name(listing.condition).removeprefix("CONDITION_").lower()
    if listing.condition in {listing_pb2.CONDITION_USED, listing_pb2.CONDITION_REFURBISHED}:
        return " · ".join(filter(None, (*named, state)))
    return " · ".join(filter(None, named))


def _unit_price(listing: listing_pb2.Listing) -> float | None:
    """Say what one unit costs; `None` without a price. One unit is assumed where the listing doesn't say."""
    if not listing.offer.HasField("single_price"):
        return None
    price = _amount(listing.offer.single_price) - _amount(listing.offer.merchant_discount)
    return price / (listing.units_per_pack or 1) if price > 0 else None


def _amount(money: Money) -> float:
    return float(money.units + money.nanos / 1e9)


def _reason(reason: verdict_pb2.Reason, language: Language) -> ReasonRow:
    return ReasonRow(
        code=reason.code,
        text=words.text(reason.text, language),
        taken=words.action(reason.taken, language),
        adjustments=tuple(words.word(verdict_pb2.Adjustment.Name(each), language) for each in reason.adjustments),
        quotes=tuple(each.quote for each in reason.evidence if each.quote),
    )
