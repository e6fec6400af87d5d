"""Suppliers that belong together, and what says so."""

from __future__ import annotations

from dataclasses import dataclass

from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.word import Word


class Attribute(Word):
    """What suppliers may have in common; keyed tokens go by the words of `TokenKind`."""

    REGISTRATION_CODE = "registration_code"
    PERSON = "person"
    PAYOUT_ACCOUNT = "payout_account"
    PHONE = "phone"
    EMAIL = "email"
    CONTACT_NAME = "contact_name"
    DEVICE = "device"
    NETWORK = "network"
    RETURN_ADDRESS = "return_address"
    DEPOT = "depot"
    PICKUP_POINT = "pickup_point"
    DOCUMENT = "document"
    REGISTERED_NAME = "registered_name"
    """Word for word; a branch's is that of its head office, with its own after it."""
    COMPANY_NAME = "company_name"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing of one supplier that others may share."""

    supplier_id: str
    attribute: Attribute
    value: str
    """A keyed token, a code or a hash: compared, never shown."""
    verified: bool = False
    """A person or an authority has confirmed that it is the supplier's own."""


@dataclass(frozen=True, slots=True)
class LinkEvidence:
    """What two suppliers have in common."""

    attribute: str
    """`payout_account`, `registration_code`, `address`, …"""
    bits: float
    """How much it says; below 0 it speaks against the link."""
    shared_by: int
    """How many suppliers share this value."""
    is_hub: bool = False
    """It weighs nothing, for too many share it: a warehouse, an agency."""
    certain: bool = False
    """It is an identity."""
    m: float = 0.0
    """How often those who belong together share it; `u`: how often strangers share this value. 0 where a model of
    several parts weighed it."""
    u: float = 0.0
    one_sided: bool = False
    """It is confirmed of one of both, and the other merely claims it."""
    told_by: str = ""
    """The attribute that tells the same better, so that this one adds nothing; else empty."""


@dataclass(frozen=True, slots=True)
class Link:
    """Another supplier that belongs together with one."""

    supplier_id: str
    probability: float
    """From 0 to 1."""
    certain: bool
    """One and the same entity: same verified code, person or account."""
    state: SupplierState
    evidence: tuple[LinkEvidence, ...]
    name: str = ""
    """Of the other one, where it is stored."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Two suppliers with something in common."""

    one: str
    other: str
    """The later of both ids in alphabetical order."""
    probability: float
    """That they belong together, from 0 to 1."""
    certain: bool
    """They are one entity. Risk spreads over such edges alone."""
    weak: bool
    """Nothing names a person, an account, a company or a paper: too little to join two groups by itself."""
    evidence: tuple[LinkEvidence, ...]

    @property
    def pair(self) -> tuple[str, str]:
        """Both ids."""
        return self.one, self.other


class SupplyReason(Word):
    """What says that one supplier supplies another."""

    AUTHORISATION = "authorisation"
    """A letter."""
    FACTORY = "factory"
    """The shop's own listings name the factory."""
    DEPOT = "depot"
    """Carriers first see the parcels of both in one depot."""


@dataclass(frozen=True, slots=True)
class Supply:
    """One member of a ring supplies another."""

    source: str
    target: str
    reason: SupplyReason


class ChainShape(Word):
    """What a ring looks like from its factory to its shops."""

    FACTORY_AGENT_SHOPS = "factory_agent_shops"
    FACTORY_SHOPS = "factory_shops"
    AGENT_SHOPS = "agent_shops"
    NONE = "none"
    """Nobody in it is known to supply several others."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Who in a ring makes, passes on, and sells; each in alphabetical order."""

    shape: ChainShape
    factories: tuple[str, ...]
    agents: tuple[str, ...]
    shops: tuple[str, ...]
    supplies: tuple[Supply, ...]
