"""What a simulated marketplace is made of, as `parameters.toml` says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field

from zhengpin.simulation.parameter_kinds import Pairs, Positive, Share, Some, Span, Table, least_first
from zhengpin.simulation.supplier_parameters import SuppliersPlan
from zhengpin.simulation.vote_parameters import VotesPlan


class Market(Table):
    """How much of it is fake."""

    fakes: Share
    clever: Share


class QuarterPlan(Table):
    """How many of each a quarter has."""

    listings: Annotated[int, Field(ge=10, le=100_000)]
    brands: Annotated[int, Field(ge=2, le=100)]
    products: Annotated[tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(le=100)]], AfterValidator(least_first)]
    agents: Some
    shops: Some
    retailers: Some
    importers: Some
    makers: Some
    newcomers: Pairs
    branches: Pairs
    gated: Share
    foreign: Share


class TownPlan(Table):
    """How many of each a town has."""

    quarters: Some
    depot_shops: Some
    ring_shops: Some
    ring_fakes: Some


class Shares(Table):
    """How often each kind of listing is met, within its group."""

    genuine: Mapping[str, Share]
    look_alikes: Mapping[str, Share] = Field(alias="look-alikes")
    obvious: Mapping[str, Share]
    clever: Mapping[str, Share]


class Prices(Table):
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


class Aftermath(Table):
    """What becomes of the orders of fakes, where that differs."""

    late: Share
    returned: Share
    not_as_described: Share
    fake_complaints: Share
    confirmed: Share


class Trade(Table):
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
    promised_days: Positive
    confirmed_genuine: Share
    clever: Aftermath
    obvious: Aftermath


class Wording(Table):
    """What a listing tells."""

    code_given: Share
    pictures: Annotated[tuple[Some, Annotated[int, Field(ge=1, le=20)]], AfterValidator(least_first)]
    makers_pictures: Share
    authorised_makers_pictures: Share
    pictures_copied: Share
    letter_named: Share
    origin_told: Share
    says_genuine: Share
    edited: Share
    disguised_in_other_script: Share


class SellerPlan(Table):
    """What sellers of one sort are like."""

    age: Positive
    age_spread: Positive
    reputation: tuple[Share, Share]
    orders_a_day: Positive
    stock: Positive


SellerSort: TypeAlias = Literal[
    "owner", "agent", "shop", "retailer", "importer", "maker", "newcomer", "careful", "careless"
]


class Category(Table):
    """What is sold, and what it costs."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    price: Positive
    spread: Positive
    nouns: Annotated[tuple[Annotated[str, Field(pattern=r"^[^|]+ \| [^|]+$")], ...], Field(min_length=1)]
    specs: Annotated[tuple[str, ...], Field(min_length=1)]
    refill_words: tuple[str, ...] = ()


class Parameters(Table):
    """A whole file."""

    market: Market
    quarter: QuarterPlan
    town: TownPlan
    shares: Shares
    prices: Prices
    trade: Trade
    wording: Wording
    votes: VotesPlan
    suppliers: SuppliersPlan
    sellers: Mapping[SellerSort, SellerPlan]
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
