"""A ring as an investigator sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.ring import Chain, Edge, Link
from zhengpin.domain.supplier import Supplier, SupplierState


@dataclass(frozen=True, slots=True)
class RingMember:
    """One supplier of a ring. To be in a ring is no fault of its own."""

    supplier: Supplier
    """Of whom only facts are told, nothing but the id."""
    state: SupplierState
    confirmed_fakes: int
    """Listings of it that were found to be fake."""


@dataclass(frozen=True, slots=True)
class JointCase:
    """What makes a ring worth one case for all of it (RNG-02).

    Its owners show the same pictures, send from one depot and hand in one paper. A person takes it up and has goods of
    each tested; nothing follows from it by itself.
    """

    shops: int
    owners: int
    """Members that are one entity count once."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Suppliers that belong together."""

    ring_id: str
    members: tuple[RingMember, ...]
    edges: tuple[Edge, ...]
    """Between members, the most certain first."""
    chain: Chain
    joint_case: JointCase | None = None


@dataclass(frozen=True, slots=True)
class SupplierLinks:
    """With whom a supplier belongs together."""

    supplier_id: str
    links: tuple[Link, ...]
    """The most certain first; those too weak to join a ring are among them."""
    ring: Ring | None
    as_of: datetime


@dataclass(frozen=True, slots=True)
class RingStanding:
    """What rules ask of the ring that a supplier is in."""

    ring_id: str
    size: int
    owners: int
    """Members that are one entity count once."""
    identities: tuple[str, ...]
    """Members that are one entity with the supplier, directly or through others, in alphabetical order."""
    terminated: tuple[str, ...]
    """Those of them that the marketplace has terminated."""
