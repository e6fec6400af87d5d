"""A generated market of rings and of honest suppliers that share things for honest reasons, and what is made of it.

Shares and sizes are assumptions of ours.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

from zhengpin.domain.ring import Attribute, Edge, LinkEvidence, Trait
from zhengpin.simulation import names
from zhengpin.suppliers.rings.bearers import Bearers, Pair
from zhengpin.suppliers.rings.linked import LinkedSuppliers
from zhengpin.suppliers.rings.particulars import Particulars, pairs_to_compare, table_of, texts_evidence
from zhengpin.suppliers.rings.text_model import learn_text_model
from zhengpin.suppliers.rings.weighing import HUB, WEIGHTS

RINGS, WAREHOUSES, AGENCIES, FAMILIES = 100, 20, 20, 300
SUPPLIERS = 10_000
COMMON_THINGS = 2
"""The plain baseline links who shares so many values of attributes that strangers share no more often than `RARE`."""
RARE = 1e-3

RING = (Attribute.PAYOUT_ACCOUNT, Attribute.DEVICE, Attribute.DOCUMENT)
"""What the shops of a ring of the simulation share, and half of them the depot."""
TRACES = (0.6, 0.7, 0.8, 0.9)
"""How likely a shop betrays each of these."""
WAREHOUSE = {Attribute.DEPOT: 0.9, Attribute.RETURN_ADDRESS: 0.7, Attribute.PICKUP_POINT: 0.9, Attribute.NETWORK: 0.2}
AGENCY = {Attribute.PHONE: 0.8, Attribute.EMAIL: 0.8, Attribute.NETWORK: 0.6, Attribute.CONTACT_NAME: 0.6}
"""Who keeps many firms' books registers them with its own telephone."""
FAMILY = {
    Attribute.RETURN_ADDRESS: 0.8,
    Attribute.NETWORK: 0.9,
    Attribute.PICKUP_POINT: 0.9,
    Attribute.DEVICE: 0.5,
    Attribute.CONTACT_NAME: 0.5,
    Attribute.PHONE: 0.05,
}
"""Brothers with a shop each, at one table."""


@dataclass
class Market:
    """What is known of suppliers, and who really belongs together."""

    traits: list[Trait] = field(default_factory=list)
    rings: list[tuple[str, ...]] = field(default_factory=list)

    def share(self, dice: Random, members: Sequence[str], thing: str, shares: Mapping[Attribute, float]) -> None:
        """Let members share what is of one group; who pays out has verified the account."""
        for attribute, share in shares.items():
            verified = attribute is Attribute.PAYOUT_ACCOUNT
            self.traits += [Trait(each, attribute, thing, verified) for each in members if dice.random() < share]


@dataclass(frozen=True, slots=True)
class Found:
    """Of the pairs of suppliers that were put into one ring, how many are right; of the right ones, how many are."""

    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Judged:
    """Both methods on one market."""

    trace: float
    ours: Found
    plain: Found
    edges: int
    """Weighed."""
    seconds: float
    """To link and group."""


class Texts:
    """What the names and addresses of one town full of suppliers say."""

    def __init__(self, seed: int) -> None:
        """Make up suppliers, and learn from them."""
        dice = Random(seed)  # noqa: S311  a made-up market
        self.particulars = [
            Particulars(f"s{number:05}", names.firm(dice), names.address(dice)) for number in range(SUPPLIERS)
        ]
        table = table_of(self.particulars)
        one, other = pairs_to_compare(table)
        model = learn_text_model(table, one, other, SUPPLIERS * (SUPPLIERS - 1) // 2)
        ids = [each.supplier_id for each in self.particulars]
        told = zip(one.tolist(), other.tolist(), texts_evidence(model, table, one, other), strict=True)
        self.evidence = {(ids[here], ids[there]): evidence for here, there, evidence in told if evidence}

    def of(self, one: str, other: str) -> tuple[LinkEvidence, ...]:
        """Give what the texts of two suppliers say."""
        return self.evidence.get((one, other), ())


def made_up_market(texts: Texts, trace: float, seed: int) -> Market:
    """Make a market; a ring's shops may use a warehouse as well, and an agency may work for them."""
    dice = Random(seed)  # noqa: S311  a made-up market
    market = Market()
    everybody = [each.supplier_id for each in texts.particulars]
    fresh = iter(dice.sample(everybody, SUPPLIERS))
    for number in range(RINGS):
        members = tuple(next(fresh) for _ in range(dice.randint(4, 12)))
        market.rings.append(members)
        market.share(dice, members, f"ring {number}", {**dict.fromkeys(RING, trace), Attribute.DEPOT: 0.5})
    for number in range(FAMILIES):
        market.share(dice, [next(fresh) for _ in range(dice.randint(2, 4))], f"family {number}", FAMILY)
    for kind, groups, shares in (("warehouse", WAREHOUSES, WAREHOUSE), ("agency", AGENCIES, AGENCY)):
        for number in range(groups):
            customers = dice.sample(everybody, round(min(dice.lognormvariate(3.7, 0.8), 1000)))
            market.share(dice, customers, f"{kind} {number}", shares)
    for each in everybody:
        market.traits += _of_strangers(each, dice)
    return market


def _of_strangers(supplier: str, dice: Random) -> Iterator[Trait]:
    """Networks, courier points and names of strangers coincide."""
    yield Trait(supplier, Attribute.NETWORK, f"network {dice.randrange(SUPPLIERS // 4)}")
    yield Trait(supplier, Attribute.PICKUP_POINT, f"point {dice.randrange(SUPPLIERS // 20)}")
    yield Trait(supplier, Attribute.CONTACT_NAME, f"name {int(dice.paretovariate(0.8))}")


def judge_market(texts: Texts, trace: float, seed: int) -> Judged:
    """Link, group, and compare with the truth; and so the plain way."""
    market = made_up_market(texts, trace, seed)
    began = time.process_time()
    bearers = Bearers(SUPPLIERS, texts.of)
    for trait in market.traits:
        bearers.add(trait)
    edges = list(bearers.edges(texts.evidence))
    ours = LinkedSuppliers(edges)
    seconds = time.process_time() - began
    plain = LinkedSuppliers(map(_certainly, _who_share_things(market)))
    return Judged(trace, _found(ours, market), _found(plain, market), len(edges), seconds)


def _found(linked: LinkedSuppliers, market: Market) -> Found:
    suppliers = {each.supplier_id for each in market.traits}
    rings = {linked.ring(each) for each in suppliers}
    found = {pair for ring in rings for pair in combinations(sorted(ring), 2)}
    true = {pair for ring in market.rings for pair in combinations(sorted(ring), 2)}
    return Found(len(found & true) / max(len(found), 1), len(found & true) / len(true))


def _who_share_things(market: Market) -> Iterator[Pair]:
    """The plain way: who shares two things that are rare by their nature, and no hub's, belongs together."""
    bearers: defaultdict[tuple[Attribute, str], set[str]] = defaultdict(set)
    for trait in market.traits:
        if WEIGHTS[trait.attribute].least_u <= RARE:
            bearers[trait.attribute, trait.value].add(trait.supplier_id)
    shared = Counter(pair for those in bearers.values() if len(those) <= HUB for pair in combinations(sorted(those), 2))
    return (pair for pair, things in shared.items() if things >= COMMON_THINGS)


def _certainly(pair: Pair) -> Edge:
    return Edge(*pair, probability=1.0, certain=True, weak=False, evidence=())
