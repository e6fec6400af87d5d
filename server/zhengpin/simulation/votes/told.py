"""What the marketplace has told of, as far as votes speak of it: only on that can votes be told."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from zhengpin.detectors.codes import read_gtin
from zhengpin.domain.vote import Purchase, Target, TargetKind, Vote
from zhengpin.simulation.records import Fields, Record, stamp
from zhengpin.simulation.votes.ballot import Ballot


class Told:
    """What was told of the latest quarters. Nobody speaks of those that lie longer ago, and they are forgotten."""

    def __init__(self, reach: int) -> None:
        """A voter knows its own quarter and `reach` before it."""
        self._quarters: deque[_Quarter] = deque(maxlen=reach + 1)

    def begin_quarter(self) -> None:
        """What is heard from now on is told of the next quarter."""
        self._quarters.append(_Quarter())

    def hear(self, records: Iterable[Record]) -> None:
        """Hear what is told of the quarter: parties, then listings as they are, then their orders."""
        for record in records:
            for kind, fields in record.items():
                self._quarters[-1].hear(kind, fields)

    def votes(self, ballots: Iterable[Ballot]) -> Iterator[Ballot]:
        """Give the votes on what was told. Who bought names an order that was told, if one is left, or a receipt."""
        for ballot in ballots:
            vote = ballot.vote
            if any(vote.target in quarter.targets for quarter in self._quarters):
                yield replace(ballot, vote=self._with_proof(vote, vote.purchase)) if vote.purchase else ballot

    def is_new(self, voter_id: str) -> bool:
        """Whether a voter has not voted before."""
        if any(voter_id in quarter.voters for quarter in self._quarters):
            return False
        self._quarters[-1].voters.add(voter_id)
        return True

    def _with_proof(self, vote: Vote, purchase: Purchase) -> Vote:
        found = (quarter.order(vote) for quarter in self._quarters)
        order_id = next(filter(None, found), "")
        return replace(vote, purchase=Purchase(order_id) if order_id else Purchase(proof=purchase.order_id))


@dataclass(slots=True)
class _Quarter:
    """What was told of one quarter."""

    targets: set[Target] = field(default_factory=set)
    brand_ids: dict[str, str] = field(default_factory=dict)
    """By name."""
    offers: dict[str, tuple[Target, ...]] = field(default_factory=dict)
    """What listings offer, by their ids."""
    orders: defaultdict[Target, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """When what was bought: times and ids of orders."""
    named: set[str] = field(default_factory=set)
    """Orders that a vote names."""
    voters: set[str] = field(default_factory=set)
    """Who voted in it for the first time."""

    def hear(self, kind: str, fields: Fields) -> None:
        match kind:
            case "brand":
                self.targets.add(Target(TargetKind.BRAND, fields["brandId"]))
                self.brand_ids |= dict.fromkeys((fields["name"], *fields["aliases"]), fields["brandId"])
            case "supplier":
                self.targets.add(Target(TargetKind.FACTORY, fields["supplierId"]))
            case "listing":
                self.offers[fields["listingId"]] = offered = tuple(self._offered_by(fields))
                self.targets.update(offered)
            case "order_event" if fields["kind"] == "ORDER_EVENT_KIND_PAID":
                for target in self.offers[fields["listingId"]]:
                    self.orders[target].append((fields["happenedAt"], fields["orderId"]))

    def order(self, vote: Vote) -> str:
        """An order of the target before the vote that no other vote names; empty if there is none."""
        cast_at = stamp(vote.cast_at)
        for paid_at, order_id in self.orders.get(vote.target, ()):
            if paid_at < cast_at and order_id not in self.named:
                self.named.add(order_id)
                return order_id
        return ""

    def _offered_by(self, listing: Fields) -> Iterator[Target]:
        gtin = read_gtin(listing.get("gtin", ""))
        if gtin.names_goods:
            yield Target(TargetKind.PRODUCT, f"gtin:{gtin.digits}")
        if listing.get("brand") in self.brand_ids:
            yield Target(TargetKind.BRAND, self.brand_ids[listing["brand"]])
        if listing.get("factoryId"):
            yield Target(TargetKind.FACTORY, listing["factoryId"])
        if listing.get("originPlace"):
            yield Target(TargetKind.ORIGIN, listing["originPlace"])
