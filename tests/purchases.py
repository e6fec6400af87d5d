"""Orders of the kettle, and votes of who names them."""

from __future__ import annotations

from typing import Any

from builders import an_order_event
from polls import HERE
from vote_builders import THE_KETTLE, a_vote
from zhengpin.domain.order import OrderEventKind
from zhengpin.domain.vote import Purchase, Target, Vote
from zhengpin.domain.vote_tally import CurrentVote
from zhengpin.storage import Store


def order_of(store: Store, *kinds: OrderEventKind, listing_id: str = "second", buyer_id: str = "buyer") -> None:
    """Tell what happened to an order of a listing."""
    said = {"listing_id": listing_id, "supplier_id": "other", "buyer_id": buyer_id}
    with store.begin(HERE) as unit:
        unit.orders.record_many([an_order_event(f"{kind} {listing_id} {buyer_id}", kind, **said) for kind in kinds])


def bought(voter_id: str, vote_id: str, **changes: Any) -> Vote:
    """A vote of somebody who names the order."""
    return a_vote(vote_id, voter_id=voter_id, purchase=Purchase("order-1"), **changes)


def the_vote(store: Store, voter_id: str = "voter-1", target: Target = THE_KETTLE) -> CurrentVote:
    """What a voter says of a target now."""
    with store.read(HERE) as reader:
        return reader.current_votes.find_many([(target, voter_id)])[target, voter_id]
