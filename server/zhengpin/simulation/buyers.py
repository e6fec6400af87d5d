"""Who bought: whoever names an order in a vote; of the other buyers nothing else is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from zhengpin.simulation.records import Record
from zhengpin.simulation.votes.ballot import Ballot


def buyers_among(ballots: Iterable[Ballot]) -> dict[str, str]:
    """Voters by the orders that they name as their own."""
    votes = (ballot.vote for ballot in ballots)
    return {vote.purchase.order_id: vote.voter_id for vote in votes if vote.purchase and vote.purchase.order_id}


def with_buyers(records: Iterable[Record], buyers: Mapping[str, str]) -> Iterator[Record]:
    """Records in which the events of orders that voters name tell so."""
    for record in records:
        event = record.get("order_event")
        buyer_id = buyers.get(event["orderId"]) if event else None
        yield {"order_event": event | {"buyerId": buyer_id}} if event and buyer_id else record
