"""Write a marketplace to a folder, part by part, in the order in which a server can take it."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Protocol

from zhengpin.simulation.buyers import buyers_among, with_buyers
from zhengpin.simulation.market import Marketplace
from zhengpin.simulation.records import Record
from zhengpin.simulation.suppliers.circles import Circle
from zhengpin.simulation.suppliers.facts import circles_in
from zhengpin.simulation.votes.ballot import Ballot, VoteStory
from zhengpin.simulation.votes.records import truth_record, vote_record, voter_record
from zhengpin.simulation.votes.told import Told

PARTS = (
    "parties",
    "supplier_facts",
    "history",
    "listings",
    "trade",
    "votes",
    "truth",
    "suppliers_truth",
    "votes_truth",
)
"""In the order in which they are told: `history` is what edited listings were before; no `truth` is told to anybody."""


class Sink(Protocol):
    """Where records go."""

    def write(self, part: str, records: Sequence[Record]) -> None:
        """Take records of a part."""

    def close(self) -> None:
        """Finish every file."""


class JsonLines:
    """One file a part, one JSON object a line."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._open = ExitStack()
        self._files = {
            part: self._open.enter_context((folder / f"{part}.jsonl").open("w", encoding="utf-8")) for part in PARTS
        }
        self._encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

    def write(self, part: str, records: Sequence[Record]) -> None:
        """Take records of a part."""
        self._files[part].write("".join([f"{self._encode(record)}\n" for record in records]))

    def close(self) -> None:
        """Finish every file."""
        self._open.close()


@dataclass(slots=True)
class Written:
    """What a marketplace that was written consists of."""

    records: Counter[str] = field(default_factory=Counter)
    """By kind of record."""
    kinds: Counter[str] = field(default_factory=Counter)
    """Listings by kind."""
    stories: Counter[VoteStory] = field(default_factory=Counter)
    """Votes by how they came about."""
    circles: Counter[Circle] = field(default_factory=Counter)
    """Suppliers by the circles that they are in."""

    @property
    def suppliers(self) -> int:
        """How many there are."""
        return self.records["supplier"]


def write_market(market: Marketplace, sink: Sink, progress: Callable[[int], None] = lambda _: None) -> Written:
    """Write every record of a marketplace in one pass; `progress` is told how many listings are written."""
    written = Written()
    try:
        for part, records in _parts(market, written, progress):
            sink.write(part, records)
            written.records.update([kind for record in records for kind in record])
    finally:
        sink.close()
    return written


def _parts(
    market: Marketplace, written: Written, progress: Callable[[int], None]
) -> Iterator[tuple[str, list[Record]]]:
    """Records of each part in their order.

    Who bought is not known before the last of those have voted who may name the order. Trade is told then; it is made
    anew for that rather than kept in memory until then.
    """
    told = Told(market.votes_reach)
    buyers: deque[dict[str, str]] = deque(maxlen=market.votes_reach + 1)  # by the quarter of the voters
    for quarter in range(market.quarters):
        told.begin_quarter()
        yield from _listings_of_quarter(market, quarter, told, written)
        ballots = sorted(told.votes(market.ballots_of(quarter)), key=_when_cast)
        buyers.append(buyers_among(ballots))
        yield from _votes(ballots, told, written)
        yield from _trade_of_quarter(market, quarter - market.votes_reach, buyers)
        progress(written.kinds.total())
    for quarter in range(market.quarters - market.votes_reach, market.quarters):
        yield from _trade_of_quarter(market, quarter, buyers)


def _listings_of_quarter(
    market: Marketplace, quarter: int, told: Told, written: Written
) -> Iterator[tuple[str, list[Record]]]:
    """What can be voted on, with the truth about it; `told` hears of it, and of who bought it when."""
    parties = market.parties_of(quarter)
    told.hear(parties)
    yield "parties", parties
    yield "truth", list(market.links_of(quarter))
    yield from _suppliers(market, quarter, written)
    for offer in market.offers_of(quarter):
        written.kinds[offer.kind.name] += 1
        told.hear([{"listing": offer.listing}, *offer.trade()])
        yield "listings", [{"listing": offer.listing}]
        yield "truth", [{"truth": offer.truth}]
        yield "history", list(offer.history())


def _suppliers(market: Marketplace, quarter: int, written: Written) -> Iterator[tuple[str, list[Record]]]:
    """What is told of suppliers, with the truth about who belongs together."""
    yield "supplier_facts", market.supplier_facts_of(quarter)
    truths = market.supplier_truths_of(quarter)
    written.circles.update(chain.from_iterable(circles_in(each) for each in truths))
    yield "suppliers_truth", truths


def _trade_of_quarter(
    market: Marketplace, quarter: int, buyers: Iterable[dict[str, str]]
) -> Iterator[tuple[str, list[Record]]]:
    """What was paid for the goods of a quarter, and what became of them; nothing before the first quarter."""
    if quarter < 0:
        return
    known = {order_id: buyer_id for each in buyers for order_id, buyer_id in each.items()}
    yield "trade", list(market.elsewhere_of(quarter))
    for offer in market.offers_of(quarter):
        yield "trade", list(with_buyers(offer.trade(), known))


def _votes(ballots: Iterable[Ballot], told: Told, written: Written) -> Iterator[tuple[str, list[Record]]]:
    """Votes with the truth about them, each voter before its first."""
    for ballot in ballots:
        written.stories[ballot.plot.story] += 1
        voter = [voter_record(ballot.voter)] if told.is_new(ballot.voter.voter_id) else []
        yield "votes", [*voter, vote_record(ballot.vote)]
        yield "votes_truth", [truth_record(ballot)]


def _when_cast(ballot: Ballot) -> tuple[datetime, str]:
    return ballot.vote.cast_at, ballot.vote.vote_id
