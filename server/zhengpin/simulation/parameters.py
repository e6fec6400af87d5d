"""What a simulated marketplace is made of, as `parameters.toml` says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Some: TypeAlias = Annotated[int, Field(ge=1, le=1000)]
Pairs: TypeAlias = Annotated[int, Field(ge=2, le=1000, multiple_of=2)]
Positive: TypeAlias = Annotated[float, Field(gt=0, le=1e6)]


def _least_first(span: tuple[float, float]) -> tuple[float, float]:
    if span[0] > span[1]:
        raise ValueError("write the least first, then the most")
    return span


Span: TypeAlias = Annotated[tuple[Positive, Positive], AfterValidator(_least_first)]
"""The least and the most."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Market(_Table):
    """How much of it is fake."""

    fakes: Share
    clever: Share


class QuarterPlan(_Table):
    """How many of each a quarter has."""

    listings: Annotated[int, Field(ge=10, le=100_000)]
    brands: Annotated[int, Field(ge=2, le=100)]
    products: Annotated[tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(le=100)]], AfterValidator(_least_first)]
    agents: Some
    shops: Some
    retailers: Some
    importers: Some
    makers: Some
    newcomers: Pairs
    branches: Pairs
    gated: Share
    foreign: Share


class TownPlan(_Table):
    """How many of each a town has."""

    quarters: Some
    depot_shops: Some
    ring_shops: Some
    ring_fakes: Some


class Shares(_Table):
    """How often each kind of listing is met, within its group."""

    genuine: Mapping[str, Share]
    look_alikes: Mapping[str, Share] = Field(alias="look-alikes")
    obvious: Mapping[str, Share]
    clever: Mapping[str, Share]


class Prices(_Table):
    """Prices per unit, as a share of what the goods usually cost."""

    spread: Positive
    elsewhere: Annotated[int, Field(ge=0, le=100)]
    import_: Positive = Field(alias="import")
    flash: Span
    group: Span
    pre_order: Span
    subsidy: Span
    clearance: Span
    introduction: Span
    dirt_cheap: Span
    without_letter: Span
    obvious: Span
    clever: Positive
    clever_spread: Positive
    look_alike: Span
    cost: Span
    crossed_out: Share
    invented_crossed_out: Share


class Aftermath(_Table):
    """What becomes of the orders of fakes, where that differs."""

    late: Share
    returned: Share
    not_as_described: Share
    fake_complaints: Share
    confirmed: Share


class Trade(_Table):
    """What becomes of orders."""

    orders: Annotated[float, Field(ge=0, le=1000)]
    observed: Annotated[float, Field(ge=0, le=30)]
    late: Share
    returned: Share
    refunded_only: Share
    not_as_described: Share
    fake_complaints: Share
    reviewed: Share
    service_contacts: Share
    cancelled: Share
    confirmed_genuine: Share
    clever: Aftermath
    obvious: Aftermath


class Wording(_Table):
    """What a listing tells."""

    code_given: Share
    pictures: Annotated[tuple[Some, Annotated[int, Field(ge=1, le=20)]], AfterValidator(_least_first)]
    makers_pictures: Share
    authorised_makers_pictures: Share
    pictures_copied: Share
    letter_named: Share
    origin_told: Share
    says_genuine: Share
    edited: Share
    disguised_in_other_script: Share


class SellerPlan(_Table):
    """What sellers of one sort are like."""

    age: Positive
    age_spread: Positive
    reputation: tuple[Share, Share]
    orders_a_day: Positive
    stock: Positive


SellerSort: TypeAlias = Literal[
    "owner", "agent", "shop", "retailer", "importer", "maker", "newcomer", "careful", "careless"
]


class Category(_Table):
    """What is sold, and what it costs."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    price: Positive
    spread: Positive
    nouns: Annotated[tuple[Annotated[str, Field(pattern=r"^[^|]+ \| [^|]+$")], ...], Field(min_length=1)]
    specs: Annotated[tuple[str, ...], Field(min_length=1)]
    refill_words: tuple[str, ...] = ()


class Parameters(_Table):
    """A whole file."""

    market: Market
    quarter: QuarterPlan
    town: TownPlan
    shares: Shares
    prices: Prices
    trade: Trade
    wording: Wording
    sellers: Mapping[SellerSort, SellerPlan]
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
