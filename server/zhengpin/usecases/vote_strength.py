"""What voters have to do with what they vote on: what they bought, and whom they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from zhengpin.detectors.authorisation import covers
from zhengpin.domain.supplier import Supplier, SupplierKind
from zhengpin.domain.vote import Target, Vote, Voter
from zhengpin.domain.vote_tally import CurrentVote, KnownVoter
from zhengpin.reputation.weights import Bought, at_most, strength
from zhengpin.storage.work import UnitOfWork
from zhengpin.usecases.vote_targets import KnownTarget

MAKERS = frozenset({SupplierKind.FACTORY, SupplierKind.BRAND})


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote with who cast it on what."""

    vote: Vote
    by: KnownVoter
    known: KnownTarget

    @property
    def voter(self) -> Voter:
        """Who cast it."""
        return self.by.voter

    @property
    def order_id(self) -> str:
        """The order that the vote names; empty if it names none."""
        return self.vote.purchase.order_id if self.vote.purchase else ""

    @property
    def suppliers_around(self) -> set[str]:
        """Those whose shops the voter and its inviter own or work for."""
        return {self.voter.supplier_id, self.by.inviter_supplier_id} - {""}

    @property
    def is_on_own_target(self) -> bool:
        """Whether the voter speaks of its own goods, brand or factory."""
        return self.voter.supplier_id in self.known.owners


@dataclass(frozen=True, slots=True)
class NamedOrder:
    """An order that votes name."""

    targets: frozenset[Target]
    """What it bought, and what was not undone since, as listings name it."""
    buyer_id: str
    """Empty where nobody told."""
    first_named_by: str = ""
    """Of an order whose buyer nobody told: the voter who first named it in a vote on what it bought."""


@dataclass(frozen=True, slots=True)
class Dealings:
    """What the voters of a page have to do with what they vote on, read at once."""

    sellers: frozenset[tuple[Target, str]] = frozenset()
    """Targets, as listings name them, with suppliers that offer goods of theirs."""
    suppliers: dict[str, Supplier] = field(default_factory=dict)
    orders: dict[str, NamedOrder] = field(default_factory=dict)
    """Those that votes name; without those that nobody told."""

    def bought(self, ballot: Ballot) -> Bought:
        """What is known of the voter's dealings with the goods.

        An order proves the purchase of its buyer alone. Of one whose buyer nobody told, who names it first is believed
        in part: sellers know the orders of their shops, and could give them to anybody.
        """
        order = _order_of_goods(ballot, self.orders)
        voter_id = ballot.voter.voter_id
        if order is not None and order.buyer_id == voter_id:
            return Bought.VERIFIED
        if order is not None and not order.buyer_id and order.first_named_by == voter_id:
            return Bought.NAMES_ORDER
        supplier_id = ballot.voter.supplier_id
        sells = any((name, supplier_id) in self.sellers for name in ballot.known.offered_as)
        return Bought.SELLS_IT if sells else Bought.UNPROVEN

    def is_related(self, ballot: Ballot) -> bool:
        """Whether the voter belongs to a competitor, or was invited by somebody of the owner's or a competitor's."""
        around = ballot.suppliers_around
        return ballot.by.inviter_supplier_id in ballot.known.owners or any(
            self._competes(supplier_id, ballot.known) for supplier_id in around
        )

    def _competes(self, supplier_id: str, known: KnownTarget) -> bool:
        """Whether a supplier makes goods like those of the target's owner, as far as its licence tells."""
        supplier = self.suppliers.get(supplier_id)
        if supplier is None or supplier.kind not in MAKERS or not known.owners or supplier_id in known.owners:
            return False
        scopes = supplier.licence_scope
        return not scopes or not known.category or any(covers(scope, known.category) for scope in scopes)


def with_dealings(vote: CurrentVote, ballot: Ballot, bought: Bought, *, is_related: bool) -> CurrentVote:
    """A current vote with what its voter has to do with the goods, and what it weighs by that."""
    age = ballot.vote.cast_at - ballot.voter.registered_at
    return replace(
        vote,
        circle=ballot.by.counts_with,
        strength=strength(bought, age, is_related=is_related),
        at_most=at_most(age, is_related=is_related),
        bought=bought in {Bought.VERIFIED, Bought.NAMES_ORDER},
        related=is_related,
    )


def read_dealings(unit: UnitOfWork, ballots: Sequence[Ballot]) -> Dealings:
    """Read what is needed for these votes, and note who first names orders whose buyer nobody told."""
    asked = {
        (name, each.voter.supplier_id) for each in ballots if each.voter.supplier_id for name in each.known.offered_as
    }
    return Dealings(
        sellers=unit.listing_targets.offered_by(asked),
        suppliers=unit.suppliers.without_shops({each for ballot in ballots for each in ballot.suppliers_around}),
        orders=_claimed(unit, ballots, _named_orders(unit, ballots)),
    )


def _order_of_goods(ballot: Ballot, orders: Mapping[str, NamedOrder]) -> NamedOrder | None:
    """The order that a vote names, if it bought what the vote is on."""
    order = orders.get(ballot.order_id)
    return order if order is not None and not order.targets.isdisjoint(ballot.known.offered_as) else None


def _named_orders(unit: UnitOfWork, ballots: Sequence[Ballot]) -> dict[str, NamedOrder]:
    """The orders that votes name; those that nobody told are left out."""
    named = {each.order_id for each in ballots} - {""}
    if not named:
        return {}
    bought = unit.orders.bought(named)
    offered = unit.listing_targets.of_listings(frozenset().union(*(each.listing_ids for each in bought.values())))
    return {
        order_id: NamedOrder(
            frozenset().union(*(offered.get(listing_id, frozenset()) for listing_id in goods.listing_ids)),
            goods.buyer_id,
        )
        for order_id, goods in bought.items()
    }


def _claimed(unit: UnitOfWork, ballots: Sequence[Ballot], orders: Mapping[str, NamedOrder]) -> dict[str, NamedOrder]:
    """The orders, with who named them first where nobody told whose they are; it is noted."""
    if not orders:
        return {}
    claims = {
        each.order_id: each.voter.voter_id
        for each in reversed(ballots)  # of two who name one order the first is believed
        if (order := _order_of_goods(each, orders)) and not order.buyer_id and not each.voter.banned
    }
    first = unit.votes.claim_orders(claims)
    return {key: replace(order, first_named_by=first.get(key, "")) for key, order in orders.items()}
