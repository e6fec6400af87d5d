"""What a simulated marketplace is made of, as `parameters.toml` says it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from zhengpin.errors import InvalidSettings

DEFAULTS = Path(__file__).with_name("parameters.toml")
_ROUNDING = 1e-6

Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Some: TypeAlias = Annotated[int, Field(ge=1, le=1000)]
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
    newcomers: Some
    branches: Annotated[int, Field(ge=2, le=1000, multiple_of=2)]
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
    refilled: bool = False


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


def load_parameters(path: Path | None = None, *, fakes: float | None = None, clever: float | None = None) -> Parameters:
    """Read the shipped parameters, changed by a file's and by the two shares.

    Raises InvalidSettings with every problem: the key, what is wrong and what to do.
    """
    table = _read(DEFAULTS)
    known = {group: frozenset(kinds) for group, kinds in table["shares"].items()}
    if path is not None:
        table = _changed(table, _read(path))
    table["market"] |= {name: share for name, share in (("fakes", fakes), ("clever", clever)) if share is not None}
    source = path or DEFAULTS
    try:
        parameters = Parameters.model_validate(table)
    except ValidationError as problem:
        raise InvalidSettings("\n".join(_explained(source, problem))) from None
    problems = [f"{source}: {each}" for each in _wrong_shares(parameters.shares, known)]
    if problems:
        raise InvalidSettings("\n".join(problems))
    return parameters


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as problem:
        raise InvalidSettings(f"{path}: {problem.strerror}: name a file of parameters") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise InvalidSettings(f"{path}: not TOML: {problem}") from None


def _changed(table: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The table with the changes in it; a list is replaced whole."""
    changed = dict(table)
    for name, value in changes.items():
        old = table.get(name)
        changed[name] = _changed(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return changed


def _explained(source: Path, problem: ValidationError) -> Iterator[str]:
    for each in problem.errors():
        place = ".".join(str(part) for part in each["loc"])
        unknown = each["type"] == "extra_forbidden"
        what = (
            "there is no such key: see the shipped parameters.toml"
            if unknown
            else each["msg"].removeprefix("Value error, ")
        )
        yield f"{source}: {place}: {what}" + ("" if unknown else f" (it is {each['input']!r})")


def _wrong_shares(shares: Shares, known: Mapping[str, frozenset[str]]) -> Iterator[str]:
    groups = {
        "genuine": shares.genuine,
        "look-alikes": shares.look_alikes,
        "obvious": shares.obvious,
        "clever": shares.clever,
    }
    for group, kinds in groups.items():
        for kind in kinds.keys() - known[group]:
            near = get_close_matches(kind, known[group], n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"it is one of {', '.join(sorted(known[group]))}"
            yield f"shares.{group}.{kind}: there is no such kind: {hint}"
    for name in ("genuine+look-alikes", "obvious", "clever"):
        total = sum(share for group in name.split("+") for share in groups[group].values())
        if abs(total - 1) > _ROUNDING:
            yield f"shares.{name.replace('+', ' and shares.')}: the shares make {total:g}: let them make 1"
