"""A store that was told of a simulated marketplace, in the order in which it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Any

from google.protobuf.json_format import ParseDict

from zhengpin.domain.listing import Listing
from zhengpin.service.convert.listing import listing_from_proto
from zhengpin.service.fact_batches import PAGES
from zhengpin.simulation.buyers import buyers_among, with_buyers
from zhengpin.simulation.market import Marketplace
from zhengpin.simulation.offer import Offer
from zhengpin.simulation.records import Record
from zhengpin.simulation.votes.ballot import Ballot
from zhengpin.simulation.votes.told import Told
from zhengpin.storage.store import Store
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.arranged_votes import arranged_votes
from zhengpin.usecases.cast_votes import cast_votes
from zhengpin.usecases.record_facts import FactKind, Problems, record
from zhengpin.usecases.weigh_votes import WeighVotes
from zhengpin.v1 import catalog_service_pb2, listing_pb2

MARKETPLACE = "simulated"
_FIELDS = {
    "supplier": "suppliers",
    "supplier_fact": "supplier_facts",
    "brand": "brands",
    "authorisation": "authorisations",
    "image": "images",
    "price": "prices",
    "order_event": "orders",
    "outcome": "outcomes",
    "list_entry": "entries",
}
"""The field of `IngestEventsRequest` that brings each kind of record."""
_PAGE = 500
_BY_THE_DAY = timedelta(days=70)
"""Signals look at the last weeks by the day; what is longer ago is told by the month."""


def tell(
    store: Store,
    market: Marketplace,
    offers: Sequence[Offer],
    now: datetime,
    told: Callable[[int], object] = lambda _: None,
) -> None:
    """Tell a store of parties and what is known of suppliers, listings as they were and as they are, trade and votes.

    `now` is the market's time; `told` hears how many more of the offers are stored. Raises for a refused record.
    """
    history = [each for offer in offers for each in offer.history()]
    before = [each["listing"] for each in history if "listing" in each]
    tell_suppliers(store, market, now)
    _tell_listings(store, before, frozenset(), now)
    _tell_facts(store, (each for each in history if "listing" not in each), now)
    edited = frozenset(each["listingId"] for each in before)
    _tell_listings(store, [offer.listing for offer in offers], edited, now, told)
    _tell_facts(store, market.elsewhere(), now)
    ballots = list(_ballots(market, offers))
    _tell_facts(store, with_buyers((each for offer in offers for each in offer.trade()), buyers_among(ballots)), now)
    _tell_votes(store, ballots)
    for _ in WeighVotes(store, lambda: now, time_ordered_id, arranged_votes)(MARKETPLACE):
        pass


def tell_suppliers(store: Store, market: Marketplace, now: datetime) -> None:
    """Tell a store of parties, and of what is known of suppliers beside their records."""
    _tell_facts(store, market.parties(), now)
    _tell_facts(store, market.supplier_facts(), now)


def _ballots(market: Marketplace, offers: Sequence[Offer]) -> Iterator[Ballot]:
    """The votes on what was told, quarter by quarter."""
    told, left = Told(market.votes_reach), iter(offers)
    for quarter in range(market.quarters):
        told.begin_quarter()
        told.hear(market.parties_of(quarter))
        for offer in islice(left, market.listings_of_a_quarter):
            told.hear([{"listing": offer.listing}])
            told.hear(offer.trade())
        yield from told.votes(market.ballots_of(quarter))


def _tell_votes(store: Store, ballots: Iterable[Ballot]) -> None:
    """Tell who votes, then what, in the order in which it was said, each page when the last of it was."""
    said = sorted(ballots, key=lambda ballot: (ballot.vote.cast_at, ballot.vote.vote_id))
    voters = {ballot.voter.voter_id: ballot.voter for ballot in said}
    for page in pages(list(voters.values())):
        with store.begin(MARKETPLACE, len(page)) as unit:
            unit.voters.upsert_many(page)
    for page in pages([ballot.vote for ballot in said]):
        with store.begin(MARKETPLACE, len(page)) as unit:
            _raise_refusal(cast_votes(unit, page, page[-1].cast_at, imported=True))


def listing_of(offer: Offer) -> Listing:
    """An offer's listing as a domain value."""
    return _listing(offer.listing)


def _listing(fields: dict[str, Any]) -> Listing:
    return listing_from_proto(ParseDict(fields, listing_pb2.Listing()))


def _tell_facts(store: Store, records: Iterable[Record], now: datetime) -> None:
    by_kind: defaultdict[str, list[Any]] = defaultdict(list)
    for each in records:
        ((kind, fields),) = each.items()
        by_kind[kind].append(fields)
    for kind, items in by_kind.items():
        for page in pages(items):
            _record(store, PAGES[_FIELDS[kind]].kind, _read(_FIELDS[kind], page), now)


def _read(field: str, items: Sequence[dict[str, Any]]) -> list[Any]:
    batch, request = PAGES[field], catalog_service_pb2.IngestEventsRequest()
    ParseDict({field: {batch.field: items}}, request)
    return [batch.read(each) for each in batch.items_of(getattr(request, field))]


def _tell_listings(
    store: Store,
    listings: Iterable[dict[str, Any]],
    known: frozenset[str],
    now: datetime,
    told: Callable[[int], object] = lambda _: None,
) -> None:
    """Tell of listings at about the time of their making, or of their last edit where they are known already."""
    dated = sorted(
        ((each["editedAt" if each["listingId"] in known else "createdAt"], _listing(each)) for each in listings),
        key=lambda item: item[0],
    )
    recent = (now - _BY_THE_DAY).isoformat()
    for _, together in groupby(dated, key=lambda item: item[0][:10] if item[0] >= recent else item[0][:7]):
        for page in pages(list(together)):
            moments, items = zip(*page, strict=True)
            _record(store, FactKind.LISTINGS, items, datetime.fromisoformat(moments[0]))
            told(len(page))


def _record(store: Store, kind: FactKind, items: Sequence[Any], moment: datetime) -> None:
    with store.begin(MARKETPLACE, len(items)) as unit:
        _raise_refusal(record(unit, kind, items, moment))


def _raise_refusal(problems: Problems) -> None:
    refused = next(filter(None, problems), None)
    if refused is not None:
        raise refused


def pages(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Cut a sequence into pages that one unit of work takes."""
    return (items[start : start + _PAGE] for start in range(0, len(items), _PAGE))
