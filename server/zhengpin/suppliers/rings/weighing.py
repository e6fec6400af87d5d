"""How much it says that two suppliers share a thing.

Fellegi and Sunter (JASA 64, 1969): log2(m/u) bits, where those who belong together share such a thing with probability
m, and strangers this value with probability u. The odds before any evidence are one to the number of suppliers, so
nothing that is merely shared can link two of them by itself: whatever two bear has u of at least 2 / suppliers.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from enum import Enum, auto
from typing import Final, NamedTuple

from zhengpin.domain.ring import Attribute, Edge, LinkEvidence

HUB: Final = 50
"""What more suppliers than this share is a warehouse, an agency, a school: it says nothing.

Between two of whom it was confirmed only others of whom it was count: anybody can claim a value, as often as it likes.
"""
LINKED: Final = 0.95
"""From this probability on an edge holds a ring together."""


class Cause(Enum):
    """What ordinary thing explains that several attributes are shared at once: only the strongest of them counts.

    Who sits in one room shares the address, the network, often the computer and the courier's shelf. A bookkeeper who
    registers firms for others does so with an address, a telephone and a computer of its own, and answers for them by
    name. Whose goods lie in one warehouse send from its depot, and take returns there. What either may explain counts
    where neither is told otherwise. Under one roof both are one: relatives who live together answer one telephone, and
    the goods of all leave from there. Who claims one thing that is confirmed to be another's claims whatever else is
    known of it: that is one cause as well, and a weak one.
    """

    COMPANY = auto()
    PEOPLE = auto()
    MONEY = auto()
    PREMISES = auto()
    GOODS = auto()
    PAPERS = auto()
    NAME = auto()
    CLAIMS = auto()


class Weight(NamedTuple):
    """What is known of an attribute before anybody's value is."""

    m: float
    least_u: float
    """However rare a value is, strangers share one this often: accounts are lent, devices sold, networks reassigned."""
    causes: tuple[Cause, ...]
    identity: bool = False
    """Verified on both sides it is the same entity."""
    weak: bool = False


_HOME: Final = (Cause.PREMISES, Cause.GOODS)
WEIGHTS: Final[dict[str, Weight]] = {
    Attribute.REGISTRATION_CODE: Weight(0.95, 1e-5, (Cause.COMPANY,), identity=True),
    Attribute.PERSON: Weight(0.95, 1e-5, (Cause.PEOPLE,), identity=True),
    Attribute.PHONE: Weight(0.9, 1e-5, (Cause.PREMISES,)),
    Attribute.EMAIL: Weight(0.9, 1e-5, (Cause.PREMISES,)),
    Attribute.CONTACT_NAME: Weight(0.5, 1e-3, (Cause.PEOPLE, Cause.PREMISES), weak=True),
    Attribute.PAYOUT_ACCOUNT: Weight(0.9, 1e-5, (Cause.MONEY,), identity=True),
    Attribute.DEVICE: Weight(0.6, 1e-4, (Cause.PREMISES,), weak=True),
    Attribute.RETURN_ADDRESS: Weight(0.7, 1e-3, _HOME, weak=True),
    Attribute.DEPOT: Weight(0.7, 1e-3, (Cause.GOODS,), weak=True),
    Attribute.NETWORK: Weight(0.3, 0.01, _HOME, weak=True),
    Attribute.PICKUP_POINT: Weight(0.6, 0.02, _HOME, weak=True),
    Attribute.ADDRESS: Weight(0.7, 1e-3, _HOME, weak=True),
    Attribute.DOCUMENT: Weight(0.4, 1e-4, (Cause.PAPERS,)),
    Attribute.REGISTERED_NAME: Weight(0.5, 1e-4, (Cause.NAME,), weak=True),
    Attribute.COMPANY_NAME: Weight(0.5, 1e-3, (Cause.NAME,), weak=True),
}
"""First guesses of ours, to be tuned by confirmed rings of a marketplace. A contact's full name says as much as an
address: common ones are told by how many bear them. A company's whole name is one company's and its branches', and yet
anybody may claim it."""
_ONE_ROOF: Final = (
    frozenset({Attribute.RETURN_ADDRESS}),
    frozenset({Attribute.ADDRESS}),
    frozenset({Attribute.NETWORK, Attribute.PICKUP_POINT}),
)
"""What says, all of one, that two live or work under one roof: a network serves a street, a courier's shelf another."""


