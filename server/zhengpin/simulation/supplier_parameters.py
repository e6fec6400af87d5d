"""What the marketplace learns of its suppliers, as `parameters.toml` says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from zhengpin.simulation.parameter_kinds import Count, Often, Positive, Share, Some, Span, Table

TokenName: TypeAlias = Literal[
    "person",
    "payout_account",
    "phone",
    "email",
    "device",
    "return_address",
    "depot",
    "network",
    "pickup_point",
    "contact_name",
]
TraceName: TypeAlias = TokenName | Literal["address"]
"""A keyed token, or the registered address."""
Traces: TypeAlias = Mapping[TraceName, Share]
"""How likely each member of a circle shares a thing with the others."""
Manner: TypeAlias = Literal["open", "split", "weak"]
Thrice: TypeAlias = tuple[Share, Share, Share]
"""Of honest suppliers, of careful counterfeiters and of careless ones."""


class StrangersPlan(Table):
    """What suppliers of one town share without knowing of one another."""

    depots: Some
    at_depot: Share
    networks: Some
    in_network: Share
    pickup_points: Some


class CirclePlan(Table):
    """Honest suppliers who share things: how many such circles a town has, how large they are, and what they share."""

    often: Often
    size: Count
    traces: Traces


class PairPlan(Table):
    """Suppliers who belong together, two by two, and what they share."""

    traces: Traces


class SuccessionPlan(Table):
    """Companies that go on in another one, or in two."""

    often: Share
    split: Share
    traces: Traces


class SupplierRingPlan(Table):
    """How rings hide."""

    manners: Mapping[Manner, Positive]
    parts: Count
    agency: Share
    returned: Share
    rewritten: Share
    traces: Mapping[Manner, Traces]


class QualityPlan(Table):
    """What audits and samples find."""

    audited: Share
    marks: tuple[Positive, Positive, Positive]
    marks_spread: Positive
    sampled: Thrice
    lots: Count
    lot: Positive
    major: Thrice
    minor: Thrice
    critical: Thrice
    spread: Positive


class AccountingPlan(Table):
    """Deposits, and days of sales and service."""

    deposited: Thrice
    cover: Positive
    cover_spread: Positive
    accounted: Share
    days: Annotated[int, Field(ge=1, le=365)]
    order_value: Positive
    jump: Thrice
    jump_size: Span
    claims: Thrice
    contacts: Share
    answered: Thrice
    resolved: Thrice


class PapersPlan(Table):
    """What suppliers hand in and tell of themselves."""

    details: Share
    untold: Thrice
    patience: tuple[Positive, Positive, Positive]
    checked: Thrice
    edited: Thrice
    test_reports: Share
    borrowed: Thrice


class StandingPlan(Table):
    """What others found against suppliers, and who brought whom in."""

    infringement: Thrice
    price: Thrice
    terms: Thrice
    upheld: Thrice
    terminated_elsewhere: Thrice
    referred: Share
    pyramids: Share
    pyramid: Count
    below: Some


class SuppliersPlan(Table):
    """Everything that is told of suppliers."""

    known: Mapping[TokenName, Share]
    verified: Mapping[TokenName, Share]
    beside: Share
    rewritten: Share
    moved: Share
    strangers: StrangersPlan
    ring: SupplierRingPlan
    group: PairPlan
    heir: PairPlan
    succession: SuccessionPlan
    warehouse: PairPlan
    agency: CirclePlan
    family: CirclePlan
    coworking: CirclePlan
    second_hand_device: CirclePlan = Field(alias="second-hand-device")
    recycled_phone: CirclePlan = Field(alias="recycled-phone")
    quality: QualityPlan
    accounts: AccountingPlan
    papers: PapersPlan
    standing: StandingPlan
