"""Prices as observed, and what a product usually costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from zhengpin.domain.listing import Condition, SaleKind
from zhengpin.domain.moment import microseconds_of, moment_of
from zhengpin.domain.money import Money
from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.word import Word


class PriceChannel(Word):
    """Bought alone or in a group: single prices compare with single prices, group prices with group prices."""

    SINGLE = "single"
    GROUP = "group"


@quickly_made
@dataclass(frozen=True, slots=True)
class PriceObservation:
    """One price seen at one time, for one unit of a product, before any platform subsidy is taken off."""

    observation_id: str
    product_key: str
    seller: str
    """The supplier's id, or `platform:name` for a seller elsewhere. A market counts each seller once."""
    listing_id: str
    """Empty for prices seen elsewhere."""
    territory: str
    condition: Condition
    sale_kind: SaleKind
    channel: PriceChannel
    group_size: int
    unit_price: Money
    captured_at: datetime
    units_sold: int = 0
    proof: str = ""
    """Where the evidence lies: a URI or a document's hash."""


class Stratum(NamedTuple):
    """The prices that may be compared with one another."""

    product_key: str
    territory: str
    currency: str
    condition: Condition
    sale_kind: SaleKind
    channel: PriceChannel


class SellerPrice(NamedTuple):
    """The latest price per unit of one seller in a stratum."""

    seller: str
    unit_price: float
    captured_at: datetime
    authorised: bool
    """The seller may sell the brand on the day on which the baseline is read: `brand.authorised` would hold for it."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Baseline:
    """A stratum's latest price per seller, kept ready; at most `BASELINE_SELLERS`, the newest first.

    It is kept in columns of one length, `SellerPrice` by `SellerPrice`: a screening reads hundreds of prices for the
    few figures that they make together.
    """

    stratum: Stratum
    sellers: tuple[str, ...] = ()
    unit_prices: tuple[float, ...] = ()
    captured: tuple[int, ...] = ()
    """Microseconds since 1970."""
    authorised: tuple[bool, ...] = ()

    @classmethod
    def of(cls, stratum: Stratum, prices: Iterable[SellerPrice]) -> Baseline:
        """Lay prices in columns."""
        rows = [(each.seller, each.unit_price, microseconds_of(each.captured_at), each.authorised) for each in prices]
        return cls(stratum, *zip(*rows, strict=True))

    @property
    def prices(self) -> tuple[SellerPrice, ...]:
        """The prices one by one."""
        seen = map(moment_of, self.captured)
        return tuple(map(SellerPrice, self.sellers, self.unit_prices, seen, self.authorised))


BASELINE_SELLERS = 200
BASELINE_DAYS = 30


@quickly_made
@dataclass(frozen=True, slots=True)
class PricedProduct:
    """What was priced, where it is not a stored listing."""

    platform: str
    seller: str
    gtin: str = ""
    brand: str = ""
    model: str = ""
    spec: str = ""
    condition: Condition = Condition.UNKNOWN
    territory: str = ""


@quickly_made
@dataclass(frozen=True, slots=True)
class PriceReport:
    """One price as a marketplace reports it, for a whole purchase."""

    observation_id: str
    paid: Money
    """What the buyer paid, or would pay, after all reductions."""
    units: int
    captured_at: datetime
    listing_id: str = ""
    product: PricedProduct | None = None
    """Set where `listing_id` is not."""
    platform_subsidy: Money | None = None
    """The platform's share of the reductions."""
    list_price: Money | None = None
    group_size: int = 1
    sale_kind: SaleKind = SaleKind.REGULAR
    proof: str = ""