def linked_by(bearers: Mapping[str, bool]) -> Collection[str]:
    """Give those of a value's bearers whom it may link: of a hub's those of whom it is confirmed, if they are few."""
    if len(bearers) <= HUB:
        return bearers.keys()
    confirmed = [each for each, verified in bearers.items() if verified]
    return confirmed if len(confirmed) <= HUB else ()


def sharing_evidence(
    attribute: Attribute, bearers: Mapping[str, bool], pair: tuple[str, str], suppliers: int
) -> LinkEvidence:
    """Weigh a value that two suppliers share; `bearers` has whether it is confirmed of each who bears it.

    Of a hub's it may have more than a hub has, and leave out others; those of whom it is confirmed come first.
    """
    one, other = (bearers.get(each, False) for each in pair)
    shared_by = sum(bearers.values()) if one and other else len(bearers)
    evidence = evidence_of(attribute, min(shared_by, HUB + 1), suppliers, verified=one and other)
    return replace(evidence, one_sided=one != other)


def evidence_of(attribute: Attribute, shared_by: int, suppliers: int, *, verified: bool) -> LinkEvidence:
    """Weigh one shared value; `shared_by` counts those that bear it, both of the pair included.

    Where it is `verified` of both, those of whom it is are counted alone.
    """
    weight = WEIGHTS[attribute]
    u = max(shared_by / suppliers, weight.least_u)
    if shared_by > HUB:
        return LinkEvidence(attribute, 0.0, shared_by, is_hub=True, m=weight.m, u=u)
    bits = max(math.log2(weight.m / u), 0.0)
    return LinkEvidence(attribute, bits, shared_by, certain=weight.identity and verified, m=weight.m, u=u)


def edge_between(one: str, other: str, evidence: Iterable[LinkEvidence], suppliers: int) -> Edge:
    """Add up what two suppliers have in common, the strongest of each cause; `suppliers` is how many there are."""
    first, second = sorted((one, other))
    told = _strongest_of_each_cause(evidence)
    counted = [each for each in told if not each.told_by and each.bits]
    ceiling = math.log2(max(suppliers, 2)) - 1
    odds = sum(min(each.bits, ceiling) for each in counted) - math.log2(max(suppliers, 2))
    certain = any(each.certain for each in told)
    probability = 1.0 if certain else 1 / (1 + 2.0 ** -min(odds, 500.0))
    weak = not certain and all(each.one_sided or WEIGHTS[each.attribute].weak for each in counted)
    return Edge(first, second, probability, certain, weak, told)


def holds(edge: Edge) -> bool:
    """Whether the edge holds a ring together."""
    return edge.certain or edge.probability >= LINKED


def _causes_of(evidence: LinkEvidence, *, one_roof: bool) -> tuple[Cause, ...]:
    causes = WEIGHTS[evidence.attribute].causes
    if one_roof and not set(causes).isdisjoint(_HOME):
        causes = (*causes, *_HOME)
    return (*causes, Cause.CLAIMS) if evidence.one_sided else causes


def _strongest_of_each_cause(evidence: Iterable[LinkEvidence]) -> tuple[LinkEvidence, ...]:
    """Give the evidence from the strongest down, each that adds nothing with what tells it better."""
    leaders: dict[Cause, str] = {}
    told = []
    ordered = sorted(evidence, key=lambda each: (not each.certain, -each.bits, each.attribute))
    said = {each.attribute for each in ordered if each.bits}
    one_roof = any(roof <= said for roof in _ONE_ROOF)
    for each in ordered:
        causes = _causes_of(each, one_roof=one_roof)
        told_by = next((leaders[cause] for cause in causes if cause in leaders), "")
        told.append(each if each.told_by == told_by else replace(each, told_by=told_by))
        if each.bits and not told[-1].told_by:
            leaders |= dict.fromkeys(causes, each.attribute)
    return tuple(told)
