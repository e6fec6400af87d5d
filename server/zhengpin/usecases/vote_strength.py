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
    def suppliers_around(self) -> set[str]:
        """Those whose shops the voter and its inviter own or work for."""
        return {self.voter.supplier_id, self.by.inviter_supplier_id} - {""}

    @property
    def is_on_own_target(self) -> bool:
        """Whether the voter speaks of its own goods, brand or factory."""
        return self.voter.supplier_id in self.known.owners


@dataclass(frozen=True, slots=True)
class Dealings:
    """What the voters of a page have to do with what they vote on, read at once."""

    sellers: frozenset[tuple[Target, str]] = frozenset()
    """Targets, as listings name them, with suppliers that offer goods of theirs."""
    suppliers: dict[str, Supplier] = field(default_factory=dict)
    ordered: dict[str, frozenset[Target]] = field(default_factory=dict)
    """What each order bought, as listings name it; empty for orders that nobody told."""
    claimed: dict[str, str] = field(default_factory=dict)
    """Whose purchase each order is: who first named it in a vote on what it bought."""

    def bought(self, ballot: Ballot) -> Bought:
        """What is known of the voter's dealings with the goods."""
        order_id = ballot.vote.purchase.order_id if ballot.vote.purchase else ""
        if self.claimed.get(order_id) == ballot.voter.voter_id and _names_order_of_goods(ballot, self.ordered):
            return Bought.VERIFIED
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
        circle=ballot.by.circle,
        strength=strength(bought, age, is_related=is_related),
        at_most=at_most(age, is_related=is_related),
        bought=bought is Bought.VERIFIED,
        related=is_related,
    )


def read_dealings(unit: UnitOfWork, ballots: Sequence[Ballot]) -> Dealings:
    """Read what is needed for these votes, and note whose purchases their orders are."""
    asked = {
        (name, each.voter.supplier_id) for each in ballots if each.voter.supplier_id for name in each.known.offered_as
    }
    ordered = _ordered(unit, ballots)
    owners = {
        each.vote.purchase.order_id: each.voter.voter_id
        for each in reversed(ballots)  # of two who name one order the first is believed
        if each.vote.purchase and not each.voter.banned and _names_order_of_goods(each, ordered)
    }
    return Dealings(
        sellers=unit.listing_targets.offered_by(asked),
        suppliers=unit.suppliers.without_shops({each for ballot in ballots for each in ballot.suppliers_around}),
        ordered=ordered,
        claimed=unit.votes.claim_orders(owners),
    )


def _names_order_of_goods(ballot: Ballot, ordered: Mapping[str, frozenset[Target]]) -> bool:
    """Whether the order that a vote names bought what it is on."""
    purchase = ballot.vote.purchase
    return purchase is not None and not ordered.get(purchase.order_id, frozenset()).isdisjoint(ballot.known.offered_as)


def _ordered(unit: UnitOfWork, ballots: Sequence[Ballot]) -> dict[str, frozenset[Target]]:
    """What the orders bought that votes name; those that nobody told are left out."""
    named = {each.vote.purchase.order_id for each in ballots if each.vote.purchase and each.vote.purchase.order_id}
    bought = unit.orders.bought(named)
    offered = unit.listing_targets.of_listings(frozenset().union(*bought.values()))
    return {
        order_id: frozenset().union(*(offered.get(listing_id, frozenset()) for listing_id in listings))
        for order_id, listings in bought.items()
    }
